"""Coordinates of Chinese map services as WGS-84, which is what records hold.

Maps in China show places some hundred metres off: GCJ-02 is what Amap (高德), Tencent and Google's Chinese pages use, BD-09 is
Baidu's on top of it. Neither has an official formula; these are the reconstructions that are published everywhere (their
vectors are in the tests), their inverse found by approximation. Knows nothing of records.
"""

from collections.abc import Callable
from enum import StrEnum, auto
from math import atan2, cos, hypot, pi, sin, sqrt

MICRO = 1_000_000
_Point = tuple[float, float]  # latitude and longitude in degrees
_AXIS, _FLATTENING = 6378245.0, 0.00669342162296594323  # Krasovsky 1940: metres, and the first eccentricity squared
_SOUTH, _NORTH, _WEST, _EAST = 0.8293, 55.8271, 72.004, 137.8347  # where the services shift; Hong Kong and Mongolia lie within
_CLOSE = 1e-9  # degrees: a tenth of a millimetre
_ROUNDS = 20  # each brings the inverse some hundred times closer


class Datum(StrEnum):
    """What coordinates were given in."""

    WGS84 = auto()
    GCJ02 = auto()
    BD09 = auto()


def is_shifted(lat: int, lon: int) -> bool:
    """Whether a place in micro-degrees lies where Chinese map services shift: in and around China."""
    return _SOUTH <= lat / MICRO <= _NORTH and _WEST <= lon / MICRO <= _EAST


def to_wgs84(lat: int, lon: int, datum: str) -> tuple[int, int]:
    """Latitude and longitude in micro-degrees of WGS-84, of micro-degrees in a datum; as given where nothing is shifted."""
    shift = SHIFTS.get(datum)
    if shift is None or not is_shifted(lat, lon):
        return lat, lon
    found = _unshifted(shift, (lat / MICRO, lon / MICRO))
    return round(found[0] * MICRO), round(found[1] * MICRO)


def _unshifted(shift: Callable[[_Point], _Point], point: _Point) -> _Point:
    """The point that is shifted to the given one: guessed, and mended by how far the guess's own shift is off."""
    lat, lon = point
    for _round in range(_ROUNDS):
        there = shift((lat, lon))
        off = point[0] - there[0], point[1] - there[1]
        lat, lon = lat + off[0], lon + off[1]
        if max(map(abs, off)) < _CLOSE:
            break
    return lat, lon


def _gcj02(point: _Point) -> _Point:
    lat, lon = point
    x, y = lon - 105.0, lat - 35.0
    ripple = 20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    north += (ripple + _waves(y, (20.0, 1.0), (40.0, 3.0), (160.0, 12.0), (320.0, 30.0))) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    east += (ripple + _waves(x, (20.0, 1.0), (40.0, 3.0), (150.0, 12.0), (300.0, 30.0))) * 2.0 / 3.0
    slant = 1 - _FLATTENING * sin(lat * pi / 180.0) ** 2
    metres_north = _AXIS * (1 - _FLATTENING) / (slant * sqrt(slant)) * pi / 180.0  # of one degree
    metres_east = _AXIS / sqrt(slant) * cos(lat * pi / 180.0) * pi / 180.0
    return lat + north / metres_north, lon + east / metres_east


def _waves(x: float, *waves: tuple[float, float]) -> float:
    return sum(height * sin(x / length * pi) for height, length in waves)


def _bd09(point: _Point) -> _Point:
    lat, lon = _gcj02(point)
    turn = pi * 3000.0 / 180.0
    far = hypot(lon, lat) + 0.00002 * sin(lat * turn)
    angle = atan2(lat, lon) + 0.000003 * cos(lon * turn)
    return far * sin(angle) + 0.006, far * cos(angle) + 0.0065


# where a map of that datum shows a point of WGS-84
SHIFTS: dict[str, Callable[[_Point], _Point]] = {Datum.GCJ02: _gcj02, Datum.BD09: _bd09}
