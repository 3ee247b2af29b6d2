"""What tables are in a file, whatever kind of file it is: by what is in it, not by what it is called."""

from collections.abc import Collection, Sequence
from pathlib import Path

from outreach.errors.importing import FileUnreadable, NotATable, OfAMap, OnlyAMark, OpenDocument
from outreach.exchange import delimited
from outreach.exchange.encoding import START, is_wide
from outreach.exchange.kobo import joined
from outreach.exchange.source import Source, must_be_a_file
from outreach.exchange.table import Table
from outreach.faults import why

_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_OTHERS = (b"<", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"SQLite format")
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis"  # the first that is in its zip
_MAP = ".geojson"
_MARKS = ("~$", ".~lock.")  # of Excel and WPS, of LibreOffice
_FIRST = 64  # bytes in which what is no text has a zero


def read(*paths: Path, heads: Collection[str] = ()) -> Sequence[Table]:
    """The tables of files; a text file has one, without a name. `heads`: what is known to head a column.

    Repeats of a form are looked for in its own workbook or zip, and among all the text files. It and its rows raise the
    errors of `outreach.errors.importing`.
    """
    found = [(path, _tables_of(path, heads)) for path in paths]
    texts = iter(joined([table for _path, (is_text, tables) in found if is_text for table in tables]))
    return [table for _path, (is_text, tables) in found for table in ([next(texts)] if is_text else joined(tables))]


def _tables_of(path: Path, heads: Collection[str]) -> tuple[bool, Sequence[Table]]:
    """The tables, and whether the file is a text of its own."""
    must_be_a_file(path)
    if path.name.startswith(_MARKS):
        raise OnlyAMark(path=path)
    try:
        with path.open("rb") as file:
            start = file.read(START)
    except (OSError, ValueError) as error:
        raise FileUnreadable(path=path, why=why(error) if isinstance(error, OSError) else error) from error
    if _OPEN_DOCUMENT in start[:_FIRST]:
        raise OpenDocument(path=path)
    if path.suffix.casefold() == _MAP and start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        raise OfAMap(path=path)
    if start.startswith(_BOOKS):
        return False, _packed(path, heads)
    is_binary = b"\0" in start[:_FIRST] and not is_wide(start)
    if is_binary or start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_OTHERS):
        raise NotATable(path=path)
    return True, [delimited.table_of(Source(path), heads)]


def _packed(path: Path, heads: Collection[str]) -> Sequence[Table]:
    from outreach.exchange import workbook, zipped

    texts = zipped.texts_in(path)
    return [delimited.table_of(source, heads) for source in texts] or workbook.tables_of(path, heads)
