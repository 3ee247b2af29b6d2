"""What the shared export is made from: the live records, one by one, and which changes they are the sum of."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from outreach.domain.change import Fields
from outreach.domain.form import Field, Form, Kind
from outreach.store.journal import unshared
from outreach.store.segments import unsealed_newest


class Cover(NamedTuple):
    """How much of one laptop's changes is in: how many, and the newest stamp among them (ms).

    It says nothing of segments: laptops that hold the same changes say the same, whatever files brought them.
    """

    changes: int
    newest: int


def live_records(db: sqlite3.Connection, kind: Kind, fields: tuple[Field, ...]) -> Iterator[Fields]:
    """Every live record of a kind with these fields, by id, its keys sorted, without keeping them all in memory."""
    shown = sorted([Field("id"), *fields], key=lambda field: field.name)
    names = [field.name for field in shown]
    readers: dict[str, Callable[[Any], object]] = {f.name: _READERS[f.form] for f in shown if f.form in _READERS}
    columns = ",".join(f'"{name}"' for name in names)
    cursor = db.cursor()
    cursor.row_factory = None
    for row in cursor.execute(f"SELECT {columns} FROM {kind.name} WHERE live = 1 ORDER BY id"):  # noqa: S608 - our own names
        record = {name: value for name, value in zip(names, row, strict=True) if value is not None}
        for name, read in readers.items():
            if name in record:
                record[name] = read(record[name])
        yield record


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
