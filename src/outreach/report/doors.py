"""The week's visits counted: by day, and by who made them, with how they ended; the week before beside it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from outreach.domain.facts import State, Visit
from outreach.domain.records import Outcome


@dataclass(frozen=True)
class Ended:
    """How many visits ended how."""

    signed_up: int = 0
    pending: int = 0
    refused: int = 0
    not_met: int = 0

    @property
    def visits(self) -> int:
        """All of them."""
        return self.signed_up + self.pending + self.refused + self.not_met


@dataclass(frozen=True)
class WorkerNumbers:
    """A worker's week (None: not said who): visits, at how many merchants, how they ended; her visits of the week before."""

    worker: str | None
    ended: Ended
    merchants: int
    before: int

    @property
    def visits(self) -> int:
        """Her visits of the week."""
        return self.ended.visits


@dataclass(frozen=True)
class DayNumbers:
    """A day's visits and how they ended; those of the same day of the week before."""

    day: date
    ended: Ended
    before: int


def by_worker(state: State, before: State) -> tuple[WorkerNumbers, ...]:
    """The most visits first, what was not said last. Who made visits only the week before is there too."""
    now, then = _visits(state), Counter(visit.by for visit in _visits(before))
    names = {visit.by for visit in now} | then.keys()
    found = [_worker(name, [v for v in now if v.by == name], then[name]) for name in names]
    return tuple(sorted(found, key=lambda w: (w.worker is None, -w.visits, -w.before, w.worker or "")))


def by_day(state: State, before: State) -> tuple[DayNumbers, ...]:
    """Monday to Sunday."""
    now, then = _visits(state), Counter(visit.visited_at[:10] for visit in _visits(before))
    week = [state.week_from + timedelta(i) for i in range(7)]
    return tuple(
        DayNumbers(
            day,
            _ended(v for v in now if v.visited_at[:10] == day.isoformat()),
            then[(day - timedelta(7)).isoformat()],
        )
        for day in week
    )  # fmt: skip


def _worker(name: str | None, visits: list[Visit], before: int) -> WorkerNumbers:
    return WorkerNumbers(name, _ended(visits), len({visit.merchant for visit in visits}), before)


def _visits(state: State) -> list[Visit]:
    return [visit for merchant in state.merchants for visit in state.trail(merchant).week]


def _ended(visits: Iterable[Visit]) -> Ended:
    tally = Counter(visit.outcome for visit in visits)
    return Ended(**{outcome.value: tally[outcome] for outcome in Outcome})
