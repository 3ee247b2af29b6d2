"""What parents' introductions go along with: of visits with one before, and of those without, how many ended in a sign-up.

Pure. A visit counts if somebody was met and the merchant had not joined before; as introduced if a parent had spoken to
that merchant in the 30 days before, or came along. Parents speak to shops they trust already: the difference proves no effect.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from outreach.domain.facts import Referral, Tail, Visit
from outreach.domain.proportion import Interval, wilson
from outreach.domain.records import Outcome
from outreach.domain.trail import answers

CREDITED = 30  # days before a visit within which a parent's word counts for it
FEW = 30  # visits in one group, below which the figures say little


class Proportion(NamedTuple):
    """`hits` of `of`."""

    hits: int
    of: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None of none."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> Interval | None:
        """The shares that such a count is in keeping with; None of none."""
        return wilson(self.hits, self.of) if self.of else None


class Comparison(NamedTuple):
    """Sign-ups of visits with an introduction, and without."""

    introduced: Proportion
    alone: Proportion

    @property
    def is_thin(self) -> bool:
        """Whether there are too few visits on either side to read anything into it."""
        return min(self.introduced.of, self.alone.of) < FEW


def compare(tails: Mapping[str, Tail], words: Iterable[Referral], since: date) -> Comparison:
    """The visits since a day, as far as `tails` go back."""
    by_merchant: dict[str | None, list[Referral]] = defaultdict(list)
    for word in words:
        by_merchant[word.merchant].append(word)
    counts = {True: [0, 0], False: [0, 0]}
    for merchant, tail in tails.items():
        for visit in _to_win(tail.visits, since.isoformat()):
            tally = counts[is_introduced(visit, by_merchant.get(merchant, ()))]
            tally[0] += visit.outcome == Outcome.SIGNED_UP
            tally[1] += 1
    return Comparison(Proportion(*counts[True]), Proportion(*counts[False]))


def is_introduced(visit: Visit, words: Sequence[Referral]) -> bool:
    """Whether a parent had spoken to that merchant in the weeks before, or came along."""
    if visit.along:
        return True
    if not words:
        return False
    first = date.fromisoformat(visit.visited_at[:10]) - timedelta(CREDITED)
    return any(word.day >= first and answers(visit.visited_at, word) for word in words)


def _to_win(visits: Sequence[Visit], since: str) -> Iterator[Visit]:
    """The visits since a day at which someone was met who had not joined."""
    joined = False
    for visit in visits:
        if visit.outcome == Outcome.NOT_MET:
            continue
        if not joined and visit.visited_at >= since:
            yield visit
        joined = visit.outcome == Outcome.SIGNED_UP
