"""Reading records as they are: one, all of a kind, those about a merchant."""

import sqlite3
from collections.abc import Iterator, Sequence

from outreach.domain.change import Fields
from outreach.domain.form import Field, Form, Kind
from outreach.domain.records import KINDS
from outreach.store.pieces import marks
from outreach.store.tables import MEANT, columns, from_column, from_row, loads

_TOGETHER = 20_000  # ids in one query that may have to look at every row; SQLite allows 32,766


def members(db: sqlite3.Connection, merchant: str) -> list[str]:
    """The merchant's id and those of the merchants merged into it."""
    return [row["merchant"] for row in db.execute("SELECT merchant FROM standing WHERE root = ?", (merchant,))]


def records_about(db: sqlite3.Connection, kind: str, merchants: Sequence[str]) -> list[Fields]:
    """The live visits, referrals, tags or opinions of these merchants, latest first."""
    day = KINDS[kind].dated
    sql = f'SELECT * FROM {kind} WHERE live = 1 AND merchant IN ({marks(merchants)}) ORDER BY "{day}" DESC, id DESC'  # noqa: S608
    return [from_row(KINDS[kind], row) for row in db.execute(sql, merchants)]


def decisions_about(db: sqlite3.Connection, merchants: Sequence[str], community: str | None) -> list[Fields]:
    """What people decided about these merchants or their community and did not end, latest first."""
    sql = f"SELECT * FROM override WHERE live = 1 AND (merchant IN ({marks(merchants)}) OR community = ?) ORDER BY at DESC, id"  # noqa: S608
    return [from_row(KINDS["override"], row) for row in db.execute(sql, (*merchants, community))]


def get_record(db: sqlite3.Connection, kind: str, record: str) -> Fields | None:
    """A record by its id, removed or not; None where this laptop has nothing of it."""
    row = db.execute(f"SELECT * FROM {kind} WHERE id = ?", (record,)).fetchone()  # noqa: S608 - our own names
    return from_row(KINDS[kind], row) if row else None


def all_records(db: sqlite3.Connection, kind: str) -> list[Fields]:
    """Every live record of a kind, by id."""
    names = ("id", *columns(KINDS[kind]))
    said = ",".join(f'"{name}"' for name in names)
    cursor = db.cursor()
    cursor.row_factory = None
    rows = cursor.execute(f"SELECT {said} FROM {kind} WHERE live = 1 ORDER BY id")  # noqa: S608 - our own names
    told = [{name: value for name, value in zip(names, row, strict=True) if value is not None} for row in rows]
    meanings = [field for field in KINDS[kind].fields if field.form in MEANT]
    for record in told if meanings else ():
        record |= {f.name: from_column(f.form, record[f.name], kind) for f in meanings if f.name in record}
    return told


def names_of(db: sqlite3.Connection, kind: str) -> dict[str, str]:
    """Id to name, of every record of a kind that ever had a name, removed ones included."""
    named = KINDS[kind].named
    rows = db.execute(f"SELECT id, {named} AS name FROM {kind} WHERE {named} IS NOT NULL")  # noqa: S608 - our own names
    return {row["id"]: row["name"] for row in rows}


def workers_known(db: sqlite3.Connection) -> list[str]:
    """By whom visits are recorded, by name."""
    rows = db.execute('SELECT DISTINCT "by" FROM visit WHERE live = 1 AND "by" IS NOT NULL ORDER BY "by"')
    return [row[0] for row in rows]


def pointing_to(db: sqlite3.Connection, kind: Kind, field: Field, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(the id of a live record of a kind, which of `ids` one of its fields points to)."""
    if field.form is Form.REFERENCES:
        wanted = set(ids)
        sql = f'SELECT id, "{field.name}" FROM {kind.name} WHERE live = 1 AND "{field.name}" IS NOT NULL'  # noqa: S608
        for record, text in db.execute(sql):
            yield from ((record, to) for to in loads(text, kind.name) if to in wanted)
        return
    for start in range(0, len(ids), _TOGETHER):
        part = ids[start : start + _TOGETHER]
        sql = f'SELECT id, "{field.name}" FROM {kind.name} WHERE live = 1 AND "{field.name}" IN ({marks(part)})'  # noqa: S608
        yield from map(tuple, db.execute(sql, part))


def any_visit(db: sqlite3.Connection) -> bool:
    """Whether any visit was ever recorded or received here."""
    return db.execute("SELECT 1 FROM visit LIMIT 1").fetchone() is not None


def last_community(db: sqlite3.Connection) -> str | None:
    """The name of the community of the shop that this laptop visited last."""
    row = db.execute(
        "SELECT c.name FROM journal j JOIN visit v ON v.id = j.id AND v.live = 1 JOIN merchant m ON m.id = v.merchant "
        "JOIN community c ON c.id = m.community AND c.live = 1 WHERE j.act IS NOT NULL AND j.kind = 'visit' "
        "ORDER BY j.act DESC LIMIT 1"
    ).fetchone()
    return row["name"] if row else None
