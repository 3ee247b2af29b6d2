"""The orders in which merchants could be visited: the advice, and simpler ones to hold it against. Pure.

A firm refusal is left alone by all of them, unless a parent opens the door and the advice knows. The public sum is that of the
Community Health Toolkit: a task's weight and the weights of the risks that apply, of 16 at most, as a level from 0 to 10; ties
by the due date, those without one last. Its risks are of newborns; `_RISKS` says what we take for them.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum, auto

from outreach.domain.case import Case, cases
from outreach.domain.facts import State
from outreach.domain.priority import Ranked, ranking
from outreach.domain.rules import Rules

WORKING_WEEK = 4  # days from its Monday to its Friday
TASK, MOST = 5, 16  # of the public sum: a visit, and the sum of all its weights


class Order(StrEnum):
    """Whom first. `RANDOM`: anybody; it is counted by expectation, not drawn."""

    ADVICE = auto()
    RECENT = auto()
    OLDEST = auto()
    PUBLIC_SUM = auto()
    RANDOM = auto()


def in_order(order: Order, state: State, rules: Rules, *, community: str | None = None) -> list[str]:
    """The ids of the merchants to visit, the first first; for RANDOM in no order that means anything."""
    if order is Order.ADVICE:
        return [r.case.merchant.id for r in advised(state, rules, community=community)]
    return by_case(order, (case for case in cases(state) if community in (None, case.merchant.community)))


def by_case(order: Order, found: Iterable[Case]) -> list[str]:
    """The ids of these in any order but the advice's."""
    return [case.merchant.id for case in sorted((case for case in found if not case.trail.firm), key=_KEYS[order])]


def advised(state: State, rules: Rules, *, community: str | None = None) -> list[Ranked]:
    """The ranking without those that had better wait beyond the working week that begins on the state's day."""
    friday = state.day + timedelta(WORKING_WEEK)
    found = ranking(state, rules, community=community)
    return [r for r in found if r.advice.is_open(state.day) or (r.advice.not_before or date.max) <= friday]


def _named(case: Case) -> tuple[str, str]:
    return case.merchant.name, case.merchant.id


def _recent(case: Case) -> tuple[object, ...]:
    """The latest visit first; those never visited last."""
    last = case.trail.last_visit
    return -date.fromisoformat(last[:10]).toordinal() if last else 0, *_named(case)


def _oldest(case: Case) -> tuple[object, ...]:
    """Those never visited first, then the longest since a visit."""
    return (case.trail.last_visit or "")[:10], *_named(case)


def _public_sum(case: Case) -> tuple[object, ...]:
    due = case.follow_up.due if case.follow_up else None
    return -level(case), due or date.max, *_named(case)


def level(case: Case) -> float:
    """The public sum's level, from 0 to 10."""
    return round((TASK + sum(weight for weight, applies in _RISKS if applies(case))) / MOST * 10, 2)


def _word_waits(case: Case) -> bool:
    return any(case.age(word) > 1 for word in case.unanswered)


def _overdue(case: Case) -> bool:
    return case.days_overdue >= 3  # noqa: PLR2004 - the third day, as the sum has it


def _not_seen(case: Case) -> bool:
    last = case.trail.last_visit
    return last is None or (case.day - date.fromisoformat(last[:10])).days >= 7  # noqa: PLR2004 - a week, as the sum has it


_RISKS: tuple[tuple[int, Callable[[Case], bool]], ...] = (
    (3, lambda case: case.suspects_scam),  # low birth weight: what makes the case hard from the start
    (2, lambda case: bool(case.trail.reasons) and not case.suspects_scam),  # a complication: another reason
    (3, _word_waits),  # the check of the first day was missed: a parent's word waits
    (2, _overdue),  # the check of the third day was missed: a follow-up is overdue
    (1, _not_seen),  # the check of the second week was missed
)
_KEYS: Mapping[Order, Callable[[Case], tuple[object, ...]]] = {
    Order.RECENT: _recent,
    Order.OLDEST: _oldest,
    Order.PUBLIC_SUM: _public_sum,
    Order.RANDOM: _named,
}
