"""`outreach priority` and `why`: whom to visit next, in which way, and why."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import choosing, parsing
from outreach.cli.screen import clean, fit_of, table
from outreach.cli.session import say, session_of, show, show_json
from outreach.domain import dates
from outreach.errors.supervising import NoSuchView, NotYetRecorded
from outreach.i18n import N_, _

if TYPE_CHECKING:
    from datetime import date

    from outreach.cli.session import Session
    from outreach.domain.priority import Head, Ranked

EXAMPLES = {
    "priority": (
        "outreach priority\n"
        "outreach priority --top 5 --community 皮村 --explain\n"
        "outreach priority --as-of 2026-11-22\n"
        "outreach priority --pin lwcs --note 房东愿意作保\n"
        "outreach priority --hold --community 皮村 --until 12-10 --note 市场停业\n"
        "outreach priority --release lwcs"
    ),
    "why": "outreach why lwcs\noutreach why 老周粮油店 --as-of 2026-11-22",
}
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar=N_("DATE"), help=N_("As it was at the end of that day; default today"))
]
AsJson = Annotated[bool, typer.Option("--json", help=N_("As JSON"))]


def priority(  # noqa: PLR0913 - the signature is the command line
    ctx: typer.Context,
    merchant: Annotated[str | None, typer.Argument(metavar=N_("MERCHANT"), help=N_("Of a decision: about whom"))] = None,
    *,
    top: Annotated[str, typer.Option(metavar=N_("N"), help=N_("So many, default 10"))] = "10",
    community: Annotated[str | None, typer.Option(metavar=N_("NAME"), help=N_("Only this community"))] = None,
    as_of: AsOf = None,
    explain: Annotated[bool, typer.Option("--explain", help=N_("With every term of the score"))] = False,
    pin: Annotated[bool, typer.Option("--pin", help=N_("Decide that this merchant, or community, comes first"))] = False,
    hold: Annotated[bool, typer.Option("--hold", help=N_("Decide that it waits"))] = False,
    release: Annotated[bool, typer.Option("--release", help=N_("End such a decision"))] = False,
    until: Annotated[str | None, typer.Option(metavar=N_("DATE"), help=N_("Of a decision: until when"))] = None,
    note: Annotated[str | None, typer.Option(metavar=N_("TEXT"), help=N_("Of a decision: why"))] = None,
    as_json: AsJson = False,
) -> None:
    session = session_of(ctx)
    if pin or hold or release or note is not None or until is not None:
        from outreach.cli.deciding import Typed, decide

        looking = [option for option, given in (("--as-of", as_of), ("--explain", explain), ("--json", as_json)) if given]
        decide(session, Typed(merchant, community, note, until, pin=pin, hold=hold, release=release, looking=tuple(looking)))
        return
    if merchant is not None:
        raise NoSuchView(name=choosing.quoted(merchant))
    from outreach.report.ranking import any_merchant, head

    most = parsing.number(top, "--top", least=1)
    day = _day(session, as_of)
    place = choosing.community(session, community).id if community else None
    found = head(session.db, session.settings, day, session.now(), most, community=place)
    if as_json:
        from outreach.report.as_json import priority_json

        show_json(priority_json(day, found))
    elif not found.first:
        won = any_merchant(session.db, day, session.now(), community=place)
        say(_("No merchant is left to win.") if won else _("No merchant had been recorded by then."))
    else:
        _show(found, day, explain=explain)


def why(
    ctx: typer.Context,
    merchant: Annotated[str, typer.Argument(metavar=N_("MERCHANT"), help=N_("Name, part, pinyin or initials"))],
    *,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    from outreach.report.explaining import explain

    session = session_of(ctx)
    day = _day(session, as_of)
    match = choosing.merchant(session, merchant)
    found = explain(session.db, session.settings, day, session.now(), match.id)
    if found is None:
        raise NotYetRecorded(merchant=match.name, day=day)
    if as_json:
        from outreach.report.as_json import why_json

        show_json(why_json(found, session.settings.reasons))
    else:
        from outreach.cli.reasoning import why_text

        show(why_text(found, session.settings.reasons))


def next_lines(session: Session, *, top: int) -> list[str]:
    """The next merchants that may be visited today, a line each: name, community, advice."""
    from outreach.report.ranking import first_open
    from outreach.report.wording import advice_text

    ready = first_open(session.db, session.settings, session.now(), top)
    names = (" · ".join(filter(None, (r.case.merchant.name, r.case.community))) for r in ready)
    return [clean(f"{name}  {advice_text(r.advice, session.today())}") for name, r in zip(names, ready, strict=True)]


def _day(session: Session, as_of: str | None) -> date:
    return session.today() if as_of is None else dates.parse_day(as_of, session.today(), dates.Toward.PAST)


def _show(found: Head, day: date, *, explain: bool) -> None:
    from outreach.cli.reasoning import communities
    from outreach.report.labels import weekday

    say(_("Whom to visit next, as of {day}").format(day=f"{day} {weekday(day)}"))
    if explain:
        from outreach.cli.reasoning import explained

        show("\n".join(map(explained, found.first)))
    else:
        show(_table(found.first))
    say(_("May be visited now: {ready}; better wait: {held}").format(ready=found.ready, held=found.held))
    show("\n" + communities(found.communities, day))


def _table(found: Sequence[Ranked]) -> str:
    from outreach.report.labels import status_text
    from outreach.report.wording import advice_text

    heads = ["#", _("Score"), _("Merchant"), _("Community"), _("Status"), _("Advice")]
    rows = [
        (
            r.rank,
            r.score,
            r.case.merchant.name,
            r.case.community,
            status_text(r.case.trail.status, firm=r.case.trail.firm),
            advice_text(r.advice, r.case.day),
        )
        for r in found
    ]
    return table(heads, rows, fit=fit_of(sys.stdout))
