"""The records of an old workbook (.xls), for what calamine does not tell: a password, and cells whose formula failed.

By [MS-CFB], the container, and [MS-XLS] 2.4. Knows of cells only where they are; raises struct.error or IndexError where the
bytes make no sense.
"""

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_SIZES, _DIRECTORY, _MORE, _LISTED = 30, 48, 68, 76  # places in the container's head
_ENTRY = 128  # bytes
_NONE = 0xFFFFFFFA  # numbers from here on are no place
_EOF, _FORMULA, _LOCKED, _SHEET, _BOOL_OR_ERROR, _BOF = 0x0A, 0x06, 0x2F, 0x85, 0x205, 0x809
_SAYS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_NOT_A_NUMBER, _IS_ERROR = b"\xff\xff", 2

Failed = dict[tuple[int, int], str]  # by row and column, from 0: what stands in a cell whose formula failed


class Told(NamedTuple):
    """`failed`: of each sheet, in their order."""

    locked: bool
    failed: Sequence[Failed]


def look_through(data: bytes) -> Told:
    """What the records of the workbook in that container tell."""
    book = _book(data)
    starts: list[int] = []
    for kind, body in _records(book, 0):
        if kind == _LOCKED:
            return Told(locked=True, failed=())
        if kind == _SHEET:
            starts.append(int.from_bytes(body[:4], "little"))
    return Told(locked=False, failed=[dict(_failed(book, start)) for start in starts])


def _failed(book: bytes, start: int) -> Iterator[tuple[tuple[int, int], str]]:
    for kind, body in _records(book, start):
        code = None
        if kind == _FORMULA and body[12:14] == _NOT_A_NUMBER and body[6] == _IS_ERROR:
            code = body[8]
        elif kind == _BOOL_OR_ERROR and body[7]:
            code = body[6]
        if code in _SAYS:
            yield struct.unpack_from("<HH", body), _SAYS[code]


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records from a place on, up to the end of what begins there; charts within it are passed by."""
    depth = 0
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 1:
            yield kind, book[at + 4 : at + 4 + size]
        if depth <= 0:
            return
        at += 4 + size


def _book(data: bytes) -> bytes:
    """The stream of the workbook. A small one lies in small pieces within another stream, that of the root."""
    wide, narrow = (1 << shift for shift in struct.unpack_from("<HH", data, _SIZES))
    first, least, first_small = struct.unpack_from("<I4xII", data, _DIRECTORY)
    table = _numbers(b"".join(_piece(data, n, wide) for n in _listed(data, wide)))
    directory = _stream(data, first, table, wide)
    entries = [directory[at : at + _ENTRY] for at in range(0, len(directory), _ENTRY)]
    places = {
        one[:64].decode("utf-16-le", "replace").partition("\0")[0]: struct.unpack_from("<II", one, 116) for one in entries
    }
    start, size = places.get("Workbook") or places["Book"]
    if size >= least:
        return _stream(data, start, table, wide)[:size]
    pieces = _stream(data, struct.unpack_from("<I", entries[0], 116)[0], table, wide)
    return _stream(pieces, start, _numbers(_stream(data, first_small, table, wide)), narrow, head=0)[:size]


def _listed(data: bytes, wide: int) -> Iterator[int]:
    """Where the table of what follows what lies: in the head, then in pieces of which each names the next."""
    found = list(struct.unpack_from("<109I", data, _LISTED))
    after = struct.unpack_from("<I", data, _MORE)[0]
    while after < _NONE and len(found) <= len(data) // wide:
        *more, after = _numbers(_piece(data, after, wide))
        found += more
    return (n for n in found if n < _NONE)


def _stream(data: bytes, at: int, table: Sequence[int], wide: int, head: int = 1) -> bytes:
    """The pieces from one on, each after the one that the table says. `head`: how many pieces the head takes."""
    found: list[bytes] = []
    while at < _NONE and len(found) <= len(table):
        found.append(_piece(data, at, wide, head))
        at = table[at]
    return b"".join(found)


def _piece(data: bytes, number: int, wide: int, head: int = 1) -> bytes:
    return data[(number + head) * wide : (number + head + 1) * wide]


def _numbers(data: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
