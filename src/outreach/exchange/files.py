"""What tables are in a file, whatever kind of file it is: by what is in it, not by what it is called."""

from collections.abc import Sequence
from pathlib import Path

from outreach.exchange import delimited
from outreach.exchange.refusals import FileUnreadable
from outreach.exchange.table import Table
from outreach.faults import why

_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read(path: Path) -> Sequence[Table]:
    """The tables of a file; a text file has one, without a name. Raises the errors of `refusals`, while rows are read too."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise FileUnreadable(path=path, why=why(error)) from error
    if start in _BOOKS:
        from outreach.exchange import workbook

        return workbook.tables_of(path)
    return [delimited.table_of(path)]
