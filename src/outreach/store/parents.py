"""What a parent volunteer did: whom she spoke to, with where they stand now, and the visits she came along on. Reads only."""

import sqlite3
from datetime import date
from typing import NamedTuple


class Spoken(NamedTuple):
    """A parent's word to a merchant, whose `status` is where it stands now, or to another parent."""

    at: str
    kind: str
    merchant: str | None
    to_parent: str | None
    status: str | None
    firm: bool
    note: str | None


class Along(NamedTuple):
    """A visit that a parent came along on."""

    at: str
    merchant: str | None
    outcome: str
    by: str | None


_SPOKEN = """
SELECT r.at, r.kind, m.name, p.alias, s.status, s.firm, r.note FROM referral r
LEFT JOIN standing own ON own.merchant = r.merchant LEFT JOIN standing s ON s.merchant = own.root
LEFT JOIN merchant m ON m.id = own.root LEFT JOIN parent p ON p.id = r.to_parent
WHERE r.live = 1 AND r.parent = ? ORDER BY r.at DESC, r.id DESC"""
_ALONG = """
SELECT v.visited_at, m.name, v.outcome, v.by FROM visit v
LEFT JOIN standing own ON own.merchant = v.merchant LEFT JOIN merchant m ON m.id = own.root
WHERE v.live = 1 AND instr(v."with", ?) ORDER BY v.visited_at DESC, v.id DESC"""


def spoken_by(db: sqlite3.Connection, parent: str) -> list[Spoken]:
    """Whom she spoke to, the latest first."""
    rows = db.execute(_SPOKEN, (parent,))
    return [Spoken(at, kind, shop, to, status, bool(firm), note) for at, kind, shop, to, status, firm, note in rows]


def along_on(db: sqlite3.Connection, parent: str) -> list[Along]:
    """The visits she came along on, the latest first."""
    return [Along(*row) for row in db.execute(_ALONG, (f'"{parent}"',))]


_VOLUNTEERS = """
WITH came AS (
    SELECT e.value AS parent, count(*) AS n, max(substr(v.visited_at, 1, 10)) AS last
    FROM visit v, json_each(v."with") e WHERE v.live = 1 AND v."with" IS NOT NULL GROUP BY e.value
)
SELECT p.alias, p.community, p.trained_on,
count(DISTINCT m.id), count(DISTINCT iif(own.status = 'signed_up', m.id, NULL)), coalesce(came.n, 0), count(DISTINCT o.id),
nullif(max(coalesce(max(substr(r.at, 1, 10)), ''), coalesce(came.last, '')), '')
FROM parent p LEFT JOIN came ON came.parent = p.id
LEFT JOIN referral r ON r.parent = p.id AND r.live = 1
LEFT JOIN standing s ON s.merchant = r.merchant LEFT JOIN standing own ON own.merchant = s.root
LEFT JOIN merchant m ON m.id = s.root AND m.live = 1 LEFT JOIN parent o ON o.id = r.to_parent AND o.live = 1
WHERE p.live = 1 AND coalesce(p.active, 1) AND p.consent_on <= ? AND coalesce(p.community = ?, ? IS NULL) GROUP BY p.id"""


class Volunteer(NamedTuple):
    """A parent volunteer; `community` is an id. `shops`: to how many she spoke, `joined`: how many of them have.

    `along`: on how many visits she came along; `parents`: to how many she spoke; `last`: the latest day of all that.
    """

    alias: str
    community: str | None
    trained_on: str | None
    shops: int
    joined: int
    along: int
    parents: int
    last: str | None


def volunteers_of(db: sqlite3.Connection, day: date, community: str | None = None) -> list[Volunteer]:
    """A community's parent volunteers, or all, who had agreed by that day and do not rest."""
    return [Volunteer(*row) for row in db.execute(_VOLUNTEERS, (day.isoformat(), community, community))]


def parents_of(db: sqlite3.Connection, community: str) -> list[str]:
    """The aliases of a community's parents."""
    sql = "SELECT alias FROM parent WHERE live = 1 AND community = ? ORDER BY alias"
    return [row["alias"] for row in db.execute(sql, (community,))]
