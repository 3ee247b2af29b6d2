"""What the shared export is made from: the live records, one by one, and which changes they are the sum of."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from outreach.domain.change import Fields
from outreach.domain.records import Kind
from outreach.store.tables import columns, from_row


class Cover(NamedTuple):
    """How much of one laptop's changes is in: how many, and the highest number of its segments."""

    changes: int
    segments: int


def live_records(db: sqlite3.Connection, kind: Kind) -> Iterator[Fields]:
    """Every live record of a kind, by id, without keeping them all in memory."""
    names = ",".join(f'"{c}"' for c in ("id", *columns(kind)))
    rows = db.execute(f"SELECT {names} FROM {kind.name} WHERE live = 1 ORDER BY id")  # noqa: S608 - our own names
    return (from_row(kind, row) for row in rows)


def covers(db: sqlite3.Connection) -> dict[str, Cover]:
    """What was sealed or taken in, by device."""
    counts = dict(db.execute("SELECT segment, count(*) FROM journal WHERE segment IS NOT NULL GROUP BY segment").fetchall())
    found: dict[str, Cover] = {}
    for row, device, number in db.execute("SELECT id, device, number FROM segment"):
        before = found.get(device, Cover(0, 0))
        found[device] = Cover(before.changes + counts.get(row, 0), max(before.segments, number))
    return found
