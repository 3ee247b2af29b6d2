"""Shops worth a mark: not with us, marked by nobody, and yet something speaks for them. By rule, and the rule is said."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

from outreach.domain.facts import Merchant, Opinion, Referral, State, Tail, Trail
from outreach.domain.records import FOLLOW_UP_LABEL, Outcome, Reason, View

LONG = 30  # minutes that make a long talk
_PASSING = (Reason.OWNER_AWAY, Reason.MUST_ASK_FAMILY, Reason.HAS_OTHER_SCHEME)


class Why(StrEnum):
    """What speaks for a shop, in the order in which it is asked; the first that does is named."""

    INVITED = auto()  # refused firmly, but a parent has spoken to the owner since
    WELL_SPOKEN_OF = auto()  # refused, but parents call it reliable, or first
    LONG_TALK = auto()  # not joined, but the owner talked for 30 minutes or more when last met
    MAY_PASS = auto()  # refused, not firmly, for a reason that may pass


@dataclass(frozen=True)
class Worth:
    """A shop worth a mark, and why. `minutes`: of the last talk, where that is the reason."""

    merchant: Merchant
    community: str | None
    trail: Trail
    why: Why
    minutes: int | None = None


@dataclass(frozen=True)
class _Shop:
    trail: Trail
    words: list[Referral]
    opinions: list[Opinion]
    minutes: int


def worth_a_mark(state: State, tails: Mapping[str, Tail]) -> tuple[Worth, ...]:
    """Those shops, the strongest reason first, then by community and name."""
    words, opinions = _by_merchant(state)
    marked = {tag.merchant for tag in state.tags if tag.label != FOLLOW_UP_LABEL}
    found = []
    for merchant in state.merchants.values():
        trail = state.trail(merchant.id)
        if merchant.id in marked or trail.status not in (Outcome.PENDING, Outcome.REFUSED):
            continue
        shop = _Shop(trail, words[merchant.id], opinions[merchant.id], _last_talk(tails.get(merchant.id)))
        why = next((why for why, fits in _RULES.items() if fits(shop)), None)
        if why:
            minutes = shop.minutes if why is Why.LONG_TALK else None
            found.append(Worth(merchant, state.community_of(merchant), trail, why, minutes))
    order = list(Why)
    return tuple(sorted(found, key=lambda w: (order.index(w.why), w.community or "~", w.merchant.name, w.merchant.id)))


def _by_merchant(state: State) -> tuple[Mapping[str | None, list[Referral]], Mapping[str, list[Opinion]]]:
    words: dict[str | None, list[Referral]] = defaultdict(list)
    opinions: dict[str, list[Opinion]] = defaultdict(list)
    for word in state.referrals:
        words[word.merchant].append(word)
    for opinion in state.opinions:
        opinions[opinion.merchant].append(opinion)
    return words, opinions


def _last_talk(tail: Tail | None) -> int:
    """The minutes of the last visit at which someone was met; 0 where that was not noted."""
    visits = reversed(tail.visits) if tail else ()
    return next((visit.minutes or 0 for visit in visits if visit.outcome != Outcome.NOT_MET), 0)


def _is_invited(shop: _Shop) -> bool:
    since = shop.trail.met_at or ""
    return shop.trail.firm and any(word.at[:10] > since[:10] for word in shop.words)


def _is_well_spoken_of(shop: _Shop) -> bool:
    views = {opinion.view for opinion in shop.opinions}
    return shop.trail.status == Outcome.REFUSED and bool(views & {View.RELIABLE, View.FIRST}) and View.DOUBTFUL not in views


def _may_pass(shop: _Shop) -> bool:
    reasons = shop.trail.reasons
    return shop.trail.status == Outcome.REFUSED and not shop.trail.firm and bool(set(reasons) & set(_PASSING))


_RULES: Mapping[Why, Callable[[_Shop], bool]] = {
    Why.INVITED: _is_invited,
    Why.WELL_SPOKEN_OF: _is_well_spoken_of,
    Why.LONG_TALK: lambda shop: shop.minutes >= LONG,
    Why.MAY_PASS: _may_pass,
}
