"""Where the merchants are, for the map: their coordinates as recorded, if they can be right."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from statistics import median

from outreach.domain.change import Fields
from outreach.domain.facts import Merchant, State

Spot = tuple[int, int]  # micro-degrees north and east
METRES = 0.111195  # of a micro-degree of latitude
_FAR = 30_000  # metres from the middle of its community at which a merchant cannot be


@dataclass(frozen=True)
class Place:
    """A merchant on the map. `spot`: None where no coordinates are known, or they cannot be right."""

    merchant: Merchant
    community: str | None
    status: str | None
    firm: bool
    spot: Spot | None


def places(state: State, records: Mapping[str, Fields]) -> tuple[Place, ...]:
    """Every merchant, by community and name."""
    wrong = misplaced(state, records)
    found = []
    for merchant in state.merchants.values():
        trail = state.trail(merchant.id)
        spot = None if merchant.id in wrong else spot_of(records.get(merchant.id, {}))
        found.append(Place(merchant, state.community_of(merchant), trail.status, trail.firm, spot))
    return tuple(sorted(found, key=lambda p: (p.community is None, p.community or "", p.merchant.name, p.merchant.id)))


def spot_of(record: Fields) -> Spot | None:
    """The coordinates of a record, if there are both and they are on earth."""
    lat, lon = record.get("lat"), record.get("lon")
    if lat is None or lon is None or (lat, lon) == (0, 0):
        return None
    return (lat, lon) if abs(lat) <= 90_000_000 and abs(lon) <= 180_000_000 else None  # noqa: PLR2004 - degrees


def misplaced(state: State, records: Mapping[str, Fields]) -> frozenset[str]:
    """Merchants whose coordinates cannot be right: half of them, out of range, or far from all others of the community."""
    wrong, by_community = set(), defaultdict(list)
    for merchant in state.merchants.values():
        record = records.get(merchant.id, {})
        spot = spot_of(record)
        if spot is not None:
            by_community[merchant.community].append((merchant.id, spot))
        elif "lat" in record or "lon" in record:
            wrong.add(merchant.id)
    for community, found in by_community.items():
        if community is not None:
            middle = _middle([spot for _id, spot in found])
            wrong |= {i for i, spot in found if distance(spot, middle) > _FAR}
    return frozenset(wrong)


def _middle(spots: Sequence[Spot]) -> Spot:
    return round(median(lat for lat, _lon in spots)), round(median(lon for _lat, lon in spots))


def distance(one: Spot, other: Spot) -> float:
    """Metres between two places that are not very far apart, as on a plane."""
    shrink = cos(radians((one[0] + other[0]) / 2e6))
    return METRES * hypot(one[0] - other[0], (one[1] - other[1]) * shrink)
