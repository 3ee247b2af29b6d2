"""Data to check: what is probably a slip of someone's, named so that it can be mended."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum, auto

from outreach.domain.facts import Merchant, State
from outreach.domain.likeness import Shop, pairs
from outreach.domain.naming import folded
from outreach.report.places import misplaced

MANY = 3_000  # merchants, of more of which only those of one name are compared: all pairs of ten thousand take a second


class Doubt(StrEnum):
    """What may be wrong."""

    TWICE = auto()  # it may be one shop with another, as likeness has it, and nobody said that they are two
    NO_COMMUNITY = auto()  # visited, but in no community
    MISPLACED = auto()  # coordinates out of range, half given, or far from all others of the community


@dataclass(frozen=True)
class ToCheck:
    """A merchant to look at. `other`: the name of the one that it may be; `count`: how many visits hang in the air."""

    doubt: Doubt
    merchant: Merchant
    community: str | None
    count: int = 0
    other: str = ""


def to_check(state: State, apart: Collection[frozenset[str]] = frozenset()) -> tuple[ToCheck, ...]:
    """What to look at, by kind, community and name. `apart`: pairs of which somebody said that they are two shops."""
    found = [*_twice(state, apart), *_nowhere(state)]
    wrong = misplaced(state)
    found += [_about(state, Doubt.MISPLACED, m) for m in state.merchants.values() if m.id in wrong]
    order = list(Doubt)
    return tuple(sorted(found, key=lambda c: (order.index(c.doubt), c.community or "", folded(c.merchant.name), c.merchant.id)))


def _twice(state: State, apart: Collection[frozenset[str]]) -> Iterator[ToCheck]:
    """Every two that may be one, going by name, place and community: a state holds no phones."""
    some = list(state.merchants.values())
    if len(some) > MANY:
        named = Counter((m.community, folded(m.name)) for m in some)
        some = [m for m in some if named[m.community, folded(m.name)] > 1]
    shops = (Shop(m.id, m.name, m.community, spot=m.at, village=state.community_of(m)) for m in some)
    for pair in pairs(shops):
        if frozenset((pair.one, pair.other)) not in apart:
            yield replace(_about(state, Doubt.TWICE, state.merchants[pair.one]), other=state.merchants[pair.other].name)


def _nowhere(state: State) -> Iterator[ToCheck]:
    visits = Counter({m.id: state.trail(m.id).visits for m in state.merchants.values() if m.community is None})
    yield from (_about(state, Doubt.NO_COMMUNITY, state.merchants[i], n) for i, n in visits.items() if n)


def _about(state: State, doubt: Doubt, merchant: Merchant, count: int = 0) -> ToCheck:
    return ToCheck(doubt, merchant, state.community_of(merchant), count)
