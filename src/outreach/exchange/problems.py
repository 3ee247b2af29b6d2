"""The workbook of rows that a person should look at: number, reason, and the row as it was, to be mended and imported again."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from math import isfinite
from typing import Any

from xlsxwriter import Workbook

from outreach.domain.guarding import kept
from outreach.domain.text import harmless
from outreach.exchange.table import Cell

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LONGEST = 31  # letters of a sheet's name
_MOST = 32_767  # letters of a cell
_WIDTHS = (6, 60)  # of the first two columns; the others are as wide as Excel makes them

Problem = tuple[int, str, Sequence[Cell]]
Page = tuple[str, Sequence[str], Sequence[Problem]]


def workbook(heads: tuple[str, str], pages: Sequence[Page]) -> bytes:
    """The whole file. `heads`: of the two columns that come before the row's own; an import passes them over."""
    data = BytesIO()
    book = Workbook(data, _OPTIONS)
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
        date: book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "valign": "top"}),
    }
    taken: set[str] = set()
    for name, header, rows in pages:
        sheet = book.add_worksheet(_sheet_name(name, taken))
        for i, title in enumerate((*heads, *header)):
            sheet.write_string(0, i, _text(title), formats["head"])
        for i, width in enumerate(_WIDTHS):
            sheet.set_column(i, i, width)
        sheet.freeze_panes(1, 0)
        for place, (number, reason, cells) in enumerate(rows, 1):
            sheet.write_number(place, 0, number)
            sheet.write_string(place, 1, _text(reason), formats["wrapped"])
            for i, cell in enumerate(cells, 2):
                _write(sheet, place, i, cell, formats)
    book.close()
    return data.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Cell, formats: dict[Any, Any]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float) and isfinite(cell):
        sheet.write_number(row, column, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, formats[type(cell)])
    else:
        sheet.write_string(row, column, _text(kept(str(cell))))


def _text(text: str) -> str:
    """As far as a cell can hold it: half a character, which only JSON and names of files can say, becomes a question mark."""
    return text[:_MOST].encode(errors="replace").decode()


def _sheet_name(title: str, taken: set[str]) -> str:
    """The sheet's own name, as far as a workbook allows it."""
    plain = " ".join(_text(harmless(title)).translate(_FORBIDDEN).split())[:_LONGEST].strip() or "1"
    name, number = plain, 2
    while name.casefold() in taken:
        name, number = f"{plain[: _LONGEST - 4]} {number}", number + 1
    taken.add(name.casefold())
    return name
