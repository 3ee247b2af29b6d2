"""Records as a workbook: a sheet for each kind, days as days and numbers as numbers, texts as nothing but texts.

Rows go to the disk as they come, so that many of them need little memory.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from xlsxwriter import Workbook

from outreach.domain.form import Form, Kind
from outreach.domain.guarding import kept
from outreach.domain.text import width_of
from outreach.errors.exporting import TooManyRows
from outreach.exchange.out_wording import Order, Wording
from outreach.store.rows import SHOP_ID, rows_of

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_NARROW, _WIDE = 6, 40  # of a column; what is longer goes on in the next line
_LINE = 15  # points, the height of a line
_IDS = {"id", SHOP_ID, "merged_into"}  # columns for `import`, which nobody reads: narrow and pale
_TALL = 20  # lines that a row shows at most
_LONGEST = 32_767  # letters of a cell
_MOST = 1_048_575  # rows of a sheet under its head
_TIMES = {Form.DAY, Form.MOMENT}


def write_xlsx(db: sqlite3.Connection, file: IO[bytes], order: Order, wording: Wording) -> dict[str, int]:
    """Write a sheet for each kind that has records, or for the only one; says how many. Raises OSError, TooManyRows."""
    with tempfile.TemporaryDirectory() as place, (Path(place) / "book").open("w+b") as whole:
        book = Workbook(whole, _OPTIONS | {"tmpdir": place})
        book.set_properties({"created": order.now.replace(tzinfo=None)})
        sheets = _Sheets(book, order, wording)
        numbers = {kind.plural: sheets.add(db, kind) for kind in order.kinds}
        if not any(numbers.values()):
            sheets.begin(order.kinds[0])
        book.close()
        whole.seek(0)
        shutil.copyfileobj(whole, file)  # a zip that cannot be finished would complain on its own
    return numbers


class _Sheets:
    """The sheets of one workbook."""

    def __init__(self, book: Any, order: Order, wording: Wording) -> None:
        self._book, self._order, self._wording = book, order, wording
        self._head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self._text = book.add_format({"valign": "top"})
        self._long = book.add_format({"valign": "top", "text_wrap": True})
        self._pale = book.add_format({"valign": "top", "font_color": "#999999"})
        self._looks = {
            date: book.add_format({"valign": "top", "align": "left", "num_format": "yyyy-mm-dd"}),
            datetime: book.add_format({"valign": "top", "align": "left", "num_format": "yyyy-mm-dd hh:mm"}),
        }

    def add(self, db: sqlite3.Connection, kind: Kind) -> int:
        """A sheet of the chosen records of a kind; none where there are none. Raises TooManyRows."""
        columns = self._order.columns(kind)
        timed = [_is_timed(kind, column) for column in columns]
        sheet, number = None, 0
        widths = [width_of(self._wording.heads[kind.name, column]) + 3 for column in columns]
        for number, row in enumerate(rows_of(db, kind, columns, self._order.wanted, self._wording.words), 1):
            if number > _MOST:
                raise TooManyRows(most=_MOST)
            sheet = sheet or self.begin(kind)
            if (lines := max(_lines(cell) for cell in row)) > 1:
                sheet.set_row(number, min(_TALL, lines) * _LINE)
            for i, cell in enumerate(row):
                if cell is not None:
                    look = self._pale if columns[i] in _IDS else None
                    self._write(sheet, (number, i), self._typed(cell) if timed[i] else cell, look)
                    widths[i] = max(widths[i], width_of(str(cell)) + 1)
        if sheet:
            for i, wide in enumerate(widths):
                sheet.set_column(i, i, _NARROW if columns[i] in _IDS else max(_NARROW, min(_WIDE + 3, wide)))
            sheet.autofilter(0, 0, number, len(columns) - 1)
        return number

    def begin(self, kind: Kind) -> Any:
        """A new sheet with its head."""
        sheet = self._book.add_worksheet(self._wording.sheets[kind.name])
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for i, column in enumerate(self._order.columns(kind)):
            sheet.write_string(0, i, self._wording.heads[kind.name, column], self._head)
        return sheet

    def _write(self, sheet: Any, place: Sequence[int], cell: object, look: Any) -> None:
        if isinstance(cell, date):
            sheet.write_datetime(*place, cell, self._looks[type(cell)])
        elif isinstance(cell, int | float):
            sheet.write_number(*place, cell, self._text)
        else:
            text = kept(str(cell))[:_LONGEST]
            sheet.write_string(*place, text, look or (self._long if width_of(text) > _WIDE or "\n" in text else self._text))

    def _typed(self, text: str) -> date | datetime | str:
        """A day or moment, where nothing of it is lost: a moment of another zone, or at midnight, stays a text."""
        try:
            if len(text) == len("2026-11-24"):
                return date.fromisoformat(text)
            moment = datetime.fromisoformat(text)
        except ValueError:
            return text
        own = moment.tzinfo is not None and moment.utcoffset() == self._order.now.utcoffset()
        whole = moment.time() != time() and moment.isoformat(timespec="seconds") == text
        return moment.replace(tzinfo=None) if own and whole else text


def _lines(cell: object) -> int:
    """How many lines a text takes in the widest column."""
    if not isinstance(cell, str) or (2 * len(cell) <= _WIDE and "\n" not in cell):
        return 1
    return sum(-(-width_of(line) // _WIDE) or 1 for line in cell.splitlines()[:_TALL])


def _is_timed(kind: Kind, column: str) -> bool:
    field = kind.field(column)
    return column == "last_visit" or (field is not None and field.form in _TIMES)
