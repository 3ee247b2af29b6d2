"""Taking the last act of this laptop back, as a whole."""

import sqlite3
from dataclasses import dataclass

from outreach.domain.change import Draft
from outreach.domain.records import KINDS, REMOVED, Kind
from outreach.domain.undo import take_back
from outreach.errors import NothingToUndo
from outreach.store.connection import transaction
from outreach.store.journal import Act, last_act, record, standing_changes
from outreach.store.tables import Key


@dataclass(frozen=True, slots=True)
class Undone:
    """The act that was taken back; `drafts` is what that took; `kept` are records that others have built on since."""

    act: Act
    drafts: tuple[Draft, ...]
    kept: tuple[Key, ...]


def undo(db: sqlite3.Connection, *, now: int, worker: str | None) -> Undone:
    """Take back the last act that was not taken back yet. Raises NothingToUndo."""
    with transaction(db):
        act = last_act(db)
        if act is None:
            raise NothingToUndo
        drafts, kept = _drafts(db, act)
        record(db, drafts, now=now, label="undo", worker=worker, undoes=act.id)
    return Undone(act, tuple(drafts), tuple(kept))


def _drafts(db: sqlite3.Connection, act: Act) -> tuple[list[Draft], list[Key]]:
    drafts, kept = [], []
    for key in dict.fromkeys(change.key for change in act.changes):
        kind = KINDS[key[0]]
        mine, others = standing_changes(db, key, act.id)
        fields = take_back(kind, mine, others)
        if not fields or (fields.get(REMOVED) and _is_used(db, kind, key[1], act)):
            kept.append(key)
        else:
            drafts.append(Draft(*key, fields))
    return drafts, kept


def _is_used(db: sqlite3.Connection, kind: Kind, record_id: str, act: Act) -> bool:
    """Whether a live record outside the act points to this one."""
    own = {change.id for change in act.changes}
    for other in KINDS.values():
        for field in other.fields:
            if field.to == kind.name:
                sql = f'SELECT id FROM {other.name} WHERE live = 1 AND instr("{field.name}", ?)'  # noqa: S608 - our names
                if any(row["id"] not in own for row in db.execute(sql, (record_id,))):
                    return True
    return False
