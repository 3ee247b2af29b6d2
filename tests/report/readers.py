"""Reads the five renderings back, each with eyes of its own, to one form: rows of texts, by the heading of their section."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from python_calamine import CalamineWorkbook

from outreach.report.labels import day_text

Rows = list[list[str]]
Tables = dict[str, Rows]
PART = "¶"  # between the sentences of a cell that has several


def from_json(document: Mapping[str, Any]) -> Tables:
    """What the JSON document says, put into the words that the others must show."""
    day = date.fromisoformat(document["as_of"])
    return {
        section["title"]: [
            [_said(column["type"], cell, day) for column, cell in zip(section["columns"], row, strict=True)]
            for row in section["rows"]
        ]
        for section in document["sections"]
    }  # fmt: skip


def _said(kind: str, cell: Any, day: date) -> str:
    if cell is None:
        return ""
    if kind == "day":
        return day_text(date.fromisoformat(cell), day)
    if kind in ("share", "range"):
        return "–".join(f"{part * 100:.1f}%" for part in (cell if isinstance(cell, list) else [cell]))
    if kind == "lines":
        return PART.join(cell)
    return ("+" if kind == "change" and cell > 0 else "") + str(cell)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: Tables = {}
        self.scripts = 0
        self._path: list[str] = []
        self._heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.scripts += tag == "script"
        if tag in ("meta", "wbr", "img"):
            return
        self._path.append(tag)
        if tag == "h2":
            self._heading = ""
        elif tag == "tr" and "tbody" in self._path:
            self.tables.setdefault(self._heading, []).append([])
        elif tag == "td":
            self.tables[self._heading][-1].append("")
        elif tag == "li" and "td" in self._path and self.tables[self._heading][-1][-1]:
            self.tables[self._heading][-1][-1] += PART

    def handle_endtag(self, tag: str) -> None:
        while self._path and self._path.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "td" in self._path:
            self.tables[self._heading][-1][-1] += data
        elif "h2" in self._path:
            self._heading += data


def from_html(page: str) -> Tables:
    """What the page shows; one script, ours, and no other."""
    reader = _Page()
    reader.feed(page)
    assert reader.scripts == 1
    return reader.tables


def from_markdown(text: str) -> Tables:
    """What a reader of Markdown (with GitHub's tables) makes of it."""
    tables: Tables = {}
    heading, inside = "", ""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type in ("heading_open", "td_open", "th_open"):
            inside = token.type
        elif token.type == "inline" and inside == "heading_open":
            heading = _plain(token)
        elif token.type == "tbody_open":
            tables[heading] = []
        elif token.type == "tr_open" and heading in tables:
            tables[heading].append([])
        elif token.type == "inline" and inside == "td_open":
            tables[heading][-1].append(_plain(token))
        elif token.type.endswith("_close"):
            inside = ""
    return tables


def _plain(token: Token) -> str:
    """The text of a cell, which has nothing but text in it."""
    assert all(child.type in ("text", "text_special") for child in token.children or ()), token.content
    return "".join(child.content for child in token.children or ())


def from_workbook(data: bytes, document: Mapping[str, Any]) -> Tables:
    """What a spreadsheet finds: the rows under the heads of each sheet; types as the JSON document has them."""
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    day = date.fromisoformat(document["as_of"])
    tables: Tables = {}
    for section, name in zip(document["sections"], book.sheet_names[1:], strict=True):
        head, *rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        columns = section["columns"]
        assert head[: len(columns)] == [column["title"] for column in columns]
        kept = [row[: len(columns)] for row in rows[: len(section["rows"])]]
        tables[section["title"]] = [
            [_held(column["type"], cell, day) for column, cell in zip(columns, row, strict=True)] for row in kept
        ]
    return tables


def _held(kind: str, cell: Any, day: date) -> str:
    if cell == "":
        return ""
    if kind == "day":
        assert isinstance(cell, date | datetime)
        return day_text(date(cell.year, cell.month, cell.day), day)
    if kind in ("count", "change"):
        assert isinstance(cell, float | int)
        return ("+" if kind == "change" and cell > 0 else "") + str(int(cell))
    if kind == "share":
        assert isinstance(cell, float | int)
        return f"{cell * 100:.1f}%"
    assert isinstance(cell, str)
    return cell


def from_terminal(text: str, titles: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """(heading, lines under it) for each section; a paragraph begins with its heading."""
    for paragraph in text.split("\n\n")[1:]:
        heading, *lines = paragraph.rstrip("\n").split("\n")
        assert heading in titles, heading
        yield heading, lines


def squeezed(text: str) -> str:
    """Without white space, for what was wrapped or joined."""
    return re.sub(r"\s+", "", text)
