"""When merchants signed up, and when the record begins and ends. As recorded now, corrections included."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from outreach.store.tables import day_of


def sign_ups(db: sqlite3.Connection) -> Mapping[str, Sequence[date]]:
    """The days on which each merchant signed up, earliest first; one merged by now has those of its root, under each id."""
    leads = dict(db.execute("SELECT merchant, root FROM standing WHERE root <> merchant").fetchall())
    found: dict[str, list[date]] = defaultdict(list)
    sql = "SELECT merchant, visited_at FROM visit WHERE live = 1 AND outcome = 'signed_up' ORDER BY visited_at, id"
    for merchant, at in db.execute(sql):
        found[leads.get(merchant, merchant)].append(day_of(at, "visit"))
    return {**found, **{merchant: found[root] for merchant, root in leads.items() if root in found}}


def visited(db: sqlite3.Connection) -> tuple[date, date] | None:
    """The days of the first and the last visit; None where nothing was visited yet."""
    first, last = db.execute("SELECT MIN(visited_at), MAX(visited_at) FROM visit WHERE live = 1").fetchone()
    return None if first is None else (day_of(first, "visit"), day_of(last, "visit"))
