"""The journal: the one door through which anything is ever written, and the reading of what was.

`record` takes what someone on this laptop did; `outreach.store.absorb` takes what came from another. Both append and fold.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from typing import NamedTuple

from outreach.domain.change import Change, Draft, canonical, next_stamp
from outreach.store.connection import device_of, get_meta, set_meta, transaction
from outreach.store.pieces import chunks, marks
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
            newest = newest_stamp(db, draft.kind, draft.id)
            change = Change(next_stamp(now, newest), device, draft.kind, draft.id, draft.fields, worker, newest)
            row = (None, draft.kind, draft.id, change.stamp, device, worker, canonical(draft.fields), act, newest)
            db.execute(INSERT, row)
            changes.append(change)
        refold(db, {c.key for c in changes})
    return Act(int(act or 0), now, label, worker, tuple(changes))


INSERT = "INSERT INTO journal (seq, kind, id, stamp, device, worker, fields, act, base) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


def sealed_up_to(db: sqlite3.Connection) -> int:
    """The last row of the journal that this laptop, under its present id, has sealed; 0 without any."""
    row = db.execute("SELECT max(last) FROM segment WHERE device = ? AND published IS NOT NULL", (device_of(db),)).fetchone()
    return row[0] or 0


def newest_stamp(db: sqlite3.Connection, kind: str, record_id: str) -> int | None:
    """The latest stamp on a record, or None where there is no such record."""
    row = db.execute("SELECT max(stamp) FROM journal WHERE id = ? AND kind = ?", (record_id, kind)).fetchone()
    return row[0]  # type: ignore[no-any-return]


def last_act(db: sqlite3.Connection) -> Act | None:
    """The latest act of this laptop that is neither an undo nor undone."""
    row = db.execute(
        "SELECT * FROM act WHERE undoes IS NULL AND id NOT IN (SELECT undoes FROM act WHERE undoes IS NOT NULL) "
        "AND EXISTS (SELECT 1 FROM journal WHERE journal.act = act.id) ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    changes = tuple(map(change_of, db.execute("SELECT * FROM journal WHERE act = ? ORDER BY seq", (row["id"],))))
    return Act(row["id"], row["at"], row["label"], row["worker"], changes)


def standing_changes(db: sqlite3.Connection, keys: Iterable[Key], act: int) -> Iterator[tuple[Key, list[Change]]]:
    """The changes of each of these records but for those of `act`, without what was taken back and the taking back itself."""
    by_kind: dict[str, list[str]] = {}
    for kind, record in keys:
        by_kind.setdefault(kind, []).append(record)
    for kind, ids in by_kind.items():
        for part in chunks(ids):
            found: dict[str, list[Change]] = {record: [] for record in part}
            for row in db.execute(_STANDING.format(marks(part)), (kind, *part, act)):
                found[row["id"]].append(change_of(row))
            yield from (((kind, record), others) for record, others in found.items())


_STANDING = (
    "SELECT * FROM journal WHERE kind = ? AND id IN ({}) AND act IS NOT ? "
    "AND (act IS NULL OR act NOT IN "
    "(SELECT undoes FROM act WHERE undoes IS NOT NULL UNION SELECT id FROM act WHERE undoes IS NOT NULL)) ORDER BY seq"
)
_FORMER = "former"  # the key of the laptop's note of its former ids
# The rows that are in no segment yet. The index of own rows finds them; values: this laptop's id, the last row it sealed.
UNSEALED = "FROM journal INDEXED BY journal_own WHERE act IS NOT NULL AND device = ? AND seq > ?"


def unsealed_place(db: sqlite3.Connection) -> tuple[str, int]:
    """The values for `UNSEALED`."""
    return device_of(db), sealed_up_to(db)


def unshared(db: sqlite3.Connection) -> int:
    """How many changes of this laptop no folder has yet."""
    count: int = db.execute(f"SELECT count(*) {UNSEALED}", unsealed_place(db)).fetchone()[0]
    return count


def is_all_shared(db: sqlite3.Connection) -> bool:
    """Whether there is no such change."""
    return not waits_after(db, sealed_up_to(db))


def waits_after(db: sqlite3.Connection, row: int) -> bool:
    """Whether there is one after that row of the journal, up to which all is shared."""
    return bool(db.execute(f"SELECT EXISTS (SELECT 1 {UNSEALED})", (device_of(db), row)).fetchone()[0])


def last_row(db: sqlite3.Connection) -> int:
    """The number of the journal's last row, 0 where it is empty."""
    return int(db.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0])


def former_ids(db: sqlite3.Connection) -> list[str]:
    """The ids that this laptop had before its present one."""
    return (get_meta(db, _FORMER) or "").split()


def take_new_device(db: sqlite3.Connection, device: str) -> None:
    """From now on this laptop is `device`; what it has not sealed becomes that device's. Needs an open transaction."""
    rows = db.execute(f"SELECT seq, kind, id {UNSEALED}", unsealed_place(db)).fetchall()
    db.executemany("UPDATE journal SET device = ? WHERE seq = ?", [(device, row["seq"]) for row in rows])
    set_meta(db, _FORMER, " ".join([*former_ids(db), device_of(db)]))
    set_meta(db, "device", device)
    refold(db, {(row["kind"], row["id"]) for row in rows})
