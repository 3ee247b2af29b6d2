"""Pins without coordinates as a schematic: along their streets, by house number, odd on one side and even on the other. Pure.

What has no street with a number, or is alone on its street, is left over.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from outreach.report.pins import Pin

_HOUSE = re.compile(r"(\D*?[^\W\d])\s*(\d{1,5})(?:\s*(?:号|弄).*)?")
_FEWEST = 2  # on a street that is drawn


class House(NamedTuple):
    """A pin at its house number."""

    number: int
    pin: Pin


class Street(NamedTuple):
    """A street, and who is where on it, from the smallest number on."""

    name: str
    odd: Sequence[House]
    even: Sequence[House]


class Schematic(NamedTuple):
    """`left`: the pins on none of the streets."""

    streets: Sequence[Street]
    left: Sequence[Pin]


def schematic(pins: Iterable[Pin]) -> Schematic:
    """The streets as they are first named, with what stands on them."""
    left: list[Pin] = []
    found: dict[str, list[House]] = {}
    for pin in pins:
        house = _HOUSE.fullmatch(unicodedata.normalize("NFKC", pin.address or "").strip())
        if house:
            found.setdefault(house[1], []).append(House(int(house[2]), pin))
        else:
            left.append(pin)
    left += [house.pin for houses in found.values() if len(houses) < _FEWEST for house in houses]
    return Schematic([_street(name, houses) for name, houses in found.items() if len(houses) >= _FEWEST], left)


def _street(name: str, houses: Iterable[House]) -> Street:
    along = sorted(houses, key=lambda house: house.number)
    return Street(name, [h for h in along if h.number % 2], [h for h in along if not h.number % 2])
