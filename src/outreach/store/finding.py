"""Finding records by what people type: name, part, pinyin, initials, phone tail; place, community and mark as further words."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from outreach.domain.naming import Sound, could_be_pinyin, digits, folded, pinyin_key, pinyin_pattern, subsequence
from outreach.domain.text import natural_key
from outreach.store.pieces import chunks, marks

if TYPE_CHECKING:
    from outreach.domain.offices import Offices

NAMED = ("merchant", "parent", "community", "place")
_NEAREST = 3  # names that are offered
_ALIKE = (75, 90)  # per cent; 北山村 and 南山村 are two villages, 东沙各庄 and 东沙各装 are one
_PHONE_TAIL = 3  # digits that begin to mean a phone number


class Tier(IntEnum):
    """How well an entry fits; the first is the best."""

    EXACT = 0
    SAME = 1  # but for width, case, spaces, traditional forms
    BEGINS = 2
    HOLDS = 3
    PINYIN_BEGINS = 4
    PINYIN_HOLDS = 5
    PHONE = 6
    PLACE = 7  # only its address, community or mark fits


class Match(NamedTuple):
    """An entry that fits. `place` is its community, if it has one, else its address."""

    kind: str
    id: str
    name: str
    community: str | None
    place: str
    tier: Tier


class _Word(NamedTuple):
    text: str
    tail: str
    pinyin: Sound | None
    placed: frozenset[str]  # ids of what the word names by community or mark


def find(db: sqlite3.Connection, words: str, kinds: Sequence[str] = NAMED) -> list[Match]:
    """Everything that all of `words` fit, best first; a merged merchant is found as the one it became part of."""
    typed = words.strip()
    rows = _exactly(db, typed, kinds)
    tiers = {row["id"]: (Tier.EXACT, row) for row in rows}
    for row, tier in _loosely(db, typed, kinds):
        tiers.setdefault(row["id"], (tier, row))
    return _matches(db, sorted(tiers.values(), key=_rank))


def _rank(hit: tuple[Tier, sqlite3.Row]) -> tuple[int, int, str, str]:
    tier, row = hit
    return tier, NAMED.index(row["kind"]), row["pinyin"], row["id"]


def find_exact(db: sqlite3.Connection, name: str, kinds: Sequence[str]) -> list[Match]:
    """What is called exactly so, or has this id. Touches no heavy library: the street's usual case."""
    return _matches(db, [(Tier.EXACT, row) for row in _exactly(db, name.strip(), kinds)])


def same_name(db: sqlite3.Connection, name: str, kind: str) -> list[Match]:
    """What is called so but for width, case, spaces and traditional forms."""
    sql = "SELECT * FROM lookup WHERE kind = ? AND folded = ? ORDER BY id"
    return _matches(db, [(Tier.SAME, row) for row in db.execute(sql, (kind, folded(name)))])


def nearest(db: sqlite3.Connection, words: str, kinds: Sequence[str], *, looks: int = 60, sounds: int = 60) -> list[str]:
    """Up to three names that look or sound like what was typed, by at least so many per cent; the nearest first."""
    from rapidfuzz import fuzz, process

    cursor = db.cursor()
    cursor.row_factory = None
    rows = cursor.execute(f"SELECT name, folded, pinyin FROM lookup WHERE kind IN ({marks(kinds)})", kinds).fetchall()  # noqa: S608
    if not rows:
        return []
    names, texts, keys = zip(*rows, strict=True)
    query = folded(words)
    sound = query if query.isascii() else _sounds([pinyin_key(words)])[0]
    seen = process.extract(query, texts, scorer=fuzz.ratio, limit=_NEAREST, score_cutoff=looks)
    heard = process.extract(sound, _sounds(keys), scorer=fuzz.ratio, limit=_NEAREST, score_cutoff=sounds)
    best = sorted([*seen, *heard], key=lambda hit: (-hit[1], hit[2]))
    return list(dict.fromkeys(names[index] for _text, _score, index in best))[:_NEAREST]


def near_communities(db: sqlite3.Connection, words: str) -> list[Match]:
    """The known communities that a name, known to none, may be a slip for, or the name of their office."""
    same = offices(db).same(words)
    rows = db.execute(f"SELECT * FROM lookup WHERE kind = 'community' AND id IN ({marks(same)}) ORDER BY id", same)  # noqa: S608
    found = _matches(db, [(Tier.SAME, row) for row in rows])
    names = nearest(db, words, ("community",), looks=_ALIKE[0], sounds=_ALIKE[1])
    near = (match for name in names for match in find_exact(db, name, ("community",)))
    return list({match.id: match for match in (*found, *near)}.values())


def offices(db: sqlite3.Connection) -> Offices:
    """The known communities, by their names without what an office adds."""
    from outreach.domain.offices import Offices  # 1 ms, and most visits are in a community that is known

    found = Offices()
    for row in db.execute("SELECT id, name FROM lookup WHERE kind = 'community' ORDER BY id"):
        found.add(row["id"], row["name"])
    return found


def _sounds(keys: Sequence[str]) -> list[str]:
    """The usual reading of each name, in one word. (All at once: ten thousand calls take longer than the work.)"""
    return re.sub(r"/[a-z]+|[^\S\n]", "", "\n".join(keys)).split("\n")


def _exactly(db: sqlite3.Connection, typed: str, kinds: Sequence[str]) -> list[sqlite3.Row]:
    sql = f"SELECT * FROM lookup WHERE kind IN ({marks(kinds)}) AND (name = ? OR id = ?) ORDER BY id"  # noqa: S608
    return db.execute(sql, (*kinds, typed, typed)).fetchall()


