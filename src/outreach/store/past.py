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
from outreach.store.pieces import chunks, marks
from outreach.store.tables import change_of
from outreach.store.undated import UNDATED, Undated, as_merchants

_SAYING = ("tag", "override")  # kinds whose changes say themselves when they happened


def end_of(day: date, zone: tzinfo | None) -> int:
    """The first millisecond after a local day, as a stamp."""
    return int(datetime.combine(day + timedelta(1), time.min, zone).timestamp() * 1000)


def recorded_after(db: sqlite3.Connection, visits: Sequence[str], day: date, zone: tzinfo | None) -> int:
    """How many of these visits were first recorded after the end of `day`."""
    end, found = end_of(day, zone), 0
    for ids in chunks(visits):
        of_these = f"kind = 'visit' AND id IN ({marks(ids)})"
        firsts = db.execute(f"SELECT min(stamp) FROM journal WHERE {of_these} GROUP BY id", ids)  # noqa: S608 - marks only
        found += sum(first >= end for (first,) in firsts)
    return found


def undated_on(db: sqlite3.Connection, day: date, zone: tzinfo | None) -> Undated:
    """The undated records and the marks at the end of `day`, from the journal."""
    return Past.read(db, zone).on(day)


@dataclass(frozen=True)
class Past:
    """The journal of what has no day of its own, of the marks and decisions, by kind and id, read once for many days."""

    changes: Mapping[str, Mapping[str, Sequence[Change]]]
    zone: tzinfo | None

    @classmethod
    def read(cls, db: sqlite3.Connection, zone: tzinfo | None) -> "Past":
        """All of it, found by the ids that their tables have: the journal holds a hundred times as many visits."""
        found: dict[str, dict[str, list[Change]]] = {kind: defaultdict(list) for kind in (*UNDATED, *_SAYING)}
        for kind, histories in found.items():
            sql = (
                f"SELECT j.* FROM {kind} r CROSS JOIN journal j ON j.id = r.id WHERE j.kind = ? "  # noqa: S608 - our own names
                "ORDER BY j.id, j.stamp, j.device, j.fields"
            )
            for row in db.execute(sql, (kind,)):
                histories[row["id"]].append(change_of(row))
        return cls(found, zone)

    def on(self, day: date) -> Undated:
        """The undated records, the marks and the decisions at the end of `day`."""
        end = end_of(day, self.zone)
        late = {i for kind in UNDATED for i, changes in self.changes[kind].items() if all(c.stamp >= end for c in changes)}
        records = {k: _live(k, {i: _by(end, changes) for i, changes in self.changes[k].items()}) for k in UNDATED}
        tags, overrides = (
            list(_live(k, {i: _said_by(k, day, end, changes) for i, changes in self.changes[k].items()}).values())
            for k in _SAYING
        )
        merchants, merged = as_merchants(records["merchant"].values(), records["community"])
        return Undated(records, merchants, merged, tags, overrides, frozenset(late))


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
