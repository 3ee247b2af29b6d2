"""A document as Markdown: headings, tables with pipes (GitHub's), quotes; it pastes into a chat of 企业微信 or a mail.

What people typed shows as it was typed and does nothing: no markup, no link, no line of its own.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from outreach.domain.text import harmless
from outreach.report.document import NUMBERS, Cell, Column, Document, Section, left_out, shown

_MARKUP = re.compile(r"[\\`*_\[\]|~$]")
_LINKING = re.compile(r"(?i)(?:https?|ftp|mailto|xmpp):|www\.|@")


def markdown(document: Document) -> bytes:
    """The whole file, or the text to paste."""
    parts = [f"# {escape(document.title)}", *map(escape, document.lead)]
    if document.contacts:
        parts.append(f"**{escape(document.contacts)}**")
    for section in document.sections:
        parts += _section(section, document.day)
    return ("\n\n".join(parts) + "\n").encode()


def escape(text: object) -> str:
    """Data as text within a line of Markdown. Only what means something there is escaped, so that it reads well as it is."""
    plain = _MARKUP.sub(r"\\\g<0>", harmless(str(text))).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LINKING.sub(lambda found: found[0].replace(":", "&#58;").replace(".", "&#46;").replace("@", "&#64;"), plain)


def _section(section: Section, day: date) -> Iterator[str]:
    yield f"## {escape(section.title)}"
    if section.warning:
        yield f"> **{escape(section.warning)}**"
    if section.rows:
        yield "\n".join(_table(section, day))
    elif section.empty:
        yield escape(section.empty)
    if section.more:
        yield escape(left_out(section.more))
    yield from (f"> {escape(note)}" for note in section.notes)


def _table(section: Section, day: date) -> Iterator[str]:
    yield _row([escape(column.title) for column in section.columns])
    yield _row(["--:" if column.kind in NUMBERS else "---" for column in section.columns])
    yield from (_row(_cells(section.columns, row, day)) for row in section.rows)


def _cells(columns: Sequence[Column], row: Sequence[Cell], day: date) -> list[str]:
    return [escape(shown(column.kind, cell, day)) for column, cell in zip(columns, row, strict=True)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
