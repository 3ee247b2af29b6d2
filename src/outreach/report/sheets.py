"""Where pins stand on sheets: neighbourhoods apart, each to scale with north above, on half of the paper or all of it.

A place far outside, as the large supermarket is, would make dots of all the rest: it stands at the edge, with its distance.
Pure geometry, in units of the drawing; no markup.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import atan2, cos, pi, radians
from typing import NamedTuple

from outreach.domain.proximity import Spot, metres
from outreach.i18n import _
from outreach.report.map_names import Box, width_of
from outreach.report.pins import Pin

_APART = 1_500  # metres between pins of two communities, beyond which each has a sheet of its own
_HALF, WHOLE = 500.0, 1000.0  # how wide a sheet is: half the paper, or all of it
_TALLEST = {_HALF: 450.0, WHOLE: 1000.0}  # two rows of halves, or one, on a page of A4 with what is said beneath
MANY = 40  # pins from which on a sheet takes the whole width
_EDGE, _HEAD, _FOOT = 48.0, 34.0, 40.0
_FAR = 3  # times as far from the middle as three of four pins: beyond that a place stands at the edge
_NEAR = 600  # metres from the middle within which nothing is far
_RIM = 14.0  # units from the edge of the drawing to such a place
_WINDS = "→↗↑↖←↙↓↘"
_NORTH = 44.0  # units in the corner where the arrow stands


class Sheet(NamedTuple):
    """Pins and where they are on a sheet of that size; `scale`: its units in a micro-degree of latitude."""

    pins: Sequence[Pin]
    at: Sequence[tuple[float, float]]
    width: float
    height: float
    scale: float


def by_community(pins: Iterable[Pin]) -> Mapping[str | None, list[Pin]]:
    """The pins of each community, in the order of their first."""
    found: dict[str | None, list[Pin]] = defaultdict(list)
    for pin in pins:
        found[pin.community].append(pin)
    return found


def regions_of(located: Sequence[Pin]) -> list[list[Pin]]:
    """Communities near each other together: whoever is near any of a group belongs to it."""
    groups: list[list[Pin]] = []
    for some in by_community(located).values():
        near = [group for group in groups if _touch(group, some)]
        groups = [group for group in groups if group not in near]
        groups.append([pin for group in near for pin in group] + some)
    return groups


def _touch(some: Sequence[Pin], others: Sequence[Pin]) -> bool:
    """Whether their middles are near each other, or any pin of one is near the other's middle."""
    one, other = _middle(some), _middle(others)
    return any(metres(_spot(p), other) < _APART for p in some) or any(metres(_spot(p), one) < _APART for p in others)


def _middle(pins: Sequence[Pin]) -> Spot:
    spots = [_spot(pin) for pin in pins]
    return Spot(sum(lat for lat, _lon in spots) // len(spots), sum(lon for _lat, lon in spots) // len(spots))


def _spot(pin: Pin) -> Spot:
    assert pin.spot is not None
    return pin.spot


def sheet_of(pins: Sequence[Pin], *, whole: bool) -> Sheet:
    """Where each pin is, to scale, in the middle of a sheet that is as high as it must be."""
    width = WHOLE if whole else _HALF
    outside = _outside(pins)
    spots = [_spot(pin) for i, pin in enumerate(pins) if i not in outside]
    south, west = min(lat for lat, _lon in spots), min(lon for _lat, lon in spots)
    north, east = max(lat for lat, _lon in spots), max(lon for _lat, lon in spots)
    shrink = max(0.01, cos(radians((south + north) / 2e6)))
    across, up = max(1.0, (east - west) * shrink), max(1.0, float(north - south))
    room = width - 2 * _EDGE, _TALLEST[width] - _HEAD - _EDGE - _FOOT
    scale = min(room[0] / across, room[1] / up, 0.5)  # at most about 20 cm a unit
    height = max(200.0, up * scale + _HEAD + _EDGE + _FOOT)
    left, top = (width - across * scale) / 2, (height - _HEAD - _FOOT - up * scale) / 2 + _HEAD
    at = [(left + (lon - west) * shrink * scale, top + (north - lat) * scale) for lat, lon in map(_spot, pins)]
    for i in outside:
        at[i] = _at_the_edge(at[i], width, height)
    return Sheet([_pointing(p, outside[i]) if i in outside else p for i, p in enumerate(pins)], at, width, height, scale)


class _Way(NamedTuple):
    """How far it is to a place, in metres, and whither, as an arrow."""

    metres: int
    arrow: str


def _outside(pins: Sequence[Pin]) -> Mapping[int, _Way]:
    """The places (no merchants) that lie far from everything else, and how to get there from the middle."""
    lats, lons = (sorted(side) for side in zip(*map(_spot, pins), strict=True))
    middle = Spot(lats[len(lats) // 2], lons[len(lons) // 2])
    ways = [metres(middle, _spot(pin)) for pin in pins]
    usual = sorted(ways)[len(ways) * 3 // 4]
    return {
        i: _Way(way, _arrow(middle, _spot(pin)))
        for i, (pin, way) in enumerate(zip(pins, ways, strict=True))
        if pin.sign and way > max(_FAR * usual, _NEAR)
    }


def _arrow(here: Spot, there: Spot) -> str:
    east, north = (there.lon - here.lon) * cos(radians(here.lat / 1e6)), there.lat - here.lat
    return _WINDS[round(atan2(north, east) / (pi / 4)) % len(_WINDS)]


def _pointing(pin: Pin, way: _Way) -> Pin:
    return pin._replace(name=f"{pin.name} {way.arrow} {way.metres / 1000:.1f} km")


def _at_the_edge(at: tuple[float, float], width: float, height: float) -> tuple[float, float]:
    """Where the line from the middle of a drawing to a point outside leaves it."""
    x, y = width / 2, height / 2
    right, down = at[0] - x, at[1] - y
    rim = (x - _RIM) / max(1e-9, abs(right)), (y - _FOOT) / max(1e-9, abs(down))
    return x + right * min(*rim, 1.0), y + down * min(*rim, 1.0)


def kept_free(sheet: Sheet) -> list[Box]:
    """Where the arrow, the scale and the names of communities stand."""
    corner = sheet.width - _NORTH, 0.0, sheet.width, _NORTH + 14
    names = [(x - width_of(name) * 0.55, y - 14, x + width_of(name) * 0.55, y + 4) for name, x, y in titles_of(sheet)]
    return [corner, (0.0, sheet.height - 26, 190.0, sheet.height), *names]


def titles_of(sheet: Sheet) -> Iterator[tuple[str, float, float]]:
    """Each community's name, and the middle of its foot: above its northernmost pin."""
    found: dict[str | None, list[tuple[float, float]]] = defaultdict(list)
    for pin, point in zip(sheet.pins, sheet.at, strict=True):
        found[pin.community].append(point)
    for name, points in found.items():
        x = sum(x for x, _y in points) / len(points)
        half = min(width_of(name or "") * 0.55 + 4, sheet.width / 2)
        yield name or _("no community"), min(max(x, half), sheet.width - half), max(16.0, min(y for _x, y in points) - 22)
