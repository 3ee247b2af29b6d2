"""Reading what a community's basic-situation report is made of: who said what when, and what the visits there come to."""

import sqlite3
from collections import Counter
from datetime import datetime
from typing import NamedTuple

from outreach.store.tables import changes_of, loads


class Said(NamedTuple):
    """When a field got the value it has (ms since 1970), and which worker gave it."""

    stamp: int
    worker: str | None


def day_said(said: Said, now: datetime) -> str | None:
    """The day of it where `now` is; None of a stamp from a clock that was far off."""
    try:
        return str(datetime.fromtimestamp(said.stamp / 1000, now.tzinfo).date())
    except (ValueError, OverflowError, OSError):
        return None


def said_of(db: sqlite3.Connection, kind: str, record: str) -> dict[str, Said]:
    """For each field of a record, where its latest word comes from."""
    found: dict[str, Said] = {}
    for change in sorted(changes_of(db, kind, [record])[record], key=lambda c: (c.stamp, c.device)):
        found |= dict.fromkeys(change.fields, Said(change.stamp, change.worker))
    return found


_VISITS = """
SELECT count(*) FROM visit v JOIN standing s ON s.merchant = v.merchant
JOIN merchant m ON m.id = s.root AND m.live = 1 AND m.community = ? WHERE v.live = 1"""
_WORRIES = """
SELECT s.root, v.reasons FROM visit v JOIN standing s ON s.merchant = v.merchant
JOIN merchant m ON m.id = s.root AND m.live = 1 AND m.community = ?
JOIN standing own ON own.merchant = s.root AND coalesce(own.status, '') <> 'signed_up'
WHERE v.live = 1 AND v.reasons IS NOT NULL AND v.reasons <> '[]' ORDER BY v.visited_at, v.id"""
_WORDS = """
SELECT count(*), count(DISTINCT r.parent) FROM referral r JOIN standing s ON s.merchant = r.merchant
JOIN merchant m ON m.id = s.root AND m.live = 1 AND m.community = ? WHERE r.live = 1"""


def visits_in(db: sqlite3.Connection, community: str) -> int:
    """How many visits were made at the merchants of a community."""
    found: int = db.execute(_VISITS, (community,)).fetchone()[0]
    return found


def worries_in(db: sqlite3.Connection, community: str) -> Counter[str]:
    """For each worry, how many merchants of a community that have not joined named it when they last named any."""
    last = dict(tuple(row) for row in db.execute(_WORRIES, (community,)))
    return Counter(reason for root in sorted(last) for reason in sorted(set(loads(last[root], "visit"))))


def introductions_in(db: sqlite3.Connection, community: str) -> tuple[int, int]:
    """How often parents spoke to merchants of a community, and how many parents did."""
    words, parents = db.execute(_WORDS, (community,)).fetchone()
    return words, parents


def trained_in(db: sqlite3.Connection, community: str) -> int:
    """How many of a community's parent volunteers were trained, those who rest left out."""
    sql = "SELECT count(*) FROM parent WHERE live = 1 AND coalesce(active, 1) AND trained_on IS NOT NULL AND community = ?"
    found: int = db.execute(sql, (community,)).fetchone()[0]
    return found
