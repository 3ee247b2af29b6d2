"""Tables in text files: CSV in the encodings and with the delimiters that people's programs write.

Rows are read as they are asked for, so that a million of them need no memory. A cell has at most `LONGEST` characters.
"""

import csv
import os
from codecs import getincrementaldecoder
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from outreach.errors.importing import CellTooLong, FileChanged, FileUnreadable, NothingInside, RowGarbled, RowNotText
from outreach.exchange.table import Row, Table
from outreach.faults import why

LONGEST = 1 << 20
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = ",;\t，|"
_HEAD = 1 << 16
_TOO_LONG = "field larger than field limit"  # how Python's csv says so


def table_of(path: Path) -> Table:
    """The one table of a text file. It and its rows raise the errors of `outreach.errors.importing`."""
    try:
        state = _state(path)
        encoding = _encoding(path)
        with _open(path, encoding) as file:
            delimiter = _delimiter(file.read(_HEAD))
        rows = _Rows(path, encoding, delimiter, state)
        return Table("", rows.header(), rows)
    except UnicodeError as error:
        raise RowNotText(path=path, row=1) from error
    except OSError as error:
        raise FileUnreadable(path=path, why=why(error)) from error


def _state(path: Path) -> tuple[int, int]:
    found = os.stat(path)
    return found.st_size, found.st_mtime_ns


class _Rows:
    """The rows under the header, read anew each time they are gone through."""

    def __init__(self, path: Path, encoding: str, delimiter: str, state: tuple[int, int]) -> None:
        self._path, self._encoding, self._delimiter, self._state = path, encoding, delimiter, state

    def header(self) -> tuple[str, ...]:
        """The first row in which something is."""
        for _number, cells in self._lines():
            return tuple(cell.strip() for cell in cells)
        raise NothingInside(path=self._path)

    def __iter__(self) -> Iterator[Row]:
        lines = self._lines()
        next(lines, None)
        return (Row(number, tuple(cells)) for number, cells in lines)

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        csv.field_size_limit(LONGEST)
        number = 0
        try:
            with _open(self._path, self._encoding) as file:
                for number, cells in enumerate(csv.reader(file, delimiter=self._delimiter, strict=True), 1):
                    if any(cells):
                        yield number, cells
            changed = _state(self._path) != self._state
        except UnicodeError as error:
            raise RowNotText(path=self._path, row=(_decoded(self._path, self._encoding)[1] or [number + 1])[0]) from error
        except csv.Error as error:
            kind = CellTooLong if _TOO_LONG in str(error) else RowGarbled
            raise kind(path=self._path, row=number + 1) from error
        except OSError as error:
            raise FileUnreadable(path=self._path, why=why(error)) from error
        if changed:
            raise FileChanged(path=self._path)


def _open(path: Path, encoding: str) -> TextIO:
    return path.open(encoding=encoding, newline="")


def _encoding(path: Path) -> str:
    """By its mark; else UTF-8 where all of it is, else GB18030. UTF-8 with a wrong byte is not GB18030 (RowNotText)."""
    with path.open("rb") as file:
        start = file.read(4)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    good, wrong = _decoded(path, "utf-8")
    if not wrong:
        return "utf-8"
    if good > len(wrong):
        raise RowNotText(path=path, row=wrong[0])
    return "gb18030"


def _decoded(path: Path, encoding: str) -> tuple[int, list[int]]:
    """In how many lines there is text beyond ASCII that is of this encoding, and the numbers of those in which it is not."""
    good, wrong = 0, []
    decoder = getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST), b""), 1):
            try:
                good += not decoder.decode(line).isascii()
            except UnicodeDecodeError:
                wrong.append(number)
                decoder.reset()
    return good, wrong


def _delimiter(head: str) -> str:
    """The one that parts the header into the most columns, quotes respected."""
    lines = [line for line in head.splitlines() if line.strip()][:1]
    found = {mark: len(next(csv.reader(lines, delimiter=mark), [])) for mark in _DELIMITERS}
    return max(found, key=found.__getitem__)
