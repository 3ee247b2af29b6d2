"""Finding records by what people type: name, part, pinyin, initials, phone tail; place, community and mark as further words."""

import re
import sqlite3
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

from outreach.domain.naming import could_be_pinyin, digits, folded, pinyin_pattern, subsequence
from outreach.store.tables import marks

NAMED = ("merchant", "parent", "community")
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
    pinyin: re.Pattern[str] | None
    placed: frozenset[str]  # ids of what the word names by community or mark


def find(db: sqlite3.Connection, words: str, kinds: Sequence[str] = NAMED) -> list[Match]:
    """Everything that all of `words` fit, best first; a merged merchant is found as the one it became part of."""
    typed = words.strip()
    rows = _exactly(db, typed, kinds)
    tiers = {row["id"]: (Tier.EXACT, row) for row in rows}
    for row, tier in _loosely(db, typed, kinds):
        tiers.setdefault(row["id"], (tier, row))
    return _matches(db, sorted(tiers.values(), key=lambda hit: (hit[0], hit[1]["pinyin"], hit[1]["id"])))


def find_exact(db: sqlite3.Connection, name: str, kinds: Sequence[str]) -> list[Match]:
    """What is called exactly so, or has this id. Touches no heavy library: the street's usual case."""
    return _matches(db, [(Tier.EXACT, row) for row in _exactly(db, name.strip(), kinds)])


def same_name(db: sqlite3.Connection, name: str, kind: str) -> list[Match]:
    """What is called so but for width, case, spaces and traditional forms."""
    sql = "SELECT * FROM lookup WHERE kind = ? AND folded = ? ORDER BY id"
    return _matches(db, [(Tier.SAME, row) for row in db.execute(sql, (kind, folded(name)))])


def nearest(db: sqlite3.Connection, words: str, kinds: Sequence[str]) -> list[str]:
    """Up to three names that look most like what was typed, or sound like it."""
    from rapidfuzz import fuzz, process

    rows = db.execute(f"SELECT name, folded, pinyin FROM lookup WHERE kind IN ({marks(kinds)})", kinds).fetchall()  # noqa: S608
    query = folded(words)
    by_sound = query.isascii()
    texts = [re.sub(r"/[a-z]+|\s", "", row["pinyin"]) if by_sound else row["folded"] for row in rows]
    found = process.extract(query, texts, scorer=fuzz.ratio, limit=3, score_cutoff=60)
    return list(dict.fromkeys(rows[index]["name"] for _, _, index in found))


def _exactly(db: sqlite3.Connection, typed: str, kinds: Sequence[str]) -> list[sqlite3.Row]:
    sql = f"SELECT * FROM lookup WHERE kind IN ({marks(kinds)}) AND (name = ? OR id = ?) ORDER BY id"  # noqa: S608
    return db.execute(sql, (*kinds, typed, typed)).fetchall()


def _loosely(db: sqlite3.Connection, typed: str, kinds: Sequence[str]) -> list[tuple[sqlite3.Row, Tier]]:
    parts = [part for part in typed.split() if folded(part)]
    whole = folded(typed)
    if not whole:
        return []
    words = [_word(db, part) for part in parts]
    hits = []
    for row in _candidates(db, words, kinds):
        tiers = [tier for word in words if (tier := _tier(word, row)) is not None]
        if len(tiers) == len(words):
            hits.append((row, Tier.SAME if row["folded"] == whole else min(tiers)))
    return hits


def _word(db: sqlite3.Connection, part: str) -> _Word:
    text = folded(part)
    tail = digits(part) if len(digits(part)) >= _PHONE_TAIL and digits(part) == re.sub(r"[\s\-]", "", text) else ""
    pinyin = pinyin_pattern(text) if could_be_pinyin(text) else None
    return _Word(text, tail, pinyin, frozenset((*_in_communities(db, text, pinyin), *_tagged(db, text))))


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


def _in_communities(db: sqlite3.Connection, text: str, pinyin: re.Pattern[str] | None) -> list[str]:
    """Merchants and parents of the communities that a word names."""
    rows = db.execute("SELECT id, folded, pinyin FROM lookup WHERE kind = 'community'").fetchall()
    ids = [r["id"] for r in rows if text in r["folded"] or (pinyin and pinyin.match(r["pinyin"]))]
    if not ids:
        return []
    sql = "SELECT id FROM {} WHERE community IN ({})"
    found = (db.execute(sql.format(table, marks(ids)), ids) for table in ("merchant", "parent"))
    return [row["id"] for table in found for row in table]


def _tagged(db: sqlite3.Connection, text: str) -> list[str]:
    labels = [r["label"] for r in db.execute("SELECT DISTINCT label FROM tag WHERE live = 1") if text in folded(r["label"])]
    sql = f"SELECT DISTINCT merchant FROM tag WHERE live = 1 AND label IN ({marks(labels)})"  # noqa: S608 - marks only
    return [row["merchant"] for row in db.execute(sql, labels)] if labels else []


def _matches(db: sqlite3.Connection, hits: Iterable[tuple[Tier, sqlite3.Row]]) -> list[Match]:
    """The hits as matches, each merged merchant replaced by its root, once."""
    found: dict[str, Match] = {}
    for tier, row in hits:
        match = _merchant(db, row, tier) if row["kind"] == "merchant" else _other(db, row, tier)
        if match:
            found.setdefault(match.id, match)
    return list(found.values())


def _merchant(db: sqlite3.Connection, hit: sqlite3.Row, tier: Tier) -> Match | None:
    row = db.execute(
        "SELECT m.id, m.name, c.name AS community, m.address, m.landmark FROM standing s JOIN merchant m ON m.id = s.root "
        "LEFT JOIN community c ON c.id = m.community AND c.live = 1 WHERE s.merchant = ? AND m.live = 1",
        (hit["id"],),
    ).fetchone()
    if row is None:
        return None
    return Match("merchant", row["id"], row["name"], row["community"], row["address"] or row["landmark"] or "", tier)


def _other(db: sqlite3.Connection, hit: sqlite3.Row, tier: Tier) -> Match:
    if hit["kind"] == "community":
        return Match("community", hit["id"], hit["name"], None, hit["place"], tier)
    row = db.execute(
        "SELECT c.name FROM parent p LEFT JOIN community c ON c.id = p.community AND c.live = 1 WHERE p.id = ?",
        (hit["id"],),
    ).fetchone()
    return Match("parent", hit["id"], hit["name"], row["name"] if row else None, "", tier)
