"""What an .xlsx really unpacks to, looked through piece by piece before anything opens it whole.

What a file states of its own size may be a lie, and two cells in far corners make a sheet of seventeen thousand million.
Found on the way, for calamine does not tell them: the cells whose formula failed.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree

from outreach.errors.importing import TooBig

MOST = 256 << 20  # bytes, unpacked
CELLS = 5_000_000  # of all sheets, empty ones between full ones too
_PIECE = 1 << 20
_LOCAL = 30  # bytes of a member's own head
_TAG = 1 << 16  # bytes of a cell that are kept for the next piece
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_columns = re.compile(rb'<c r="([A-Z]+)').findall  # of cells as spreadsheets write them
_rows = re.compile(rb'<row r="(\d{1,7})"').findall
_rows_of_cells = re.compile(rb'<c r="[A-Z]+(\d{1,7})').findall  # which go before what their row says
_cells = re.compile(rb"[<:]c[\s>/]").findall
_row = re.compile(rb"[<:]row[\s>/]")
_odd_rows = re.compile(
    rb"""<(?:\w+:)?row\s[^<>]*?\br\s*=\s*["'](\d{1,7})""", re.IGNORECASE
).findall  # as they may be written too
_odd_cells = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})""", re.IGNORECASE).findall
_find_failed = re.compile(
    rb"""<(?:\w+:)?c\s[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"[^<>]*\bt="e"[^<>]*>(?:<f[^<>]*>[^<]*</f>|<f[^<>]*/>)?<v>([^<]*)</v>"""
).findall

Failures = Mapping[tuple[int, int], str]  # by row and column, from 0: what stands in a cell whose formula failed


def look_through(path: Path) -> Mapping[str, Failures]:
    """The failed cells by the sheet's name. Raises TooBig, OSError; BadZipFile or zlib.error where it is no .xlsx."""
    failed: dict[str, Failures] = {}
    left, cells = MOST, CELLS
    with zipfile.ZipFile(path) as packed, path.open("rb") as file:
        if _BOOK not in packed.namelist():
            raise zipfile.BadZipFile
        for member in packed.infolist():
            sheet = _Sheet()
            for piece in chain(_pieces(file, member), [None]):
                left -= len(piece or b"")
                sheet.look(piece)
                if left < 0 or sheet.count > cells:
                    raise TooBig(path=path, most=MOST >> 20, cells=CELLS)
            cells -= sheet.count
            if sheet.failed:
                failed[member.filename] = sheet.failed
        return {name: failed[member] for name, member in _sheets(packed).items() if member in failed} if failed else {}


class _Sheet:
    """What is in the cells of a member, if it has cells. `count`: of the least rectangle from A1 on that holds them all."""

    def __init__(self) -> None:
        self.failed: dict[tuple[int, int], str] = {}
        self._rest = b""
        self._rows, self._columns, self._seen = 0, 0, 0
        self._unplaced, self._in_row = 0, 0  # rows that do not say which they are; cells of the last one so far

    def look(self, piece: bytes | None) -> None:
        """The next piece, or None after the last. What a piece breaks off waits for the next one."""
        text = self._rest + (piece or b"")
        cut = len(text) if piece is None else _whole(text)
        text, self._rest = text[:cut], text[cut:]
        columns, rows = set(found := _columns(text)), [*self._numbers(text), *_rows_of_cells(text)]
        number = len(_cells(text))
        if number > len(found):
            odd = _odd_cells(text)
            columns, rows = columns.union(column for column, _row in odd), rows + [row for _column, row in odd]
            if number > len(odd):
                self._columns = max(self._columns, *self._widths(text))
        self._rows = max(self._rows, *map(int, rows), 0)
        self._columns = max(self._columns, *map(_number, columns), 0)
        self._seen += number
        if b't="e"' in text:
            self.failed |= {(int(row) - 1, _number(column) - 1): said.decode() for column, row, said in _find_failed(text)}

    def _numbers(self, text: bytes) -> list[bytes]:
        """Which rows these are, where they say it."""
        found: list[bytes] = _rows(text)
        if text.count(b"<row") + text.count(b":row") > len(found):
            found = _odd_rows(text)
            self._unplaced += max(0, len(_row.findall(text)) - len(found))
        return found

    def _widths(self, text: bytes) -> list[int]:
        """How many cells each row has."""
        first, *others = (len(_cells(row)) for row in _row.split(text))
        widths = [self._in_row + first, *others]
        self._in_row = widths[-1]
        return widths

    @property
    def count(self) -> int:
        return max((self._rows + self._unplaced) * self._columns, self._seen)


def _whole(text: bytes) -> int:
    """Up to where all is whole: to the last cell, or tag where there is no cell; to the end where that one is too long."""
    cell = max(text.rfind(b"<c "), text.rfind(b":c "))
    cut = text.rfind(b"<", 0, cell + 1) if cell >= 0 else text.rfind(b"<")
    return cut if cut >= 0 and len(text) - cut <= _TAG else len(text)


def _number(letters: bytes) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _pieces(file: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """What a member unpacks to, whatever its size is said to be."""
    file.seek(member.header_offset)
    head = file.read(_LOCAL)
    file.seek(int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little"), 1)
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    packed = member.compress_size
    while packed > 0 and (piece := file.read(min(packed, _PIECE))):
        packed -= len(piece)
        if member.compress_type == zipfile.ZIP_STORED:
            yield piece
            continue
        while piece:
            yield unpacker.decompress(piece, _PIECE)
            piece = unpacker.unconsumed_tail


def _sheets(packed: zipfile.ZipFile) -> dict[str, str]:
    """The member of each sheet, by the sheet's name."""
    links = {one.get("Id"): str(one.get("Target")) for one in ElementTree.fromstring(packed.read(_LINKS))}
    found: dict[str, str] = {}
    for one in ElementTree.fromstring(packed.read(_BOOK)).iter():
        if one.tag.endswith("}sheet"):
            link = next((links.get(value) for name, value in one.items() if name.endswith("}id")), None)
            found[str(one.get("name"))] = link[1:] if link and link.startswith("/") else f"xl/{link}"
    return found
