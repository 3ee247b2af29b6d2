"""The weekly report as a value, made from the state as of a day; terminal, JSON and files only lay it out."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from outreach.domain.change import Fields
from outreach.domain.dates import week_name, week_of
from outreach.domain.facts import Merchant, Override, State, Tag, Tail
from outreach.domain.introductions import Comparison, compare
from outreach.domain.priority import Ranked, head
from outreach.domain.records import Outcome
from outreach.domain.rules import Rules
from outreach.domain.standing import roots
from outreach.domain.village import CommunityAdvice
from outreach.report.doors import DayNumbers, WorkerNumbers, by_day, by_worker
from outreach.report.doubts import ToCheck, to_check
from outreach.report.moves import Move, first_visits, moved
from outreach.report.places import Located, places
from outreach.report.scoring import rules
from outreach.report.standing import CommunityNumbers, Numbers, numbers
from outreach.report.voices import Voice, voices
from outreach.report.week_before import week_before
from outreach.report.worth import Worth, worth_a_mark
from outreach.settings import Settings
from outreach.store.asof import known_on, state_from
from outreach.store.likely import distinct_pairs
from outreach.store.past import recorded_after
from outreach.store.records import all_records
from outreach.store.sharing import Waiting, waiting
from outreach.store.tails import tails
from outreach.store.undated import Undated

NEXT = 10
WEEKS = 12  # that introductions are compared over


@dataclass(frozen=True)
class FollowUp:
    """An open follow-up, and how many days it is overdue on the report's day; 0 or less where it is still to come."""

    merchant: Merchant
    community: str | None
    tag: Tag
    due: date
    days: int


@dataclass(frozen=True)
class Sources:
    """What a report needs besides the state: visits twelve weeks back, what waits on this laptop today.

    `contacts`: the records of merchants and parents with their contacts, by id; empty unless they were asked for.
    `apart`: pairs of which somebody said that they are two shops. `late`: visits of the week that were recorded after it.
    """

    tails: Mapping[str, Tail] = field(default_factory=dict)
    contacts: Mapping[str, Fields] = field(default_factory=dict)
    waiting: Waiting | None = None
    apart: Collection[frozenset[str]] = frozenset()
    late: int = 0


class Decision(NamedTuple):
    """What a person decided about a merchant, or (None) about a whole community."""

    override: Override
    merchant: Merchant | None
    community: str | None


@dataclass(frozen=True)
class Report:
    """A week, `monday` to `sunday`, seen at the end of `day` (its Sunday, or today in the current one).

    `moved`: known merchants whose status changed, and whoever signed up; `first_visits`: how those visited for the first time
    stand. `reasons`: why merchants are pending (None: nothing was noted), with how many. `before`, `communities_before`,
    `reasons_before`: the week before. `introductions`: the week's visits compared, and those of the twelve weeks up to `day`.
    `due`: up to the end of next week. `ready`, `held`: how many merchants may be visited on `day`, how many had better wait.
    `advised`: how to go to each community. `decisions`: what people decided and is in force. `late`: the visits of the week
    that were recorded only after it. `waiting`: what waits on this laptop; None of a day that is over, where nobody knows.
    `sources`: for contacts only.
    """

    week: str
    monday: date
    sunday: date
    day: date
    totals: Numbers
    before: Numbers
    communities: tuple[CommunityNumbers, ...]
    communities_before: Mapping[str | None, Numbers]
    moved: tuple[Move, ...]
    first_visits: Numbers
    reasons: tuple[tuple[str | None, int], ...]
    reasons_before: Mapping[str | None, int]
    workers: tuple[WorkerNumbers, ...]
    days: tuple[DayNumbers, ...]
    introductions: tuple[Comparison, Comparison]
    overdue: tuple[FollowUp, ...]
    due: tuple[FollowUp, ...]
    next: tuple[Ranked, ...]
    ready: int
    held: int
    advised: tuple[CommunityAdvice, ...]
    decisions: tuple[Decision, ...]
    voices: tuple[Voice, ...]
    worth: tuple[Worth, ...]
    waiting: Waiting | None
    to_check: tuple[ToCheck, ...]
    places: tuple[Located, ...]
    late: int = 0
    sources: Sources = field(repr=False, default_factory=Sources)


