"""Data to check: what is probably a slip of someone's, named so that it can be mended."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

from outreach.domain.change import Fields
from outreach.domain.facts import Merchant, State
from outreach.domain.naming import folded
from outreach.report.places import misplaced


class Doubt(StrEnum):
    """What may be wrong."""

    TWICE = auto()  # several merchants of one community have the same name, but for width, case, spaces, traditional forms
    NO_COMMUNITY = auto()  # visited, but in no community
    MISPLACED = auto()  # coordinates out of range, half given, or far from all others of the community


@dataclass(frozen=True)
class ToCheck:
    """A merchant to look at. `count`: how many have its name, or how many visits hang in the air."""

    doubt: Doubt
    merchant: Merchant
    community: str | None
    count: int = 0


def to_check(state: State, records: Mapping[str, Fields]) -> tuple[ToCheck, ...]:
    """What to look at, by kind, community and name."""
    found = [*_twice(state), *_nowhere(state)]
    wrong = misplaced(state, records)
    found += [_about(state, Doubt.MISPLACED, m) for m in state.merchants.values() if m.id in wrong]
    order = list(Doubt)
    return tuple(sorted(found, key=lambda c: (order.index(c.doubt), c.community or "", folded(c.merchant.name), c.merchant.id)))


def _twice(state: State) -> Iterator[ToCheck]:
    named: dict[tuple[str | None, str], list[Merchant]] = defaultdict(list)
    for merchant in state.merchants.values():
        named[merchant.community, folded(merchant.name)].append(merchant)
    for some in named.values():
        if len(some) > 1:
            yield from (_about(state, Doubt.TWICE, merchant, len(some)) for merchant in some)


def _nowhere(state: State) -> Iterator[ToCheck]:
    visits = Counter({m.id: state.trail(m.id).visits for m in state.merchants.values() if m.community is None})
    yield from (_about(state, Doubt.NO_COMMUNITY, state.merchants[i], n) for i, n in visits.items() if n)


def _about(state: State, doubt: Doubt, merchant: Merchant, count: int = 0) -> ToCheck:
    return ToCheck(doubt, merchant, state.community_of(merchant), count)
