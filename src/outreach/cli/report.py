"""`outreach report`: the week, for the supervisor and the funder; on the screen, or in files to print, to open and to mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.session import say, session_of, show, show_json
from outreach.domain import dates
from outreach.errors.supervising import FutureWeek
from outreach.errors.typed import BadWeek
from outreach.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from outreach.cli.session import Session
    from outreach.report.document import Document
    from outreach.report.weekly import Report

EXAMPLES = {
    "report": "outreach report\noutreach report --week 2026-W48\noutreach report --html week.html --xlsx week.xlsx --md week.md"
}


def report(  # noqa: PLR0913 - a file for each kind of reader
    ctx: typer.Context,
    *,
    week: Annotated[str | None, typer.Option(metavar=N_("WEEK"), help=N_("2026-W48, last; default: this one"))] = None,
    html: Annotated[str | None, typer.Option(metavar=N_("FILE"), help=N_("A page to read and to print"))] = None,
    xlsx: Annotated[str | None, typer.Option(metavar=N_("FILE"), help=N_("A workbook for WPS or Excel"))] = None,
    md: Annotated[str | None, typer.Option(metavar=N_("FILE"), help=N_("Text to paste into a chat or a mail"))] = None,
    with_contacts: Annotated[bool, typer.Option("--with-contacts", help=N_("With phone numbers, which it says"))] = False,
    force: Annotated[bool, typer.Option("--force", help=N_("Replace files that are there already"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=N_("As JSON"))] = False,
) -> None:
    from outreach.cli.output import ends_in, places

    session = session_of(ctx)
    day = _day(week, session.today())
    for text, option, endings in (
        (html, "--html", (".html", ".htm")),
        (xlsx, "--xlsx", (".xlsx",)),
        (md, "--md", (".md", ".txt")),
    ):
        ends_in(text, option, endings)
    files = dict(zip(("html", "xlsx", "md"), places(session, html, xlsx, md, force=force), strict=True))
    found, document = _made(session, day, contacts=with_contacts)
    _write(document, files)
    if as_json:
        from outreach.report.as_json import report_json

        show_json(report_json(found, document))
    elif any(files.values()):
        for text in filter(None, (html, xlsx, md)):
            say(_("Written: {path}").format(path=text))
    else:
        _print(document)


def print_report(session: Session, day: date) -> None:
    """Print the report on the week of a day, as it stood at the end of that day."""
    _print(_made(session, day)[1])


def _print(document: Document) -> None:
    from outreach.cli.reporting import report_text

    show(report_text(document))


def _made(session: Session, day: date, *, contacts: bool = False) -> tuple[Report, Document]:
    from outreach.cli.patience import patience
    from outreach.report.contents import document
    from outreach.report.weekly import build

    with patience(_("Reading the visits")):
        found = build(session.db, session.settings, day, session.now(), contacts=contacts)
        return found, document(found, session.settings.reasons, contacts=contacts)


def _write(document: Document, files: Mapping[str, Path | None]) -> None:
    from outreach.cli.output import save

    for kind, path in files.items():
        if path is not None:
            save(path, _rendered(kind, document))


def _rendered(kind: str, document: Document) -> bytes:
    """The file's content. Each renderer is imported where it is wanted."""
    if kind == "html":
        from outreach.report.html import html

        return html(document)
    if kind == "xlsx":
        from outreach.report.xlsx import workbook

        return workbook(document)
    from outreach.report.markdown import markdown

    return markdown(document)


def _day(week: str | None, today: date) -> date:
    """The day to look back from: the week's Sunday, or today in the current one. Raises BadWeek and FutureWeek."""
    if week is None:
        return today
    monday, sunday = dates.parse_week(week, today)
    if monday > today:
        raise FutureWeek(week=dates.week_name(monday))
    if (today - sunday).days > dates.FARTHEST:
        raise BadWeek(text=week)
    return min(sunday, today)
