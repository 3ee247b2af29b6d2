"""Whose door it is, in street mode: a shop that is known, one that nearly has that name, or a new one and where it is.

What cannot be kept is refused here, before anything else is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outreach.cli import prompts
from outreach.cli.choosing import COMMUNITY, MERCHANT, candidates, choose, described, near_communities, refuse_same, restoring
from outreach.cli.offering import offered
from outreach.cli.screen import clean as harmless
from outreach.cli.session import tell
from outreach.cli.visiting import NewMerchant
from outreach.domain import acts
from outreach.domain.text import clean, clean_name
from outreach.i18n import N_, _
from outreach.store.finding import find_exact, nearest
from outreach.store.records import last_community
from outreach.store.removed import removed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.cli.session import Session
    from outreach.store.finding import Match

Shop = tuple[str, str] | NewMerchant
SUGGESTED = 8
_PLUS = "+＋"
_ASKED_OF_NEW = (("category", N_("Kind of shop:")), ("phone", N_("Phone:")))


def shop_at(session: Session, typed: str) -> Shop | None:
    """The shop that was meant, a new one, or None to type again. Raises AlreadyThere, and what a name may raise."""
    if typed[0] in _PLUS:
        return _describe_new(session, NewMerchant(clean_name(typed.lstrip(_PLUS))))
    name = clean_name(typed)
    found = candidates(session, name, MERCHANT)
    if len(found) == 1:
        return found[0].id, found[0].name
    if not found:
        _tell_removed(session, name)
    question = _("Which one?") if found else _("No shop of that name:")
    chosen = _picked(session, question, name, found or _alike(session, name))
    return _describe_new(session, chosen) if isinstance(chosen, NewMerchant) else chosen


def _tell_removed(session: Session, name: str) -> None:
    for gone in removed(session.db, name, MERCHANT)[:1]:
        tell(_("{name} was removed. To bring it back: {command}").format(name=gone.name, command=restoring(gone)))


def _alike(session: Session, name: str) -> list[Match]:
    """Known shops whose names look or sound alike, the nearest first."""
    names = nearest(session.db, name, MERCHANT)
    return [match for near in names for match in find_exact(session.db, near, MERCHANT)]


def _picked(session: Session, question: str, name: str, known: Sequence[Match]) -> Shop | None:
    some = known[:SUGGESTED]
    lines = described(session, some)
    choices: list[tuple[str, Shop | None]] = [(line, (m.id, m.name)) for line, m in zip(lines, some, strict=True)]
    choices += [(_("A new shop: {name}").format(name=name), NewMerchant(name)), (_("Type it again"), None)]
    return prompts.pick(question, choices)


def _describe_new(session: Session, shop: NewMerchant) -> Shop:
    shop.community, shop.new_community = _community(session)
    refuse_same(session, "merchant", shop.name, _id(shop))
    for field, question in _ASKED_OF_NEW:
        if value := prompts.line(_(question), clean):
            shop.fields[field] = value
    return offered(session, shop)


def _id(shop: NewMerchant) -> str | None:
    return acts.community_id(shop.community) if shop.community and shop.new_community else shop.community


def _community(session: Session) -> tuple[str | None, bool]:
    """Where a new shop is: a known community's id, or the name of a new one, and whether it is new."""
    last = last_community(session.db)
    hint = _("(Enter: {name})").format(name=harmless(last)) if last else ""
    while True:
        typed = prompts.line(_("Community:"), _name_or_nothing, hint=hint) or last
        if not typed:
            return None, False
        if candidates(session, typed, COMMUNITY):
            return choose(session, typed, COMMUNITY).id, False
        near = near_communities(session, typed)
        choices: list[tuple[str, str | None]] = [
            (line, match.id) for line, match in zip(described(session, near), near, strict=True)
        ]
        choices += [(_("A new community: {name}").format(name=typed), typed), (_("Type it again"), None)]
        chosen = prompts.pick(_("Which community?"), choices) if near else typed
        if chosen:
            return chosen, chosen == typed


def _name_or_nothing(text: str) -> str:
    return clean_name(text) if clean(text) else ""
