"""Reading what a community has: its merchants with where they stand and lie, its places, its parent volunteers by number."""

import sqlite3
from typing import NamedTuple

from outreach.domain.change import Fields
from outreach.domain.records import PLACE
from outreach.store.tables import from_row


class Shop(NamedTuple):
    """A merchant; `community` is an id. `lat` and `lon` in micro-degrees, as recorded."""

    id: str
    name: str
    community: str | None
    category: str | None
    address: str | None
    hours: str | None
    lat: int | None
    lon: int | None
    status: str | None
    firm: bool | None


_SHOPS = """
SELECT m.id, m.name, m.community, m.category, m.address, m.hours, m.lat, m.lon, s.status, s.firm
FROM merchant m JOIN standing s ON s.merchant = m.id AND s.root = m.id
WHERE m.live = 1 AND coalesce(m.community = ?, ? IS NULL) ORDER BY m.name, m.id"""


def shops_of(db: sqlite3.Connection, community: str | None = None) -> list[Shop]:
    """The merchants of a community, or all of them; one merged into another is part of that one."""
    cursor = db.cursor()
    cursor.row_factory = None
    return list(map(Shop._make, cursor.execute(_SHOPS, (community, community))))


def places_in(db: sqlite3.Connection, community: str | None = None) -> list[Fields]:
    """The places of a community, or all of them, by kind and name."""
    sql = "SELECT * FROM place WHERE live = 1 AND coalesce(community = ?, ? IS NULL) ORDER BY kind, name, id"
    return [from_row(PLACE, row) for row in db.execute(sql, (community, community))]


def volunteers(db: sqlite3.Connection, community: str | None = None) -> int:
    """How many parent volunteers a community has, those who rest left out."""
    sql = "SELECT count(*) FROM parent WHERE live = 1 AND coalesce(active, 1) AND coalesce(community = ?, ? IS NULL)"
    found: int = db.execute(sql, (community, community)).fetchone()[0]
    return found
