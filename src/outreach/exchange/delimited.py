"""Tables in text files: CSV in the encodings and with the delimiters that people's programs write. Streaming."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from outreach.exchange.refusals import FileUnreadable, NothingInside, RowUnreadable
from outreach.exchange.table import Row, Table
from outreach.faults import why

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = ",;\t，|"
_HEAD = 1 << 16
LONGEST = 1 << 20  # characters of a cell


def table_of(path: Path) -> Table:
    """The one table of a text file. Raises FileUnreadable, NothingInside, RowUnreadable; its rows too."""
    encoding = _encoding(path)
    with _open(path, encoding) as file:
        head = file.read(_HEAD).split("\n")
    delimiter = _delimiter(head)
    rows = _Rows(path, encoding, delimiter)
    header = rows.header()
    return Table("", header, rows)


class _Rows:
    """The rows under the header, read anew each time they are gone through."""

    def __init__(self, path: Path, encoding: str, delimiter: str) -> None:
        self._path, self._encoding, self._delimiter = path, encoding, delimiter

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
                for cells in csv.reader(file, delimiter=self._delimiter):
                    number += 1
                    if any(cells):
                        yield number, cells
        except UnicodeError as error:
            raise RowUnreadable(path=self._path, row=number + 1, why="encoding") from error
        except csv.Error as error:
            raise RowUnreadable(path=self._path, row=number + 1, why=error) from error
        except OSError as error:
            raise FileUnreadable(path=self._path, why=why(error)) from error


def _open(path: Path, encoding: str) -> TextIO:
    try:
        return path.open(encoding=encoding, newline="")
    except OSError as error:
        raise FileUnreadable(path=path, why=why(error)) from error


def _encoding(path: Path) -> str:
    """By its mark; else UTF-8 where all of it is, else GB18030."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
        for mark, encoding in _MARKS:
            if start.startswith(mark):
                return encoding
        with path.open(encoding="utf-8") as text:
            while text.read(_HEAD):
                pass
    except UnicodeError:
        return "gb18030"
    except OSError as error:
        raise FileUnreadable(path=path, why=why(error)) from error
    return "utf-8"


def _delimiter(lines: list[str]) -> str:
    counts = Counter({mark: lines[0].count(mark) for mark in _DELIMITERS})
    mark, found = counts.most_common(1)[0]
    return mark if found else ","
