"""The ranking, read from the store as of a day."""

import sqlite3
from datetime import date, datetime, timedelta

from outreach.domain import priority
from outreach.domain.facts import State
from outreach.domain.priority import Head, Ranked, ranking
from outreach.domain.rules import Rules
from outreach.report.scoring import rules
from outreach.settings import Settings
from outreach.store.asof import state_on


def known(db: sqlite3.Connection, settings: Settings, day: date, now: datetime) -> tuple[State, Rules]:
    """The state at the end of `day`, seen at `now`, and the rules in force. Raises BadSetting before anything is read."""
    in_force = rules(settings)
    return _state(db, day, now), in_force


def ranked(db: sqlite3.Connection, settings: Settings, day: date, now: datetime) -> list[Ranked]:
    """Every merchant that has not joined by `day`, the next to visit first."""
    return ranking(*known(db, settings, day, now))


def head(
    db: sqlite3.Connection, settings: Settings, day: date, now: datetime, most: int, *, community: str | None = None
) -> Head:
    """The first of the ranking as of `day`, and how many may be visited then or had better wait."""
    return priority.head(*known(db, settings, day, now), most, community=community)


def first_open(db: sqlite3.Connection, settings: Settings, now: datetime, most: int) -> list[Ranked]:
    """Those of today's ranking that may be visited today, the first of them."""
    return [found for found in head(db, settings, now.date(), now, most).first if found.advice.is_open(now.date())]


def any_merchant(db: sqlite3.Connection, day: date, now: datetime, *, community: str | None = None) -> bool:
    """Whether any merchant, or any of that community, was recorded by the end of `day`."""
    merchants = _state(db, day, now).merchants.values()
    return any(community in (None, merchant.community) for merchant in merchants)


def _state(db: sqlite3.Connection, day: date, now: datetime) -> State:
    """The state as a ranking needs it: no week of it is looked at."""
    return state_on(db, day, day + timedelta(1), now)
