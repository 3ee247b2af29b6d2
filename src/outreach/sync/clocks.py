"""Whose clock is off, and who has not been heard of: from what each laptop's latest segment says. Pure.

Stamps cannot tell: an edit of a record that a laptop of 2036 touched is stamped 2036 by a laptop whose clock is right. So each
segment says what its writer's clock said when it was sealed, and the latest clock that the writer had read of until then.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum, auto
from statistics import median_low

from outreach.store.laptops import Heard

TOLERANCE = 15 * 60_000  # ms; a clock set by hand is often some minutes off
UNHEARD = 21 * 86_400_000  # ms; a laptop that has sent nothing for three weeks
_BEGINNING = 1_735_689_600_000  # 2025-01-01: no clock that is right says less


class Clock(StrEnum):
    """What is said of a laptop."""

    AHEAD = auto()  # its clock runs ahead of this one
    BEHIND = auto()  # its clock runs behind what it had read itself
    MINE = auto()  # the others agree with one another, and not with this one
    UNHEARD = auto()  # nothing came from it for weeks


@dataclass(frozen=True, slots=True)
class Finding:
    """`off`: by how much (ms, positive), or how long nothing came."""

    clock: Clock
    name: str
    off: int


def findings(now: int, others: Iterable[Heard]) -> list[Finding]:
    """What is to be said at `now` (ms) of the other laptops' clocks, and of this one's."""
    known = [other for other in others if other.clock]
    ahead = [other for other in known if other.clock > now + TOLERANCE]
    if len(ahead) > 1 and len(ahead) * 2 > len(known) and _agree([other.clock for other in ahead]):
        return [Finding(Clock.MINE, "", median_low(other.clock for other in ahead) - now)]
    return [found for other in known if (found := _of(now, other, wild={a.clock for a in ahead}))]


def _agree(clocks: list[int]) -> bool:
    """Whether most of them are within a day of each other: clocks that are wrong are wrong by different amounts."""
    middle = median_low(clocks)
    return sum(abs(clock - middle) <= UNHEARD for clock in clocks) * 2 > len(clocks)


def _of(now: int, other: Heard, *, wild: set[int]) -> Finding | None:
    if other.clock > now + TOLERANCE:
        return Finding(Clock.AHEAD, other.name, other.clock - now)
    behind = other.heard - other.clock
    if other.clock < _BEGINNING or (behind > TOLERANCE and other.heard not in wild and other.heard <= now + TOLERANCE):
        return Finding(Clock.BEHIND, other.name, max(behind, _BEGINNING - other.clock))
    if now - other.clock > UNHEARD:
        return Finding(Clock.UNHEARD, other.name, now - other.clock)
    return None
