"""What the shared export is made from: the live records, one by one, and which changes they are the sum of."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic_core import to_json

from outreach.domain.change import Fields, canonical
from outreach.domain.form import Field, Form, Kind
from outreach.store.journal import unshared
from outreach.store.segments import unsealed_newest

FORMAT = "outreach/export/1"


class Cover(NamedTuple):
    """How much of one laptop's changes is in: how many, and the newest stamp among them (ms).

    It says nothing of segments: laptops that hold the same changes say the same, whatever files brought them.
    """

    changes: int
    newest: int


class Condition(NamedTuple):
    """Which rows of a table `t`: an SQL condition, and its values."""

    sql: str
    values: tuple[object, ...] = ()


_LIVE = Condition("t.live = 1")


def _column(field: Field) -> str:
    return f't."{field.name}"'


def live_records(
    db: sqlite3.Connection,
    kind: Kind,
    fields: tuple[Field, ...],
    condition: Condition = _LIVE,
    expression: Callable[[Field], str] = _column,
) -> Iterator[Fields]:
    """Every live record of a kind with these fields, by id, its keys sorted, without keeping them all in memory.

    `condition`: which of them; `expression`: what stands for a field in the query.
    """
    shown = sorted([Field("id"), *fields], key=lambda field: field.name)
    names = [field.name for field in shown]
    readers: dict[str, Callable[[Any], object]] = {f.name: _READERS[f.form] for f in shown if f.form in _READERS}
    columns = ",".join(map(expression, shown))
    cursor = db.cursor()
    cursor.row_factory = None
    sql = f"SELECT {columns} FROM {kind.name} t WHERE {condition.sql} ORDER BY t.id"  # noqa: S608 - our own names
    for row in cursor.execute(sql, condition.values):
        record = {name: value for name, value in zip(names, row, strict=True) if value is not None}
        for name, read in readers.items():
            if name in record:
                record[name] = read(record[name])
        yield record


def pieces(single: Mapping[str, object], lists: Mapping[str, Iterator[Fields]]) -> Iterator[str]:
    """The text of a document of records, a line for each: `single` values and `lists` of records, by their sorted names."""
    opening = "{"
    for name in sorted([*single, *lists]):
        yield f"{opening}{canonical(name)}:"
        yield from [canonical(single[name])] if name in single else _lines(lists[name])
        opening = ","
    yield "}\n"


def _lines(records: Iterator[Fields]) -> Iterator[str]:
    """The tables' values came through the journal, so they hold no float and are in NFC, and the keys come sorted: then
    pydantic's writer, which is several times as fast, writes what `canonical` would (tests/sync/test_export.py).
    """
    opening = "[\n"
    for record in records:
        yield opening + to_json(record).decode()
        opening = ",\n"
    yield "[]" if opening == "[\n" else "\n]"


_READERS: Mapping[Form, Callable[[Any], object]] = {Form.FLAG: bool, Form.WORDS: json.loads, Form.REFERENCES: json.loads}


def covers(db: sqlite3.Connection) -> dict[str, Cover]:
    """What was sealed or taken in, by device."""
    rows = db.execute("SELECT id, changes, stamp FROM device WHERE changes > 0 ORDER BY id")
    return {row["id"]: Cover(row["changes"], row["stamp"]) for row in rows}


def covers_once_sealed(db: sqlite3.Connection, device: str) -> dict[str, Cover]:
    """The same, as it will be when what waits on this laptop is sealed too."""
    found = covers(db)
    if waiting := unshared(db):
        before = found.get(device, Cover(0, 0))
        found[device] = Cover(before.changes + waiting, max(before.newest, unsealed_newest(db)))
    return found
