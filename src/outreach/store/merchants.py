"""Reading merchants with where they stand: lists with filters, and one of them."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from outreach.domain.records import Sort

_LISTED = """
SELECT m.id, m.name, m.community, m.category, s.status, s.firm, s.visits, s.last_visit
FROM lookup l CROSS JOIN merchant m ON m.id = l.id CROSS JOIN standing s ON s.merchant = m.id AND s.root = m.id
WHERE m.live = 1"""
_PASSING = "SELECT m.id FROM merchant m JOIN standing s ON s.merchant = m.id AND s.root = m.id WHERE m.live = 1"
_BY_SOUND = " ORDER BY l.pinyin, m.id"


class Filter(NamedTuple):
    """Which merchants: by standing, place, kind of shop, mark, and by visits (whose, and from which day to which)."""

    status: str | None = None
    community: str | None = None  # id
    category: str | None = None
    label: str | None = None
    worker: str | None = None
    since: date | None = None
    until: date | None = None
    sort: str = Sort.COMMUNITY
    limit: int | None = None


class Listed(NamedTuple):
    """A merchant as lists show it. `community` is a name; `tags` are the labels of its marks."""

    id: str
    name: str
    community: str | None
    category: str | None
    status: str | None
    firm: bool | None
    visits: int
    last_visit: str | None
    tags: tuple[str, ...] = ()


class Columns(NamedTuple):
    """The same, column by column: a table of ten thousand merchants makes no object for each."""

    id: Sequence[str] = ()
    name: Sequence[str] = ()
    community: Sequence[str | None] = ()
    category: Sequence[str | None] = ()
    status: Sequence[str | None] = ()
    firm: Sequence[bool | None] = ()
    visits: Sequence[int] = ()
    last_visit: Sequence[str | None] = ()


def columns_of(db: sqlite3.Connection, wanted: Filter) -> Columns:
    """The merchants that pass the filter; those merged into another are part of that one."""
    clauses, values = _clauses(wanted)
    rows = _rows(db, _LISTED + "".join(clauses) + _BY_SOUND, values)
    return _sorted(_columns(db, rows), wanted)


def list_merchants(db: sqlite3.Connection, wanted: Filter | None = None) -> list[Listed]:
    """The same merchants, one by one."""
    return _labelled(db, columns_of(db, wanted or Filter()))


def passing(wanted: Filter) -> tuple[str, list[object]]:
    """The query for the ids of the merchants that pass the filter, and its values; sorting and limit aside."""
    clauses, values = _clauses(wanted)
    return _PASSING + "".join(clauses), values


def get_merchant(db: sqlite3.Connection, merchant: str) -> Listed | None:
    """One merchant by its id."""
    found = _labelled(db, _columns(db, _rows(db, f"{_LISTED} AND m.id = ?", (merchant,))))
    return found[0] if found else None


def _rows(db: sqlite3.Connection, sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    rows = db.cursor()
    rows.row_factory = None  # plain tuples: ten thousand of them
    return rows.execute(sql, values).fetchall()


def _columns(db: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> Columns:
    """The rows of a _LISTED query as columns, with their communities' names: few, and looked up quicker here than joined."""
    found = Columns(*zip(*rows, strict=True))
    names = dict(_rows(db, "SELECT id, name FROM community WHERE live = 1", ()))
    return found._replace(community=list(map(names.get, found.community)))


def _labelled(db: sqlite3.Connection, columns: Columns) -> list[Listed]:
    labels = labels_by_merchant(db)
    return [Listed._make((*row, labels.get(row[0], ()))) for row in zip(*columns, strict=True)]


def _sorted(columns: Columns, wanted: Filter) -> Columns:
    """In the order that is wanted, and by sound within it, as they come; no more of them than are wanted."""
    ranks = _ranks(columns, wanted.sort)
    order = sorted(range(len(ranks)), key=ranks.__getitem__) if ranks else range(len(columns.id))
    kept = order[: wanted.limit]
    return Columns._make(list(map(column.__getitem__, kept)) for column in columns)


def _ranks(c: Columns, sort: str) -> Sequence[int]:
    if sort == Sort.COMMUNITY:
        return _places(c.community)
    if sort == Sort.STATUS:
        return _places(list(zip(_places(c.status), _places(c.community), strict=True)))
    if sort == Sort.VISITS:
        return [-count for count in c.visits]
    return [-place for place in _places(c.last_visit, none=-1)] if sort == Sort.LAST_VISIT else ()


def _places(column: Sequence[Any], *, none: int | None = None) -> list[int]:
    """Each value's place among the different ones; that of no value is the last, unless it is given."""
    different = sorted(set(column) - {None})
    places: dict[Any, int] = {value: place for place, value in enumerate(different)}
    places[None] = len(different) if none is None else none
    return [places[value] for value in column]


def _clauses(wanted: Filter) -> tuple[list[str], list[object]]:
    clauses: list[str] = []
    values: list[object] = []
    for column, value in (
        ("s.status", wanted.status),
        ("m.community", wanted.community),
        ("m.category", wanted.category),
    ):
        if value is not None:
            clauses.append(f" AND {column} = ?")
            values.append(value)
    if wanted.label is not None:
        clauses.append(f" AND m.id IN ({_WITH_LABEL})")
        values.append(wanted.label)
    if wanted.worker or wanted.since or wanted.until:
        clauses.append(f" AND m.id IN ({_VISITED})")
        values += [wanted.worker, str(wanted.since or "0"), f"{wanted.until or 9999}~"]
    return clauses, values


_WITH_LABEL = (
    "SELECT st.root FROM tag t JOIN standing st ON st.merchant = t.merchant "
    "WHERE t.live = 1 AND t.done_at IS NULL AND t.label = ?"
)
_VISITED = (
    "SELECT st.root FROM visit v JOIN standing st ON st.merchant = v.merchant "
    "WHERE v.live = 1 AND coalesce(v.by, '') = coalesce(?, v.by, '') AND v.visited_at BETWEEN ? AND ?"
)


def labels_by_merchant(db: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """The labels of the marks in force, by merchant."""
    found: dict[str, list[str]] = defaultdict(list)
    sql = (
        "SELECT DISTINCT s.root, t.label FROM tag t JOIN standing s ON s.merchant = t.merchant "
        "WHERE t.live = 1 AND t.done_at IS NULL ORDER BY t.label"
    )
    for root, label in db.execute(sql):
        found[root].append(label)
    return {root: tuple(labels) for root, labels in found.items()}
