"""Reading `outreach.json`, the shared export, back as entries: a record per line, so that a big one needs little memory.

What was laid out anew by another program is read too, up to `WHOLE` bytes. The format: data/schema/outreach.schema.json.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from outreach.domain.change import Fields
from outreach.domain.fold import checks_of, is_text
from outreach.domain.form import Kind
from outreach.domain.records import KINDS, REMOVED
from outreach.errors.importing import FileChanged, FileUnreadable, NotAnExport
from outreach.errors.storage import NewerFormat
from outreach.exchange.entry import Entry
from outreach.exchange.run import Sheet
from outreach.exchange.source import Source, must_be_a_file
from outreach.exchange.table import Row
from outreach.faults import why
from outreach.store.export import FORMAT

WHOLE = 64 << 20
_LINE = 16 << 20
_FORMAT = re.compile(r"outreach/export/(\d{1,9})")
_KNOWN = int(FORMAT.rpartition("/")[2])
_FORMAT_SAID = re.compile(rb'"format":"([a-z/]+\d+)"')
_OPENS = re.compile(rb'.*"([a-z]+)":\[\n')
_KINDS = {kind.plural: kind for kind in KINDS.values()}


def sheets_of(path: Path) -> list[Sheet]:
    """The records of an export, by kind.

    Raises NewerFormat; NotAnExport, FileChanged and FileUnreadable, while the rows are read too.
    """
    must_be_a_file(path)
    try:
        with path.open("rb") as file:
            lined = _OPENS.fullmatch(file.readline(_LINE)) is not None
        found = _lined(path) if lined else _whole(path)
    except OSError as error:
        raise FileUnreadable(path=path, why=why(error)) from error
    return [_sheet(_KINDS[name], rows) for name, rows in found.items() if name in _KINDS]


_Records = Iterable[tuple[int, Any]]  # the line, or the place in its list, and the record


def _lined(path: Path) -> Mapping[str, _Records]:
    places: dict[str, _Lines] = {}
    state = Source(path).state()
    with path.open("rb") as file:
        number, said, last = 0, None, b""
        while line := file.readline(_LINE):
            number += 1
            if line.startswith(b'{"') and line.rstrip(b",\n").endswith(b"}") and number > 1:
                continue
            said = said or _FORMAT_SAID.search(line)
            if opened := _OPENS.fullmatch(line):
                places[opened[1].decode()] = _Lines(path, state, file.tell(), number)
            last = line
    _must_be_ours(path, said and said[1].decode())
    if not last.rstrip().endswith(b"}"):
        raise NotAnExport(path=path)
    return places


def _must_be_ours(path: Path, said: object) -> None:
    """Raises NotAnExport, and NewerFormat where a version that is newer than this one wrote it."""
    match = _FORMAT.fullmatch(str(said))
    number = int(match[1]) if match else 0
    if number > _KNOWN:
        raise NewerFormat(path=path, found=number, known=_KNOWN)
    if number != _KNOWN:
        raise NotAnExport(path=path)


class _Lines:
    """The records from a place in the file on, read each time they are gone through."""

    def __init__(self, path: Path, state: tuple[int, int], start: int, number: int) -> None:
        self._path, self._state, self._start, self._number = path, state, start, number

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        try:
            with self._path.open("rb") as file:
                file.seek(self._start)
                for number, line in enumerate(iter(lambda: file.readline(_LINE), b""), self._number + 1):
                    if line.startswith(b"]"):
                        break
                    yield number, json.loads(line.rstrip(b",\n"))
            if Source(self._path).state() != self._state:  # a sync wrote another one
                raise FileChanged(path=self._path)
        except OSError as error:
            raise FileUnreadable(path=self._path, why=why(error)) from error
        except (ValueError, RecursionError) as error:
            raise NotAnExport(path=self._path) from error


def _whole(path: Path) -> Mapping[str, _Records]:
    if path.stat().st_size > WHOLE:
        raise NotAnExport(path=path)
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise NotAnExport(path=path) from error
    if not isinstance(found, dict):
        raise NotAnExport(path=path)
    _must_be_ours(path, found.get("format"))
    return {name: list(enumerate(some, 1)) for name, some in found.items() if isinstance(some, list)}


def _sheet(kind: Kind, records: _Records) -> Sheet:
    header = ("id", *(field.name for field in kind.fields if field.name != REMOVED))
    return Sheet(kind.plural, kind.name, header, (_entry(kind, header, number, record) for number, record in records))


def _entry(kind: Kind, header: tuple[str, ...], number: int, record: Any) -> Entry:
    said: Fields = record if isinstance(record, dict) else {}
    entry = Entry(Row(number, tuple(_cell(said.get(name)) for name in header)), {}, said.get("id"))
    if not (isinstance(entry.id, str) and is_text(entry.id)):  # with another one, no laptop would take the changes in
        entry.id = None
        entry.refuse("missing", field="id")
    checks = checks_of(kind.fields)
    for name in header[1:]:
        if (value := said.get(name)) is not None:
            if checks[name](value):
                entry.fields[name] = value
            else:
                entry.refuse("bad_value", field=name, text=_cell(value))
    return entry


def _cell(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
