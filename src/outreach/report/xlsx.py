"""A document as a workbook: a sheet for each section, dates as dates and numbers as numbers, texts as nothing but texts.

Heads stay in sight and have filters; columns are as wide as what is in them, Chinese counted double. Written by xlsxwriter.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from outreach.domain.text import width_of
from outreach.report.document import Cell, Column, Document, Kind, Section, left_out, shown

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LONGEST = 31  # letters of a sheet's name
_NARROW, _WIDE = 6, 60  # of a column
_MOST = 32_767  # letters of a cell


def workbook(document: Document) -> bytes:
    """The whole file. The same document gives the same bytes: the day it is about stands in for the clock."""
    data = BytesIO()
    book = Workbook(data, _OPTIONS)
    moment = datetime.combine(document.day, time.min)
    book.set_properties({"title": document.title, "created": moment})
    formats = _formats(book)
    taken: set[str] = set()
    _opening(book.add_worksheet(sheet_name(document.title, taken)), document, formats)
    for section in document.sections:
        _sheet(book.add_worksheet(sheet_name(section.title, taken)), section, document.day, formats)
    book.close()
    return data.getvalue()


def sheet_name(title: str, taken: set[str]) -> str:
    """A title as the name of a sheet: nothing that is not allowed, not too long, and of its own. It is added to `taken`."""
    plain = " ".join(title.translate(_FORBIDDEN).split())[:_LONGEST].strip() or "1"
    name, number = plain, 2
    while name.casefold() in taken:
        end = f" {number}"
        name, number = plain[: _LONGEST - len(end)] + end, number + 1
    taken.add(name.casefold())
    return name


def _formats(book: Any) -> dict[str, Any]:
    top = {"valign": "top"}
    return {
        "head": book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True}),
        "text": book.add_format(top),
        "wrapped": book.add_format(top | {"text_wrap": True}),
        Kind.DAY: book.add_format(top | {"num_format": "yyyy-mm-dd", "align": "left"}),
        Kind.SHARE: book.add_format(top | {"num_format": "0.0%"}),
        Kind.CHANGE: book.add_format(top | {"num_format": "+0;-0;0"}),
        Kind.COUNT: book.add_format(top | {"num_format": "0"}),
    }


def _opening(sheet: Any, document: Document, formats: dict[str, Any]) -> None:
    """The first sheet: the title, the sentences at the head, what is where."""
    sheet.set_column(0, 0, 90)
    lines = [document.title, *document.lead, *filter(None, [document.contacts]), *(s.title for s in document.sections)]
    for row, text in enumerate(lines):
        sheet.write_string(row, 0, text, formats["wrapped"] if row else formats["head"])


def _sheet(sheet: Any, section: Section, day: date, formats: dict[str, Any]) -> None:
    for i, column in enumerate(section.columns):
        sheet.write_string(0, i, column.title, formats["head"])
        sheet.set_column(i, i, _width(column, [row[i] for row in section.rows], day))
        for number, row in enumerate(section.rows, 1):
            _write(sheet, (number, i), column, row[i], day, formats)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(section.rows)), len(section.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for number, text in enumerate(_remarks(section), len(section.rows) + 2):
        sheet.write_string(number, 0, text, formats["text"])


def _write(sheet: Any, place: tuple[int, int], column: Column, cell: Cell, day: date, formats: dict[str, Any]) -> None:
    if cell is None:
        sheet.write_blank(*place, None, formats["text"])
    elif column.kind is Kind.DAY:
        sheet.write_datetime(*place, cell, formats[Kind.DAY])
    elif isinstance(cell, int | float):
        sheet.write_number(*place, cell, formats[column.kind])
    else:
        look = formats["wrapped" if column.kind in (Kind.LONG, Kind.LINES) else "text"]
        sheet.write_string(*place, shown(column.kind, cell, day)[:_MOST], look)


def _remarks(section: Section) -> list[str]:
    said = [section.warning, "" if section.rows else section.empty, left_out(section.more), *section.notes]
    return [text for text in said if text]


def _width(column: Column, cells: Sequence[Cell], day: date) -> int:
    """The width of the widest cell, within reason; a Chinese character takes two of Excel's, a filter's arrow three."""
    widest = max([width_of(column.title) + 3, *(width_of(shown(column.kind, cell, day)) + 1 for cell in cells)])
    return max(_NARROW, min(_WIDE, widest))
