"""Chance that falls the same way on every platform and Python version. Knows nothing of the sample."""

from random import Random


class Dice:
    """Only `Random.random()` is used: of all its methods, that one's sequence is promised never to change."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred cases."""
        return self.whole(1, 100) <= percent
