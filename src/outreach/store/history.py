"""Who recorded or changed what from what, when, on which laptop: the journal, read as a story."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from outreach.domain.change import Change
from outreach.domain.fold import fold
from outreach.domain.records import KINDS
from outreach.store.pieces import chunks, marks
from outreach.store.records import members
from outreach.store.tables import Key, change_of, changes_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One change, with what its fields were before. `created`: nothing was known of the record until then."""

    change: Change
    before: dict[str, Any]
    created: bool
    laptop: str | None  # the laptop's name, where it has said one


def history_of(db: sqlite3.Connection, merchant: str) -> list[Entry]:
    """Everything recorded about a merchant, the oldest first."""
    ids = members(db, merchant)
    keys: list[Key] = [("merchant", i) for i in ids]
    for kind in ("visit", "referral", "tag", "opinion", "override"):
        sql = f"SELECT id FROM {kind} WHERE merchant IN ({marks(ids)})"  # noqa: S608 - our own names, marks
        keys += [(kind, row["id"]) for row in db.execute(sql, ids)]
    sql = f"SELECT id FROM separation WHERE merchant IN ({marks(ids)}) OR other IN ({marks(ids)})"  # noqa: S608 - marks only
    keys += [("separation", row["id"]) for row in db.execute(sql, (*ids, *ids))]
    return _told(db, keys)


def latest(db: sqlite3.Connection, limit: int) -> list[Entry]:
    """The last changes that this laptop knows of, the oldest of them first."""
    rows = db.execute("SELECT * FROM journal ORDER BY seq DESC LIMIT ?", (limit,)).fetchall()
    wanted = [change_of(row) for row in rows]
    told = _told(db, [change.key for change in wanted])
    kept = {(c.key, c.stamp, c.device) for c in wanted}
    return [entry for entry in told if (entry.change.key, entry.change.stamp, entry.change.device) in kept]


def _told(db: sqlite3.Connection, keys: Sequence[Key]) -> list[Entry]:
    laptops = {row["id"]: row["name"] for row in db.execute("SELECT id, name FROM device")}
    entries = []
    for kind in KINDS:
        ids = sorted({i for k, i in keys if k == kind})
        for part in chunks(ids):
            for changes in changes_of(db, kind, part).values():
                entries += list(_steps(kind, changes, laptops))
    return sorted(entries, key=lambda entry: (entry.change.stamp, entry.change.device, entry.change.key))


def _steps(kind: str, changes: Sequence[Change], laptops: dict[str, str]) -> Iterator[Entry]:
    ordered = sorted(changes, key=lambda c: (c.stamp, c.device))
    for i, change in enumerate(ordered):
        before = fold(KINDS[kind], ordered[:i])
        yield Entry(change, {f: before.get(f) for f in change.fields}, i == 0, laptops.get(change.device))
