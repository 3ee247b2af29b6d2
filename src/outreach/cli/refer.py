"""`outreach refer`: a parent introduced, asked, went along or vouched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import choosing, parsing
from outreach.cli.session import say, session_of
from outreach.domain import acts
from outreach.domain.records import ReferralKind
from outreach.domain.text import clean_name
from outreach.errors.registers import AlreadyThere, SelfReferral
from outreach.i18n import N_, _
from outreach.report.labels import label

if TYPE_CHECKING:
    from outreach.cli.session import Session
    from outreach.domain.change import Draft

EXAMPLES = {"refer": "outreach refer 刘姐 老周粮油店\noutreach refer 阿芳 刘姐 --kind introduced --new --at yesterday"}


def refer(  # noqa: PLR0913 - the signature is the command line
    ctx: typer.Context,
    parent: Annotated[str, typer.Argument(metavar=N_("PARENT"), help=N_("The parent's alias, or part of it"))],
    merchant: Annotated[str, typer.Argument(metavar=N_("MERCHANT"), help=N_("The merchant, or another parent, spoken to"))],
    *,
    kind: Annotated[
        str, typer.Option(metavar=N_("KIND"), help=N_("asked, introduced (default), accompanied or vouched"))
    ] = "introduced",
    at: Annotated[str | None, typer.Option(metavar=N_("WHEN"), help=N_("When it was; default now"))] = None,
    note: Annotated[str | None, typer.Option(metavar=N_("TEXT"), help=N_("What she said"))] = None,
    new: Annotated[bool, typer.Option("--new", help=N_("The parent is not known yet"))] = False,
) -> None:
    session = session_of(ctx)
    code = parsing.word(kind, ReferralKind)
    moment = parsing.happened(at, session)
    to = choosing.choose(session, merchant, (*choosing.MERCHANT, *choosing.PARENT))
    giver, name, drafts = _parent(session, parent, to.community, new=new)
    if giver == to.id:
        raise SelfReferral(name=name)
    fields = {"parent": giver, "kind": code, "at": acts.stamp_text(moment), "note": parsing.note(note)}
    fields["merchant" if to.kind == "merchant" else "to_parent"] = to.id
    session.record([*drafts, acts.new_record("referral", session.maker.new(), fields)], "refer")
    say(_("Recorded: {parent} → {name} · {kind}").format(parent=name, name=to.name, kind=_what(to.kind, code)))


def _what(kind: str, code: str) -> str:
    """What she did. Another parent is no owner who could be asked to join."""
    of_a_parent = kind == "parent" and code == ReferralKind.ASKED
    return _("asked her to take part") if of_a_parent else label(ReferralKind, code)


def _parent(session: Session, typed: str, community: str | None, *, new: bool) -> tuple[str, str, list[Draft]]:
    """Id, alias and drafts of the parent; a new one belongs to the community of whom she spoke to."""
    if not new:
        known = choosing.choose(session, typed, choosing.PARENT, hint=choosing.NEW_PARENT)
        return known.id, known.name, []
    from outreach.store.finding import find_exact, same_name

    alias = clean_name(typed)
    if same_name(session.db, alias, "parent"):
        raise AlreadyThere(name=alias)
    place = find_exact(session.db, community, choosing.COMMUNITY) if community else []
    fields = {"alias": alias, "community": place[0].id if place else None}
    parent = session.maker.new()
    return parent, alias, [acts.new_record("parent", parent, fields)]
