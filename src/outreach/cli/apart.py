"""Records that are called alike, told apart: a line for each, and the words that may be typed after the name to mean one.

Two laptops that add the same shop on one day make two records of one name in one community. Imported only where that happened.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from outreach.cli import words as shown
from outreach.domain.naming import digits
from outreach.domain.text import natural_key
from outreach.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from outreach.cli.session import Session
    from outreach.domain.change import Fields
    from outreach.store.finding import Match

_TAIL = 4  # digits of a phone, characters of an id
_SEEN = 4  # of the marks: those that a person at the door would know


class _Mark(NamedTuple):
    """One thing that may tell a record apart: as it is shown, and what may be typed for it."""

    text: str
    words: tuple[str, ...]


def told_apart(session: Session, matches: Sequence[Match], lines: Sequence[str]) -> list[str]:
    """The lines, those that are equal each with what differs; a piece of the id where nothing that people know does."""
    count = Counter(lines)
    twins = {line: [m for m, own in zip(matches, lines, strict=True) if own == line] for line in lines if count[line] > 1}
    added = {m.id: text for group in twins.values() for m, text in zip(group, _differences(session, group), strict=True)}
    return [f"{line} · {added[m.id]}" if m.id in added else line for m, line in zip(matches, lines, strict=True)]


def meant_by(session: Session, matches: Sequence[Match], word: str) -> list[Match]:
    """Those of these that a word after the name means."""
    typed = natural_key(word).lstrip("#")
    return [m for m in matches if any(typed == natural_key(w) for mark in _marks(session, m) for w in mark.words)]


def _differences(session: Session, group: Sequence[Match]) -> list[str]:
    """What differs within a group, for each: what people see of a shop, and more until each can be named by a word."""
    columns = list(zip(*(_marks(session, m) for m in group), strict=True))
    kept = [column for column in columns[:_SEEN] if len(set(column)) > 1]
    for column in columns[_SEEN:]:
        if kept and _each_has_a_word_of_its_own(kept):
            break
        kept += [column] if len(set(column)) > 1 else []
    return [" · ".join(mark.text for mark in row if mark.text) for row in zip(*kept, strict=True)]


def _each_has_a_word_of_its_own(columns: Sequence[Sequence[_Mark]]) -> bool:
    rows = [{natural_key(word) for mark in row for word in mark.words if word} for row in zip(*columns, strict=True)]
    shared = Counter(word for words in rows for word in words)
    return all(any(shared[word] == 1 for word in words) for words in rows)


def _marks(session: Session, match: Match) -> list[_Mark]:
    from outreach.store.telling import known_of

    record = known_of(session.db, match.kind, match.id)
    pieces = (match.id[-_TAIL:], match.id)
    return [*_of_its_own(record), _of_the_journal(session, match), *(_Mark("#" + piece, (piece,)) for piece in pieces)]


def _of_its_own(record: Fields) -> Iterator[_Mark]:
    """What is known of a shop or a community. A parent's phone is hers alone and is no mark."""
    for name in ("landmark" if "landmark" in record else "district", "category"):
        yield _Mark(record.get(name, ""), (record.get(name, ""),) if name in record else ())
    tail = digits(record.get("phone", ""))[-_TAIL:] if "alias" not in record else ""
    yield _Mark(_("phone …{tail}").format(tail=tail), (tail,)) if tail else _Mark("", ())
    yield _last_visit(record)


def _last_visit(record: Mapping[str, str | None]) -> _Mark:
    if not (last := record.get("last_visit")):
        return _Mark("", ())
    by = record.get("last_by") or ""
    return _Mark(_("visited {day} {worker}").format(day=shown.day(last), worker=by).strip(), (last[:10], last[5:10], by))


def _of_the_journal(session: Session, match: Match) -> _Mark:
    """Who recorded it, when, and on which laptop."""
    from outreach.store.connection import device_of
    from outreach.store.telling import origin_of

    if (origin := origin_of(session.db, match.kind, match.id)) is None:
        return _Mark("", ())
    own = origin.device == device_of(session.db)
    name = origin.laptop or (session.settings.laptop if own else origin.device)
    day, worker = shown.clock(origin.stamp)[:10], origin.worker or ""
    where = _("this laptop") if own else name
    text = _("recorded {day} {worker} on {laptop}").format(day=day, worker=worker, laptop=where)
    return _Mark(" ".join(text.split()), (day, day[5:], worker, name))
