"""Reading marks and follow-ups: those on one merchant, and all that are due."""

import sqlite3
from datetime import date
from typing import NamedTuple

from outreach.domain.change import Fields
from outreach.store.records import members, records_about
from outreach.store.tables import day_of


class FollowUp(NamedTuple):
    """An open mark with a due date."""

    merchant: str
    merchant_id: str
    community: str | None
    label: str
    due: date
    by: str | None
    note: str | None


def follow_ups(db: sqlite3.Connection, until: date) -> list[FollowUp]:
    """The open follow-ups due up to a day, the longest overdue first."""
    sql = (
        "SELECT m.name, m.id, c.name, t.label, t.due, t.by, t.note FROM tag t JOIN standing s ON s.merchant = t.merchant "
        "JOIN merchant m ON m.id = s.root AND m.live = 1 LEFT JOIN community c ON c.id = m.community AND c.live = 1 "
        "WHERE t.live = 1 AND t.done_at IS NULL AND t.due IS NOT NULL AND t.due <= ? ORDER BY t.due, m.name, t.label"
    )
    return [FollowUp(n, i, c, la, day_of(d, "tag"), b, no) for n, i, c, la, d, b, no in db.execute(sql, (str(until),))]


def marks_on(db: sqlite3.Connection, merchant: str) -> list[Fields]:
    """The live marks on a merchant and on those merged into it, closed follow-ups included."""
    return sorted(records_about(db, "tag", members(db, merchant)), key=lambda tag: (tag.get("due") or "~", tag["label"]))


def open_follow_ups(db: sqlite3.Connection, merchant: str) -> list[Fields]:
    """The open marks on a merchant that have a due date, the earliest first."""
    return [tag for tag in marks_on(db, merchant) if "due" in tag and "done_at" not in tag]
