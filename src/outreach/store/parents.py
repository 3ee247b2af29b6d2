"""What a parent volunteer did: whom she spoke to, with where they stand now, and the visits she came along on. Reads only."""

import sqlite3
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


def parents_of(db: sqlite3.Connection, community: str) -> list[str]:
    """The aliases of a community's parents."""
    sql = "SELECT alias FROM parent WHERE live = 1 AND community = ? ORDER BY alias"
    return [row["alias"] for row in db.execute(sql, (community,))]
