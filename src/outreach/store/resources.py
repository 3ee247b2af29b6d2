"""Reading what a community has: its merchants with where they stand and lie, its places, its parent volunteers by number."""

import sqlite3
from typing import NamedTuple

from outreach.domain.change import Fields
from outreach.domain.records import PLACE
from outreach.store.profile import Said
from outreach.store.tables import from_row


class Shop(NamedTuple):
    """A merchant; `community` is an id. `lat` and `lon` in micro-degrees, as recorded.

    `talks`: visits at which somebody was met; `introduced`: how many parents spoke to it.
    """

    id: str
    name: str
    community: str | None
    category: str | None
    address: str | None
    landmark: str | None
    hours: str | None
    lat: int | None
    lon: int | None
    datum: str | None
    status: str | None
    firm: bool | None
    last_visit: str | None
    last_by: str | None
    talks: int
    introduced: int


_SHOPS = """
SELECT m.id, m.name, m.community, m.category, m.address, m.landmark, m.hours, m.lat, m.lon, m.datum, s.status, s.firm,
s.last_visit, s.last_by,
(SELECT count(*) FROM standing part JOIN visit v ON v.merchant = part.merchant
    WHERE part.root = m.id AND v.live = 1 AND v.outcome <> 'not_met'),
(SELECT count(DISTINCT r.parent) FROM standing part JOIN referral r ON r.merchant = part.merchant
    WHERE part.root = m.id AND r.live = 1)
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


def latest_words(db: sqlite3.Connection) -> dict[str, Said]:
    """When each place was recorded or changed last, and by which worker, by its id."""
    sql = """
    SELECT j.id, max(j.stamp), j.worker FROM place p JOIN journal j ON j.id = p.id AND j.kind = 'place'
    WHERE p.live = 1 GROUP BY j.id"""  # of the row with that stamp
    return {record: Said(stamp, worker) for record, stamp, worker in db.execute(sql)}


def volunteers(db: sqlite3.Connection, community: str | None = None) -> int:
    """How many parent volunteers a community has, those who rest left out."""
    sql = "SELECT count(*) FROM parent WHERE live = 1 AND coalesce(active, 1) AND coalesce(community = ?, ? IS NULL)"
    found: int = db.execute(sql, (community, community)).fetchone()[0]
    return found
