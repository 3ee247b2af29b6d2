"""The backtest read from the store, what it comes to in words, and as JSON. How it is counted: `outreach.domain.backtest`."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from outreach.domain import backtest as domain
from outreach.domain.backtest import ENOUGH, WITHIN, Ask, Backtest, Line, Week
from outreach.domain.dates import week_of
from outreach.domain.orders import Order
from outreach.errors.supervising import NothingAfter, NothingVisited, TooShortToTest
from outreach.i18n import N_, _, ngettext
from outreach.report.scoring import rules
from outreach.settings import Settings
from outreach.store.asof import states_on
from outreach.store.signups import sign_ups, visited

ORDERS: Mapping[Order, str] = {
    Order.ADVICE: N_("the advice"),
    Order.RECENT: N_("latest visited first"),
    Order.OLDEST: N_("longest not visited first"),
    Order.PUBLIC_SUM: N_("public sum (CHT)"),
    Order.RANDOM: N_("at random, on average"),
}


@dataclass(frozen=True)
class Span:
    """Which weeks are looked at: those from `since` on, and of these the last `weeks`."""

    since: date | None = None
    weeks: int | None = None


def build(db: sqlite3.Connection, settings: Settings, now: datetime, ask: Ask, span: Span) -> Backtest:
    """The backtest. Raises BadSetting, NothingVisited and TooShortToTest."""
    in_force = rules(settings)
    sundays = _sundays(db, now.date(), span)
    return domain.backtest(states_on(db, sundays, now), sign_ups(db), in_force, ask)


def _sundays(db: sqlite3.Connection, today: date, span: Span) -> Sequence[date]:
    """The ends of the weeks that can be judged: there were visits before and after, and four weeks have passed since."""
    recorded = visited(db)
    if recorded is None:
        raise NothingVisited
    first, last = recorded
    begin = week_of(max(first, span.since or first))[1]
    if begin >= last:
        raise NothingAfter(begin=begin, last=last)
    count = ((min(today - timedelta(WITHIN), last - timedelta(1)) - begin).days + 7) // 7
    if count < 1:
        raise TooShortToTest(first=first, begin=begin, day=begin + timedelta(WITHIN))
    sundays = [begin + timedelta(7 * n) for n in range(count)]
    return sundays[-span.weeks :] if span.weeks else sundays


def verdict(found: Backtest) -> str:
    """What may be concluded, as a sentence."""
    if not found.is_enough:
        few = ngettext(
            "Too little to judge by: {n} merchant signed up in these weeks, and it takes at least {enough}.",
            "Too little to judge by: {n} merchants signed up in these weeks, and it takes at least {enough}.",
            found.signed_up,
        )
        return few.format(n=found.signed_up, enough=ENOUGH)
    if found.better is None:
        return _("The intervals overlap: this does not show which order is better.")
    if found.better:
        return _("The advice did better than every other order.")
    return _("Another order did better than the advice: look at its weights (outreach settings), and at docs/scoring.md.")


def caution() -> str:
    """What such a look back cannot show."""
    return _(
        "A shop that nobody went to could not sign up, and visits may have followed the advice: "
        "this shows what went together, not what caused it."
    )


def backtest_json(found: Backtest, ask: Ask) -> dict[str, Any]:
    """All of it."""
    return {
        "format": "outreach/backtest/1",
        "from": found.weeks[0].sunday.isoformat(),
        "to": found.weeks[-1].sunday.isoformat(),
        "top": ask.top,
        "within_days": WITHIN,
        "community": ask.community,
        "signed_up": found.signed_up,
        "orders": [_line(line) for line in found.lines],
        "weeks": [_week(week) for week in found.weeks],
        "enough": found.is_enough,
        "better": found.better,
        "text": verdict(found),
    }


def _line(line: Line) -> dict[str, Any]:
    low, high = line.interval or (None, None)
    return {
        "order": line.order.value,
        "named": line.named,
        "signed_up": round(line.joined, 3),
        "share": _share(line.share),
        "low": _share(low),
        "high": _share(high),
        "merchants": line.merchants,
    }


def _share(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _week(week: Week) -> dict[str, Any]:
    named = {
        order.value: [m in week.joined for m in some].count(True) for order, some in week.named.items() if order != Order.RANDOM
    }
    return {
        "as_of": week.sunday.isoformat(),
        "candidates": len(week.candidates),
        "signed_up": len(week.joined),
        "signed_up_of_named": named,
    }
