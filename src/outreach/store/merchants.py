"""Reading merchants: lists with filters, one with everything about it, follow-ups, and what a day's page needs."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from outreach.domain.change import Fields
from outreach.domain.records import KINDS
from outreach.domain.text import natural_key
from outreach.store.tables import columns, from_row, marks

SORTS = {
    "community": "c.name IS NULL, c.name, l.pinyin",
    "name": "l.pinyin",
    "status": "s.status IS NULL, s.status, c.name, l.pinyin",
    "visits": "s.visits DESC, l.pinyin",
    "last-visit": "s.last_visit IS NULL, s.last_visit DESC, l.pinyin",
}
_LISTED = """
SELECT m.*, c.name AS community_name, s.status, s.firm AS is_firm, s.visits, s.last_visit, s.last_by
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


@dataclass(frozen=True)
class Listed:
    """A merchant as lists show it. `community` is a name; `tags` are the labels of its marks."""

    id: str
    name: str
    community: str | None
    community_id: str | None
    category: str | None
    status: str | None
    firm: bool
    visits: int
    last_visit: str | None
    last_by: str | None
    tags: tuple[str, ...]


def list_merchants(db: sqlite3.Connection, wanted: Filter | None = None) -> list[Listed]:
    """The merchants that pass the filter; those merged into another are part of that one."""
    wanted = wanted or Filter()
    clauses, values = _clauses(wanted)
    sql = f"{_LISTED}{''.join(clauses)} ORDER BY {SORTS[wanted.sort]}, m.id"
    labels = labels_by_merchant(db)
    rows = db.execute(sql + (" LIMIT ?" if wanted.limit is not None else ""), values)
    return [_listed(row, labels) for row in rows]


def get_merchant(db: sqlite3.Connection, merchant: str) -> Listed | None:
    """One merchant by its id."""
    row = db.execute(f"{_LISTED} AND m.id = ?", (merchant,)).fetchone()
    return _listed(row, labels_by_merchant(db)) if row else None


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


def _listed(row: sqlite3.Row, labels: Mapping[str, tuple[str, ...]]) -> Listed:
    return Listed(
        row["id"], row["name"], row["community_name"], row["community"], row["category"], row["status"],
        bool(row["is_firm"]), row["visits"], row["last_visit"], row["last_by"], labels.get(row["id"], ()),
    )  # fmt: skip


def members(db: sqlite3.Connection, merchant: str) -> list[str]:
    """The merchant's id and those of the merchants merged into it."""
    return [row["merchant"] for row in db.execute("SELECT merchant FROM standing WHERE root = ?", (merchant,))]


def records_about(db: sqlite3.Connection, kind: str, merchants: Sequence[str]) -> list[Fields]:
    """The live visits, referrals, tags or opinions of these merchants, latest first."""
    day = KINDS[kind].dated
    sql = f'SELECT * FROM {kind} WHERE live = 1 AND merchant IN ({marks(merchants)}) ORDER BY "{day}" DESC, id DESC'  # noqa: S608
    return [from_row(KINDS[kind], row) for row in db.execute(sql, merchants)]


def get_record(db: sqlite3.Connection, kind: str, record: str) -> Fields | None:
    """A record by its id, removed or not; None where this laptop has nothing of it."""
    row = db.execute(f"SELECT * FROM {kind} WHERE id = ?", (record,)).fetchone()  # noqa: S608 - our own names
    return from_row(KINDS[kind], row) if row else None


def all_records(db: sqlite3.Connection, kind: str) -> list[Fields]:
    """Every live record of a kind, by id."""
    names = ",".join(f'"{c}"' for c in ("id", *columns(KINDS[kind])))
    rows = db.execute(f"SELECT {names} FROM {kind} WHERE live = 1 ORDER BY id")  # noqa: S608 - our own names
    return [from_row(KINDS[kind], row) for row in rows]


def names_of(db: sqlite3.Connection, kind: str) -> dict[str, str]:
    """Id to name, of every record of a kind that ever had a name, removed ones included."""
    named = KINDS[kind].named
    rows = db.execute(f"SELECT id, {named} AS name FROM {kind} WHERE {named} IS NOT NULL")  # noqa: S608 - our own names
    return {row["id"]: row["name"] for row in rows}


@dataclass(frozen=True)
class FollowUp:
    """An open mark with a due date."""

    merchant: str
    merchant_id: str
    community: str | None
    label: str
    due: date
    by: str | None
    note: str | None


def follow_ups(db: sqlite3.Connection, until: date) -> list[FollowUp]:
    """The open follow-ups due up to a day, the longest overdue first."""
    sql = (
        "SELECT m.name, m.id, c.name, t.label, t.due, t.by, t.note FROM tag t JOIN standing s ON s.merchant = t.merchant "
        "JOIN merchant m ON m.id = s.root AND m.live = 1 LEFT JOIN community c ON c.id = m.community AND c.live = 1 "
        "WHERE t.live = 1 AND t.done_at IS NULL AND t.due IS NOT NULL AND t.due <= ? ORDER BY t.due, m.name, t.label"
    )
    return [FollowUp(n, i, c, la, date.fromisoformat(d), b, no) for n, i, c, la, d, b, no in db.execute(sql, (str(until),))]


def marks_on(db: sqlite3.Connection, merchant: str) -> list[Fields]:
    """The live marks on a merchant and on those merged into it, closed follow-ups included."""
    return sorted(records_about(db, "tag", members(db, merchant)), key=lambda tag: (tag.get("due") or "~", tag["label"]))


def open_follow_ups(db: sqlite3.Connection, merchant: str) -> list[Fields]:
    """The open marks on a merchant that have a due date, the earliest first."""
    return [tag for tag in marks_on(db, merchant) if "due" in tag and "done_at" not in tag]


def last_community(db: sqlite3.Connection) -> str | None:
    """The name of the community of the shop that this laptop visited last."""
    row = db.execute(
        "SELECT c.name FROM journal j JOIN visit v ON v.id = j.id AND v.live = 1 JOIN merchant m ON m.id = v.merchant "
        "JOIN community c ON c.id = m.community AND c.live = 1 WHERE j.act IS NOT NULL AND j.kind = 'visit' "
        "ORDER BY j.act DESC LIMIT 1"
    ).fetchone()
    return row["name"] if row else None


def removed_named(db: sqlite3.Connection, kind: str, name: str) -> list[Fields]:
    """The removed records of a kind that were called so, the latest first."""
    named = KINDS[kind].named
    wanted = natural_key(name)
    rows = db.execute(f"SELECT * FROM {kind} WHERE removed = 1 AND {named} IS NOT NULL ORDER BY id DESC")  # noqa: S608
    return [from_row(KINDS[kind], row) for row in rows if natural_key(row[str(named)]) == wanted]


def any_visit(db: sqlite3.Connection) -> bool:
    """Whether any visit was ever recorded or received here."""
    return db.execute("SELECT 1 FROM visit LIMIT 1").fetchone() is not None
