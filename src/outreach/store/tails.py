"""The latest visits at each merchant, as far back as what is asked of them needs; and how many there were before.

Of a hundred visits at a door, the last few say where the merchant stands and since when. They are looked up in the index, from
the latest back, so that a page about a week costs what is recent, not what the years brought.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from outreach.domain.facts import Tail, Visit
from outreach.domain.records import Outcome
from outreach.store.tables import loads

_Row = tuple[Any, ...]  # of these columns
_COLUMNS = 'merchant, visited_at, id, outcome, firm, by, reasons, "with", minutes'
_AT, _OUTCOME = 1, 3
_LATEST_FIRST = (
    f"SELECT {_COLUMNS} FROM visit INDEXED BY visit_calls "  # noqa: S608 - our own names
    "WHERE live = 1 AND merchant = ? AND visited_at < ? ORDER BY visited_at DESC, id DESC"
)
_ALL = (
    f"SELECT {_COLUMNS} FROM visit NOT INDEXED WHERE live = 1 AND visited_at < ? "  # noqa: S608 - our own names
    "ORDER BY merchant, visited_at DESC, id DESC"
)
_FEW = 8  # visits of each merchant, on the average
_NOT_MET = Outcome.NOT_MET  # reached for each visit; a member of an enum is slow to reach


def tails(db: sqlite3.Connection, day: date, since: date, leads: Mapping[str, str]) -> dict[str, Tail]:
    """The tail of every merchant that was visited by the end of `day`; those of merged merchants are put together.

    It has every visit since that day, what the merchant's standing rested on before, and the visit that last changed it.
    """
    end, together = (day + timedelta(1)).isoformat(), leads.keys() | set(leads.values())
    found: dict[str, Tail] = {}
    shared: dict[str, list[_Row]] = defaultdict(list)
    for merchant, count, latest_first in _merchants(db, end):
        if merchant in together:
            shared[leads.get(merchant, merchant)] += latest_first
        else:
            latest = _back_to(latest_first, since.isoformat())
            found[merchant] = Tail(tuple(map(_visit, reversed(latest))), count - len(latest))
    for root, visits in shared.items():
        found[root] = Tail(tuple(sorted(map(_visit, visits), key=lambda visit: (visit.visited_at, visit.id))))
    return found


def _merchants(db: sqlite3.Connection, end: str) -> Iterator[tuple[str, int, Iterable[_Row]]]:
    """Each merchant that was visited before `end`, how often, and the visits, the latest first.

    Where there are few for each, one sorted scan is quicker than looking them up; else only those that are taken are read.
    """
    counts, cursor = _counts(db, end), db.cursor()
    cursor.row_factory = None
    if sum(counts.values()) <= _FEW * len(counts):
        for merchant, rows in groupby(cursor.execute(_ALL, (end,)), key=itemgetter(0)):
            yield merchant, counts[merchant], rows
        return
    for merchant, count in counts.items():
        yield merchant, count, cursor.execute(_LATEST_FIRST, (merchant, end))


def _counts(db: sqlite3.Connection, end: str) -> dict[str, int]:
    """How many visits there were at each merchant before `end`, from the index alone."""
    sql = "SELECT merchant, count(*) FROM visit INDEXED BY visit_calls WHERE live = 1 AND visited_at < ? GROUP BY merchant"
    return dict(db.execute(sql, (end,)).fetchall())


def _back_to(latest_first: Iterable[_Row], since: str) -> list[_Row]:
    """From the latest back to the first that need not be known: the standing before `since` and its last change are.

    No more rows are read than are taken.
    """
    found: list[_Row] = []
    status: str | None = None
    changed = False
    for row in latest_first:
        found.append(row)
        outcome = row[_OUTCOME]
        if outcome != _NOT_MET:
            status = status or outcome
            changed = changed or outcome != status
            if changed and row[_AT] < since:
                break
    return found


def _visit(row: _Row) -> Visit:
    merchant, at, i, outcome, firm, by, reasons, along, minutes = row
    return Visit(merchant, at, i, outcome, bool(firm), by, _list(reasons), _list(along), minutes)


@cache
def _list(text: str | None) -> tuple[str, ...]:
    return tuple(loads(text, "visit")) if text else ()
