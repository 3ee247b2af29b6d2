"""The fold as tables: from the journal to one row per record, and what is derived from those rows.

Every row can be dropped and made again from the journal; `outreach.store.check` proves that they agree.
"""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import compress
from typing import TYPE_CHECKING, Any

from outreach.domain.change import Change, Fields, Written, canonical
from outreach.domain.fold import fold, is_live
from outreach.domain.form import Form, Kind
from outreach.domain.records import KINDS, MERCHANT, REMOVED, VISIT
from outreach.errors.storage import DamagedRecord
from outreach.store.names import index_names
from outreach.store.pieces import chunks, marks
from outreach.store.standings import follow_merges, stand

if TYPE_CHECKING:
    from outreach.domain.plain import Block

Key = tuple[str, str]  # kind, id
_LISTS = (Form.WORDS, Form.REFERENCES)
MEANT = (*_LISTS, Form.FLAG)  # forms whose column holds something else than the field says


def refold(db: sqlite3.Connection, keys: Iterable[Key]) -> None:
    """Fold these records again from the journal, and what hangs on them."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for name, record in sorted(set(keys)):
        by_kind[name].append(record)
    histories = {
        (kind, record): lines
        for kind, ids in by_kind.items()
        for part in chunks(ids)
        for record, lines in lines_of(db, kind, part).items()
    }
    refold_all(db, histories)


def refold_all(
    db: sqlite3.Connection,
    histories: Mapping[Key, Sequence[Written]],
    fresh: Collection[Key] = (),
    plain: "Iterable[Block]" = (),
) -> None:
    """Fold these records from all their changes, and what hangs on them. `fresh`: those that have no row yet.

    `plain`: changes that are the only ones of their records, which have no row yet either.
    """
    blocks = {block.kind: block for block in plain}
    others: dict[str, list[tuple[str, Sequence[Written]]]] = defaultdict(list)
    for (name, record), lines in histories.items():
        others[name].append((record, lines))
    touched: set[str] = set()
    calls: Counter[str] = Counter()
    for kind in KINDS.values():
        if kind is VISIT:
            again = [i for i, _lines in others.get(kind.name, ()) if (kind.name, i) not in fresh]
            calls.subtract(_calls_among(db, again))
        parts = [(_as_columns(kind, blocks[kind.name]), True)] if kind.name in blocks else []
        parts += [(_folded(kind, others[kind.name]), False)] if kind.name in others else []
        for records, new in parts:
            if kind is VISIT:
                calls.update(_calls_in(records))
            if kind is MERCHANT:
                touched.update(records["id"])
            _write(db, kind, records)
            index_names(db, kind, records, fresh=new)
    follow_merges(db, touched)
    stand(db, touched, calls)


Columns = Mapping[str, Sequence[Any]]  # of some records of a kind: each column of the table with their values, the id's too


def _as_columns(kind: Kind, block: "Block") -> Columns:
    """Records that were read in one look."""
    from outreach.domain.plain import names  # not for what is recorded at a door

    _bases, _texts, *values, ids, _stamps, _workers = block.columns
    found: dict[str, Sequence[Any]] = dict(zip(names(kind), values, strict=True)) | {"id": ids}
    for field in kind.fields:
        if field.form in _MEANINGS:
            meaning = _MEANINGS[field.form]
            found[field.name] = [None if text is None else meaning(text) for text in found[field.name]]
    needed = zip(*(found[name] for name in kind.required), strict=True)
    found["live"] = [not removed and None not in rest for removed, rest in zip(found[REMOVED], needed, strict=True)]
    return found


_MEANINGS: Mapping[Form, Callable[[str], object]] = {Form.NUMBER: int, Form.DEGREES: int, Form.FLAG: "true".__eq__}


def _folded(kind: Kind, histories: Iterable[tuple[str, Sequence[Written]]]) -> Columns:
    """Records from all their changes."""
    rows = [(i, *to_row(kind, fold(kind, map(_change_in, lines)))) for i, lines in histories]
    return dict(zip(("id", *columns(kind), "live"), zip(*rows, strict=True), strict=True))


def changes_of(db: sqlite3.Connection, kind: str, ids: Sequence[str]) -> dict[str, list[Change]]:
    """The journal of these records, by id, in the order in which it was written here."""
    return {record: list(map(_change_in, lines)) for record, lines in lines_of(db, kind, ids).items()}


def lines_of(db: sqlite3.Connection, kind: str, ids: Sequence[str]) -> dict[str, list[Written]]:
    """The same, as it is written there."""
    found: dict[str, list[Written]] = {i: [] for i in ids}
    sql = f"SELECT * FROM journal WHERE kind = ? AND id IN ({marks(ids)}) ORDER BY seq"  # noqa: S608 - marks only
    for row in db.execute(sql, (kind, *ids)):
        found[row["id"]].append(written_of(row))
    return found


def changes_since(db: sqlite3.Connection, key: Key, row: int) -> list[Change]:
    """The changes of a record that the journal got after that row."""
    return [change_of(r) for r in db.execute("SELECT * FROM journal WHERE kind = ? AND id = ? AND seq > ?", (*key, row))]


def change_of(row: sqlite3.Row) -> Change:
    """A row of the journal as a change. Raises DamagedRecord."""
    return _change_in(written_of(row))


def written_of(row: sqlite3.Row) -> Written:
    """The same, its fields not looked at."""
    return Written(row["stamp"], row["device"], row["kind"], row["id"], row["fields"], row["worker"], row["base"])


def _change_in(line: Written) -> Change:
    try:
        change = line.change
    except ValueError as error:
        raise DamagedRecord(table="journal") from error
    if not isinstance(change.fields, dict):
        raise DamagedRecord(table="journal")
    return change


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
    values = ((field.form, fields.get(field.name)) for field in kind.fields)
    row = [canonical(value) if form in _LISTS and value is not None else value for form, value in values]
    return [*row, is_live(kind, fields)]


def from_row(kind: Kind, row: sqlite3.Row) -> Fields:
    """A row as the record it holds: its id and the fields that have a value."""
    record: Fields = {"id": row["id"]}
    for field in kind.fields:
        value = row[field.name]
        if value is not None:
            record[field.name] = from_column(field.form, value, kind.name)
    return record


def from_column(form: Form, value: object, table: str) -> object:
    """What a column of such a form says. Raises DamagedRecord."""
    if form in _LISTS:
        return loads(str(value), table)
    return bool(value) if form is Form.FLAG else value


def _write(db: sqlite3.Connection, kind: Kind, records: Columns) -> None:
    """Columns in which none of the records has a value are left out: to say "nothing" costs as much as to say something."""
    said = {name: values for name, values in records.items() if values.count(None) < len(values)}
    columns = ",".join(f'"{name}"' for name in said)
    sql = f"INSERT OR REPLACE INTO {kind.name} ({columns}) VALUES ({marks(said)})"  # noqa: S608 - our own names
    db.executemany(sql, zip(*said.values(), strict=True))


def _calls_among(db: sqlite3.Connection, visits: Sequence[str]) -> Iterator[str]:
    """The merchants that these visits were at, as the rows say now, one for each visit that is shown."""
    for part in chunks(visits):
        sql = f"SELECT merchant FROM visit WHERE live = 1 AND id IN ({marks(part)})"  # noqa: S608 - marks only
        yield from (row["merchant"] for row in db.execute(sql, part))


def _calls_in(visits: Columns) -> Iterator[str]:
    """The same, of visits that are to be written."""
    return compress(visits["merchant"], visits["live"])
