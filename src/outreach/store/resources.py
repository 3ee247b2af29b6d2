"""Reading what a community has besides shops."""

import sqlite3

from outreach.domain.change import Fields
from outreach.domain.records import PLACE
from outreach.store.tables import from_row


def places_in(db: sqlite3.Connection, community: str) -> list[Fields]:
    """The places of a community, by kind and name."""
    rows = db.execute("SELECT * FROM place WHERE live = 1 AND community = ? ORDER BY kind, name, id", (community,))
    return [from_row(PLACE, row) for row in rows]
