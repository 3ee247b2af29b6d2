"""`outreach due`: the follow-ups that are due."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach.cli import parsing
from outreach.cli import words as shown
from outreach.cli.screen import fit_of, table
from outreach.cli.session import say, session_of, show, show_json
from outreach.i18n import N_, _
from outreach.report.labels import mark_label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from outreach.store.followups import FollowUp

EXAMPLES = {"due": "outreach due\noutreach due --days 7"}


def due(
    ctx: typer.Context,
    *,
    days: Annotated[str, typer.Option(metavar=N_("N"), help=N_("And those of the next N days"))] = "0",
    as_json: Annotated[bool, typer.Option("--json", help=N_("As JSON"))] = False,
) -> None:
    from outreach.store.followups import follow_ups

    session = session_of(ctx)
    ahead = parsing.number(days, "--days", most=3660)
    today = session.today()
    found = follow_ups(session.db, today + timedelta(days=ahead))
    if as_json:
        show_json({"format": "outreach/due/1", "follow_ups": [_as_json(f, today) for f in found]})
    elif found:
        show(follow_up_table(found, today))
    else:
        say(_("No follow-up is due."))


def follow_up_table(found: Sequence[FollowUp], today: date) -> str:
    """Follow-ups as a table, the longest overdue first."""
    heads = [_("Due"), _("Overdue"), _("Merchant"), _("Community"), _("Mark"), _("Worker"), _("Note")]
    rows = [
        (shown.day(f.due, today), overdue(f, today), f.merchant, f.community, mark_label(f.label), f.by, f.note) for f in found
    ]
    return table(heads, rows, fit=fit_of(sys.stdout))


def overdue(f: FollowUp, today: date) -> str:
    """How late a follow-up is."""
    days = (today - f.due).days
    return _("{n} d").format(n=days) if days > 0 else _("today") if days == 0 else ""


def _as_json(f: FollowUp, today: date) -> dict[str, Any]:
    return {
        "merchant": f.merchant,
        "merchant_id": f.merchant_id,
        "community": f.community,
        "label": f.label,
        "due": f.due.isoformat(),
        "days_overdue": (today - f.due).days,
        "by": f.by,
        "note": f.note,
    }
