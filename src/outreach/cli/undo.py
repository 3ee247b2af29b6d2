"""`outreach undo`: take back the last thing recorded on this laptop, and say what it was and what is so again."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

import typer

from outreach.cli import words as shown
from outreach.cli.changes import Names, field_name, phrase, steps
from outreach.cli.session import say, session_of, tell
from outreach.domain.fold import fold
from outreach.domain.records import KINDS, REMOVED
from outreach.i18n import _
from outreach.report.labels import KIND_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.cli.session import Session
    from outreach.domain.change import Change, Draft, Fields
    from outreach.store.tables import Key
    from outreach.store.undo import Undone

TYPED = ("undo", "撤回")  # where a name or an answer is asked for, these words take the last one back
_TOLD = 30  # records that are told one by one
_UNSAID = ("merchant", "label", "at", "by")  # of a mark: it is the same mark, whenever it was put on


def undo(ctx: typer.Context) -> None:
    take_back_last(session_of(ctx))


def take_back_last(session: Session) -> str:
    """Undo, say so, and return the label of the act."""
    from outreach.cli.patience import patience
    from outreach.store.undo import undo as take_back

    with patience(_("Taking back")):
        undone = take_back(session.db, now=session.now_ms(), worker=session.worker)
    names = Names(session.db, session.settings.reasons)
    when = shown.clock(undone.act.at)
    if undone.drafts:
        say(_("Taken back: {what} (recorded {when})").format(what=_taken_back(undone, names), when=when))
    elif not (undone.used or undone.overtaken):
        say(_("Nothing was to be taken back: what was recorded {when} changed nothing.").format(when=when))
    staying = list(islice(_staying(undone, names), _TOLD + 1))
    for line in staying[:_TOLD]:
        tell(line)
    if len(staying) > _TOLD:
        tell(_("And more that stays: outreach history"))
    return undone.act.label


def _taken_back(undone: Undone, names: Names) -> str:
    """Record by record; of very many, as an import makes them, how many of each kind."""
    if len(undone.drafts) > _TOLD:
        counts = Counter(draft.kind for draft in undone.drafts)
        return _("; ").join(f"{KIND_LABELS[kind]} {n}" for kind, n in counts.items())
    return _("; ").join(dict.fromkeys(_so_again(draft, _changes(undone, draft), names) for draft in undone.drafts))


def _changes(undone: Undone, draft: Draft) -> list[Change]:
    return [change for change in undone.act.changes if change.key == (draft.kind, draft.id)]


def _so_again(draft: Draft, mine: list[Change], names: Names) -> str:
    """What was taken back of one record: that it was made, or removed, or a field from what to what."""
    kind, what = KINDS[draft.kind], phrase(mine[0], names)
    own = fold(kind, mine)
    gone = any(name in draft.fields and draft.fields[name] is None for name in kind.required)
    if REMOVED in draft.fields or gone:
        return _turned(draft, what, was_there=any(REMOVED in change.fields for change in mine))
    if draft.kind == "tag":
        return _mark_so_again(draft, own, what, names)
    return f"{what} · {steps(draft.kind, own, draft.fields, names)}"


def _turned(draft: Draft, what: str, *, was_there: bool) -> str:
    """A record that came or went: the act had made it, removed it or brought it back."""
    if not was_there:
        return what
    if draft.fields.get(REMOVED):
        return _("{what}, removed again").format(what=what)
    return (_("{what}, put back on") if draft.kind == "tag" else _("{what}, restored")).format(what=what)


def _mark_so_again(draft: Draft, own: Fields, what: str, names: Names) -> str:
    if own.get("done_at") and draft.fields.get("done_at", own["done_at"]) is None:
        return _("{what}, open again").format(what=what)
    if draft.fields.get("done_at"):
        return _("{what}, done as before").format(what=what)
    told = {name: value for name, value in draft.fields.items() if name not in _UNSAID}
    return f"{what} · {steps('tag', own, told, names)}" if told else what


def _staying(undone: Undone, names: Names) -> Iterator[str]:
    """What could not be taken back, and why."""
    first: dict[Key, Change] = {change.key: change for change in reversed(undone.act.changes)}
    for key in undone.used:
        yield _("{what} stays: others have used or changed it since.").format(what=phrase(first[key], names))
    some = _("Not taken back: the {field} of {what} was changed again on another laptop since.")
    none = _("Nothing was taken back: the {field} of {what} was changed again on another laptop since.")
    for key, fields in undone.overtaken.items():
        field = shown.joined(_("removal") if name == REMOVED else field_name(key[0], name) for name in fields)
        yield (some if undone.drafts else none).format(what=phrase(first[key], names), field=field)
