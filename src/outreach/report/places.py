"""Where the merchants are, for the map: their coordinates as recorded, if they can be right."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outreach.domain.facts import Merchant, State
from outreach.domain.proximity import Spot, metres

_FAR = 30_000  # metres from the middle of its community at which a merchant cannot be


@dataclass(frozen=True)
class Located:
    """A merchant on the map. `spot`: None where no coordinates are known, or they cannot be right."""

    merchant: Merchant
    community: str | None
    status: str | None
    firm: bool
    spot: Spot | None


def places(state: State) -> tuple[Located, ...]:
    """Every merchant, by community and name."""
    wrong = misplaced(state)
    found = []
    for merchant in state.merchants.values():
        trail = state.trail(merchant.id)
        at = None if merchant.id in wrong else merchant.at
        found.append(Located(merchant, state.community_of(merchant), trail.status, trail.firm, at))
    return tuple(sorted(found, key=lambda p: (p.community is None, p.community or "", p.merchant.name, p.merchant.id)))


def misplaced(state: State) -> frozenset[str]:
    """Merchants whose coordinates cannot be right: half of them, out of range, or far from all others of the community."""
    wrong, by_community = set(), defaultdict(list)
    for merchant in state.merchants.values():
        if merchant.at is not None:
            by_community[merchant.community].append((merchant.id, merchant.at))
        elif merchant.astray:
            wrong.add(merchant.id)
    return frozenset(wrong | far_off(by_community))


def far_off(by_community: Mapping[str | None, Sequence[tuple[str, Spot]]]) -> set[str]:
    """The ids of those that lie far from all others of their community."""
    wrong = set()
    for community, found in by_community.items():
        if community is not None:
            middle = _middle([at for _id, at in found])
            wrong |= {i for i, at in found if metres(at, middle) > _FAR}
    return wrong


def _middle(spots: Sequence[Spot]) -> Spot:
    from statistics import median  # costs more than all the rest of the module, which the ranking imports too

    return Spot(round(median(lat for lat, _lon in spots)), round(median(lon for _lat, lon in spots)))
