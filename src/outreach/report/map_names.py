"""Names on a map: beside their pins where there is room, else numbers, which a list under the map explains.

So every pin can be found on paper, where nothing can be pointed at. Pins that lie close together share a number's place: 12–15.
Pure geometry, in units of the drawing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from math import hypot
from typing import NamedTuple

_CELL = 4  # units; what is taken is remembered in cells of this size
_HIGH = 13  # units a line of letters takes
_NARROW, _BROAD, _WIDE = 6.8, 9.0, 12.6  # units a letter takes: small Latin or digit, capital, Chinese
_LONGEST = 190.0  # units: a longer name goes to the list
_OFF = 10  # units from the middle of a pin to its name: a cell beyond those that the pin takes
_GROUPS = ((28, 14), (60, 30))  # cells whose pins share a number's place
_LAST_LATIN = 0x2E7F

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom


class Said(NamedTuple):
    """A text on the map, its left end and baseline, and the pins it speaks of."""

    text: str
    x: float
    y: float
    pins: tuple[int, ...]


class Lettering(NamedTuple):
    """`names` beside pins, `numbers` beside others; `numbered`: the pins that have one, in order, from `first` on."""

    names: list[Said]
    numbers: list[Said]
    numbered: list[int]
    first: int


def width_of(text: str) -> float:
    """How wide a text is, about."""
    return sum(_WIDE if ord(c) > _LAST_LATIN else _BROAD if c.isupper() else _NARROW for c in text)


def letter(names: Sequence[str], at: Sequence[Point], size: Point, taken: Iterable[Box] = (), first: int = 1) -> Lettering:
    """Give each pin its name or a number. The first pins choose first. `taken`: where nothing may be."""
    sheet = _Sheet(size)
    for box in taken:
        sheet.take(box)
    for x, y in at:
        sheet.cover((x - 6, y - 6, x + 6, y + 6))
    said, rest = [], []
    for i, name in enumerate(names):
        spot = sheet.room(at[i], width_of(name), over_pins=False) if 0 < width_of(name) <= _LONGEST else None
        if spot is None:
            rest.append(i)
        else:
            said.append(Said(name, *spot, (i,)))
    groups = _grouped(sheet, rest, at, len(str(first + len(rest))))
    numbers = list(_numbered(groups, first))
    return Lettering(said, numbers, [i for number in numbers for i in number.pins], first)


def _grouped(sheet: "_Sheet", rest: Sequence[int], at: Sequence[Point], digits: int) -> list[Said]:
    """Pins without a name in groups, each where its number has room; those that find none join the nearest group."""
    found: list[Said] = []
    crowded: list[list[int]] = []
    for wide, high in _GROUPS:
        crowded = []
        for pins in _near_each_other(rest, at, wide, high):
            taking = _NARROW * (digits if len(pins) == 1 else 2 * digits + 1)
            if spot := sheet.room(at[pins[0]], taking, over_pins=True):
                found.append(Said("", *spot, tuple(pins)))
            else:
                crowded.append(pins)
        rest = [i for pins in crowded for i in pins]
    for pins in crowded:
        x, y = at[pins[0]]
        if not found:
            found.append(Said("", x + _OFF, y, ()))
        nearest = min(range(len(found)), key=lambda i: (len(found[i].pins) == 1, hypot(found[i].x - x, found[i].y - y)))
        found[nearest] = found[nearest]._replace(pins=(*found[nearest].pins, *pins))
    return sorted(found, key=lambda said: (said.y // 40, said.x))


def _near_each_other(pins: Sequence[int], at: Sequence[Point], wide: int, high: int) -> list[list[int]]:
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i in pins:
        cells[int(at[i][1] // high), int(at[i][0] // wide)].append(i)
    return [cells[cell] for cell in sorted(cells)]


def _numbered(groups: Sequence[Said], first: int) -> Iterator[Said]:
    for group in groups:
        last = first + len(group.pins) - 1
        yield group._replace(text=str(first) if last == first else f"{first}–{last}")
        first = last + 1


class _Sheet:
    """What is taken of a drawing: by pins, and by letters."""

    def __init__(self, size: Point) -> None:
        self._size = size
        self._pins: set[tuple[int, int]] = set()
        self._letters: set[tuple[int, int]] = set()

    def cover(self, box: Box) -> None:
        """A pin lies there."""
        self._pins.update(_cells(box))

    def take(self, box: Box) -> None:
        """Letters stand there."""
        self._letters.update(_cells(box))

    def room(self, at: Point, wide: float, *, over_pins: bool) -> Point | None:
        """Where a text beside that point may begin; it is taken then. `over_pins`: it may stand upon other pins."""
        x, y = at
        for left, middle in ((x + _OFF, y), (x - _OFF - wide, y), (x - wide / 2, y - 15), (x - wide / 2, y + 15)):
            box = left, middle - _HIGH / 2, left + wide, middle + _HIGH / 2
            if self._inside(box) and self._free(box, over_pins=over_pins):
                self.take(box)
                return left, middle + 4.5
        return None

    def _inside(self, box: Box) -> bool:
        return box[0] >= 0 and box[1] >= 0 and box[2] <= self._size[0] and box[3] <= self._size[1]

    def _free(self, box: Box, *, over_pins: bool) -> bool:
        return not any(cell in self._letters or (not over_pins and cell in self._pins) for cell in _cells(box))


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = (int(side // _CELL) for side in box)
    return product(range(left, right + 1), range(top, bottom + 1))
