"""Proving that the tables are what the journal folds to, and that the file is sound. Reads only."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from outreach.domain.change import canonical
from outreach.domain.fold import fold
from outreach.domain.form import Kind
from outreach.domain.records import KINDS
from outreach.domain.standing import roots, standing
from outreach.errors.storage import DamagedRecord
from outreach.store.names import lookup_row
from outreach.store.pieces import chunks, marks
from outreach.store.standings import calls_of, links_of
from outreach.store.tables import changes_of, columns, to_row


class Check(StrEnum):
    """What is looked at."""

    FILE = auto()  # SQLite's own check of its pages
    JOURNAL = auto()  # every change can be read
    FOLD = auto()  # each row of each kind is the fold of its changes
    STANDING = auto()  # where merchants stand is what their visits come to
    NAMES = auto()  # the index of names is what the names say


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check; `difference` names the first thing that is not as it should be."""

    check: Check
    difference: str | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return self.difference is None


def examine(db: sqlite3.Connection) -> Iterator[Finding]:
    """Every check, in turn, on one unchanging view of the database."""
    db.execute("BEGIN")
    try:
        looks = {
            Check.FILE: _file, Check.JOURNAL: _journal, Check.FOLD: _fold, Check.STANDING: _standing, Check.NAMES: _names,
        }  # fmt: skip
        for check, look in looks.items():
            yield Finding(check, _looked(db, look))
    finally:
        db.execute("ROLLBACK")


def _rows(db: sqlite3.Connection, table: str, sql: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
    """All rows. Raises DamagedRecord where a text of the table is no text."""
    try:
        return db.execute(sql, values).fetchall()
    except sqlite3.OperationalError as error:
        raise DamagedRecord(table=table) from error


def _looked(db: sqlite3.Connection, look: Callable[[sqlite3.Connection], str | None]) -> str | None:
    try:
        return look(db)
    except DamagedRecord as damage:
        return str(damage.facts["table"])


def _file(db: sqlite3.Connection) -> str | None:
    answer = str(db.execute("PRAGMA integrity_check(1)").fetchone()[0])
    return None if answer == "ok" else answer


def _journal(db: sqlite3.Connection) -> str | None:
    row = db.execute("SELECT seq FROM journal WHERE NOT json_valid(fields) OR json_type(fields) <> 'object' LIMIT 1").fetchone()
    return f"journal {row['seq']}" if row else None


def _fold(db: sqlite3.Connection) -> str | None:
    return next((found for kind in KINDS.values() if (found := _fold_of(db, kind))), None)


def _fold_of(db: sqlite3.Connection, kind: Kind) -> str | None:
    """The first record of a kind whose row is not the fold of its changes, field by field."""
    sql = f"SELECT id FROM journal WHERE kind = ? UNION SELECT id FROM {kind.name} ORDER BY id"  # noqa: S608 - our names
    ids = [row["id"] for row in db.execute(sql, (kind.name,))]
    names = [*columns(kind), "live"]
    for part in chunks(ids):
        sql = f"SELECT * FROM {kind.name} WHERE id IN ({marks(part)})"  # noqa: S608 - our names, marks
        rows = {row["id"]: row for row in _rows(db, kind.name, sql, part)}
        for record, changes in changes_of(db, kind.name, part).items():
            wanted = dict(zip(names, to_row(kind, fold(kind, changes)), strict=True))
            for name in names:
                found = rows[record][name] if record in rows else None
                if record not in rows or found != wanted[name]:
                    return f"{kind.name} {record} {name}: {canonical(found)} / {canonical(wanted[name])}"
    return None


def _standing(db: sqlite3.Connection) -> str | None:
    leads = roots(links_of(db))
    rows = db.execute("SELECT m.id, s.* FROM merchant m LEFT JOIN standing s ON s.merchant = m.id ORDER BY m.id").fetchall()
    by_id = {row["id"]: row for row in rows}
    for part in chunks(list(by_id)):
        calls = calls_of(db, part)
        for row in map(by_id.__getitem__, part):
            wanted = standing(calls[row["id"]])
            found = (row["status"], row["firm"], row["visits"], row["last_visit"], row["last_by"])
            if row["root"] != leads.get(row["id"], row["id"]) or found != (
                wanted.status, wanted.firm, wanted.visits, wanted.last_visit, wanted.last_by,
            ):  # fmt: skip
                return f"standing {row['id']}"
    return None


def _names(db: sqlite3.Connection) -> str | None:
    for kind in (k for k in KINDS.values() if k.named):
        live = _rows(db, kind.name, f"SELECT * FROM {kind.name} WHERE live = 1")  # noqa: S608 - our names
        wanted = {row["id"]: lookup_row(kind, dict(row)) for row in live}
        found = {row["id"]: tuple(row) for row in _rows(db, "lookup", "SELECT * FROM lookup WHERE kind = ?", (kind.name,))}
        for record in sorted(wanted.keys() | found.keys()):
            if wanted.get(record) != found.get(record):
                return f"{kind.name} {record}"
    return None
