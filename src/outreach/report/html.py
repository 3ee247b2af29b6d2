"""A document as one page of HTML: tables, charts, the map. It reads without its script, prints on A4, and fetches nothing."""

from collections.abc import Iterator, Sequence
from datetime import date

from outreach.domain.records import Outcome
from outreach.i18n import _
from outreach.report.charts import chart
from outreach.report.document import NUMBERS, Cell, Column, Document, Kind, Section, left_out, shown
from outreach.report.labels import status_text
from outreach.report.map import drawing, legend, note
from outreach.report.page import escape, page
from outreach.report.pins import merchant_pin, standing
from outreach.report.places import Located

_MAP_AFTER = "communities"
_PIECE = 20  # letters
_STYLES = ("page.css", "report.css", "map.css")


def html(document: Document) -> bytes:
    """The whole file."""
    return page(document.title, "\n".join(_body(document)), styles=_STYLES, script="map.js")


def _body(document: Document) -> Iterator[str]:
    yield f"<header><h1>{escape(document.title)}</h1>"
    if document.contacts:
        yield f'<p class="warning">{escape(document.contacts)}</p>'
    yield from (f'<p class="lead">{escape(text)}</p>' for text in document.lead)
    yield "</header>"
    if document.sections:
        yield _contents(document)
    yield "<main>"
    for section in document.sections:
        yield from _section(section, document.day)
        if section.code == _MAP_AFTER:
            yield from _map(document.places)
    yield "</main>"


def _contents(document: Document) -> str:
    links = (f'<li><a href="#{section.code}">{escape(section.title)}</a></li>' for section in document.sections)
    label = escape(_("Contents"))
    return f'<nav aria-label="{label}"><ul>{"".join(links)}</ul></nav>'


def _section(section: Section, day: date) -> Iterator[str]:
    yield f'<section id="{section.code}"><h2>{escape(section.title)}</h2>'
    if section.warning:
        yield f'<p class="warning">{escape(section.warning)}</p>'
    if section.rows:
        yield chart(section, day)
        yield f'<div class="scroll"><table>{_head(section.columns)}<tbody>'
        yield from (_row(section.columns, row, day) for row in section.rows)
        yield "</tbody></table></div>"
    elif section.empty:
        yield f"<p>{escape(section.empty)}</p>"
    if section.more:
        yield f'<p class="note">{escape(left_out(section.more))}</p>'
    yield from (f'<p class="note">{escape(note)}</p>' for note in section.notes)
    yield "</section>"


def _head(columns: Sequence[Column]) -> str:
    return "<thead><tr>" + "".join(f'<th scope="col"{_class(c.kind)}>{escape(c.title)}</th>' for c in columns) + "</tr></thead>"


def _row(columns: Sequence[Column], row: Sequence[Cell], day: date) -> str:
    cells = (f"<td{_class(c.kind)}>{_cell(c.kind, cell, day)}</td>" for c, cell in zip(columns, row, strict=True))
    return f"<tr>{''.join(cells)}</tr>"


def _class(kind: Kind) -> str:
    if kind in NUMBERS:
        return ' class="n"'
    return {Kind.DAY: ' class="d"', Kind.LONG: ' class="long"', Kind.LINES: ' class="long"'}.get(kind, "")


def _cell(kind: Kind, cell: Cell, day: date) -> str:
    if kind is Kind.LINES and isinstance(cell, tuple):
        return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in cell) + "</ul>"
    text = shown(kind, cell, day)
    return f"<bdi>{'<wbr>'.join(map(escape, _breakable(text)))}</bdi>" if kind is Kind.TEXT and text else escape(text)


def _breakable(text: str) -> list[str]:
    """A name in pieces between which it may be broken, so that one without spaces does not push its table off the paper."""
    return [text[i : i + _PIECE] for i in range(0, len(text), _PIECE)]


def _map(places: Sequence[Located]) -> Iterator[str]:
    if not places:
        return
    title = escape(_("Map of the merchants"))
    statuses = [(status, "", standing(status, places)) for status in Outcome] + [("not_visited", "", status_text(None))]
    yield f'<section id="map"><h2>{title}</h2><figure class="mapped">'
    yield drawing([merchant_pin(place) for place in places])
    yield f'<figcaption>{legend(statuses)}<p class="note">{escape(note())}</p></figcaption></figure></section>'
