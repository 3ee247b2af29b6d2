"""`outreach backtest`: how well the advice would have done on what is recorded."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import choosing, parsing
from outreach.cli.screen import columns, fit_of, hanging, table
from outreach.cli.session import say, session_of, show, show_json
from outreach.domain import dates
from outreach.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.domain.backtest import Backtest, Line

EXAMPLES = {"backtest": "outreach backtest\noutreach backtest --since 2026-09-01 --top 5 --community 皮村"}
MOST_WEEKS = "52"


def backtest(
    ctx: typer.Context,
    *,
    top: Annotated[str, typer.Option(metavar=N_("N"), help=N_("So many named each week, default 10"))] = "10",
    weeks: Annotated[str, typer.Option(metavar=N_("N"), help=N_("The last so many weeks, default 52"))] = MOST_WEEKS,
    since: Annotated[str | None, typer.Option(metavar=N_("DATE"), help=N_("Only weeks from then on"))] = None,
    community: Annotated[str | None, typer.Option(metavar=N_("NAME"), help=N_("Only this community"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=N_("As JSON"))] = False,
) -> None:
    from outreach.domain.backtest import Ask
    from outreach.report.backtest import Span, backtest_json, build

    session = session_of(ctx)
    begin = dates.parse_day(since, session.today(), dates.Toward.PAST) if since else None
    span = Span(begin, parsing.number(weeks, "--weeks", least=1, most=1000))
    most = parsing.number(top, "--top", least=1)
    ask = Ask(most, choosing.community(session, community).id if community else None)
    found = build(session.db, session.settings, session.now(), ask, span)
    if as_json:
        show_json(backtest_json(found, ask))
    elif any(week.candidates for week in found.weeks):
        show("\n".join(_page(found, ask.top)))
    else:
        say(_("No merchant could have been named in those weeks."))


def _page(found: Backtest, top: int) -> Iterator[str]:
    from outreach.report.backtest import caution, verdict

    first, last, n = found.weeks[0].sunday, found.weeks[-1].sunday, len(found.weeks)
    head = ngettext(
        "{n} week, as its Sunday stood ({first} to {last}): of {top} merchants named for the Monday, how many signed up "
        "within four weeks?",
        "{n} weeks, as their Sundays stood ({first} to {last}): of {top} merchants named for each Monday, how many signed up "
        "within four weeks?",
        n,
    )
    yield from _hanging(head.format(n=n, first=first, last=last, top=top))
    heads = [_("Order"), _("Named"), _("Signed up"), _("Share"), _("95 % interval"), _("Merchants")]
    yield table(heads, map(_row, found.lines), fit=fit_of(sys.stdout))
    yield from _hanging(verdict(found))
    yield from _hanging(_("The interval takes each merchant once, however many weeks named it."))
    yield from _hanging(caution())


def _hanging(text: str) -> list[str]:
    return hanging(text, fit=min(columns(), 100))


def _row(line: Line) -> tuple[object, ...]:
    from outreach.report.backtest import ORDERS

    joined = f"{line.joined:.1f}" if line.interval is None else f"{line.joined:.0f}"
    interval = f"{line.interval.low:.0%}–{line.interval.high:.0%}" if line.interval else ""
    share = f"{line.share:.0%}" if line.named else ""
    return _(ORDERS[line.order]), line.named, joined, share, interval, line.merchants
