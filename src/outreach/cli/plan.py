"""`outreach plan`: a walking list for a day, on the screen, to print, or as JSON; remembered for `outreach visit --plan`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import choosing, parsing
from outreach.cli.screen import fit_of, table
from outreach.cli.session import say, session_of, show, show_json
from outreach.domain import dates
from outreach.domain.text import clean_name
from outreach.errors.supervising import PlanPassed
from outreach.i18n import N_, _

if TYPE_CHECKING:
    from datetime import date

    from outreach.cli.session import Session
    from outreach.report.plan import Page, Plan

EXAMPLES = {
    "plan": (
        "outreach plan --community 皮村 --html plan.html\n"
        "outreach plan --day friday --community 皮村 --limit 6 --by 林晓 --by 赵敏\n"
        "outreach visit --plan"
    )
}
_MOST = 200


def plan(  # noqa: PLR0913 - the signature is the command line
    ctx: typer.Context,
    *,
    day: Annotated[
        str | None, typer.Option(metavar=N_("DATE"), help=N_("The day of the walk: tomorrow, friday; today"))
    ] = None,
    community: Annotated[str | None, typer.Option(metavar=N_("NAME"), help=N_("Only this community"))] = None,
    limit: Annotated[str, typer.Option(metavar=N_("N"), help=N_("Shops for each worker, default 8"))] = "8",
    by: Annotated[list[str] | None, typer.Option(metavar=N_("WORKER"), help=N_("Who walks; several share the walk"))] = None,
    html: Annotated[str | None, typer.Option(metavar=N_("FILE"), help=N_("A page to print, a sheet for each worker"))] = None,
    with_contacts: Annotated[
        bool, typer.Option("--with-contacts", help=N_("With names and phones of owners, which it says"))
    ] = False,
    force: Annotated[bool, typer.Option("--force", help=N_("Replace files that are there already"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=N_("As JSON"))] = False,
) -> None:
    from outreach.cli.output import ends_in, places, save
    from outreach.report.plan import Wanted
    from outreach.report.plan import plan as made

    session = session_of(ctx)
    on, most = _day(session, day), parsing.number(limit, "--limit", least=1, most=_MOST)
    workers = list(dict.fromkeys(map(clean_name, by))) if by else [session.worker]
    place = choosing.community(session, community) if community else None
    ends_in(html, "--html", (".html", ".htm"))
    (path,) = places(session, html, force=force)
    wanted = Wanted(on, most, workers, (place.id, place.name) if place else None, contacts=with_contacts)
    found = made(session.db, session.settings, wanted, session.now())
    if path:
        from outreach.report.plan_html import plan_html

        save(path, plan_html(found, session.settings.reasons))
    if as_json:
        from outreach.report.plan_json import plan_json

        return show_json(plan_json(found, session.settings.reasons))
    _remember(session, found)
    return say(_("Written: {path}").format(path=path)) if path else _print(found)


def _day(session: Session, text: str | None) -> date:
    """Today or a day to come (BadDate, PlanPassed)."""
    day = session.today() if text is None else dates.parse_day(text, session.today(), dates.Toward.FUTURE)
    if day < session.today():
        raise PlanPassed(date=day)
    return day


def _remember(session: Session, found: Plan) -> None:
    from outreach.cli.planned import Planned, remember

    pages = [(page.worker, [stop.ranked.case.merchant.id for stop in page.stops]) for page in found.pages]
    remember(session.home, Planned(found.day, pages))


def _print(found: Plan) -> None:
    from outreach.cli.reasoning import lines_of
    from outreach.report.plan_words import empty_texts, summary, title

    for page in found.pages:
        say(title(found, page))
        if page.stops:
            show(_table(found, page))
        for text in [] if page.stops else empty_texts(found):
            show("\n".join(lines_of(text)))
    say(summary(found))


def _table(found: Plan, page: Page) -> str:
    from outreach.report.plan_words import where_text
    from outreach.report.wording import advice_text

    rows = [
        (
            stop.number,
            stop.ranked.case.merchant.name,
            where_text(stop) or stop.ranked.case.community,
            advice_text(stop.ranked.advice, found.day),
        )
        for stop in page.stops
    ]
    return table(["#", _("Merchant"), _("Where"), _("How")], rows, fit=fit_of(sys.stdout))
