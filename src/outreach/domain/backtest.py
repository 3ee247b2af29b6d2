"""How the advice would have done: of those it would have named each Monday, how many signed up within four weeks. Pure.

Week by week, from the state at the end of each Sunday and nothing later, and beside simpler orders. A share's interval counts
each merchant once, however many weeks named it: its weeks hang together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from outreach.domain.case import cases
from outreach.domain.facts import State
from outreach.domain.orders import Order, by_case, in_order
from outreach.domain.proportion import Interval, wilson
from outreach.domain.rules import Rules

WITHIN = 28  # days in which a sign-up counts
ENOUGH = 30  # sign-ups below which nothing is concluded, whatever the intervals say


@dataclass(frozen=True)
class Ask:
    """What is asked: so many named each week, of one community or (None) of all."""

    top: int
    community: str | None = None


@dataclass(frozen=True)
class Week:
    """One Monday. `candidates`: who had not joined; `joined`: those of them who did within four weeks.

    `named`: by each order; at random, everybody who may be drawn.
    """

    sunday: date
    candidates: frozenset[str]
    joined: frozenset[str]
    named: Mapping[Order, tuple[str, ...]]


@dataclass(frozen=True)
class Line:
    """An order over all weeks. `named`, `joined`: summed over the weeks, at random as an expectation.

    `merchants`: how many different ones it named. `interval`: of the share; None at random, where nothing is drawn.
    """

    order: Order
    named: int
    joined: float
    merchants: int
    interval: Interval | None

    @property
    def share(self) -> float:
        """Of those named, so many joined."""
        return self.joined / self.named if self.named else 0.0


@dataclass(frozen=True)
class Backtest:
    """The weeks, and a line for each order. `signed_up`: the merchants that joined within four weeks of any of the Sundays."""

    weeks: tuple[Week, ...]
    lines: tuple[Line, ...]
    signed_up: int

    @property
    def is_enough(self) -> bool:
        """Whether there is enough to conclude anything from."""
        return self.signed_up >= ENOUGH

    @property
    def better(self) -> bool | None:
        """Whether the advice did better than every other order, or worse than one; None where the intervals leave it open."""
        advice, *others = (line.interval or Interval(line.share, line.share) for line in self.lines)
        if not self.is_enough:
            return None
        if all(other.high < advice.low for other in others):
            return True
        return False if any(other.low > advice.high for other in others) else None


def backtest(states: Iterable[State], sign_ups: Mapping[str, Sequence[date]], rules: Rules, ask: Ask) -> Backtest:
    """`states`: at the end of Sundays. `sign_ups`: the days on which each merchant signed up, by the id that it has in them."""
    weeks = tuple(_week(state, sign_ups, rules, ask) for state in states)
    lines = tuple(_line(order, weeks, ask.top) for order in Order)
    return Backtest(weeks, lines, len(frozenset[str]().union(*(week.joined for week in weeks))))


def _week(state: State, sign_ups: Mapping[str, Sequence[date]], rules: Rules, ask: Ask) -> Week:
    """The lists are those of the Monday, from what the Sunday knew."""
    sunday = state.day
    monday = replace(state, day=sunday + timedelta(1))
    found = [case for case in cases(monday) if ask.community in (None, case.merchant.community)]
    named: dict[Order, list[str]] = {order: by_case(order, found) for order in Order if order is not Order.ADVICE}
    named[Order.ADVICE] = in_order(Order.ADVICE, monday, rules, community=ask.community)
    candidates = frozenset(case.merchant.id for case in found)
    end = sunday + timedelta(WITHIN)
    joined = frozenset(m for m in candidates if any(sunday < day <= end for day in sign_ups.get(m, ())))
    return Week(sunday, candidates, joined, {o: tuple(m if o is Order.RANDOM else m[: ask.top]) for o, m in named.items()})


def _line(order: Order, weeks: Sequence[Week], top: int) -> Line:
    if order is Order.RANDOM:
        return _expected(weeks, top)
    named = [(m, m in week.joined) for week in weeks for m in week.named[order]]
    joined, merchants = sum(hit for _m, hit in named), len({m for m, _hit in named})
    share = joined / len(named) if named else 0.0
    return Line(order, len(named), joined, merchants, wilson(share * merchants, merchants))


def _expected(weeks: Sequence[Week], top: int) -> Line:
    """What drawing blindly would come to on average, exactly: so many of the candidates as have joined of all."""
    drawn = [(min(top, len(week.named[Order.RANDOM])), week) for week in weeks]
    shares = [
        (count, len(week.joined.intersection(pool := week.named[Order.RANDOM])) / len(pool)) for count, week in drawn if count
    ]
    everybody = {m for week in weeks for m in week.named[Order.RANDOM]}
    return Line(Order.RANDOM, sum(count for count, _week in drawn), sum(n * share for n, share in shares), len(everybody), None)
