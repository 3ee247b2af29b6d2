"""`outreach visit`: record one visit, or, on a terminal with nothing said, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from outreach.cli import choosing, parsing
from outreach.cli.session import session_of, tell
from outreach.cli.visiting import NewMerchant, Visit, keep
from outreach.domain import acts
from outreach.domain.records import Approach, Met, Outcome, Reason
from outreach.domain.text import clean, clean_name
from outreach.errors.typed import (
    FirmNotRefused,
    MetAndNotMet,
    MissingOutcome,
    NeedsNew,
    NotOnATerminal,
    NotWith,
    ReasonsOfOneJoined,
)
from outreach.i18n import N_, _

if TYPE_CHECKING:
    from outreach.cli.session import Session

EXAMPLES = {
    "visit": (
        "outreach visit\n"
        "outreach visit lwcs pending --why suspects-scam --follow-up 3d\n"
        "outreach visit 老王超市 signed-up --minutes 20 --met owner\n"
        "outreach visit 小芳水果 pending --new --community 皮村 --category 水果店\n"
        "outreach visit --plan"
    )
}


class Typed(NamedTuple):
    """The options as typed."""

    new: bool
    shop: dict[str, str | None]
    community: str | None = None
    minutes: str | None = None
    met: str | None = None
    approach: str | None = None
    parents: list[str] | None = None
    why: list[str] | None = None
    firm: bool = False
    note: str | None = None
    tags: list[str] | None = None
    follow_up: str | None = None
    at: str | None = None
    by: str | None = None


def visit(  # noqa: PLR0913 - the signature is the command line
    ctx: typer.Context,
    merchant: Annotated[str | None, typer.Argument(metavar=N_("MERCHANT"), help=N_("Name, part, pinyin or initials"))] = None,
    outcome: Annotated[
        str | None, typer.Argument(metavar=N_("OUTCOME"), help=N_("signed-up, pending, refused or not-met"))
    ] = None,
    *,
    new: Annotated[bool, typer.Option("--new", help=N_("The shop is not known yet"))] = False,
    community: Annotated[str | None, typer.Option(metavar=N_("NAME"), help=N_("The new shop's community"))] = None,
    category: Annotated[str | None, typer.Option(metavar=N_("TEXT"), help=N_("The new shop's kind"))] = None,
    address: Annotated[str | None, typer.Option(metavar=N_("TEXT"), help=N_("The new shop's address or landmark"))] = None,
    phone: Annotated[str | None, typer.Option(metavar=N_("TEXT"), help=N_("The new shop's phone"))] = None,
    minutes: Annotated[str | None, typer.Option(metavar=N_("N"), help=N_("How long you talked"))] = None,
    met: Annotated[str | None, typer.Option(metavar=N_("WHO"), help=N_("owner, staff or family"))] = None,
    approach: Annotated[str | None, typer.Option(metavar=N_("HOW"), help=N_("alone, accompanied or parent-led"))] = None,
    with_: Annotated[
        list[str] | None, typer.Option("--with", metavar=N_("PARENT"), help=N_("The parent who came along"))
    ] = None,
    why: Annotated[
        list[str] | None, typer.Option(metavar=N_("REASON"), help=N_("Why not (yet), such as suspects-scam"))
    ] = None,
    firm: Annotated[bool, typer.Option("--firm", help=N_("A firm no: not again unless invited"))] = False,
    note: Annotated[str | None, typer.Option(metavar=N_("TEXT"), help=N_("A note"))] = None,
    tag: Annotated[list[str] | None, typer.Option(metavar=N_("LABEL"), help=N_("A mark to put on the shop"))] = None,
    follow_up: Annotated[str | None, typer.Option(metavar=N_("WHEN"), help=N_("Come back: 3d, friday, 2026-11-30"))] = None,
    at: Annotated[str | None, typer.Option(metavar=N_("WHEN"), help=N_("When it was: yesterday, 15:30; default now"))] = None,
    by: Annotated[str | None, typer.Option(metavar=N_("WORKER"), help=N_("Who went; default: you"))] = None,
    plan: Annotated[bool, typer.Option("--plan", help=N_("Key in the walking list made last, in its order"))] = False,
) -> None:
    session = session_of(ctx)
    if plan:
        return _planned(session, merchant, by)
    if merchant is None:
        return _street(session)
    shop = {"category": category, "address": address, "phone": phone}
    typed = Typed(new, shop, community, minutes, met, approach, with_, why, firm, note, tag, follow_up, at, by)
    return _keep(session, read(session, merchant, outcome, typed))


def _keep(session: Session, found: Visit) -> None:
    """Record it. The first visit asks once who sits at the laptop, where someone can be asked."""
    if not found.by and session.interactive:
        from outreach.cli.settings import ask_worker

        ask_worker(session)
        found.by = session.worker
    keep(session, found)
    if not found.by:
        tell(_("Nobody is named yet: outreach settings worker NAME"))


def _planned(session: Session, merchant: str | None, by: str | None) -> None:
    if merchant is not None:
        raise NotWith(options=_(", ").join((merchant, "--plan")))
    from outreach.cli.planned import remembered

    found = remembered(session.home)
    if not session.interactive:
        raise NotOnATerminal
    from outreach.cli.paper import key_in

    key_in(session, found, clean(by) if by else None)


def _street(session: Session) -> None:
    if not session.interactive:
        raise NotOnATerminal
    from outreach.cli.street import walk

    walk(session)


def read(session: Session, merchant: str, outcome: str | None, typed: Typed) -> Visit:
    """The visit that was typed. Everything is checked before anything is written."""
    code = parsing.word(outcome, Outcome) if outcome is not None else None
    at = parsing.happened(typed.at, session)
    minutes = parsing.number(typed.minutes, "--minutes", most=24 * 60) if typed.minutes is not None else None
    marks = [acts.Mark(parsing.mark(label)) for label in typed.tags or ()]
    if typed.follow_up is not None:
        marks.append(acts.follow_up(parsing.due(typed.follow_up, session, since=at)))
    shop = _merchant(session, merchant, typed)
    found = Visit(
        merchant=shop,
        outcome=code or _asked(session, shop),
        visited_at=at,
        by=clean(typed.by) if typed.by else session.worker,
        firm=typed.firm,
        approach=parsing.word(typed.approach, Approach, but=(Approach.WAIT,)) if typed.approach else None,
        parents={
            p.id: p.name
            for p in (choosing.choose(session, name, choosing.PARENT, hint=choosing.ADD_PARENT) for name in typed.parents or ())
        },
        met=parsing.word(typed.met, Met) if typed.met else None,
        minutes=minutes,
        reasons=list(dict.fromkeys(parsing.word(reason, Reason, session.settings.reasons) for reason in typed.why or ())),
        note=parsing.note(typed.note),
        marks=acts.one_each(marks),
    )
    _refuse_contradictions(found)
    return found


def _refuse_contradictions(visit: Visit) -> None:
    """What cannot be true of one visit is a slip."""
    if visit.firm and visit.outcome != Outcome.REFUSED:
        raise FirmNotRefused
    if visit.reasons and visit.outcome == Outcome.SIGNED_UP:
        raise ReasonsOfOneJoined
    if visit.met == Met.OWNER and visit.outcome == Outcome.NOT_MET:
        raise MetAndNotMet


def _merchant(session: Session, name: str, typed: Typed) -> tuple[str, str] | NewMerchant:
    given = {key: clean(value) for key, value in typed.shop.items() if value is not None}
    if typed.new:
        from outreach.cli.offering import offered

        return offered(session, NewMerchant(clean_name(name), typed.community, fields=dict(given)))
    if given:
        raise NeedsNew(options=", ".join(f"--{key}" for key in given))
    words = f"{typed.community} {name}" if typed.community else name
    found = choosing.choose(session, words, choosing.MERCHANT, hint=choosing.NEW_MERCHANT)
    return found.id, found.name


def _asked(session: Session, shop: tuple[str, str] | NewMerchant) -> str:
    if not session.interactive:
        raise MissingOutcome
    from outreach.cli.street import ask_outcome

    return ask_outcome(shop.name if isinstance(shop, NewMerchant) else shop[1])
