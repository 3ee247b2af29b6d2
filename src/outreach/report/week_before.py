"""The state a week earlier, from what is known now: so that last week stands beside this one, with the same names."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from outreach.domain.facts import State, Tail, Trail
from outreach.domain.trail import trail


def week_before(state: State, tails: Mapping[str, Tail]) -> State:
    """Where things stood when the state's week began, seen from the week before. `tails` go back two weeks at least.

    Marks taken off since are not in it, those closed since are: what was open then and is recorded now.
    """
    monday = state.week_from
    day = monday - timedelta(1)
    return replace(
        state,
        day=day,
        week_from=monday - timedelta(7),
        trails={m: _trail(tails[m], monday) for m in state.trails if m in tails and _had_begun(tails[m], monday)},
        referrals=tuple(w for w in state.referrals if w.day <= day),
        opinions=tuple(o for o in state.opinions if o.at[:10] <= day.isoformat()),
        tags=tuple(t for t in state.tags if (t.at or "")[:10] <= day.isoformat()),
    )


def _had_begun(tail: Tail, monday: date) -> bool:
    return bool(tail.earlier) or tail.visits[0].visited_at < monday.isoformat()


def _trail(tail: Tail, monday: date) -> Trail:
    """As far as the numbers of a week need it: where it stands, how often it was visited."""
    before = [visit for visit in tail.visits if visit.visited_at < monday.isoformat()]
    return trail(before, (monday - timedelta(7)).isoformat(), earlier=tail.earlier)
