"""Tables in workbooks, read by python-calamine."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from outreach.exchange.refusals import NotAWorkbook
from outreach.exchange.table import Row, Table


def tables_of(path: Path) -> Sequence[Table]:
    """Every sheet in which something is. Raises NotAWorkbook."""
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except (CalamineError, OSError) as error:
        raise NotAWorkbook(path=path) from error
    return [_table(name, rows) for name, rows in sheets if any(map(_says, rows))]


def _table(name: str, rows: list[list[Any]]) -> Table:
    first = next(i for i, row in enumerate(rows) if _says(row))
    header = tuple(str(cell).strip() for cell in rows[first])
    return Table(name, header, list(_rows(rows, first + 1)))


def _rows(rows: list[list[Any]], start: int) -> Iterator[Row]:
    for number, row in enumerate(rows[start:], start + 1):
        if _says(row):
            yield Row(number, tuple(None if cell == "" or isinstance(cell, timedelta) else cell for cell in row))


def _says(row: list[Any]) -> bool:
    return any(cell != "" for cell in row)
