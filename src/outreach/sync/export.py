"""`outreach.json`: every live record in one canonical JSON document; laptops that hold the same changes write the same bytes.

Derived, never read back (but for `covers`, to see how complete it is). Sorted keys, and a line per record, so that a
difference can be seen and nobody needs the whole of it in memory. No parent's contact is in it.
"""

import hashlib
import re
import sqlite3
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import BinaryIO

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from outreach.domain.change import canonical
from outreach.domain.form import Field, Kind
from outreach.domain.records import KINDS, PARENT, REMOVED
from outreach.store.export import Cover, live_records
from outreach.sync.folder import EXPORT, Folder

FORMAT = "outreach/export/1"
Covers = Mapping[str, Cover]
_COVERS = TypeAdapter(dict[str, dict[str, int]])
_LINE = re.compile(rb'(?:\{"communities":\[|)\],"covers":(\{.*\}),"format":"outreach/export/1",.*\n')
_END = b"]}\n"
_PIECE = 1 << 20
_TOGETHER = 1000  # records that are written at once


def exported(kind: Kind) -> tuple[Field, ...]:
    """The fields of a kind that the export shows: all but whether it is removed, and parents' contacts."""
    return tuple(f for f in kind.fields if f.name != REMOVED and not (f.contact and kind is PARENT))


def write(db: sqlite3.Connection, file: BinaryIO, team: str, covers: Covers) -> str:
    """Write the export of what the database holds, and give its sha256. `covers`: what it is the sum of, by device."""
    digest = hashlib.sha256()
    pieces = _pieces(db, team, covers)
    while data := "".join(islice(pieces, _TOGETHER)).encode():
        digest.update(data)
        file.write(data)
    return digest.hexdigest()


def _pieces(db: sqlite3.Connection, team: str, covers: Covers) -> Iterator[str]:
    single = {"format": FORMAT, "team": team, "covers": {device: cover._asdict() for device, cover in covers.items()}}
    lists = {kind.plural: kind for kind in KINDS.values()}
    opening = "{"
    for name in sorted([*single, *lists]):
        yield f"{opening}{canonical(name)}:"
        yield from [canonical(single[name])] if name in single else _records(db, lists[name])
        opening = ","
    yield "}\n"


def _records(db: sqlite3.Connection, kind: Kind) -> Iterator[str]:
    """The tables' values came through the journal, so they hold no float and are in NFC, and the keys come sorted: then
    pydantic's writer, which is several times as fast, writes what `canonical` would (tests/sync/test_export.py).
    """
    opening = "[\n"
    for record in live_records(db, kind, exported(kind)):
        yield opening + to_json(record).decode()
        opening = ",\n"
    yield "[]" if opening == "[\n" else "\n]"


def covers_of(folder: Folder) -> dict[str, Cover] | None:
    """What the export in the folder is the sum of; None where there is none, or it is no whole export of this version."""
    try:
        with folder.open(EXPORT) as file:
            match = next((m for line in iter(lambda: file.readline(_PIECE), b"") if (m := _LINE.fullmatch(line))), None)
            file.seek(-len(_END), 2)
            if match and file.read() == _END:
                return {device: Cover(**cover) for device, cover in _COVERS.validate_json(match[1], strict=True).items()}
    except (OSError, ValidationError, TypeError):
        return None
    return None


def is_more_complete(theirs: Covers, mine: Covers) -> bool:
    """Whether `theirs` has everything that `mine` has, and more."""
    none = Cover(0, 0)
    return theirs != mine and all(
        theirs.get(d, none).changes >= c.changes and theirs.get(d, none).newest >= c.newest for d, c in mine.items()
    )


def same_bytes(folder: Folder, sha256: str) -> bool:
    """Whether the export in the folder has this hash."""
    try:
        with folder.open(EXPORT) as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256  # type: ignore[arg-type]
    except OSError:
        return False
