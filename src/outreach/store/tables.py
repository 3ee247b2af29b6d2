"""The fold as tables: from the journal to one row per record, and what is derived from those rows.

Every row can be dropped and made again from the journal; `outreach.store.check` proves that they agree.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from outreach.domain.change import Change, Fields, canonical
from outreach.domain.fold import fold, fold_alone
from outreach.domain.records import KINDS, REMOVED, VISIT, Form, Kind
from outreach.domain.standing import Call, roots, standing
from outreach.errors import DamagedRecord
from outreach.store.names import index_names

Key = tuple[str, str]  # kind, id
_CHUNK = 500  # ids in one query; SQLite allows 32,766
_LISTS = (Form.WORDS, Form.REFERENCES)


def refold(db: sqlite3.Connection, keys: Iterable[Key]) -> None:
    """Fold these records again from the journal, and what hangs on them."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for name, record in sorted(set(keys)):
        by_kind[name].append(record)
    histories = {
        (kind, record): changes
        for kind, ids in by_kind.items()
        for part in chunks(ids)
        for record, changes in changes_of(db, kind, part).items()
    }
    refold_all(db, histories)


def refold_all(db: sqlite3.Connection, histories: Mapping[Key, Sequence[Change]], fresh: Collection[Key] = ()) -> None:
    """Fold these records from all their changes, and what hangs on them. `fresh`: those that have no row yet."""
    by_kind: dict[str, list[tuple[str, Sequence[Change]]]] = defaultdict(list)
    for (name, record), changes in histories.items():
        by_kind[name].append((record, changes))
    touched: set[str] = set()
    for kind in KINDS.values():
        if kind.name not in by_kind:
            continue
        records = _folded(kind, by_kind[kind.name])
        ids = [i for i, _values in records]
        if kind.name == "merchant":
            touched.update(ids)
        if kind.name == "visit":
            touched |= _merchants_of(db, [i for i in ids if (kind.name, i) not in fresh])
            touched |= {values[_MERCHANT] for _i, values in records} - {None}
        _write(db, kind, records)
        for part in chunks(ids):
            index_names(db, kind, part)
    _follow_merges(db, touched)
    _stand(db, touched)


_MERCHANT = [field.name for field in VISIT.fields].index("merchant")


def _folded(kind: Kind, histories: Iterable[tuple[str, Sequence[Change]]]) -> list[tuple[str, list[Any]]]:
    """The values of the fields of each record, in their order."""
    alone, names = fold_alone(kind), columns(kind)
    return [
        (i, alone(changes[0].fields) if len(changes) == 1 else list(map(fold(kind, changes).get, names)))
        for i, changes in histories
    ]


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


def changes_since(db: sqlite3.Connection, key: Key, row: int) -> list[Change]:
    """The changes of a record that the journal got after that row."""
    return [change_of(r) for r in db.execute("SELECT * FROM journal WHERE kind = ? AND id = ? AND seq > ?", (*key, row))]


def change_of(row: sqlite3.Row) -> Change:
    """A row of the journal as a change."""
    fields = loads(row["fields"], "journal")
    if not isinstance(fields, dict):
        raise DamagedRecord(table="journal")
    return Change(row["stamp"], row["device"], row["kind"], row["id"], fields, row["worker"], row["base"])


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


class _Shape(NamedTuple):
    """Where in a row of a kind what lies."""

    lists: tuple[int, ...]
    required: tuple[int, ...]
    removed: int


@cache
def _shape(kind: Kind) -> _Shape:
    names = columns(kind)
    lists = tuple(i for i, field in enumerate(kind.fields) if field.form in _LISTS)
    return _Shape(lists, tuple(map(names.index, kind.required)), names.index(REMOVED))


def to_row(kind: Kind, fields: Fields) -> list[object]:
    """A record as its row, without the id: fields, then whether it is live."""
    return _row(_shape(kind), list(map(fields.get, columns(kind))))


def _row(shape: _Shape, values: list[Any]) -> list[object]:
    """The same from the values of its fields, in their order. Live is as `outreach.domain.fold.is_live` says."""
    lists, required, removed = shape
    live = not values[removed] and None not in [values[place] for place in required]
    for place in lists:
        if values[place] is not None:
            values[place] = canonical(values[place])
    return [*values, live]


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


def _write(db: sqlite3.Connection, kind: Kind, records: Sequence[tuple[str, list[Any]]]) -> None:
    names = ",".join(f'"{c}"' for c in ("id", *columns(kind), "live"))
    shape = _shape(kind)
    rows = [(i, *_row(shape, values)) for i, values in records]
    sql = f"INSERT OR REPLACE INTO {kind.name} ({names}) VALUES ({marks(rows[0])})"  # noqa: S608 - our own names
    db.executemany(sql, rows)


def _merchants_of(db: sqlite3.Connection, visits: Sequence[str]) -> set[str]:
    """The merchants that these visits were at, as the rows say now."""
    sql = "SELECT DISTINCT merchant FROM visit WHERE id IN ({}) AND merchant IS NOT NULL"
    return {row[0] for part in chunks(visits) for row in db.execute(sql.format(marks(part)), part)}


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
    """Sum up the visits of each touched merchant's root, those of the merchants merged into it included.

    What `outreach.domain.standing` says of all the visits of a merchant, read from the index: the latest, the latest at which
    someone was met, and their number. Merged merchants, which are few, go the long way.
    """
    for ids in chunks(sorted(touched)):
        sql = f"SELECT DISTINCT root FROM standing WHERE merchant IN ({marks(ids)})"  # noqa: S608 - marks only
        wanted = sorted({*ids, *(row["root"] for row in db.execute(sql, ids))})
        sql = f"SELECT merchant, root FROM standing WHERE root <> merchant AND root IN ({marks(wanted)})"  # noqa: S608
        merged = {i for row in db.execute(sql, wanted) for i in row} | _merged_into_others(db, wanted)
        alone = [i for i in wanted if i not in merged]
        db.execute(f"{_STAND} WHERE merchant IN ({marks(alone)})", alone)
        calls = calls_of(db, sorted(merged))
        rows = [(*standing(calls[m]), m) for m in sorted(merged)]
        db.executemany(
            "UPDATE standing SET status = ?, firm = ?, visits = ?, last_visit = ?, last_by = ? WHERE merchant = ?", rows
        )


def _merged_into_others(db: sqlite3.Connection, ids: Sequence[str]) -> set[str]:
    sql = f"SELECT merchant FROM standing WHERE root <> merchant AND merchant IN ({marks(ids)})"  # noqa: S608 - marks only
    return {row[0] for row in db.execute(sql, ids)}


_LATEST = (
    "(SELECT {0} FROM visit v WHERE v.merchant = standing.merchant AND v.live = 1 {1} "
    "ORDER BY v.visited_at DESC, v.id DESC LIMIT 1)"
)
_FIRM = "coalesce(v.firm, 0) AND v.outcome = 'refused'"
_MET = "AND v.outcome <> 'not_met'"
_STAND = (
    "UPDATE standing SET "  # noqa: S608 - our own words
    "visits = (SELECT count(*) FROM visit v WHERE v.merchant = standing.merchant AND v.live = 1), "
    f"last_visit = {_LATEST.format('v.visited_at', '')}, last_by = {_LATEST.format('v.by', '')}, "
    f"status = coalesce({_LATEST.format('v.outcome', _MET)}, {_LATEST.format('v.outcome', '')}), "
    f"firm = coalesce({_LATEST.format(_FIRM, _MET)}, 0)"
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
