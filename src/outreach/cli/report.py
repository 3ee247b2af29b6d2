"""`outreach report`: the week, for the supervisor and the funder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.session import session_of, show, show_json
from outreach.domain import dates
from outreach.errors import BadWeek, FutureWeek
from outreach.i18n import N_

if TYPE_CHECKING:
    from datetime import date

    from outreach.cli.session import Session
    from outreach.report.weekly import Report

EXAMPLES = {"report": "outreach report\noutreach report --week 2026-W48"}


def report(
    ctx: typer.Context,
    *,
    week: Annotated[str | None, typer.Option(metavar=N_("WEEK"), help=N_("Such as 2026-W48; default: this one"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=N_("As JSON"))] = False,
) -> None:
    session = session_of(ctx)
    day = _day(week, session.today())
    if as_json:
        from outreach.report.as_json import report_json

        show_json(report_json(_build(session, day)))
    else:
        print_report(session, day)


def print_report(session: Session, day: date) -> None:
    """Print the report on the week of a day, as it stood at the end of that day."""
    from outreach.cli.reporting import report_text

    show(report_text(_build(session, day), session.settings.reasons))


def _build(session: Session, day: date) -> Report:
    from outreach.report.weekly import build

    return build(session.db, session.settings, day, session.now())


def _day(week: str | None, today: date) -> date:
    """The day to look back from: the week's Sunday, or today in the current one. Raises BadWeek and FutureWeek."""
    if week is None:
        return today
    monday, sunday = dates.parse_week(week)
    if monday > today:
        raise FutureWeek(week=dates.week_name(monday))
    if (today - sunday).days > dates.FARTHEST:
        raise BadWeek(text=week)
    return min(sunday, today)
