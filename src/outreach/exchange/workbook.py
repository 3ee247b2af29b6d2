"""Tables in workbooks: .xlsx, and the old .xls, as python-calamine reads them.

Memory: calamine holds a workbook whole. So an .xlsx is looked through before that (`outreach.exchange.packed`), and an .xls is
opened in a process of its own (`outreach.exchange.old_workbook`).
"""

import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from outreach.domain.guarding import bare
from outreach.errors.importing import FileUnreadable, NotAWorkbook, TooBig, WithPassword
from outreach.exchange import old_workbook, packed
from outreach.exchange.headers import FIRST_ROWS, place_of_header
from outreach.exchange.old_workbook import OldSheet
from outreach.exchange.packed import Failures
from outreach.exchange.table import Cell, Row, Table, titles
from outreach.faults import why

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # what Office calls an .xlsx within the container that has the password
_DAMAGED = (  # what calamine, zipfile and zlib say of bytes that make no sense
    CalamineError, ParseError, zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, RuntimeError, ValueError
)  # fmt: skip
_PANIC = "PanicException"  # calamine's, on bytes it did not reckon with; no subclass of Exception


def tables_of(path: Path, heads: Collection[str] = ()) -> Sequence[Table]:
    """Every sheet in which something is. Raises NotAWorkbook, WithPassword, TooBig, FileUnreadable."""
    try:
        return _tables_of(path, heads)
    except PasswordError as error:
        raise WithPassword(path=path) from error
    except _DAMAGED as error:
        raise NotAWorkbook(path=path) from error
    except OSError as error:
        raise FileUnreadable(path=path, why=why(error)) from error
    except BaseException as error:
        if type(error).__name__ == _PANIC:
            raise NotAWorkbook(path=path) from error
        raise


def _tables_of(path: Path, heads: Collection[str]) -> Sequence[Table]:
    if path.stat().st_size > packed.MOST:  # more than it may unpack to
        raise TooBig(path=path, most=packed.MOST >> 20, cells=packed.CELLS)
    with path.open("rb") as file:
        is_old = not file.read(2).startswith(b"PK")
    if is_old and _ENCRYPTED in path.read_bytes():
        raise WithPassword(path=path)
    tables = (
        [_table(sheet, sheet.failed, heads, hidden=sheet.hidden) for sheet in old_workbook.sheets_of(path)]
        if is_old
        else _new_tables(path, heads)
    )
    return [table for table in tables if table is not None]


def _new_tables(path: Path, heads: Collection[str]) -> Sequence[Table | None]:
    failed = packed.look_through(path)
    book = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
    sheets = {one.name: one.visible for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet}
    return [
        _table(book.get_sheet_by_name(name), failed.get(name, {}), heads, hidden=visible != SheetVisibleEnum.Visible)
        for name, visible in sheets.items()
    ]


def _table(sheet: CalamineSheet | OldSheet, failed: Failures, heads: Collection[str], *, hidden: bool) -> Table | None:
    rows = _Rows(sheet, failed)
    first = [(number, cells) for number, cells in rows.cells(FIRST_ROWS) if any(map(_says, cells))]
    if not first:
        return None
    number, cells = first[place_of_header([cells for _number, cells in first], heads)]
    rows.start = number
    return Table(sheet.name, titles(cells), rows, hidden=hidden)


class _Rows:
    """The rows under the header. What several merged cells say is said by each of them in the first column of the range."""

    def __init__(self, sheet: CalamineSheet | OldSheet, failed: Failures) -> None:
        self._sheet, self.start = sheet, 0
        _top, left = sheet.start or (0, 0)  # rows come from the first of the sheet on, columns from the first that is used
        self._merged = {
            (row, column - left): (first, column - left)
            for (first, column), (last, _end) in sheet.merged_cell_ranges or ()
            for row in range(first + 1, min(last, sheet.total_height) + 1)
        }
        self._origins = set(self._merged.values())
        self._failed: dict[int, dict[int, str]] = {}
        for (row, column), text in failed.items():
            self._failed.setdefault(row, {})[column - left] = text

    def __iter__(self) -> Iterator[Row]:
        for number, cells in self.cells():
            if number > self.start and any(map(_says, cells)):
                yield Row(number, tuple(bare(cell) if isinstance(cell, str) else cell for cell in cells))

    def cells(self, most: int | None = None) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """Every row with its number as a person counts it, or the first so many in which something is."""
        said: dict[tuple[int, int], Cell] = {}
        found = 0
        for place, row in enumerate(self._sheet.iter_rows()):
            cells: list[Any] = [None if cell == "" else cell for cell in row]
            for column, text in self._failed.get(place, {}).items():
                if column < len(cells):
                    cells[column] = text
            if self._merged:
                self._spread(place, cells, said)
            yield place + 1, tuple(cells)
            found += any(map(_says, cells))
            if found == most:
                return

    def _spread(self, place: int, cells: list[Any], said: dict[tuple[int, int], Cell]) -> None:
        for column in range(len(cells)):
            if (place, column) in self._origins:
                said[place, column] = cells[column]
            elif (place, column) in self._merged:
                cells[column] = said.get(self._merged[place, column])


def _says(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))
