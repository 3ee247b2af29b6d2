"""How sure a share is: Wilson's interval (Wilson 1927, J. Am. Stat. Assoc. 22). Pure arithmetic."""

from math import sqrt
from typing import NamedTuple

_Z = 1.959963984540054  # 95 in 100, both sides


class Interval(NamedTuple):
    """From `low` to `high`, shares of 1."""

    low: float
    high: float


def wilson(successes: float, of: float) -> Interval:
    """The 95 % interval of a share; all of it where nothing was tried. `of` may be an effective number, not a whole one."""
    if of <= 0:
        return Interval(0.0, 1.0)
    share, spread = successes / of, _Z * _Z / of
    middle = (share + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * sqrt(share * (1 - share) / of + spread / (4 * of))
    low = 0.0 if successes == 0 else max(0.0, middle - half)
    return Interval(low, 1.0 if successes == of else min(1.0, middle + half))