def build(db: sqlite3.Connection, settings: Settings, day: date, now: datetime, *, contacts: bool = False) -> Report:
    """The report on the week of `day`, at the end of that day. Raises BadSetting before anything is read."""
    in_force = rules(settings)
    known = known_on(db, day, now)
    monday, sunday = week_of(day)
    found = tails(db, day, min(monday - timedelta(7), day - timedelta(weeks=WEEKS)), roots(known.merged))
    state = state_from(db, known, day, monday, found)
    here = waiting(db) if day == now.date() else None
    named = _contacts(db, known, day, now) if contacts else {}
    late = recorded_after(db, _visits_of(state), sunday, now.tzinfo) if sunday < now.date() else 0
    return weekly(state, in_force, Sources(found, named, here, distinct_pairs(db), late))


def _visits_of(state: State) -> list[str]:
    return [visit.id for trail in state.trails.values() for visit in trail.week]


def _contacts(db: sqlite3.Connection, known: Undated, day: date, now: datetime) -> dict[str, Fields]:
    """The whole records of merchants and parents, as they were then."""
    if day < now.date():
        return {**known.records["merchant"], **known.records["parent"]}
    return {record["id"]: record for kind in ("merchant", "parent") for record in all_records(db, kind)}


def weekly(state: State, rules: Rules, sources: Sources | None = None) -> Report:
    """The report on the week that the state's day lies in."""
    monday, sunday = week_of(state.day)
    sources = sources or Sources()
    before = week_before(state, sources.tails)
    (totals, communities), (totals_before, communities_before) = numbers(state), numbers(before)
    ranked = head(state, rules, NEXT)
    first = state.day - timedelta(weeks=WEEKS) + timedelta(1)
    return Report(
        week_name(monday),
        monday,
        sunday,
        state.day,
        totals,
        totals_before,
        communities,
        {line.id: line.numbers for line in communities_before},
        moved=moved(state),
        first_visits=first_visits(state),
        reasons=_reasons(state),
        reasons_before=dict(_reasons(before)),
        workers=by_worker(state, before),
        days=by_day(state, before),
        introductions=(compare(sources.tails, state.referrals, monday), compare(sources.tails, state.referrals, first)),
        overdue=_follow_ups(state, lambda due: due < state.day),
        due=_follow_ups(state, lambda due: state.day <= due <= sunday + timedelta(7)),
        next=tuple(ranked.first),
        ready=ranked.ready,
        held=ranked.held,
        advised=tuple(ranked.communities),
        decisions=_decisions(state),
        voices=voices(state, before),
        worth=worth_a_mark(state, sources.tails),
        waiting=sources.waiting,
        to_check=to_check(state, sources.apart),
        places=places(state),
        late=sources.late,
        sources=sources,
    )


def _reasons(state: State) -> tuple[tuple[str | None, int], ...]:
    """Why merchants are pending, the most frequent first, those of whom nothing is noted last."""
    pending = [trail for trail in state.trails.values() if trail.status == Outcome.PENDING]
    found = Counter(reason for trail in pending for reason in (dict.fromkeys(trail.reasons) or (None,)))
    return tuple(sorted(found.items(), key=lambda item: (item[0] is None, -item[1], item[0] or "")))


def _decisions(state: State) -> tuple[Decision, ...]:
    """Those in force, the latest first; of communities before those of merchants."""
    found = []
    for override in (o for o in state.overrides if o.is_in_force(state.day)):
        merchant = state.merchants[override.merchant] if override.merchant else None
        community = state.community_of(merchant) if merchant else state.communities.get(override.community or "")
        found.append(Decision(override, merchant, community))
    latest = sorted(found, key=lambda d: (d.override.at, d.override.id), reverse=True)
    return tuple(sorted(latest, key=lambda d: d.merchant is not None))


def _follow_ups(state: State, wanted: Callable[[date], bool]) -> tuple[FollowUp, ...]:
    """The open ones whose day is wanted, in the order of their days."""
    found = [
        FollowUp(merchant, state.community_of(merchant), tag, tag.due, (state.day - tag.due).days)
        for tag in state.tags
        if tag.due and wanted(tag.due) and (merchant := state.merchants[tag.merchant])
    ]
    return tuple(sorted(found, key=lambda late: (late.due, late.merchant.name, late.tag.id)))
