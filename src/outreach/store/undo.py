"""Taking the last act of this laptop back, as a whole."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from outreach.domain.change import Change, Draft
from outreach.domain.records import KINDS, REMOVED
from outreach.domain.undo import holds_others, overtaken, take_back
from outreach.errors.registers import NothingToUndo
from outreach.store.batches import Writer
from outreach.store.connection import transaction
from outreach.store.journal import Act, last_act, standing_changes
from outreach.store.records import pointing_to
from outreach.store.tables import Key

_TOGETHER = 10_000  # records that are written at once


@dataclass(frozen=True, slots=True)
class Undone:
    """The act that was taken back; `drafts` is what that took.

    What stays: `used`, records that others have changed or come to point to; `overtaken`, fields of other records that another
    laptop has changed since.
    """

    act: Act
    drafts: tuple[Draft, ...]
    used: tuple[Key, ...]
    overtaken: Mapping[Key, Sequence[str]]


def undo(db: sqlite3.Connection, *, now: int, worker: str | None) -> Undone:
    """Take back the last act that was not taken back yet. Raises NothingToUndo."""
    with transaction(db):
        act = last_act(db)
        if act is None:
            raise NothingToUndo
        undone = _undone(db, act)
        writer = Writer(db, now=now, label="undo", worker=worker, undoes=act.id)
        writer.begin()
        for start in range(0, len(undone.drafts), _TOGETHER):
            writer.write(undone.drafts[start : start + _TOGETHER])
    return undone


def _undone(db: sqlite3.Connection, act: Act) -> Undone:
    drafts: list[Draft] = []
    used: list[Key] = []
    gone_on: dict[Key, Sequence[str]] = {}
    made: dict[Key, list[Change]] = {}
    for change in act.changes:
        if change.kind in KINDS:  # others a newer version can take back
            made.setdefault(change.key, []).append(change)
    for key, others in standing_changes(db, made, act.id):
        kind, mine = KINDS[key[0]], made[key]
        if fields := take_back(kind, mine, others):
            drafts.append(Draft(*key, fields))
        if holds_others(kind, mine, others):
            used.append(key)
        elif names := overtaken(kind, mine, others):
            gone_on[key] = names
    staying = _used(db, drafts)
    used += [(draft.kind, draft.id) for draft in staying]
    return Undone(act, tuple(d for d in drafts if d not in staying), tuple(used), gone_on)


def _used(db: sqlite3.Connection, drafts: Sequence[Draft]) -> list[Draft]:
    """The removals of records that live ones still point to; of what stays, so does whatever it points to."""
    going = {draft.id: draft for draft in drafts if draft.fields.get(REMOVED)}
    pointing = [(by, to) for by, to in _pointers(db, list(going.values())) if by != to]
    staying: dict[str, Draft] = {}
    while found := {to for by, to in pointing if to in going and by not in going}:
        staying |= {record: going.pop(record) for record in found}
    return [draft for draft in drafts if draft.id in staying and draft.fields.get(REMOVED)]


def _pointers(db: sqlite3.Connection, going: Sequence[Draft]) -> Iterator[tuple[str, str]]:
    """(the id of a live record, the id of one of these that it points to)."""
    for kind in {draft.kind for draft in going}:
        ids = sorted(draft.id for draft in going if draft.kind == kind)
        for other in KINDS.values():
            for field in other.fields:
                if field.to == kind:
                    yield from pointing_to(db, other, field, ids)
