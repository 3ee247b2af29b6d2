"""So many of so many, and how far that can be trusted. Pure."""

from math import sqrt
from typing import NamedTuple

_Z = 1.96  # standard deviations that 95 % of a normal distribution lie within


class Proportion(NamedTuple):
    """`hits` of `of`."""

    hits: int
    of: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None of none."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % interval: the shares that such a count is in keeping with.

        E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927). Sound for small
        counts and for none at all, unlike the textbook's `p ± 2 s`.
        """
        if not self.of:
            return None
        n, p, z2 = self.of, self.hits / self.of, _Z * _Z
        middle, reach = p + z2 / (2 * n), _Z * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        low, high = ((middle - reach) / (1 + z2 / n), (middle + reach) / (1 + z2 / n))
        return max(0.0, low), min(1.0, high)
