"""The lines of a segment, written and read in plain Python: what the program does in SQL and with patterns is held to it."""

import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from outreach.domain.change import canonical
from outreach.store import segments
from outreach.store.segments import Segment


class Entry(NamedTuple):
    """A change as it goes out; `fields` is its JSON text."""

    kind: str
    id: str
    stamp: int
    worker: str | None
    base: int | None
    fields: str


def body_of(entries: Iterable[Entry]) -> bytes:
    """The lines of these changes."""
    return "".join(map(_line, entries)).encode()


def _line(entry: Entry) -> str:
    said = {"base": entry.base, "fields": 0, "id": entry.id, "kind": entry.kind, "stamp": entry.stamp, "worker": entry.worker}
    members = (f'"{k}":{entry.fields if k == "fields" else canonical(v)}' for k, v in said.items() if v is not None)
    return f"{{{','.join(members)}}}\n"


def entries_in(body: str) -> list[Entry]:
    """The changes that these lines are."""
    told = map(json.loads, body.splitlines())
    return [Entry(t["kind"], t["id"], t["stamp"], t.get("worker"), t.get("base"), canonical(t["fields"])) for t in told]


def waiting(db: sqlite3.Connection, most: int = 9) -> list[Entry]:
    """What is in no segment yet."""
    lines = segments.unsealed(db, most)
    return entries_in(lines.text) if lines else []


def entries_of(db: sqlite3.Connection, segment: Segment) -> list[Entry]:
    """What a segment holds."""
    return entries_in(segments.lines_of(db, segment))
