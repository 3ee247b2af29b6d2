"""A new shop that may be a known one: on a terminal the two side by side, and a person says; else a word about it.

Imported only where a shop is new. Nothing is merged here, and nothing is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outreach.cli import choosing
from outreach.cli.session import say, show, tell
from outreach.domain import acts
from outreach.domain.likeness import Shop
from outreach.domain.merging import agree
from outreach.domain.naming import folded
from outreach.domain.proximity import spot
from outreach.errors.registers import NothingRecorded
from outreach.i18n import _
from outreach.store.likely import likely_same
from outreach.store.records import get_record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.cli.session import Session
    from outreach.cli.visiting import NewMerchant
    from outreach.domain.change import Fields
    from outreach.store.likely import Likely

Known = tuple[str, str]
_OFFERED = 3


def offered(session: Session, wanted: NewMerchant) -> Known | NewMerchant:
    """The known shop that a new one turns out to be, or the new one, with what is to be said or kept about likely ones.

    Raises NearCommunity, and NothingRecorded where somebody stops.
    """
    found = likely_same(session.db, _as_shop(session, wanted))[:_OFFERED]
    if not found:
        return wanted
    if session.interactive:
        return _asked(session, wanted, found)
    from outreach.cli.beside import merging, reasons

    best = found[0].shop
    told = _("{name} may be {known} ({reasons}). If they are one: {command}")
    why, command = reasons(found[0].why, best.name, wanted.name), merging(best.name, wanted.name)
    wanted.remark = told.format(name=wanted.name, known=_line(best), reasons=why, command=command)
    return wanted


def _as_shop(session: Session, wanted: NewMerchant) -> Shop:
    """What is compared of it. Its community, where that is known, becomes an id, so that nobody is asked twice."""
    community = village = None
    if wanted.community:
        known = choosing.community_for_new(session, wanted.community, sure=wanted.new_community)
        community, village = (known.id, known.name) if known else (acts.community_id(wanted.community), wanted.community)
        wanted.community = known.id if known else wanted.community
    place = spot(wanted.fields.get("lat"), wanted.fields.get("lon"))
    return Shop("", wanted.name, community, str(wanted.fields.get("phone") or ""), place, village)


def _asked(session: Session, wanted: NewMerchant, found: Sequence[Likely]) -> Known | NewMerchant:
    from outreach.cli.beside import beside, reasons
    from outreach.cli.prompts import pick

    best, why = found[0]
    say(_("This shop may be known already: {reasons}").format(reasons=reasons(why, best.name, wanted.name)))
    new = {**wanted.fields, "name": wanted.name, "community": wanted.community}
    show(beside(session, [_("New"), _("Known")], [new, _record(session, best.id)]))
    choices: list[tuple[str, Known | NewMerchant | None]] = [
        (_("It is {name}").format(name=_line(likely.shop)), (likely.shop.id, likely.shop.name)) for likely in found
    ]
    if not any(folded(likely.shop.name) == folded(wanted.name) for likely in found):  # such a one would be refused
        choices.append((_("A new shop: {name}; kept as not the same").format(name=wanted.name), wanted))
    choices.append((_("Stop; nothing is recorded"), None))
    chosen = pick(_("Which one is it?"), choices)
    if chosen is None:
        raise NothingRecorded
    if chosen is wanted:
        wanted.unlike = [likely.shop.id for likely in found]
    elif isinstance(chosen, tuple):
        _tell_left_out(session, wanted, chosen)
    return chosen


def _tell_left_out(session: Session, wanted: NewMerchant, known: Known) -> None:
    """What was typed of it and says something else than what is known stays out, until somebody edits that."""
    from outreach.cli.changes import field_name
    from outreach.cli.words import joined

    merchant, name = known
    there = _record(session, merchant)
    lost = [field_name("merchant", field) for field in wanted.fields if not agree(field, wanted.fields, there)]
    if lost:
        told = _("Not kept: {fields}. To change them there: {command}")
        tell(told.format(fields=joined(lost), command=f"outreach merchant edit {choosing.quoted(name)}"))


def _record(session: Session, merchant: str) -> Fields:
    return get_record(session.db, "merchant", merchant) or {"id": merchant}


def _line(shop: Shop) -> str:
    return " · ".join(filter(None, (shop.name, shop.village)))
