"""The basic-situation report as one page: to read, and to print with lines to write on where nothing is recorded yet."""

from collections.abc import Iterator

from outreach.report.document import Document, Section
from outreach.report.page import escape, page

_LINES = 4  # to write on


def profile_html(document: Document) -> bytes:
    """The whole file."""
    return page(document.title, "\n".join(_body(document)), styles=("page.css", "profile.css"))


def _body(document: Document) -> Iterator[str]:
    yield f"<header><h1>{escape(document.title)}</h1>"
    yield from (f'<p class="lead">{escape(text)}</p>' for text in document.lead)
    yield "</header><main>"
    for section in document.sections:
        yield f'<section id="{section.code}"><h2>{escape(section.title)}</h2>{"".join(_section(section))}</section>'
    yield "</main>"


def _section(section: Section) -> Iterator[str]:
    if section.rows:
        yield "<dl>"
        for name, recorded, source in section.rows:
            lines = "".join(f"<p>{escape(line)}</p>" for line in str(recorded).splitlines())
            yield f'<dt>{escape(name)}</dt><dd><bdi>{lines}</bdi><span class="from">{escape(source)}</span></dd>'
        yield "</dl>"
    asked = [text for text in (section.empty if not section.rows else "", *section.notes) if text]
    yield from (f'<p class="ask">{escape(text)}</p>' for text in asked)
    if not section.rows:
        yield f'<div class="lines" aria-hidden="true">{"<p></p>" * _LINES}</div>'
