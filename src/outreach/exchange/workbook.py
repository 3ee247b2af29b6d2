"""Tables in workbooks (.xlsx, and what else python-calamine reads: .xls, .xlsb, .ods).

Memory: a workbook is unpacked whole. So it is refused before that where it unpacks to more than `MOST` bytes, as counted while
unpacking it piece by piece: what a file states of its own size may be a lie.
"""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from outreach.errors.importing import FileUnreadable, NotAWorkbook, TooBig, WithPassword
from outreach.exchange.table import Cell, Row, Table
from outreach.faults import why

MOST = 512 << 20
_PIECE = 1 << 20
_TITLES = 10  # rows in which the header is looked for: lists have a title above it
_HEADER = 2  # cells at least
_LOCAL = 30  # bytes of a member's own head


def tables_of(path: Path) -> Sequence[Table]:
    """Every sheet in which something is. Raises NotAWorkbook, WithPassword, TooBig, FileUnreadable."""
    try:
        if zipfile.is_zipfile(path):
            _measure(path)
        book = CalamineWorkbook.from_path(str(path))
        tables = [_table(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
    except PasswordError as error:
        raise WithPassword(path=path) from error
    except (CalamineError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise NotAWorkbook(path=path) from error
    except OSError as error:
        raise FileUnreadable(path=path, why=why(error)) from error
    return [table for table in tables if table is not None]


def _measure(path: Path) -> None:
    """Count what the file really unpacks to. Raises TooBig."""
    left = MOST
    with zipfile.ZipFile(path) as packed, path.open("rb") as file:
        for member in packed.infolist():
            if member.compress_type == zipfile.ZIP_STORED:
                left -= member.compress_size
            else:
                file.seek(member.header_offset)
                head = file.read(_LOCAL)
                file.seek(int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little"), 1)
                left -= _unpacked(file, member.compress_size, left)
            if left < 0:
                raise TooBig(path=path, most=MOST >> 20)


def _unpacked(file: Any, packed: int, most: int) -> int:
    """To how many bytes the next `packed` ones unpack; counting ends beyond `most`."""
    unpacker, count = zlib.decompressobj(-zlib.MAX_WBITS), 0
    while packed > 0 and count <= most:
        piece = file.read(min(packed, _PIECE))
        if not piece:
            break
        packed -= len(piece)
        count += len(unpacker.decompress(piece, _PIECE))
        while unpacker.unconsumed_tail and count <= most:
            count += len(unpacker.decompress(unpacker.unconsumed_tail, _PIECE))
    return count


def _table(name: str, sheet: CalamineSheet) -> Table | None:
    rows = _Rows(sheet)
    some = [(number, cells) for number, cells in rows.cells(_TITLES) if any(map(_says, cells))]
    if not some:
        return None
    wide = (row for row in some if sum(map(_says, row[1])) >= _HEADER)
    number, cells = next(wide, some[0])
    rows.start = number
    return Table(name, tuple(str(cell or "").strip() for cell in cells), rows)


class _Rows:
    """The rows under the header. What several merged cells say is said by each of them in the first column of the range."""

    def __init__(self, sheet: CalamineSheet) -> None:
        self._sheet, self.start = sheet, 0
        _top, left = sheet.start or (0, 0)  # rows come from the first of the sheet on, columns from the first that is used
        self._merged = {
            (row, column - left): (first, column - left)
            for (first, column), (last, _end) in sheet.merged_cell_ranges or ()
            for row in range(first + 1, last + 1)
        }
        self._origins = set(self._merged.values())

    def __iter__(self) -> Iterator[Row]:
        for number, cells in self.cells():
            if number > self.start and any(map(_says, cells)):
                yield Row(number, cells)

    def cells(self, most: int | None = None) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """Every row with its number as a person counts it, or the first so many."""
        said: dict[tuple[int, int], Cell] = {}
        for place, row in enumerate(self._sheet.iter_rows()):
            if place == most:
                return
            cells: list[Any] = [None if cell == "" else cell for cell in row]
            if self._merged:
                for column in range(len(cells)):
                    if (place, column) in self._origins:
                        said[place, column] = cells[column]
                    elif (place, column) in self._merged:
                        cells[column] = said.get(self._merged[place, column])
            yield place + 1, tuple(cells)


def _says(cell: Cell) -> bool:
    return cell is not None and cell != ""
