"""`outreach opinion`: what parents say about a merchant."""

from __future__ import annotations

from typing import Annotated

import typer

from outreach.cli import choosing, parsing
from outreach.cli import words as shown
from outreach.cli.session import say, session_of
from outreach.domain import acts
from outreach.domain.records import View
from outreach.errors.typed import OneOf
from outreach.i18n import N_, _
from outreach.report.labels import label

EXAMPLES = {"opinion": "outreach opinion lwcs reliable --parent 刘姐\noutreach opinion 老王超市 优先 --count 4"}


def opinion(  # noqa: PLR0913 - the signature is the command line
    ctx: typer.Context,
    merchant: Annotated[str, typer.Argument(metavar=N_("MERCHANT"), help=N_("Name, part, pinyin or initials"))],
    view: Annotated[str, typer.Argument(metavar=N_("VIEW"), help=N_("first, wait, reliable or doubtful"))],
    *,
    parent: Annotated[str | None, typer.Option(metavar=N_("PARENT"), help=N_("Who says so"))] = None,
    count: Annotated[str | None, typer.Option(metavar=N_("N"), help=N_("Or how many parents say so"))] = None,
    at: Annotated[str | None, typer.Option(metavar=N_("WHEN"), help=N_("When it was; default now"))] = None,
    note: Annotated[str | None, typer.Option(metavar=N_("TEXT"), help=N_("A note"))] = None,
) -> None:
    session = session_of(ctx)
    if (parent is None) == (count is None):
        raise OneOf(options="--parent, --count")
    code = parsing.word(view, View)
    many = parsing.number(count, "--count", least=1, most=10_000) if count is not None else None
    moment = parsing.happened(at, session)
    found = choosing.merchant(session, merchant)
    who = choosing.choose(session, parent, choosing.PARENT, hint=choosing.ADD_PARENT) if parent is not None else None
    fields: dict[str, object] = {"merchant": found.id, "view": code, "at": acts.stamp_text(moment), "note": parsing.note(note)}
    fields |= {"parent": who.id} if who else {"count": many}
    session.record([acts.new_record("opinion", session.maker.new(), fields)], "opinion")
    voice = who.name if who else shown.parents(many or 0)
    say(_("Recorded: {line}").format(line=f"{found.name} · {label(View, code)} · {voice}"))
