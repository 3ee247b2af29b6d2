"""How far places lie apart, and which of many lies nearest. Places are in micro-degrees; no merchant is known here.

A grid of cells finds the nearest in a few looks, however many places there are. Distances are those on a sphere whose
meridians run parallel for the length of a walk, as they do where one stands: good to a few metres within 2 km.
"""

from collections import defaultdict
from collections.abc import Iterable
from math import ceil, cos, radians
from typing import Generic, NamedTuple, TypeVar

WITHIN = 2_000  # metres: farther off nobody walks to ask how it goes
_METRE = 111_195 / 1_000_000  # metres in a micro-degree of latitude: 6,371,008.8 m times pi over 180
_CELL = 18_000  # micro-degrees, 2 km and a little: a walk reaches the next row of cells, and no other
_POLAR = 0.02  # nearer to a pole than a hundred kilometres nobody is looked for
_LAT, _LON = 90_000_000, 180_000_000

Thing = TypeVar("Thing")


class Spot(NamedTuple):
    """A place in micro-degrees."""

    lat: int
    lon: int


def spot(lat: int | None, lon: int | None) -> Spot | None:
    """The place, where both are known and lie on the globe; where the equator meets Greenwich is nowhere."""
    if lat is None or lon is None or abs(lat) > _LAT or abs(lon) > _LON or lat == lon == 0:
        return None
    return Spot(lat, lon)


def metres(one: Spot, other: Spot) -> int:
    """How far the other is from the one."""
    narrowing = _narrowing(one.lat // _CELL)
    return round(abs(_on_plane(one.lat, one.lon, narrowing) - _on_plane(other.lat, other.lon, narrowing)) * _METRE)


def _narrowing(row: int) -> float:
    """How much shorter a degree of longitude is in that row of cells than one of latitude."""
    return cos(radians((row + 0.5) * _CELL / 1_000_000))


def _on_plane(lat: int, lon: int, narrowing: float) -> complex:
    """A place on the plane that touches the globe there, in micro-degrees of latitude."""
    return complex(lon * narrowing, lat)


class Nearest(Generic[Thing]):
    """Things at places, to ask for the nearest; of several at one place the first that was given."""

    def __init__(self, things: Iterable[tuple[Spot, Thing]]) -> None:
        self._things: list[Thing] = []
        self._cells: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
        self._around: dict[tuple[int, int], _Around] = {}
        self._found: dict[Spot, tuple[int, Thing] | None] = {}
        for number, (at, thing) in enumerate(things):
            self._things.append(thing)
            self._cells[at.lat // _CELL, at.lon // _CELL].append((number, at.lat, at.lon))

    def of(self, at: Spot) -> tuple[int, Thing] | None:
        """The metres to the nearest thing, and the thing; None where nothing lies `WITHIN`."""
        if at not in self._found:
            self._found[at] = self._look(at)
        return self._found[at]

    def _look(self, at: Spot) -> tuple[int, Thing] | None:
        lat, lon = at
        cell = lat // _CELL, lon // _CELL
        around = self._around.get(cell)
        if around is None:
            around = self._around[cell] = self._look_around(*cell)
        numbers, places, narrowing = around
        if not numbers:
            return None
        here = complex(lon * narrowing, lat)
        ways = [abs(place - here) for place in places]
        least = min(ways)
        distance = round(least * _METRE)
        return (distance, self._things[numbers[ways.index(least)]]) if distance <= WITHIN else None

    def _look_around(self, row: int, column: int) -> "_Around":
        """What lies in the cells that a walk from this cell may reach, in the order that it was given."""
        reach = ceil((WITHIN + 1) / _METRE / _CELL)
        narrowing, narrowest = _narrowing(row), min(_narrowing(row - reach), _narrowing(row + reach))
        wide = ceil((WITHIN + 1) / _METRE / _CELL / max(_POLAR, narrowest))
        rows, columns = range(row - reach, row + reach + 1), range(column - wide, column + wide + 1)
        found = sorted(place for r in rows for c in columns for place in self._cells.get((r, c), ()))
        return _Around([n for n, _lat, _lon in found], [_on_plane(y, x, narrowing) for _n, y, x in found], narrowing)


class _Around(NamedTuple):
    """What may be reached from a cell: the numbers of the things, and their places on the plane of that cell."""

    numbers: list[int]
    places: list[complex]
    narrowing: float
