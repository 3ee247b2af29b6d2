"""The journal: the one door through which anything is ever written, and the reading of what was.

`record` takes what someone on this laptop did; `absorb` takes what came from another. Both append and fold, in the
transaction that is open or in one of their own.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from typing import NamedTuple

from outreach.domain.change import Change, Draft, canonical, next_stamp
from outreach.store.connection import device_of, transaction
from outreach.store.tables import Key, change_of, refold


class Act(NamedTuple):
    """One thing somebody did on this laptop, with the changes it made. `at` in ms since 1970."""

    id: int
    at: int
    label: str
    worker: str | None
    changes: tuple[Change, ...]


def record(
    db: sqlite3.Connection,
    drafts: Sequence[Draft],
    *,
    now: int,
    label: str,
    worker: str | None = None,
    undoes: int | None = None,
) -> Act:
    """Append these drafts as one act, stamped, and fold them. `now` in ms; `label` is the command; `undoes` an act's id."""
    with nullcontext() if db.in_transaction else transaction(db):
        device = device_of(db)
        act = db.execute(
            "INSERT INTO act (at, label, worker, undoes) VALUES (?, ?, ?, ?)", (now, label, worker, undoes)
        ).lastrowid
        changes = []
        for draft in drafts:
            stamp = next_stamp(now, newest_stamp(db, draft.kind, draft.id))
            change = Change(stamp, device, draft.kind, draft.id, draft.fields, worker)
            _append(db, change, act=act)
            changes.append(change)
        refold(db, {c.key for c in changes})
    return Act(int(act or 0), now, label, worker, tuple(changes))


def absorb(db: sqlite3.Connection, changes: Iterable[Change], *, segment: int) -> set[Key]:
    """Append changes that came in a segment, but for those already here, and fold them. Needs an open transaction."""
    keys = set()
    for change in changes:
        if _append(db, change, segment=segment):
            keys.add(change.key)
    refold(db, keys)
    return keys


def newest_stamp(db: sqlite3.Connection, kind: str, record_id: str) -> int | None:
    """The latest stamp on a record, or None where there is no such record."""
    row = db.execute("SELECT max(stamp) FROM journal WHERE id = ? AND kind = ?", (record_id, kind)).fetchone()
    return row[0]  # type: ignore[no-any-return]


def _append(db: sqlite3.Connection, change: Change, *, act: int | None = None, segment: int | None = None) -> bool:
    """Append a change, unless the very same one is here already."""
    key = (change.kind, change.id, change.stamp, change.device, canonical(change.fields))
    sql = (
        "INSERT INTO journal (kind, id, stamp, device, fields, worker, act, segment) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 "
        "WHERE NOT EXISTS (SELECT 1 FROM journal WHERE id = ?2 AND stamp = ?3 AND device = ?4 AND kind = ?1 AND fields = ?5)"
    )
    return db.execute(sql, (*key, change.worker, act, segment)).rowcount > 0


def last_act(db: sqlite3.Connection) -> Act | None:
    """The latest act of this laptop that is neither an undo nor undone."""
    row = db.execute(
        "SELECT * FROM act WHERE undoes IS NULL AND id NOT IN (SELECT undoes FROM act WHERE undoes IS NOT NULL) "
        "ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    changes = tuple(map(change_of, db.execute("SELECT * FROM journal WHERE act = ? ORDER BY seq", (row["id"],))))
    return Act(row["id"], row["at"], row["label"], row["worker"], changes)


def standing_changes(db: sqlite3.Connection, key: Key, act: int) -> tuple[list[Change], list[Change]]:
    """A record's changes as (those of `act`, all others), without what was taken back and the taking back itself."""
    mine: list[Change] = []
    others: list[Change] = []
    for row in db.execute(
        "SELECT * FROM journal WHERE kind = ? AND id = ? AND (act IS NULL OR act NOT IN (SELECT undoes FROM act "
        "WHERE undoes IS NOT NULL UNION SELECT id FROM act WHERE undoes IS NOT NULL)) ORDER BY seq",
        key,
    ):
        (mine if row["act"] == act else others).append(change_of(row))
    return mine, others


def unshared(db: sqlite3.Connection) -> int:
    """How many changes of this laptop no folder has yet."""
    count: int = db.execute("SELECT count(*) FROM journal WHERE segment IS NULL").fetchone()[0]
    return count
