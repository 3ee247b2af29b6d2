"""`outreach` alone: today's page. What is due, whom to visit next, what is not shared yet."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from outreach.cli.due import follow_up_table
from outreach.cli.screen import fit_of, hanging
from outreach.cli.session import say, session_of, show
from outreach.i18n import _, ngettext
from outreach.report.labels import weekday

if TYPE_CHECKING:
    import typer

    from outreach.cli.session import Session

_NEXT = 3
_SHOWN = 10


def today(ctx: typer.Context) -> None:
    """Print today's page."""

    from outreach.store.followups import follow_ups
    from outreach.store.records import any_visit

    session = session_of(ctx)
    begun = any_visit(session.db)
    day = session.today()
    who = f" · {session.worker}" if session.worker else ""
    say(f"{day.isoformat()} {weekday(day)}{who}")
    if not begun:
        say(_("Nothing recorded yet. Out in the street: outreach visit. To look around first: outreach demo."))
        return
    due = follow_ups(session.db, day)
    say("", ngettext("{n} follow-up is due", "{n} follow-ups are due", len(due)).format(n=len(due)))
    if due:
        show(follow_up_table(due[:_SHOWN], day))
    if len(due) > _SHOWN:
        say(_("The others: outreach due"))
    _next(session)
    _shared(session)


def _next(session: Session) -> None:
    from outreach.cli.priority import next_lines

    lines = next_lines(session, top=_NEXT)
    if lines:
        say("", _("Next, if you have time (outreach priority shows more)"))
        for text in lines:
            show("\n".join(hanging(text, "  ", 4, fit=fit_of(sys.stdout))))


def _shared(session: Session) -> None:
    from outreach.store.journal import unshared

    waiting = unshared(session.db)
    if waiting:
        text = ngettext("{n} change is not shared yet: outreach sync", "{n} changes are not shared yet: outreach sync", waiting)
        say("", text.format(n=waiting))
