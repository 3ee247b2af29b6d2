"""The place of each merchant in the ranking, without its terms and advice: what many have in common is looked at once. Pure.

A shorter way to the same places (tests/domain/test_priority.py). Where nobody spoke of a merchant or marked it, its advice
hangs on what `_visited` names, and of days only on whether a hold still runs; any other merchant's is asked for.
"""

from datetime import date

from outreach.domain.advice import advise
from outreach.domain.case import Casebook
from outreach.domain.coverage import far_points, proof_points
from outreach.domain.facts import NEVER_VISITED, Merchant, State, Trail
from outreach.domain.records import Outcome, Reason
from outreach.domain.rules import HIGHEST, LOWEST, Rules
from outreach.domain.terms import OF_PLACE, OF_SPOKEN, OF_VISITS, points

Place = tuple[bool, int, int, str, str]  # what the ranking is sorted by: held, score, days overdue, name, id
Key = tuple[object, ...]


class Alike:
    """Remembers what it weighed. `place` is for merchants that have not joined."""

    def __init__(self, state: State, book: Casebook, rules: Rules) -> None:
        self._state, self._book, self._rules = state, book, rules
        self._ages: dict[str, int] = {}
        self._by_visits: dict[Key, tuple[int, bool]] = {}
        self._by_place: dict[tuple[str | None, str | None], int] = {}

    def place(self, m: Merchant) -> Place:
        """Its place in the ranking."""
        trail = self._state.trails.get(m.id, NEVER_VISITED)
        around = self._settled(m) + self._neighbour(m, trail)
        if not self._book.is_plain(m):
            return self._spoken_of(m, around)
        visits, held = self._visited(m, trail)
        return held, -_capped(visits + around), 0, m.name, m.id

    def _spoken_of(self, m: Merchant, around: int) -> Place:
        case, weights = self._book.case(m), self._rules.weights
        total = around + points(case, weights, OF_SPOKEN)
        held = not advise(case, self._rules).is_open(case.day)
        return held, -_capped(total), -case.days_overdue, m.name, m.id

    def _visited(self, m: Merchant, trail: Trail) -> tuple[int, bool]:
        """Points for what its visits came to, and whether to wait; a feared scam hangs on the parents of its community."""
        holds = self._rules.holds
        where = m.community if Reason.SUSPECTS_SCAM in trail.reasons else ""
        met = self._is_within(holds.refused if trail.status == Outcome.REFUSED else holds.pending, trail.met_at)
        missed = trail.last_visit != trail.met_at and self._is_within(holds.not_met, trail.last_visit)
        key = (trail.status, trail.firm, trail.tries, where, met, missed)
        found = self._by_visits.get(key)
        if found is None:
            case = self._book.case(m)
            held = not advise(case, self._rules).is_open(case.day)
            found = self._by_visits[key] = points(case, self._rules.weights, OF_VISITS), held
        return found

    def _is_within(self, days: int, moment: str | None) -> bool:
        """Whether that was less than so many days ago."""
        if moment is None:
            return False
        day = moment[:10]
        age = self._ages.get(day)
        if age is None:
            age = self._ages[day] = (self._state.day - date.fromisoformat(day)).days
        return age < days

    def _settled(self, m: Merchant) -> int:
        """Points for what its community is like, and for what it sells."""
        key = m.community, m.category
        found = self._by_place.get(key)
        if found is None:
            found = self._by_place[key] = points(self._book.case(m), self._rules.weights, OF_PLACE)
        return found

    def _neighbour(self, m: Merchant, trail: Trail) -> int:
        """Points for whoever nearby has joined, and for the way there."""
        weights, joined = self._rules.weights, self._book.joined
        near = joined.places.of(m.at) if m.at else None
        if near is None and m.community not in joined.last:
            return 0
        found = proof_points(weights, wanted=Reason.NO_NEIGHBOUR_HAS_JOINED in trail.reasons)
        return found + far_points(near[0], weights) if near and m.community in joined.last else found


def _capped(total: int) -> int:
    return min(HIGHEST, max(LOWEST, total))
