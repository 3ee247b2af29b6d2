"""The floor: JSON lines by orjson, inserted with sqlite3's executemany in one transaction. No merge, no history."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import orjson

from peers.work import FIELDS, Row, an_id, content, keep, run, shared

_COLUMNS = ", ".join(FIELDS)
_INSERT = f"insert into visits ({_COLUMNS}) values ({', '.join('?' * len(FIELDS))})"  # noqa: S608 - our own names
_TABLE = (
    "create table if not exists visits (id text primary key, device text, name text, place text, "
    "visited_at text, status text, rating integer, note text) without rowid"
)


def connect(path: Path) -> sqlite3.Connection:
    """A database with the table."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(_TABLE)
    return db


def load(path: Path) -> list[Row]:
    """The rows of a file."""
    with path.open("rb") as file:
        return [orjson.loads(line) for line in file]


def dump(path: Path, rows: Iterable[Row]) -> None:
    """Write them."""
    keep(path, b"".join(orjson.dumps(row) + b"\n" for row in rows))


def put(db: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Insert them, in one transaction."""
    db.execute("begin")
    db.executemany(_INSERT, (tuple(row[name] for name in FIELDS) for row in rows))
    db.execute("commit")


def rows_of(db: sqlite3.Connection) -> list[Row]:
    """All of them."""
    sql = f"select {_COLUMNS} from visits order by id"  # noqa: S608 - our own names
    return [dict(zip(FIELDS, row, strict=True)) for row in db.execute(sql)]


def take(work: Path, name: str) -> Row:
    """B reads a file of the shared place."""
    db = connect(work / "b.db")
    put(db, load(shared(work) / name))
    assert db.execute("select name from visits where id = ?", (an_id(work),)).fetchone()
    return {"count": db.execute("select count(*) from visits").fetchone()[0]}


def add(work: Path) -> None:
    """A records and shares more."""
    new = load(work / "new.jsonl")
    put(connect(work / "a.db"), new)
    dump(shared(work) / "2.jsonl", new)


if __name__ == "__main__":
    run(
        {
            "seed": lambda work: put(connect(work / "a.db"), load(work / "input.jsonl")),
            "push": lambda work: dump(shared(work) / "1.jsonl", rows_of(connect(work / "a.db"))),
            "pull": lambda work: take(work, "1.jsonl"),
            "inc_push": add,
            "inc_pull": lambda work: take(work, "2.jsonl"),
            "check": lambda work: content(rows_of(connect(work / "b.db"))),
        }
    )
