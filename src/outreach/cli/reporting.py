"""The weekly report, and a merchant with its score, laid out as text for a terminal, a pipe or a printer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from outreach.cli.screen import clean, columns, hanging, table, width
from outreach.i18n import _
from outreach.report.document import NUMBERS, Document, Kind, Look, Section, left_out, shown
from outreach.report.explaining import story, turns_of
from outreach.report.labels import status_text
from outreach.report.wording import advice_text, community_text, term_text

if TYPE_CHECKING:
    from datetime import date

    from outreach.domain.priority import Ranked
    from outreach.domain.village import CommunityAdvice
    from outreach.report.document import Cell, Column
    from outreach.report.explaining import Explanation

Extra = Mapping[str, Mapping[str, str]]
_WIDEST = 100
_BAR = 30  # cells of the longest bar
_GAP = 2


def explained(found: Ranked) -> str:
    """A merchant with its advice and every term of its score."""
    case = found.case
    standing = status_text(case.trail.status, firm=case.trail.firm)
    score = [_("score {n}").format(n=found.score)] if found.rank else []
    about = " · ".join((case.merchant.name, case.community or _("no community"), standing, *score))
    head = _hanging(f"{found.rank}. {about}" if found.rank else about, "", 4)
    advice = _hanging(advice_text(found.advice, case.day), "    → ", 6)
    if found.advice.otherwise:
        otherwise = _("Without this decision: {advice}").format(advice=advice_text(found.advice.otherwise, case.day))
        advice += _hanging(otherwise, " " * 6, 6)
    return "\n".join((*head, *advice, *_terms(found, 4)))


def why_text(explanation: Explanation, extra: Extra) -> str:
    """One merchant: a paragraph to read aloud, every term of its score, and what would change it."""
    found = explanation.found
    lines = _hanging(story(explanation, extra))
    if found.terms:
        lines += ["", _("How the score of {n} comes about").format(n=found.score), *_terms(found, 2)]
    if explanation.turns:
        lines += ["", _("What would change it")]
        lines += [line for text in turns_of(explanation) for line in _hanging(text, "  · ", 4)]
    return "\n".join(lines)


def _terms(found: Ranked, indent: int) -> list[str]:
    """A line for each term, its points before it."""
    lines = []
    for term in found.terms:
        points = f"{term.points:+d}" if term.points else "0"
        lines += _hanging(term_text(term, found.case.day), f"{' ' * indent}{points:>4}  ", indent + 6)
    return lines


def communities(advice: Iterable[CommunityAdvice], day: date) -> str:
    """A line for each community: go, or wait."""
    lines = [_("The communities")]
    for place in advice:
        lines += _hanging(
            _("{name}: {text}").format(name=place.name or _("no community"), text=community_text(place, day)), "  ", 4
        )
    return "\n".join(lines)


def _hanging(text: str, first: str = "", indent: int = 0) -> list[str]:
    """A sentence in lines, in a pipe too: a page is printed or mailed."""
    return hanging(text, first, indent, fit=min(columns(), _WIDEST))


def report_text(document: Document) -> str:
    """The whole report. It fits the terminal; where there is none, 80 columns."""
    opening = [line for text in document.lead for line in _hanging(text)]
    if document.contacts:
        opening += _hanging(document.contacts)
    return "\n\n".join("\n".join(part) for part in (opening, *(_section(s, document.day) for s in document.sections)))


def _section(section: Section, day: date) -> list[str]:
    lines = [*_hanging(section.title), *(_hanging(section.warning) if section.warning else ())]
    if not section.rows:
        return [*lines, *_hanging(section.empty)]
    lines += _cards(section, day) if section.look is Look.CARDS else [_table(section, day)]
    if section.more:
        lines += _hanging(left_out(section.more))
    return [*lines, *(line for note in section.notes for line in _hanging(note))]


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
    yield from _hanging(f"{number[1]}. " + " · ".join(words), "", 4)
    for column, cell in rest:
        if column.kind is Kind.LONG and cell:
            yield from _hanging(str(cell), "    → ", 6)
        elif column.kind is Kind.LINES and isinstance(cell, tuple):
            for text in cell:
                points, _space, sentence = str(text).partition(" ")
                yield from _hanging(sentence, f"    {points:>4}  ", 10)


def _word(column: Column, cell: Cell, day: date) -> str:
    text = shown(column.kind, cell, day)
    return _("{what} {n}").format(what=column.title, n=text) if column.kind is Kind.COUNT else text
