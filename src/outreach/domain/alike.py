"""The place of each merchant in the ranking, without its terms: what many have in common is looked at once. Pure.

A shorter way to the same places (tests/domain/test_priority.py). Where nobody spoke of a merchant or marked it, its advice
hangs on what `_visited` names, and of days only on whether the holds still run; any other merchant's is asked for.
"""

from datetime import date

from outreach.domain.advice import Advice, AdviceCode, advise
from outreach.domain.case import Casebook
from outreach.domain.coverage import far_points, proof_points
from outreach.domain.facts import NEVER_VISITED, Merchant, State, Trail
from outreach.domain.records import Outcome, Reason
from outreach.domain.rules import Rules
from outreach.domain.terms import OF_OPINIONS, OF_PLACE, OF_TAGS, OF_VISITS, OF_WORDS, capped, points

Rough = tuple[int, int, int, Merchant, Advice]
Place = tuple[int, int, int, str, str]  # what the ranking is sorted by: group, score, days overdue, name, id
Key = tuple[object, ...]
PINNED, READY, HELD = range(3)  # the groups: what a person put first, what may be visited on the day, what had better wait
# looked at for each of ten thousand merchants, so by a name of their own: before Python 3.12 an enum's member is slow to reach
_REFUSED, _SCAM, _WANTED = Outcome.REFUSED, Reason.SUSPECTS_SCAM, Reason.NO_NEIGHBOUR_HAS_JOINED


def group(advice: Advice, day: date) -> int:
    """Where in the ranking the advice puts a merchant that has not joined, whatever its score."""
    return PINNED if advice.code is AdviceCode.PINNED else READY if advice.is_open(day) else HELD


class Alike:
    """Remembers what it weighed. For merchants that have not joined."""

    def __init__(self, state: State, book: Casebook, rules: Rules) -> None:
        self._state, self._book, self._rules = state, book, rules
        weights = rules.weights
        self._proof = [proof_points(weights, wanted=wanted) for wanted in (False, True)]
        self.around_least = min(0, *self._proof) + min(0, weights.far_point)
        self.around_most = max(0, *self._proof) + max(0, weights.far_point)
        self._recent: dict[tuple[str, int], bool] = {}
        self._by_visits: dict[Key, tuple[int, int, Advice]] = {}
        self._by_place: dict[tuple[str | None, str | None], int] = {}

    def rough(self, m: Merchant) -> Rough:
        """Its group, its points but for whoever nearby has joined, how long it is overdue, and how to go there.

        Of the advice the approach, the parents and the decision are its own; the days are those of one that is alike.
        """
        if self._book.is_plain(m):
            place, visits, advice = self._visited(m, self._state.trails.get(m.id, NEVER_VISITED))
            return place, visits + self._settled(m), 0, m, advice
        case = self._book.case(m)
        advice = advise(case, self._rules)
        told = ((OF_VISITS, True), (OF_WORDS, case.words), (OF_OPINIONS, case.opinions), (OF_TAGS, case.tags))
        total = self._settled(m) + sum([points(case, self._rules.weights, some) for some, any_of in told if any_of])
        return group(advice, case.day), total, case.days_overdue, m, advice

    def place(self, rough: Rough) -> Place:
        """Its place in the ranking."""
        order, total, overdue, m, _advice = rough
        return order, -capped(total + self._around(m)), -overdue, m.name, m.id

    def _visited(self, m: Merchant, trail: Trail) -> tuple[int, int, Advice]:
        """Its group, points for what its visits came to, and how to go there.

        A feared scam hangs on the parents who could go along; so may what a person decided.
        """
        holds, scam = self._rules.holds, _SCAM in trail.reasons
        decided = self._book.override(m) if self._state.overrides else None
        circle = self._book.circle(m) if decided or scam else ""
        met = self._within(holds.refused if trail.status == _REFUSED else holds.pending, trail.met_at)
        held = met or (trail.last_visit != trail.met_at and self._within(holds.not_met, trail.last_visit))
        key = (trail.status, trail.firm, trail.tries, scam, circle, held, decided and decided.id)
        found = self._by_visits.get(key)
        if found is None:
            case = self._book.case(m)
            advice = advise(case, self._rules)
            found = group(advice, case.day), points(case, self._rules.weights, OF_VISITS), advice
            self._by_visits[key] = found
        return found

    def _within(self, days: int, moment: str | None) -> bool:
        """Whether that was less than so many days ago."""
        if moment is None:
            return False
        key = moment[:10], days
        found = self._recent.get(key)
        if found is None:
            found = self._recent[key] = (self._state.day - date.fromisoformat(key[0])).days < days
        return found

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
