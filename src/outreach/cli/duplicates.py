"""`outreach merchant duplicates`: shops that may be one, side by side. It merges nothing; a person does."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import choosing
from outreach.cli import words as shown
from outreach.cli.changes import Names, field_name
from outreach.cli.registers import Json
from outreach.cli.screen import fit_of, table
from outreach.cli.session import say, session_of, show, show_json
from outreach.domain.likeness import Pair, Shop, Why, pairs
from outreach.domain.proximity import spot
from outreach.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.cli.session import Session
    from outreach.domain.change import Fields

EXAMPLES = {"duplicates_merchant": "outreach merchant duplicates --community 皮村"}
WHY: Mapping[Why, str] = {
    Why.PHONE: N_("same phone"),
    Why.NAME: N_("same name but for its ending"),
    Why.SOUND: N_("sounds the same"),
    Why.NEARLY: N_("one character differs"),
    Why.PLACE: N_("next door"),
}


def duplicates_merchant(
    ctx: typer.Context,
    *,
    community: Annotated[str | None, typer.Option(metavar=N_("NAME"), help=N_("Only shops of this community"))] = None,
    as_json: Json = False,
) -> None:
    session = session_of(ctx)
    within = None if community is None else choosing.community(session, community).id
    shops = _shops(session, within)
    found = pairs(_compared(shop) for shop in shops.values())
    names = Names(session.db)
    if as_json:
        show_json({"format": "outreach/duplicates/1", "pairs": [_json(pair, shops, names) for pair in found]})
        return
    if found:
        heads = ["A", field_name("merchant", "community"), "B", field_name("merchant", "community"), _("Reasons")]
        show(table(heads, [_row(pair, shops, names) for pair in found], fit=fit_of(sys.stdout)))
    say(ngettext("{n} pair that may be one shop", "{n} pairs that may be one shop", len(found)).format(n=len(found)))
    if found:
        say(_("If two are one: {command}").format(command="outreach merchant merge A B"))


def _shops(session: Session, community: str | None) -> dict[str, Fields]:
    """The shops on the lists, by id; what is merged already is part of another."""
    from outreach.store.merchants import Filter, list_merchants
    from outreach.store.records import all_records

    listed = {shop.id for shop in list_merchants(session.db, Filter())}
    records = (record for record in all_records(session.db, "merchant") if record["id"] in listed)
    return {r["id"]: r for r in records if community in (None, r.get("community"))}


def _compared(shop: Fields) -> Shop:
    place = spot(shop.get("lat"), shop.get("lon"))
    return Shop(shop["id"], shop.get("name", ""), shop.get("community"), shop.get("phone"), place)


def _row(pair: Pair, shops: Mapping[str, Fields], names: Names) -> Sequence[str]:
    one, other = shops[pair.one], shops[pair.other]
    why = shown.joined(_(WHY[why]) for why in pair.why)
    return (one.get("name", ""), _where(one, names), other.get("name", ""), _where(other, names), why)


def _where(shop: Fields, names: Names) -> str:
    return names.of(shop["community"]) if "community" in shop else ""


def _json(pair: Pair, shops: Mapping[str, Fields], names: Names) -> dict[str, object]:
    sides = [{"id": i, "name": shops[i].get("name"), "community": _where(shops[i], names)} for i in (pair.one, pair.other)]
    return {"shops": sides, "why": list(pair.why)}
