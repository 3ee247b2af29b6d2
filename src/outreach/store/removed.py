"""Finding what was removed, by name, part or pinyin: it is in no index, so that it is on no list."""

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from outreach.domain.naming import could_be_pinyin, folded, pinyin_key, pinyin_pattern
from outreach.domain.records import KINDS
from outreach.domain.standing import roots


class Removed(NamedTuple):
    """A record that was removed."""

    kind: str
    id: str
    name: str


def removed(db: sqlite3.Connection, words: str, kinds: Sequence[str]) -> list[Removed]:
    """The removed records that `words` mean: those called so if there are any, else all that fit; the latest first."""
    gone = [record for kind in kinds for record in _gone(db, kind)]
    typed = folded(words)
    same = [record for record in gone if folded(record.name) == typed]
    if same or not typed:
        return same
    sound = pinyin_pattern(typed) if could_be_pinyin(typed) else None
    return [r for r in gone if typed in folded(r.name) or (sound and sound.search(pinyin_key(r.name)))]


def _gone(db: sqlite3.Connection, kind: str) -> list[Removed]:
    named = KINDS[kind].named
    sql = f"SELECT id, {named} AS name FROM {kind} WHERE removed = 1 AND {named} IS NOT NULL ORDER BY id DESC"  # noqa: S608
    return [Removed(kind, row["id"], row["name"]) for row in db.execute(sql)]


def merged_with(db: sqlite3.Connection, merchant: str) -> list[str]:
    """A removed merchant and the removed ones that are one shop with it, the one that they were merged into first."""
    both = "m.removed = 1 AND other.removed = 1"
    sql = f"SELECT m.id, m.merged_into FROM merchant m JOIN merchant other ON other.id = m.merged_into WHERE {both}"  # noqa: S608
    leads = roots(dict(db.execute(sql).fetchall()))
    root = leads.get(merchant, merchant)
    return [root, *(part for part, whole in leads.items() if whole == root != part)]