def _loosely(db: sqlite3.Connection, typed: str, kinds: Sequence[str]) -> list[tuple[sqlite3.Row, Tier]]:
    whole_number = len(_tail(typed)) > _PHONE_TAIL  # 138-0013 5678 is one phone, not two words
    parts = [typed] if whole_number else [part for part in typed.split() if folded(part)]
    whole = folded(typed)
    if not whole:
        return []
    words = [_word(db, part) for part in parts]
    hits = []
    for row in _candidates(db, words, kinds):
        tiers = [tier for word in words if (tier := _tier(word, row)) is not None]
        if len(tiers) == len(words):
            is_named = row["folded"] in (whole, *(word.text for word in words))
            hits.append((row, Tier.SAME if is_named else min(tiers)))
    return hits


def _word(db: sqlite3.Connection, part: str) -> _Word:
    text = folded(part)
    tail = _tail(part)
    pinyin = pinyin_pattern(text) if could_be_pinyin(text) else None
    return _Word(text, tail, pinyin, frozenset((*_in_communities(db, text, pinyin), *_tagged(db, text))))


def _tail(part: str) -> str:
    """The digits of what may be a phone number or its end; nothing if it is anything else."""
    found = digits(part)
    return found if len(found) >= _PHONE_TAIL and found == re.sub(r"[\s\-]", "", folded(part)) else ""


def _candidates(db: sqlite3.Connection, words: Sequence[_Word], kinds: Sequence[str]) -> list[sqlite3.Row]:
    """The rows that may fit, narrowed by SQLite; `_tier` decides."""
    clauses, values = [f"kind IN ({marks(kinds)})"], list(kinds)
    for word in words:
        if word.placed:
            continue  # its ids may be many; Python looks them up in a set
        clauses.append("(instr(folded, ?) OR instr(place, ?) OR pinyin LIKE ? OR phone LIKE ?)")
        values += [word.text, word.text]
        values += [subsequence(word.text) if word.pinyin else "-", f"%{word.tail}" if word.tail else "-"]
    return db.execute(f"SELECT * FROM lookup WHERE {' AND '.join(clauses)}", values).fetchall()  # noqa: S608 - our clauses


def _tier(word: _Word, row: sqlite3.Row) -> Tier | None:
    if word.text in row["folded"]:
        return Tier.BEGINS if row["folded"].startswith(word.text) else Tier.HOLDS
    if word.pinyin and (hit := word.pinyin.search(row["pinyin"])):
        return Tier.PINYIN_HOLDS if hit.start() else Tier.PINYIN_BEGINS
    if word.tail and row["phone"].endswith(word.tail):
        return Tier.PHONE
    return Tier.PLACE if word.text in row["place"] or row["id"] in word.placed else None


def _in_communities(db: sqlite3.Connection, text: str, pinyin: Sound | None) -> list[str]:
    """Merchants, parents and places of the communities that a word names."""
    rows = db.execute("SELECT id, folded, pinyin FROM lookup WHERE kind = 'community'").fetchall()
    ids = [r["id"] for r in rows if text in r["folded"] or (pinyin and pinyin.match(r["pinyin"]))]
    if not ids:
        return []
    sql = "SELECT id FROM {} WHERE community IN ({})"
    found = (db.execute(sql.format(table, marks(ids)), ids) for table in ("merchant", "parent", "place"))
    return [row["id"] for table in found for row in table]


def _tagged(db: sqlite3.Connection, text: str) -> list[str]:
    fold = natural_key if text.isascii() else folded  # what has no Chinese needs no traditional forms folded
    labels = [r["label"] for r in db.execute("SELECT DISTINCT label FROM tag WHERE live = 1") if text in fold(r["label"])]
    sql = f"SELECT DISTINCT merchant FROM tag WHERE live = 1 AND label IN ({marks(labels)})"  # noqa: S608 - marks only
    return [row["merchant"] for row in db.execute(sql, labels)] if labels else []


def _matches(db: sqlite3.Connection, hits: Iterable[tuple[Tier, sqlite3.Row]]) -> list[Match]:
    """The hits as matches, each merged merchant replaced by its root, once."""
    hits = list(hits)
    told = {kind: _told(db, kind, [row["id"] for _tier, row in hits if row["kind"] == kind]) for kind in NAMED}
    found: dict[str, Match] = {}
    for tier, row in hits:
        known = told[row["kind"]].get(row["id"])
        if known:
            found.setdefault(
                known["id"], Match(row["kind"], known["id"], known["name"], known["community"], known["place"], tier)
            )
    return list(found.values())


_TOLD = {
    "merchant": "SELECT s.merchant AS hit, m.id, m.name, c.name AS community, coalesce(m.address, m.landmark, '') AS place "
    "FROM standing s JOIN merchant m ON m.id = s.root AND m.live = 1 "
    "LEFT JOIN community c ON c.id = m.community AND c.live = 1 "
    "WHERE s.merchant IN ({})",
    "parent": "SELECT p.id AS hit, p.id, p.alias AS name, c.name AS community, '' AS place FROM parent p "
    "LEFT JOIN community c ON c.id = p.community AND c.live = 1 WHERE p.id IN ({})",
    "place": "SELECT p.id AS hit, p.id, p.name, c.name AS community, coalesce(p.address, '') AS place FROM place p "
    "LEFT JOIN community c ON c.id = p.community AND c.live = 1 WHERE p.id IN ({})",
    "community": "SELECT id AS hit, id, name, NULL AS community, coalesce(city, '') AS place FROM community WHERE id IN ({})",
}


def _told(db: sqlite3.Connection, kind: str, ids: Sequence[str]) -> dict[str, sqlite3.Row]:
    """What is shown of each hit: id (of the root, for a merged merchant), name, community, place."""
    rows = (row for part in chunks(ids) for row in db.execute(_TOLD[kind].format(marks(part)), part))
    return {row["hit"]: row for row in rows}
