"""How far places lie apart, and which of many lies nearest. Places are in micro-degrees; no merchant is known here.

A grid of cells finds the nearest in a few looks, however many places there are. Distances are those on a sphere whose
meridians run parallel for the length of a walk: within 5 km, and outside the polar circles, off by less than a per mille.
"""

from collections import defaultdict
from collections.abc import Iterable
from math import ceil, cos, hypot, radians
from typing import Generic, NamedTuple, TypeVar

WITHIN = 2_000  # metres: farther off nobody walks to ask how it goes
_METRE = 111_195 / 1_000_000  # metres in a micro-degree of latitude: 6,371,008.8 m times pi over 180
_CELL = 6_000  # micro-degrees, about 667 m
_LAT, _LON = 90_000_000, 180_000_000

Thing = TypeVar("Thing")


class Spot(NamedTuple):
    """A place in micro-degrees."""

    lat: int
    lon: int


def spot(lat: int | None, lon: int | None) -> Spot | None:
    """The place, where both are known and lie on the globe."""
    if lat is None or lon is None or abs(lat) > _LAT or abs(lon) > _LON:
        return None
    return Spot(lat, lon)


def metres(one: Spot, other: Spot) -> int:
    """How far apart they are."""
    across = cos(radians((one.lat + other.lat) / 2_000_000))
    return round(hypot(one.lat - other.lat, (one.lon - other.lon) * across) * _METRE)


class Nearest(Generic[Thing]):
    """Things at places, to ask for the nearest; of equally near ones the first that was given."""

    def __init__(self, things: Iterable[tuple[Spot, Thing]]) -> None:
        self._cells: dict[tuple[int, int], list[tuple[int, Spot, Thing]]] = defaultdict(list)
        for order, (at, thing) in enumerate(things):
            self._cells[at.lat // _CELL, at.lon // _CELL].append((order, at, thing))

    def of(self, at: Spot) -> tuple[int, Thing] | None:
        """The metres to the nearest thing, and the thing; None where nothing lies `WITHIN`."""
        if not self._cells:
            return None
        row, column = at.lat // _CELL, at.lon // _CELL
        high = ceil(WITHIN / _METRE / _CELL)
        wide = ceil(WITHIN / _METRE / max(0.02, cos(radians(at.lat / 1_000_000))) / _CELL) + 1
        found = [
            (metres(at, place), order, thing)
            for r in range(row - high, row + high + 1)
            for c in range(column - wide, column + wide + 1)
            for order, place, thing in self._cells.get((r, c), ())
        ]
        distance, _order, thing = min(found, default=(WITHIN + 1, 0, None), key=lambda one: one[:2])
        return (distance, thing) if distance <= WITHIN and thing is not None else None
