"""What to record to take an act back: the fields' earlier values, or, for a record that the act made, its removal."""

from collections.abc import Sequence

from outreach.domain.change import Change, Fields
from outreach.domain.fold import fold
from outreach.domain.form import Kind
from outreach.domain.records import REMOVED


def take_back(kind: Kind, mine: Sequence[Change], others: Sequence[Change]) -> Fields:
    """The fields that undo `mine` on a record whose other changes are `others`. Empty where others have since gone on.

    A record that only `mine` made is removed, on the day it says it happened, so that older reports forget it too; one that
    others have changed since stays whole, for their word would hang on nothing.
    """
    if not others:
        return {REMOVED: True} | (_folded(kind, mine, kind.dated) if kind.dated else {})
    if holds_others(kind, mine, others):
        return {}
    now, before, own = fold(kind, [*mine, *others]), fold(kind, others), fold(kind, mine)
    return {f: before.get(f) for f in sorted(_set_by(mine)) if now.get(f) == own.get(f) and now.get(f) != before.get(f)}


def holds_others(kind: Kind, mine: Sequence[Change], others: Sequence[Change]) -> bool:
    """Whether `mine` made a record that others have since changed: what they said would have no name without it."""
    if not others or _set_by(mine).isdisjoint(kind.required):
        return False
    now, before = fold(kind, [*mine, *others]), fold(kind, others)
    return any(name in now and name not in before for name in kind.required)


def overtaken(kind: Kind, mine: Sequence[Change], others: Sequence[Change]) -> tuple[str, ...]:
    """The fields that `mine` set and that others have since set to something else."""
    if not others:
        return ()
    now, own = fold(kind, [*mine, *others]), fold(kind, mine)
    return tuple(f.name for f in kind.fields if f.name in _set_by(mine) and now.get(f.name) != own.get(f.name))


def _folded(kind: Kind, changes: Sequence[Change], name: str) -> Fields:
    """One field of what they come to, where it has a value."""
    return fold(kind, (change._replace(fields={name: change.fields.get(name)}) for change in changes if name in change.fields))


def _set_by(changes: Sequence[Change]) -> set[str]:
    return {name for change in changes for name in change.fields}
