"""Reading what tells records of one name apart: what a shop is, when it was last visited, and who recorded it where."""

import sqlite3
from typing import NamedTuple

from outreach.domain.change import Fields
from outreach.store.records import get_record


class Origin(NamedTuple):
    """Who recorded something first: when (ms since 1970), on which laptop (id, and name if it has said one), which worker."""

    stamp: int
    device: str
    laptop: str | None
    worker: str | None


def known_of(db: sqlite3.Connection, kind: str, record: str) -> Fields:
    """The record's fields, and for a merchant `last_visit` and `last_by`."""
    found = get_record(db, kind, record) or {}
    if kind != "merchant":
        return found
    last = db.execute("SELECT last_visit, last_by FROM standing WHERE merchant = ?", (record,)).fetchone()
    return found | (dict(last) if last else {})


def origin_of(db: sqlite3.Connection, kind: str, record: str) -> Origin | None:
    """Where a record comes from; None where nothing is known of it."""
    row = db.execute(
        "SELECT j.stamp, j.device, d.name, j.worker FROM journal j LEFT JOIN device d ON d.id = j.device "
        "WHERE j.kind = ? AND j.id = ? ORDER BY j.stamp, j.device LIMIT 1",
        (kind, record),
    ).fetchone()
    return Origin(*row) if row else None
