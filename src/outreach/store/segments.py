"""What this laptop knows of segments: those it sealed, those it took in, and the journal's rows in each.

The rows of table `segment` are the seen-set: (device, number, hash). A row is written in the transaction that writes its
changes, so that neither is there without the other. Knows no files.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from outreach.domain.change import Change
from outreach.store.connection import transaction
from outreach.store.journal import absorb

T = TypeVar("T")
_ATTEMPTS = 2  # how often `settled` tries before it takes the write lock at once
_HASH16 = 16


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment as it is kept here. `hash`: sha256 of the whole file; `head`: its first line; `id`: of the row, once kept."""

    device: str
    number: int
    hash: str
    head: str
    published: bool = True
    id: int = 0


class Entry(NamedTuple):
    """A row of the journal as it goes out; `fields` is the canonical text that was kept."""

    seq: int
    kind: str
    id: str
    stamp: int
    worker: str | None
    fields: str


def seen(db: sqlite3.Connection) -> set[tuple[str, int, str]]:
    """(device, number, first 16 digits of the hash) of every segment that is known here."""
    rows = db.execute("SELECT device, number, substr(hash, 1, ?) FROM segment", (_HASH16,))
    return {(device, number, start) for device, number, start in rows}


def own_segments(db: sqlite3.Connection, device: str) -> list[Segment]:
    """What this laptop sealed, in order."""
    rows = db.execute("SELECT * FROM segment WHERE device = ? ORDER BY number", (device,))
    return [_segment(row) for row in rows]


def last_of(db: sqlite3.Connection, device: str) -> Segment | None:
    """The segment of a device with the highest number."""
    row = db.execute("SELECT * FROM segment WHERE device = ? ORDER BY number DESC LIMIT 1", (device,)).fetchone()
    return _segment(row) if row else None


def _segment(row: sqlite3.Row) -> Segment:
    return Segment(row["device"], row["number"], row["hash"], row["header"], bool(row["published"]), row["id"])


def take_in(db: sqlite3.Connection, segment: Segment, name: str, changes: Iterable[Change]) -> bool:
    """Absorb a segment of the laptop called `name`, once, all of it or nothing. False: it is here already."""
    with transaction(db):
        row = _keep(db, segment)
        if row is None:
            return False
        absorb(db, changes, segment=row)
        _name_device(db, segment.device, name, row)
    return True


def seal(db: sqlite3.Connection, segment: Segment, name: str, last: Entry) -> None:
    """Give a segment of this laptop, called `name`, its rows: those not yet in any, up to `last`. Needs a transaction."""
    row = _keep(db, segment)
    db.execute("UPDATE journal SET segment = ? WHERE segment IS NULL AND seq <= ?", (row, last.seq))
    _name_device(db, segment.device, name, row)


def _keep(db: sqlite3.Connection, segment: Segment) -> int | None:
    """The id of the new row, or None where there is one."""
    cursor = db.execute(
        "INSERT INTO segment (device, number, hash, header, published) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (segment.device, segment.number, segment.hash, segment.head, segment.published),
    )
    return cursor.lastrowid if cursor.rowcount else None


def _name_device(db: sqlite3.Connection, device: str, name: str, row: int | None) -> None:
    """Note what a laptop is called and its newest stamp. An older segment that comes late does not bring back an old name."""
    db.execute(
        "INSERT INTO device (id, name, stamp) SELECT ?, ?, coalesce(max(stamp), 0) FROM journal WHERE segment = ? "
        "ON CONFLICT (id) DO UPDATE SET name = iif(excluded.stamp >= stamp, excluded.name, name), "
        "stamp = max(stamp, excluded.stamp)",
        (device, name, row),
    )


def device_names(db: sqlite3.Connection) -> dict[str, str]:
    """What each laptop calls itself, by its id."""
    return {row["id"]: row["name"] for row in db.execute("SELECT id, name FROM device")}


def mark_published(db: sqlite3.Connection, segment: Segment) -> None:
    """A segment of this laptop lies in the shared folder."""
    with transaction(db):
        db.execute("UPDATE segment SET published = 1 WHERE id = ?", (segment.id,))


def entries_of(db: sqlite3.Connection, segment: Segment) -> Iterator[Entry]:
    """The journal's rows in a segment, in the order in which they were sealed."""
    sql = "SELECT seq, kind, id, stamp, worker, fields FROM journal WHERE segment = ? ORDER BY seq"
    return (Entry(*row) for row in db.execute(sql, (segment.id,)))


def unsealed(db: sqlite3.Connection, most: int) -> list[Entry]:
    """The first rows that are in no segment yet."""
    sql = "SELECT seq, kind, id, stamp, worker, fields FROM journal WHERE segment IS NULL ORDER BY seq LIMIT ?"
    return [Entry(*row) for row in db.execute(sql, (most,))]


def settled(db: sqlite3.Connection, work: Callable[[], T]) -> T:
    """`work` on one unchanging state of the database; what it writes is written whole or not at all.

    It should read first, long if need be, and write last: nobody who records meanwhile has to wait. If somebody did record
    meanwhile, it starts again; the third time it holds the write lock from the start.
    """
    for _attempt in range(_ATTEMPTS):
        db.execute("BEGIN")
        try:
            result = work()
            db.execute("COMMIT")
        except BaseException as error:
            if db.in_transaction:
                db.execute("ROLLBACK")
            if not _overtaken(error):
                raise
        else:
            return result
    with transaction(db):
        return work()


def _overtaken(error: BaseException) -> bool:
    return isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode == sqlite3.SQLITE_BUSY_SNAPSHOT
