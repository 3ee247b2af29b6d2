"""The weekly report as a value, made from the state as of a day; terminal, JSON and files only lay it out."""

import sqlite3
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from outreach.domain.dates import week_name, week_of
from outreach.domain.facts import Merchant, Parent, State, Tag
from outreach.domain.priority import Ranked, ranking
from outreach.domain.records import Outcome
from outreach.domain.rules import Rules
from outreach.report.ranking import known
from outreach.report.standing import CommunityNumbers, Numbers, joined_this_week, numbers
from outreach.settings import Settings

NEXT = 10
CREDITED = 30  # days before a change within which a parent's word is named with it


@dataclass(frozen=True)
class Move:
    """A merchant whose status changed in the week. `introduced_by`: parents who spoke to it before, the latest first."""

    merchant: Merchant
    community: str | None
    before: str | None
    after: str
    day: date
    introduced_by: tuple[Parent, ...]


@dataclass(frozen=True)
class Overdue:
    """A follow-up that was due before the report's day."""

    merchant: Merchant
    community: str | None
    tag: Tag
    due: date
    days: int


@dataclass(frozen=True)
class Report:
    """A week, `monday` to `sunday`, seen at the end of `day` (its Sunday, or today in the current one).

    `moved`: known merchants whose status changed, and whoever signed up; `first_visits`: how those visited for the first time
    stand. `reasons`: why merchants are pending (None: nothing was noted), and `workers`: who made the week's visits (None: not
    said); both with how many. `ready`, `held`: how many merchants may be visited on `day`, and how many had better wait.
    """

    week: str
    monday: date
    sunday: date
    day: date
    totals: Numbers
    communities: tuple[CommunityNumbers, ...]
    moved: tuple[Move, ...]
    first_visits: Numbers
    reasons: tuple[tuple[str | None, int], ...]
    workers: tuple[tuple[str | None, int], ...]
    overdue: tuple[Overdue, ...]
    next: tuple[Ranked, ...]
    ready: int
    held: int


def build(db: sqlite3.Connection, settings: Settings, day: date, now: datetime) -> Report:
    """The report on the week of `day`, at the end of that day. Raises BadSetting."""
    return weekly(*known(db, settings, day, now))


def weekly(state: State, rules: Rules) -> Report:
    """The report on the week that the state's day lies in."""
    monday, sunday = week_of(state.day)
    totals, communities = numbers(state)
    ranked = ranking(state, rules)
    ready = sum(found.advice.is_open(state.day) for found in ranked)
    return Report(
        week_name(monday),
        monday,
        sunday,
        state.day,
        totals,
        communities,
        moved=_moved(state),
        first_visits=_first_visits(state),
        reasons=_reasons(state),
        workers=_workers(state),
        overdue=_overdue(state),
        next=tuple(ranked[:NEXT]),
        ready=ready,
        held=len(ranked) - ready,
    )


def _moved(state: State) -> tuple[Move, ...]:
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


def _first_visits(state: State) -> Numbers:
    new = [trail for trail in state.trails.values() if trail.before is None]
    by_status = Counter(trail.status or "" for trail in new)
    return Numbers(len(new), **{outcome.value: by_status[outcome] for outcome in Outcome})


def _reasons(state: State) -> tuple[tuple[str | None, int], ...]:
    pending = [trail for trail in state.trails.values() if trail.status == Outcome.PENDING]
    return _counted([reason for trail in pending for reason in (dict.fromkeys(trail.reasons) or (None,))])


def _workers(state: State) -> tuple[tuple[str | None, int], ...]:
    return _counted([visit.by for trail in state.trails.values() for visit in trail.week])


def _counted(found: list[str | None]) -> tuple[tuple[str | None, int], ...]:
    """The most frequent first, what was not said last."""
    return tuple(sorted(Counter(found).items(), key=lambda item: (item[0] is None, -item[1], item[0] or "")))


def _overdue(state: State) -> tuple[Overdue, ...]:
    found = [
        Overdue(merchant, state.community_of(merchant), tag, tag.due, (state.day - tag.due).days)
        for tag in state.tags
        if tag.due and tag.due < state.day and (merchant := state.merchants[tag.merchant])
    ]
    return tuple(sorted(found, key=lambda late: (late.due, late.merchant.name, late.tag.id)))
