"""Tables in text files: CSV in the encodings and with the delimiters that people's programs write.

Rows are read as they are asked for, so that a million of them need no memory. A cell has at most `LONGEST` characters,
a line of the file at most `_LINE`.
"""

import codecs
import csv
import io
import re
from collections.abc import Collection, Iterator
from itertools import islice
from typing import TextIO

from outreach.domain.guarding import bare
from outreach.errors.importing import CellTooLong, FileChanged, FileUnreadable, NotATable, NothingInside, RowGarbled, RowNotText
from outreach.exchange.encoding import encoding_of
from outreach.exchange.headers import FIRST_ROWS, heads_in, place_of_header
from outreach.exchange.source import Source
from outreach.exchange.table import Row, Table, titles
from outreach.faults import why

LONGEST = 1 << 20
_LINE = 1 << 22
_COLUMNS = 1 << 14  # as many as a workbook may have; what has more is something else, in one line
_DELIMITERS = ",;\t，|"
_HEAD = 1 << 16  # characters of which the delimiter is told
_TOO_LONG = "field larger than field limit"  # how Python's csv says so
_WRONG = "\udc80"  # stands where bytes are no text; no file that can be decoded has it
_is_no_text = re.compile(f"[\0{_WRONG}]").search
_MARKED = "outreach.marked"
codecs.register_error(_MARKED, lambda error: (_WRONG, getattr(error, "end", 0)))


def table_of(source: Source, heads: Collection[str] = ()) -> Table:
    """The one table of a text file. `heads`: what is known to stand at the head of a column.

    It and its rows raise what `outreach.errors.importing` has for files and rows.
    """
    try:
        state = source.state()
        encoding = encoding_of(source)
        with source.text(encoding, _MARKED) as file:
            delimiter = _delimiter(file.read(_HEAD), heads)
    except OSError as error:
        raise FileUnreadable(path=source, why=why(error)) from error
    rows = _Rows(source, encoding, delimiter, state)
    return Table("", rows.begin(heads), rows, file=source.name)


class _Rows:
    """The rows under the header, read anew each time they are gone through."""

    def __init__(self, source: Source, encoding: str, delimiter: str, state: tuple[int, int]) -> None:
        self._source, self._encoding, self._delimiter, self._state = source, encoding, delimiter, state
        self._above = 0

    def begin(self, heads: Collection[str]) -> tuple[str, ...]:
        """Find the header; titles may stand above it."""
        first = [cells for _number, cells in islice(self._lines(), FIRST_ROWS)]
        if not first:
            raise NothingInside(path=self._source)
        place = place_of_header(first, heads)
        if len(first[place]) > _COLUMNS:
            raise NotATable(path=self._source)
        self._above = place + 1
        return titles(first[place])

    def __iter__(self) -> Iterator[Row]:
        return (Row(number, tuple(map(bare, cells))) for number, cells in islice(self._lines(), self._above, None))

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        """The rows in which something is, with their numbers."""
        csv.field_size_limit(LONGEST)
        number = 0
        try:
            with self._source.text(self._encoding, _MARKED) as file:
                for number, cells in enumerate(csv.reader(_sound(file), delimiter=self._delimiter, strict=True), 1):
                    if "".join(cells).strip():
                        yield number, cells
            changed = self._source.state() != self._state
        except UnicodeError as error:
            raise RowNotText(path=self._source, row=number + 1) from error
        except csv.Error as error:
            kind = CellTooLong if _TOO_LONG in str(error) else RowGarbled
            raise kind(path=self._source, row=number + 1) from error
        except OSError as error:
            raise FileUnreadable(path=self._source, why=why(error)) from error
        if changed:
            raise FileChanged(path=self._source)


def _sound(file: TextIO) -> Iterator[str]:
    """The lines, as long as they are text. Raises UnicodeError, and csv.Error where one does not end."""
    while line := file.readline(_LINE):
        if _is_no_text(line):
            raise UnicodeError
        if len(line) == _LINE:
            raise csv.Error(_TOO_LONG)
        yield line


def _says(cells: list[str]) -> bool:
    """Whether more than delimiters is there, of whatever kind they are."""
    return bool("".join(cells).strip(f"{_DELIMITERS} "))


def _delimiter(head: str, heads: Collection[str]) -> str:
    """The one by which the header has most words that are known, and most rows have as many cells as the header."""

    def fitness(mark: str) -> tuple[int, int, int]:
        rows = [row for row in islice(csv.reader(io.StringIO(head, newline=""), delimiter=mark), FIRST_ROWS) if _says(row)]
        header = rows[place_of_header(rows, heads)] if rows else []
        wide = len(header)
        return heads_in(header, heads), sum(len(row) == wide for row in rows if wide > 1), wide

    return max(_DELIMITERS, key=fitness)
