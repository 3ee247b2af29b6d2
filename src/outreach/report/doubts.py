"""Data to check: what is probably a slip of someone's, named so that it can be mended."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum, auto

from outreach.domain.facts import Merchant, State
from outreach.domain.likeness import Shop, pairs
from outreach.domain.naming import folded
from outreach.report.places import misplaced


class Doubt(StrEnum):
    """What may be wrong."""

    TWICE = auto()  # several merchants of one community have the same name, and nothing says that they are several
    NO_COMMUNITY = auto()  # visited, but in no community
    MISPLACED = auto()  # coordinates out of range, half given, or far from all others of the community


@dataclass(frozen=True)
class ToCheck:
    """A merchant to look at. `count`: how many have its name, or how many visits hang in the air."""

    doubt: Doubt
    merchant: Merchant
    community: str | None
    count: int = 0


def to_check(state: State, apart: Collection[frozenset[str]] = frozenset()) -> tuple[ToCheck, ...]:
    """What to look at, by kind, community and name. `apart`: pairs of which somebody said that they are two shops."""
    found = [*_twice(state, apart), *_nowhere(state)]
    wrong = misplaced(state)
    found += [_about(state, Doubt.MISPLACED, m) for m in state.merchants.values() if m.id in wrong]
    order = list(Doubt)
    return tuple(sorted(found, key=lambda c: (order.index(c.doubt), c.community or "", folded(c.merchant.name), c.merchant.id)))


def _twice(state: State, apart: Collection[frozenset[str]]) -> Iterator[ToCheck]:
    """Of those with one name, but for width, case, spaces and traditional forms, the ones that likeness takes for one."""
    named: dict[tuple[str | None, str], list[Merchant]] = defaultdict(list)
    for merchant in state.merchants.values():
        named[merchant.community, folded(merchant.name)].append(merchant)
    for some in (group for group in named.values() if len(group) > 1):
        alike = [{pair.one, pair.other} for pair in pairs(Shop(m.id, m.name, m.community, spot=m.at) for m in some)]
        wanted = set[str]().union(*(pair for pair in alike if pair not in apart))
        yield from (_about(state, Doubt.TWICE, merchant, len(wanted)) for merchant in some if merchant.id in wanted)


def _nowhere(state: State) -> Iterator[ToCheck]:
    visits = Counter({m.id: state.trail(m.id).visits for m in state.merchants.values() if m.community is None})
    yield from (_about(state, Doubt.NO_COMMUNITY, state.merchants[i], n) for i, n in visits.items() if n)


def _about(state: State, doubt: Doubt, merchant: Merchant, count: int = 0) -> ToCheck:
    return ToCheck(doubt, merchant, state.community_of(merchant), count)
