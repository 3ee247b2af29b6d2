"""The latest visits at each merchant, as far back as what is asked of them needs; and how many there were before.

Of a hundred visits at a door, the last few say where the merchant stands and since when. They are looked up in the index, from
the latest back, so that a page about a week costs what is recent, not what the years brought.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from operator import attrgetter
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
_ALL = f"SELECT {_COLUMNS} FROM visit NOT INDEXED WHERE live = 1 AND visited_at < ?"  # noqa: S608 - our own names
_MOMENT = attrgetter("visited_at", "id")
_FEW = 8  # visits of each merchant, on the average
_NOT_MET = Outcome.NOT_MET  # reached for each visit; a member of an enum is slow to reach


def tails(db: sqlite3.Connection, day: date, since: date, leads: Mapping[str, str]) -> dict[str, Tail]:
    """The tail of every merchant that was visited by the end of `day`; those of merged merchants are put together.

    It has every visit since that day, what the merchant's standing rested on before, and the visit that last changed it.
    """
    end, together = (day + timedelta(1)).isoformat(), leads.keys() | set(leads.values())
    read = _all if are_few(db) else _latest
    found: dict[str, Tail] = {}
    shared: dict[str, list[Visit]] = defaultdict(list)
    for merchant, tail in read(db, end, since.isoformat(), together):
        if merchant in together:
            shared[leads.get(merchant, merchant)] += tail.visits
        else:
            found[merchant] = tail
    for root, visits in shared.items():
        found[root] = Tail(tuple(sorted(visits, key=_MOMENT)))
    return found


_Tails = Iterator[tuple[str, Tail]]


def are_few(db: sqlite3.Connection) -> bool:
    """Whether each merchant has few visits, so that one scan is quicker than looking up the latest of each."""
    visits, merchants = (db.execute(f"SELECT count(*) FROM {kind}").fetchone()[0] for kind in ("visit", "merchant"))  # noqa: S608
    return bool(visits <= _FEW * merchants)


def _all(db: sqlite3.Connection, end: str, _since: str, _whole: Collection[str]) -> _Tails:
    """Every visit before `end`, by merchant."""
    cursor = db.cursor()
    cursor.row_factory = None
    found: dict[str, list[Visit]] = defaultdict(list)
    for visit in map(_visit, cursor.execute(_ALL, (end,))):
        found[visit.merchant].append(visit)
    for merchant, visits in found.items():
        if len(visits) > 1:
            visits.sort(key=_MOMENT)
        yield merchant, Tail(tuple(visits))


def _latest(db: sqlite3.Connection, end: str, since: str, whole: Collection[str]) -> _Tails:
    """The latest visits of each merchant before `end`, as many as are needed; all of those of `whole`."""
    cursor = db.cursor()
    cursor.row_factory = None
    for merchant, count in _counts(db, end).items():
        rows = cursor.execute(_LATEST_FIRST, (merchant, end))
        latest = list(rows) if merchant in whole else _back_to(rows, since)
        yield merchant, Tail(tuple(map(_visit, reversed(latest))), count - len(latest))


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
    return Visit(
        merchant,
        at,
        i,
        outcome,
        bool(firm),
        by,
        words_in(reasons) if reasons else (),
        words_in(along) if along else (),
        minutes,
    )


@cache
def words_in(text: str) -> tuple[str, ...]:
    """A list of codes or ids of a visit. Raises DamagedRecord."""
    return tuple(loads(text, "visit"))
