"""The fold as tables: from the journal to one row per record, and what is derived from those rows.

Every row can be dropped and made again from the journal; `outreach.store.check` proves that they agree.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from outreach.domain.change import Change, Fields, canonical
from outreach.domain.fold import fold, is_live
from outreach.domain.records import KINDS, Form, Kind
from outreach.domain.standing import Call, roots, standing
from outreach.errors import DamagedRecord
from outreach.store.names import index_names

Key = tuple[str, str]  # kind, id
_CHUNK = 500  # ids in one query; SQLite allows 32,766
_LISTS = (Form.WORDS, Form.REFERENCES)


def refold(db: sqlite3.Connection, keys: Iterable[Key]) -> None:
    """Fold these records again, and what hangs on them."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for name, record in sorted(set(keys)):
        by_kind[name].append(record)
    touched: set[str] = set()
    for kind in KINDS.values():
        for ids in chunks(by_kind[kind.name]):
            touched |= _merchants_of(db, kind, ids)
            _write(db, kind, ids)
            touched |= _merchants_of(db, kind, ids)
            index_names(db, kind, ids)
    _follow_merges(db, touched)
    _stand(db, touched)


def chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """`ids` in pieces that fit one query."""
    return (ids[i : i + _CHUNK] for i in range(0, len(ids), _CHUNK))


def marks(values: Sequence[object]) -> str:
    """As many question marks as there are values."""
    return ",".join("?" * len(values))


def changes_of(db: sqlite3.Connection, kind: str, ids: Sequence[str]) -> dict[str, list[Change]]:
    """The journal of these records, by id, in the order in which it was written here."""
    found: dict[str, list[Change]] = {i: [] for i in ids}
    sql = f"SELECT * FROM journal WHERE kind = ? AND id IN ({marks(ids)}) ORDER BY seq"  # noqa: S608 - marks only
    for row in db.execute(sql, (kind, *ids)):
        found[row["id"]].append(change_of(row))
    return found


def change_of(row: sqlite3.Row) -> Change:
    """A row of the journal as a change."""
    fields = loads(row["fields"], "journal")
    if not isinstance(fields, dict):
        raise DamagedRecord(table="journal")
    return Change(row["stamp"], row["device"], row["kind"], row["id"], fields, row["worker"])


def loads(text: str, table: str) -> Any:
    """A JSON text of the database. Raises DamagedRecord."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise DamagedRecord(table=table) from error


def day_of(text: str, table: str) -> date:
    """A day or instant of the database, as its day. Raises DamagedRecord."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise DamagedRecord(table=table) from error


def columns(kind: Kind) -> list[str]:
    """The columns of a kind's table that come from fields."""
    return [f.name for f in kind.fields]


def to_row(kind: Kind, fields: Fields) -> list[object]:
    """A record as its row, without the id: fields, then whether it is live."""
    row = [canonical(v) if isinstance(v := fields.get(f.name), list) else v for f in kind.fields]
    return [*row, is_live(kind, fields)]


def from_row(kind: Kind, row: sqlite3.Row) -> Fields:
    """A row as the record it holds: its id and the fields that have a value."""
    record: Fields = {"id": row["id"]}
    for field in kind.fields:
        value = row[field.name]
        if value is not None:
            record[field.name] = _from_column(field.form, value, kind.name)
    return record


def _from_column(form: Form, value: object, table: str) -> object:
    if form in _LISTS:
        return loads(str(value), table)
    return bool(value) if form is Form.FLAG else value


def _write(db: sqlite3.Connection, kind: Kind, ids: Sequence[str]) -> None:
    names = ",".join(f'"{c}"' for c in ("id", *columns(kind), "live"))
    rows = [(i, *to_row(kind, fold(kind, changes))) for i, changes in changes_of(db, kind.name, ids).items()]
    sql = f"INSERT OR REPLACE INTO {kind.name} ({names}) VALUES ({marks(rows[0])})"  # noqa: S608 - our own names
    db.executemany(sql, rows)


def _merchants_of(db: sqlite3.Connection, kind: Kind, ids: Sequence[str]) -> set[str]:
    """The merchants whose standing these records bear on."""
    if kind.name == "merchant":
        return set(ids)
    if kind.name != "visit":
        return set()
    sql = f"SELECT DISTINCT merchant FROM visit WHERE id IN ({marks(ids)}) AND merchant IS NOT NULL"  # noqa: S608
    return {row[0] for row in db.execute(sql, ids)}


def _follow_merges(db: sqlite3.Connection, touched: set[str]) -> None:
    """Give every merchant its root; those whose root changed are touched, and so are their old and new roots."""
    for ids in chunks(sorted(touched)):
        rows = f"SELECT id, id, 0 FROM merchant WHERE id IN ({marks(ids)})"  # noqa: S608 - marks only
        db.execute(f"INSERT OR IGNORE INTO standing (merchant, root, visits) {rows}", ids)
    links = {
        row["id"]: row["merged_into"]
        for row in db.execute("SELECT id, merged_into FROM merchant WHERE merged_into IS NOT NULL AND live = 1")
    }
    moved = db.execute("SELECT merchant, root FROM standing WHERE root <> merchant").fetchall()
    wanted = {row["merchant"]: row["merchant"] for row in moved} | roots(links)
    current = {merchant: merchant for merchant in wanted} | {row["merchant"]: row["root"] for row in moved}
    for merchant, root in wanted.items():
        if root != current[merchant]:
            db.execute("UPDATE standing SET root = ? WHERE merchant = ?", (root, merchant))
            touched |= {merchant, root, current[merchant]}


def _stand(db: sqlite3.Connection, touched: set[str]) -> None:
    """Sum up the visits of each touched merchant's root, those of the merchants merged into it included."""
    for ids in chunks(sorted(touched)):
        sql = f"SELECT DISTINCT root FROM standing WHERE merchant IN ({marks(ids)})"  # noqa: S608 - marks only
        found = [row["root"] for row in db.execute(sql, ids)]
        calls = calls_of(db, found)
        rows = [(*standing(calls[m]), m) for m in sorted({*ids, *found})]
        db.executemany(
            "UPDATE standing SET status = ?, firm = ?, visits = ?, last_visit = ?, last_by = ? WHERE merchant = ?", rows
        )


_CALLS = (
    "SELECT s.root, v.visited_at, v.outcome, v.firm, v.by FROM standing s JOIN visit v ON v.merchant = s.merchant "
    "WHERE v.live = 1 AND s.root IN ({}) ORDER BY v.visited_at, v.id"
)


def calls_of(db: sqlite3.Connection, root_ids: Sequence[str]) -> dict[str, list[Call]]:
    """The visits at these merchants, merged ones included, oldest first."""
    found: dict[str, list[Call]] = defaultdict(list)
    for root, visited_at, outcome, firm, by in db.execute(_CALLS.format(marks(root_ids)), root_ids):
        found[root].append(Call(visited_at, outcome, bool(firm), by))
    return found
