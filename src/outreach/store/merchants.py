"""Reading merchants with where they stand: lists with filters, and one of them."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

SORTS = {
    "community": "c.name IS NULL, c.name, l.pinyin",
    "name": "l.pinyin",
    "status": "s.status IS NULL, s.status, c.name, l.pinyin",
    "visits": "s.visits DESC, l.pinyin",
    "last-visit": "s.last_visit IS NULL, s.last_visit DESC, l.pinyin",
}
_LISTED = """
SELECT m.id, m.name, c.name, m.community, m.category, s.status, s.firm, s.visits, s.last_visit, s.last_by
FROM merchant m JOIN standing s ON s.merchant = m.id AND s.root = m.id JOIN lookup l ON l.id = m.id
LEFT JOIN community c ON c.id = m.community AND c.live = 1
WHERE m.live = 1"""


@dataclass(frozen=True)
class Filter:
    """Which merchants: by standing, place, kind of shop, mark, and by visits (whose, and from which day to which)."""

    status: str | None = None
    community: str | None = None  # id
    category: str | None = None
    label: str | None = None
    worker: str | None = None
    since: date | None = None
    until: date | None = None
    sort: str = "community"
    limit: int | None = None


class Listed(NamedTuple):
    """A merchant as lists show it. `community` is a name; `tags` are the labels of its marks."""

    id: str
    name: str
    community: str | None
    community_id: str | None
    category: str | None
    status: str | None
    firm: bool | None
    visits: int
    last_visit: str | None
    last_by: str | None
    tags: tuple[str, ...] = ()


def list_merchants(db: sqlite3.Connection, wanted: Filter | None = None) -> list[Listed]:
    """The merchants that pass the filter; those merged into another are part of that one."""
    wanted = wanted or Filter()
    clauses, values = _clauses(wanted)
    sql = f"{_LISTED}{''.join(clauses)} ORDER BY {SORTS[wanted.sort]}, m.id"
    return _labelled(db, sql + (" LIMIT ?" if wanted.limit is not None else ""), values)


def get_merchant(db: sqlite3.Connection, merchant: str) -> Listed | None:
    """One merchant by its id."""
    found = _labelled(db, f"{_LISTED} AND m.id = ?", (merchant,))
    return found[0] if found else None


def _labelled(db: sqlite3.Connection, sql: str, values: Sequence[object]) -> list[Listed]:
    """The rows of a _LISTED query as values, with their marks."""
    labels = labels_by_merchant(db)
    rows = db.cursor()
    rows.row_factory = None  # plain tuples: ten thousand of them
    rows.execute(sql, values)
    return [Listed._make((*row, labels.get(row[0], ()))) for row in rows]


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
    return clauses, [*values, *([] if wanted.limit is None else [wanted.limit])]


_WITH_LABEL = (
    "SELECT st.root FROM tag t JOIN standing st ON st.merchant = t.merchant "
    "WHERE t.live = 1 AND t.done_at IS NULL AND t.label = ?"
)
_VISITED = (
    "SELECT st.root FROM visit v JOIN standing st ON st.merchant = v.merchant "
    "WHERE v.live = 1 AND coalesce(v.by = ?, 1) AND v.visited_at BETWEEN ? AND ?"
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
