"""A short walk from door to door: the nearest door next, then crossings undone (2-opt). Pure; places only.

Where coordinates are not known, or lie off the globe, the address decides, community by community.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from outreach.domain.proximity import Spot, metres

_STARTS = 12  # doors from which a walk is tried
_NUMBER = re.compile(r"\d+")


class Door(NamedTuple):
    """Where a stop is. `spot`: None where that is not known."""

    community: str
    spot: Spot | None
    address: str


def ordered(doors: Sequence[Door]) -> list[int]:
    """The doors in the order of a walk, as their places in `doors`: by community; within it those whose spots are known by a
    short walk, then the others by address (9号 before 12号).
    """
    found: list[int] = []
    for community in sorted({door.community for door in doors}, key=lambda name: (name == "", name)):
        here = [i for i, door in enumerate(doors) if door.community == community]
        known = [(i, spot) for i in here if (spot := doors[i].spot)]
        found += [known[place][0] for place in short_walk([spot for _i, spot in known])]
        found += sorted(
            (i for i in here if doors[i].spot is None), key=lambda i: (doors[i].address == "", natural(doors[i].address))
        )
    return found


def natural(address: str) -> list[tuple[int, str]]:
    """What addresses are ordered by: numbers by their value."""
    words = _NUMBER.split(address)
    numbers = [int(number) for number in _NUMBER.findall(address)]
    return list(zip([*numbers, 0], words, strict=True))


def short_walk(spots: Sequence[Spot]) -> list[int]:
    """An order in which to walk, never longer than the order they come in."""
    if len(spots) < 3:  # noqa: PLR2004 - two doors have one way
        return list(range(len(spots)))
    far = [[metres(one, other) for other in spots] for one in spots]
    tried = [list(range(len(spots))), *(_nearest_next(start, far) for start in range(min(len(spots), _STARTS)))]
    return min((_uncrossed(walk, far) for walk in tried), key=lambda walk: length(walk, far))


def length(walk: Iterable[int], far: Sequence[Sequence[int]]) -> int:
    """The metres of a walk. `far`: from each to each."""
    return sum(far[one][other] for one, other in pairwise(walk))


def _nearest_next(start: int, far: Sequence[Sequence[int]]) -> list[int]:
    walk, left = [start], set(range(len(far))) - {start}
    while left:
        following = min(left, key=lambda i: (far[walk[-1]][i], i))
        walk.append(following)
        left.remove(following)
    return walk


def _uncrossed(walk: list[int], far: Sequence[Sequence[int]]) -> list[int]:
    """The walk, with stretches turned round for as long as that makes it shorter."""
    best = length(walk, far)
    improved = True
    while improved:
        improved = False
        for i in range(len(walk) - 1):
            for j in range(i + 2, len(walk) + 1):
                turned = [*walk[:i], *reversed(walk[i:j]), *walk[j:]]
                if (shorter := length(turned, far)) < best:
                    walk, best, improved = turned, shorter, True
    return walk
