"""Which parent could go along to a merchant, and why she: how close she is to it, whether she is trained, how much she did.

Pure. Nobody is asked every week: one who was asked of late, or did much, is passed over for another.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum, auto
from typing import NamedTuple

from outreach.domain.facts import Parent, Task
from outreach.domain.rules import Holds


class Closeness(StrEnum):
    """What ties a parent to a merchant, the closest first."""

    SPOKE = auto()  # she has spoken to the owner
    SHOPS = auto()  # she said herself that it comes first, or is reliable: she knows the shop
    LIVES = auto()  # she lives in its community


class Company(NamedTuple):
    """`parent` may be asked from `rested` on (None: now). `passed`: those who would come before her and have done much."""

    parent: Parent
    closeness: Closeness
    rested: date | None = None
    passed: tuple[Parent, ...] = ()


def company(tied: Iterable[tuple[Closeness, Parent]], merchant: str, day: date, holds: Holds) -> Company | None:
    """The first of those tied to a merchant, the closest first, who may be asked; else the one who may be asked soonest."""
    resting: dict[str, Company] = {}
    for closeness, parent in tied:
        until = rests_until(parent, merchant, day, holds)
        if until is None:
            return Company(parent, closeness, passed=tuple(one.parent for one in resting.values()))
        resting.setdefault(parent.id, Company(parent, closeness, until))
    return min(resting.values(), key=lambda one: one.rested or day, default=None)


def rests_until(parent: Parent, merchant: str, day: date, holds: Holds) -> date | None:
    """When she may be asked to go to a merchant; None: she may. What she did there does not count: that is the same task."""
    if not parent.tasks:
        return None
    others = [task for task in parent.tasks if task.merchant != merchant and task.day <= day]
    elsewhere = sorted(task.day for task in others)
    asked = max((task.day for task in others if task.asked), default=None)
    days = [asked + timedelta(holds.parent_rest)] if asked else []
    if len(elsewhere) > holds.parent_tasks:
        days.append(elsewhere[-1 - holds.parent_tasks] + timedelta(holds.parent_days))
    until = max(days, default=day)
    return until if until > day else None


def recent(tasks: Iterable[Task], day: date, holds: Holds) -> int:
    """How many tasks she had of late."""
    return sum(day - timedelta(holds.parent_days) < task.day <= day for task in tasks)
