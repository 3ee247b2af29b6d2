"""`outreach merchant duplicates`: shops that may be one, side by side. It merges nothing by itself; a person decides."""

from __future__ import annotations

import sys
from enum import Enum, auto
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import choosing
from outreach.cli.beside import beside, reasons
from outreach.cli.changes import field_name
from outreach.cli.registers import Json
from outreach.cli.screen import fit_of, table
from outreach.cli.session import say, session_of, show, show_json
from outreach.domain import acts
from outreach.domain.likeness import Why
from outreach.errors.registers import SameShop
from outreach.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.cli.session import Session
    from outreach.domain.likeness import Pair, Shop

EXAMPLES = {
    "duplicates_merchant": (
        "outreach merchant duplicates --community 皮村\noutreach merchant duplicates --not-same 老王超市 老汪超市"
    )
}


class _Next(Enum):
    """What somebody says of a pair."""

    ONE = auto()
    ONE_AS_OTHER = auto()
    TWO = auto()
    LATER = auto()
    STOP = auto()


def duplicates_merchant(
    ctx: typer.Context,
    *,
    community: Annotated[str | None, typer.Option(metavar=N_("NAME"), help=N_("Only shops of this community"))] = None,
    not_same: Annotated[
        tuple[str, str] | None, typer.Option(metavar="A B", help=N_("These two are not the same; list them no more"))
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help=N_("Also pairs said not to be the same"))] = False,
    as_json: Json = False,
) -> None:
    from outreach.store.likely import all_shops, likely_pairs

    session = session_of(ctx)
    if not_same is not None:
        _keep_apart(session, *(choosing.merchant(session, name).id for name in not_same))
        return
    within = None if community is None else choosing.community(session, community).id
    shops = {shop.id: shop for shop in all_shops(session.db) if within in (None, shop.community)}
    found = likely_pairs(session.db, shops.values(), also_distinct=everything)
    if as_json:
        show_json({"format": "outreach/duplicates/1", "pairs": [_json(pair, shops) for pair in found]})
        return
    _show(found, shops)
    if found and session.interactive:
        ask_each(session, found)
    elif found:
        say(_("If two are one: {command}").format(command="outreach merchant merge A B"))
        say(_("If they are not: {command}").format(command="outreach merchant duplicates --not-same A B"))


def _show(found: Sequence[Pair], shops: Mapping[str, Shop]) -> None:
    if found:
        heads = ["A", field_name("merchant", "community"), "B", field_name("merchant", "community"), _("Reasons")]
        show(table(heads, [_row(pair, shops) for pair in found], fit=fit_of(sys.stdout)))
    say(ngettext("{n} pair that may be one shop", "{n} pairs that may be one shop", len(found)).format(n=len(found)))


def ask_each(session: Session, found: Sequence[Pair]) -> None:
    """Pair by pair, side by side; each answer is kept at once. Ctrl-C ends it."""
    from outreach.cli.merging import merge_two
    from outreach.store.records import get_record, members

    for pair in found:
        if not all(members(session.db, i) for i in (pair.one, pair.other)):
            continue  # one of them was merged a moment ago
        records = [get_record(session.db, "merchant", i) or {"id": i} for i in (pair.one, pair.other)]
        names = [str(record.get("name", record["id"])) for record in records]
        say("", reasons(pair.why, *names))
        show(beside(session, ["A", "B"], records, ["phone"] if Why.PHONE in pair.why else ()))
        said = _asked(*names)
        if said is _Next.STOP:
            return
        if said is _Next.ONE:
            merge_two(session, pair.one, pair.other, {})
        if said is _Next.ONE_AS_OTHER:
            merge_two(session, pair.other, pair.one, {})
        if said is _Next.TWO:
            _keep_apart(session, pair.one, pair.other)


def _asked(first: str, second: str) -> _Next:
    """What somebody says; where the names differ, also under which of them the shop goes on."""
    from outreach.cli.prompts import pick

    called = _("One shop; it is called {name}")
    one = [(called.format(name=first), _Next.ONE), (called.format(name=second), _Next.ONE_AS_OTHER)]

    return pick(
        _("Are they one shop?"),
        [
            *(one if first != second else [(_("One shop; B becomes part of A"), _Next.ONE)]),
            (_("Two shops; list them no more"), _Next.TWO),
            (_("Decide later"), _Next.LATER),
            (_("Stop here"), _Next.STOP),
        ],
    )


def _keep_apart(session: Session, one: str, other: str) -> None:
    from outreach.store.records import get_record

    names = [(get_record(session.db, "merchant", i) or {}).get("name", i) for i in (one, other)]
    if one == other:
        raise SameShop(name=names[0])
    with session.writing():
        before = get_record(session.db, "separation", acts.separation_id(one, other))
        draft = acts.separation(one, other, at=session.now(), by=session.worker, before=before)
        session.record([draft], "merchant duplicates")
    line = _("{one} and {other} are two shops").format(one=names[0], other=names[1])
    say(_("Recorded: {line}").format(line=line))


def _row(pair: Pair, shops: Mapping[str, Shop]) -> Sequence[str]:
    one, other = shops[pair.one], shops[pair.other]
    return (one.name, one.village or "", other.name, other.village or "", reasons(pair.why, one.name, other.name))


def _json(pair: Pair, shops: Mapping[str, Shop]) -> dict[str, object]:
    sides = [{"id": i, "name": shops[i].name, "community": shops[i].village or ""} for i in (pair.one, pair.other)]
    return {"shops": sides, "why": list(pair.why)}
