"""What the journal says of a day that is over: the undated records as they were then, and the marks in force then.

A merchant, a community and a parent are as recorded by the end of the day. One recorded only later is as it was first recorded,
and is named in `late`: it belongs to the day if something of the day points to it. A mark and a decision count from the day
they say themselves.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from outreach.domain.change import Change, Fields
from outreach.domain.fold import fits, fold, is_live
from outreach.domain.records import KINDS
from outreach.store.tables import change_of, marks

_SAYING = ("tag", "override")  # kinds whose changes say themselves when they happened
UNDATED = ("merchant", "community", "parent")


@dataclass(frozen=True)
class Undated:
    """Live records by kind and id, and which of their ids were recorded only later. `tags`: live marks, closed ones too.

    `overrides`: what people decided, ended or not.
    """

    records: Mapping[str, Mapping[str, Fields]]
    tags: Sequence[Fields]
    overrides: Sequence[Fields] = ()
    late: frozenset[str] = frozenset()


def end_of(day: date, zone: tzinfo | None) -> int:
    """The first millisecond after a local day, as a stamp."""
    return int(datetime.combine(day + timedelta(1), time.min, zone).timestamp() * 1000)


def undated_on(db: sqlite3.Connection, day: date, zone: tzinfo | None) -> Undated:
    """The undated records and the marks at the end of `day`, from the journal."""
    end = end_of(day, zone)
    history = _histories(db)
    late = {i for kind in UNDATED for i, changes in history[kind].items() if all(c.stamp >= end for c in changes)}
    records = {kind: _live(kind, {i: _by(end, changes) for i, changes in history[kind].items()}) for kind in UNDATED}
    tags, overrides = (
        list(_live(kind, {i: _said_by(kind, day, end, changes) for i, changes in history[kind].items()}).values())
        for kind in _SAYING
    )
    return Undated(records, tags, overrides, frozenset(late))


def _histories(db: sqlite3.Connection) -> dict[str, dict[str, list[Change]]]:
    found: dict[str, dict[str, list[Change]]] = {kind: defaultdict(list) for kind in (*UNDATED, *_SAYING)}
    sql = f"SELECT * FROM journal WHERE kind IN ({marks(list(found))}) ORDER BY id, stamp, device, fields"  # noqa: S608 - marks
    for row in db.execute(sql, list(found)):
        found[row["kind"]][row["id"]].append(change_of(row))
    return found


def _live(name: str, histories: Mapping[str, Sequence[Change]]) -> dict[str, Fields]:
    kind = KINDS[name]
    folded = {i: {"id": i} | fold(kind, changes) for i, changes in histories.items()}
    return {i: record for i, record in folded.items() if is_live(kind, record)}


def _by(end: int, changes: Sequence[Change]) -> Sequence[Change]:
    """The changes stamped before `end`, else the first."""
    return [change for change in changes if change.stamp < end] or changes[:1]


def _said_by(kind: str, day: date, end: int, changes: Sequence[Change]) -> Sequence[Change]:
    """The changes of a mark or a decision that had happened by the end of `day`."""
    return [c for c in changes if (said <= day.isoformat() if (said := _said_day(kind, c)) else c.stamp < end)]


def _said_day(kind: str, change: Change) -> str | None:
    """The day that a change says it happened: the mark was put on, or done; the decision was made, or ended."""
    for name in ("at", "done_at"):
        value, field = change.fields.get(name), KINDS[kind].field(name)
        if value is not None and field and fits(field, value):
            return str(value)[:10]
    return None
