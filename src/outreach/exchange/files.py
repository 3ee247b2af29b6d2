"""What tables are in a file, whatever kind of file it is: by what is in it, not by what it is called."""

from collections.abc import Collection, Sequence
from pathlib import Path

from outreach.errors.importing import FileUnreadable, NotATable
from outreach.exchange import delimited
from outreach.exchange.kobo import joined
from outreach.exchange.table import Table
from outreach.faults import why

_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_OTHERS = (b"<", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"SQLite format")
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # UTF-16
_START = 64


def read(path: Path, heads: Collection[str] = ()) -> Sequence[Table]:
    """The tables of a file; a text file has one, without a name. `heads`: what is known to head a column.

    It and its rows raise the errors of `outreach.errors.importing`.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_START)
    except (OSError, ValueError) as error:
        raise FileUnreadable(path=path, why=why(error) if isinstance(error, OSError) else error) from error
    if start.startswith(_BOOKS):
        from outreach.exchange import workbook

        return joined(workbook.tables_of(path, heads))
    is_binary = b"\0" in start and not start.startswith(_WIDE)
    if is_binary or start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_OTHERS):
        raise NotATable(path=path)
    return [delimited.table_of(path, heads)]
