"""The latest visits at each merchant, as far back as what is asked of them needs; and how many there were before.

Of a hundred visits at a door, the last few say where the merchant stands and since when. They are looked up in the index, from
the latest back, so that a page about a week costs what is recent, not what the years brought.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache

from outreach.domain.facts import Tail, Visit
from outreach.domain.records import Outcome
from outreach.store.tables import loads


def tails(db: sqlite3.Connection, day: date, since: date, leads: Mapping[str, str]) -> dict[str, Tail]:
    """The tail of every merchant that was visited by the end of `day`; those of merged merchants are put together.

    It has every visit since that day, what the merchant's standing rested on before, and the visit that last changed it.
    """
    end, together = (day + timedelta(1)).isoformat(), leads.keys() | set(leads.values())
    found: dict[str, Tail] = {}
    shared: dict[str, list[Visit]] = defaultdict(list)
    for merchant, count in _counts(db, end):
        if merchant in together:
            shared[leads.get(merchant, merchant)] += _visits(db, merchant, end)
        else:
            latest = _back_to(_visits(db, merchant, end), since.isoformat())
            found[merchant] = Tail(tuple(reversed(latest)), count - len(latest))
    for root, visits in shared.items():
        found[root] = Tail(tuple(sorted(visits, key=lambda visit: (visit.visited_at, visit.id))))
    return found


def _counts(db: sqlite3.Connection, end: str) -> list[tuple[str, int]]:
    """How many visits there were at each merchant before `end`, from the index alone."""
    sql = "SELECT merchant, count(*) FROM visit INDEXED BY visit_calls WHERE live = 1 AND visited_at < ? GROUP BY merchant"
    return [(merchant, count) for merchant, count in db.execute(sql, (end,))]


def _back_to(latest_first: Iterator[Visit], since: str) -> list[Visit]:
    """From the latest back to the first that need not be known: the standing before `since` and its last change are."""
    found: list[Visit] = []
    status: str | None = None
    changed = False
    for visit in latest_first:
        found.append(visit)
        if visit.outcome == Outcome.NOT_MET:
            continue
        status = status or visit.outcome
        changed = changed or visit.outcome != status
        if changed and visit.visited_at < since:
            break
    return found


def _visits(db: sqlite3.Connection, merchant: str, end: str) -> Iterator[Visit]:
    """The visits at a merchant before `end`, the latest first; no more of them are read than are taken."""
    cursor = db.cursor()
    cursor.row_factory = None
    for at, i, outcome, firm, by, reasons, along, minutes in cursor.execute(_LATEST_FIRST, (merchant, end)):
        yield Visit(merchant, at, i, outcome, bool(firm), by, _list(reasons), _list(along), minutes)


_LATEST_FIRST = (
    'SELECT visited_at, id, outcome, firm, by, reasons, "with", minutes FROM visit INDEXED BY visit_calls '
    "WHERE live = 1 AND merchant = ? AND visited_at < ? ORDER BY visited_at DESC, id DESC"
)


@cache
def _list(text: str | None) -> tuple[str, ...]:
    return tuple(loads(text, "visit")) if text else ()
