"""What moved in the week: merchants whose status changed, thanks to whom, and how those stand that were visited first."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from outreach.domain.facts import Merchant, Parent, State
from outreach.domain.introductions import CREDITED
from outreach.domain.records import Outcome
from outreach.report.standing import Numbers, joined_this_week


@dataclass(frozen=True)
class Move:
    """A merchant whose status changed in the week. `introduced_by`: parents who spoke to it before, the latest first."""

    merchant: Merchant
    community: str | None
    before: str | None
    after: str
    day: date
    introduced_by: tuple[Parent, ...]


def moved(state: State) -> tuple[Move, ...]:
    """The week's changes, day by day."""
    found = []
    for merchant in state.merchants.values():
        trail = state.trail(merchant.id)
        changed = trail.status is not None and trail.before not in (None, trail.status)
        if trail.status and trail.since and (changed or joined_this_week(trail)):
            day = date.fromisoformat(trail.since[:10])
            by = _introducers(state, merchant, day)
            found.append(Move(merchant, state.community_of(merchant), trail.before, trail.status, day, by))
    return tuple(sorted(found, key=lambda move: (move.day, move.merchant.name, move.merchant.id)))


def _introducers(state: State, merchant: Merchant, day: date) -> tuple[Parent, ...]:
    words = [w for w in state.referrals if w.merchant == merchant.id and day - timedelta(CREDITED) <= w.day <= day]
    latest = sorted(words, key=lambda w: (w.at, w.id), reverse=True)
    return tuple(state.parents[parent] for parent in dict.fromkeys(w.parent for w in latest) if parent in state.parents)


def first_visits(state: State) -> Numbers:
    """How those stand that were visited for the first time."""
    new = [trail for trail in state.trails.values() if trail.before is None]
    by_status = Counter(trail.status or "" for trail in new)
    return Numbers(len(new), **{outcome.value: by_status[outcome] for outcome in Outcome})
