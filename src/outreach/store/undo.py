"""Taking the last act of this laptop back, as a whole."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outreach.domain.change import Draft
from outreach.domain.records import KINDS, REMOVED
from outreach.domain.undo import overtaken, take_back
from outreach.errors.registers import NothingToUndo
from outreach.store.connection import transaction
from outreach.store.journal import Act, last_act, record, standing_changes
from outreach.store.tables import Key


@dataclass(frozen=True, slots=True)
class Undone:
    """The act that was taken back; `drafts` is what that took.

    What stays: `used`, records that other records have come to point to; `overtaken`, fields by record that another laptop has
    changed since.
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
        record(db, undone.drafts, now=now, label="undo", worker=worker, undoes=act.id)
    return undone


def _undone(db: sqlite3.Connection, act: Act) -> Undone:
    drafts: list[Draft] = []
    gone_on: dict[Key, Sequence[str]] = {}
    for key in dict.fromkeys(change.key for change in act.changes):
        kind = KINDS.get(key[0])
        if kind is None:  # a newer version recorded it, and can take it back
            continue
        mine, others = standing_changes(db, key, act.id)
        if fields := take_back(kind, mine, others):
            drafts.append(Draft(*key, fields))
        if names := overtaken(kind, mine, others):
            gone_on[key] = names
    used = _used(db, drafts)
    return Undone(act, tuple(d for d in drafts if d not in used), tuple((d.kind, d.id) for d in used), gone_on)


def _used(db: sqlite3.Connection, drafts: Sequence[Draft]) -> list[Draft]:
    """The removals of records that live ones still point to; of what stays, so does whatever it points to."""
    going = [draft for draft in drafts if draft.fields.get(REMOVED)]
    while staying := [draft for draft in going if _is_used(db, draft, going)]:
        going = [draft for draft in going if draft not in staying]
    return [draft for draft in drafts if draft.fields.get(REMOVED) and draft not in going]


def _is_used(db: sqlite3.Connection, draft: Draft, going: Sequence[Draft]) -> bool:
    """Whether a live record, other than those that go with it, points to this one."""
    own = {other.id for other in going}
    for other in KINDS.values():
        for field in other.fields:
            if field.to == draft.kind:
                sql = f'SELECT id FROM {other.name} WHERE live = 1 AND instr("{field.name}", ?)'  # noqa: S608 - our names
                if any(row["id"] not in own for row in db.execute(sql, (draft.id,))):
                    return True
    return False
