"""`outreach community report`: the basic-situation report, ten headings; on the screen, as a page, as text, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach.cli import choosing
from outreach.cli.registers import Json, Name
from outreach.cli.session import say, session_of, show, show_json
from outreach.i18n import N_, _

if TYPE_CHECKING:
    from outreach.report.document import Document

EXAMPLES = {
    "report_community": "outreach community report 皮村\noutreach community report 皮村 --html report.html --md report.md"
}


def report_community(
    ctx: typer.Context,
    known_as: Name,
    *,
    html: Annotated[str | None, typer.Option(metavar=N_("FILE"), help=N_("A page to read and to print"))] = None,
    md: Annotated[str | None, typer.Option(metavar=N_("FILE"), help=N_("Text to paste into a chat or a mail"))] = None,
    force: Annotated[bool, typer.Option("--force", help=N_("Replace files that are there already"))] = False,
    as_json: Json = False,
) -> None:
    from outreach.cli.output import places, save
    from outreach.report.profile import profile

    session = session_of(ctx)
    found = choosing.community(session, known_as)
    page, text = places(session, html, md, force=force)
    document = profile(session.db, found.id, session.now(), session.settings.reasons)
    if page:
        from outreach.report.profile_html import profile_html

        save(page, profile_html(document))
    if text:
        from outreach.report.markdown import markdown

        save(text, markdown(document))
    if as_json:
        return show_json(_json(document, found.name))
    for path in filter(None, (html, md)):
        say(_("Written: {path}").format(path=path))
    return None if page or text else _print(document)


def _print(document: Document) -> None:
    from outreach.cli.reporting import report_text

    say(document.title)
    show(report_text(document))


def _json(document: Document, community: str) -> dict[str, Any]:
    headings = [
        {
            "code": section.code,
            "title": section.title,
            "facts": [dict(zip(("what", "recorded", "from"), row, strict=True)) for row in section.rows],
            "to_ask": list(section.notes) or ([] if section.rows else [section.empty]),
        }
        for section in document.sections
    ]
    return {
        "format": "outreach/community-report/1",
        "community": community,
        "as_of": document.day.isoformat(),
        "headings": headings,
    }
