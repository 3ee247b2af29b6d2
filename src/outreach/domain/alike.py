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
from outreach.domain.rules import Rules
from outreach.domain.terms import OF_PLACE, OF_SPOKEN, OF_VISITS, capped, points

Rough = tuple[bool, int, int, Merchant]
Place = tuple[bool, int, int, str, str]  # what the ranking is sorted by: held, score, days overdue, name, id
Key = tuple[object, ...]
# looked at for each of ten thousand merchants, so by a name of their own: before Python 3.12 an enum's member is slow to reach
_REFUSED, _SCAM, _WANTED = Outcome.REFUSED, Reason.SUSPECTS_SCAM, Reason.NO_NEIGHBOUR_HAS_JOINED


class Alike:
    """Remembers what it weighed. For merchants that have not joined."""

    def __init__(self, state: State, book: Casebook, rules: Rules) -> None:
        self._state, self._book, self._rules = state, book, rules
        weights = rules.weights
        self._proof = [proof_points(weights, wanted=wanted) for wanted in (False, True)]
        self.around_least = min(0, *self._proof) + min(0, weights.far_point)
        self.around_most = max(0, *self._proof) + max(0, weights.far_point)
        self._ages: dict[str, int] = {}
        self._by_visits: dict[Key, tuple[int, bool]] = {}
        self._by_place: dict[tuple[str | None, str | None], int] = {}

    def rough(self, m: Merchant) -> Rough:
        """Whether it had better wait, its points but for whoever nearby has joined, and how long it is overdue."""
        if self._book.is_plain(m):
            visits, held = self._visited(m, self._state.trails.get(m.id, NEVER_VISITED))
            return held, visits + self._settled(m), 0, m
        case = self._book.case(m)
        total = self._settled(m) + points(case, self._rules.weights, OF_SPOKEN)
        return not advise(case, self._rules).is_open(case.day), total, case.days_overdue, m

    def place(self, rough: Rough) -> Place:
        """Its place in the ranking."""
        held, total, overdue, m = rough
        return held, -capped(total + self._around(m)), -overdue, m.name, m.id

    def _visited(self, m: Merchant, trail: Trail) -> tuple[int, bool]:
        """Points for what its visits came to, and whether to wait; a feared scam hangs on the parents of its community."""
        holds = self._rules.holds
        where = m.community if _SCAM in trail.reasons else ""
        met = self._is_within(holds.refused if trail.status == _REFUSED else holds.pending, trail.met_at)
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

    def _around(self, m: Merchant) -> int:
        """Points for whoever nearby has joined, and for the way there: from `around_least` to `around_most`."""
        joined = self._book.joined
        near = joined.places.of(m.at) if m.at else None
        if near is None and m.community not in joined.last:
            return 0
        found = self._proof[_WANTED in self._state.trail(m.id).reasons]
        return found + far_points(near[0], self._rules.weights) if near and m.community in joined.last else found
