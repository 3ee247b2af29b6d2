"""The weekly report, laid out as text for a terminal, a pipe or a printer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from outreach.cli.reasoning import lines_of
from outreach.cli.screen import clean, columns, table, width
from outreach.i18n import _
from outreach.report.document import NUMBERS, Document, Kind, Look, Section, left_out, shown

if TYPE_CHECKING:
    from datetime import date

    from outreach.report.document import Cell, Column

_BAR = 30  # cells of the longest bar
_GAP = 2


def report_text(document: Document) -> str:
    """The whole report. It fits the terminal; where there is none, 80 columns."""
    opening = [line for text in document.lead for line in lines_of(text)]
    if document.contacts:
        opening += lines_of(document.contacts)
    return "\n\n".join("\n".join(part) for part in (opening, *(_section(s, document.day) for s in document.sections)))


def _section(section: Section, day: date) -> list[str]:
    lines = [*lines_of(section.title), *(lines_of(section.warning) if section.warning else ())]
    if not section.rows:
        said = [section.empty] if section.empty else section.notes
        return [*lines, *(line for text in said for line in lines_of(text))]
    lines += _cards(section, day) if section.look is Look.CARDS else [_table(section, day)]
    if section.more:
        lines += lines_of(left_out(section.more))
    return [*lines, *(line for note in section.notes for line in lines_of(note))]


def _table(section: Section, day: date) -> str:
    """Cells in columns, numbers under the end of their headings; with bars where they have room."""
    cells = [_column(column, [row[i] for row in section.rows], day) for i, column in enumerate(section.columns)]
    if section.look is Look.BARS:
        taken = sum(max(map(width, column)) + _GAP for column in cells)
        counts = next(i for i, column in enumerate(section.columns) if column.kind is Kind.COUNT)
        cells.append(["", *_bars([row[counts] for row in section.rows], min(_BAR, columns() - taken))])
    heads, *rows = zip(*cells, strict=True)
    return table(heads, rows, fit=columns())


def _column(column: Column, cells: Sequence[Cell], day: date) -> list[str]:
    texts = [column.title, *(clean(shown(column.kind, cell, day)) for cell in cells)]
    if column.kind not in NUMBERS:
        return texts
    most = max(map(width, texts))
    return [" " * (most - width(text)) + text for text in texts]


def _bars(counts: Sequence[Cell], longest: int) -> Iterator[str]:
    """A bar for each number, scaled where the longest would be too long; at least one cell for what is not nothing."""
    numbers = [count if isinstance(count, int) else 0 for count in counts]
    scale = min(1, longest / max(1, *numbers)) if longest > 0 else 0
    return ("█" * (max(1, round(n * scale)) if n and scale else 0) for n in numbers)


def _cards(section: Section, day: date) -> list[str]:
    """An entry in a few lines: its words in the first, then its sentences."""
    return [line for row in section.rows for line in _card(section.columns, row, day)]


def _card(heads: Sequence[Column], row: Sequence[Cell], day: date) -> Iterator[str]:
    number, *rest = zip(heads, row, strict=True)
    words = [_word(column, cell, day) for column, cell in rest if column.kind in (Kind.TEXT, Kind.COUNT) and cell is not None]
    yield from lines_of(f"{number[1]}. " + " · ".join(words), "", 4)
    for column, cell in rest:
        if column.kind is Kind.LONG and cell:
            yield from lines_of(str(cell), "    → ", 6)
        elif column.kind is Kind.LINES and isinstance(cell, tuple):
            for text in cell:
                points, _space, sentence = str(text).partition(" ")
                yield from lines_of(sentence, f"    {points:>4}  ", 10)


def _word(column: Column, cell: Cell, day: date) -> str:
    text = shown(column.kind, cell, day)
    return _("{what} {n}").format(what=column.title, n=text) if column.kind is Kind.COUNT else text
