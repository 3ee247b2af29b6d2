"""The database's shape: made once, by numbered steps, private to its owner."""

import os
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from outreach.domain.form import Form, Kind
from outreach.domain.records import KINDS
from outreach.errors.storage import NewerFormat
from outreach.i18n import use
from outreach.store.connection import FILE, SCHEMA, device_of, open_database
from outreach.store.migrations import migrations

WHOLE = {Form.NUMBER, Form.DEGREES, Form.FLAG}
posix = pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's folders to the user by itself")


def shape(db: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """Every table and index, as SQLite was told to make it."""
    return [tuple(row) for row in db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name")]


def contents(db: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: [tuple(row) for row in db.execute(f"SELECT * FROM {name}")] for name in tables}  # noqa: S608 - its own names


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: str(kind.name))
def test_a_table_has_exactly_the_fields_of_its_kind(db: sqlite3.Connection, kind: Kind) -> None:
    columns = {row["name"]: row["type"] for row in db.execute(f"PRAGMA table_info({kind.name})")}
    fields = {f.name: "INTEGER" if f.form in WHOLE else "TEXT" for f in kind.fields}
    assert columns == fields | {"id": "TEXT", "removed": "INTEGER", "live": "INTEGER"}


def test_the_id_is_the_key_of_every_record(db: sqlite3.Connection) -> None:
    for kind in KINDS:
        assert [row["name"] for row in db.execute(f"PRAGMA table_info({kind})") if row["pk"]] == ["id"]


def test_the_version_is_the_number_of_steps(db: sqlite3.Connection) -> None:
    applied = [step.name for step in migrations.applied(Database(db))]
    assert len(applied) == SCHEMA == db.execute("PRAGMA user_version").fetchone()[0]
    assert [name[:4] for name in applied] == [f"m{number:03}" for number in range(1, SCHEMA + 1)]
    assert not migrations.pending(Database(db))


def test_applying_the_steps_again_changes_nothing(db: sqlite3.Connection) -> None:
    before = shape(db), contents(db)
    migrations.apply(Database(db))
    assert (shape(db), contents(db)) == before


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    first = open_database(tmp_path / "home")
    before = shape(first), contents(first), device_of(first)
    first.close()
    second = open_database(tmp_path / "home")
    assert (shape(second), contents(second), device_of(second)) == before
    second.close()


def test_two_laptops_have_different_ids(tmp_path: Path) -> None:
    laptops = [open_database(tmp_path / name) for name in ("lin", "chen")]
    assert len({device_of(db) for db in laptops}) == 2
    for db in laptops:
        db.close()


def test_an_interrupted_first_start_is_made_up_for(tmp_path: Path) -> None:
    """The file was made, and the lights went out before its first table was."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / FILE).touch()
    db = open_database(tmp_path / "home")
    assert db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA
    db.close()


def test_writes_survive_a_power_cut_and_readers_do_not_wait(db: sqlite3.Connection) -> None:
    assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert db.execute("PRAGMA synchronous").fetchone()[0] == 2  # FULL


def test_a_newer_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    use("en")
    db = open_database(tmp_path)
    db.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    db.close()
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(NewerFormat, match="newer outreach"):
        open_database(tmp_path)
    assert (tmp_path / FILE).read_bytes() == before


@posix
def test_only_the_owner_can_read_the_data(tmp_path: Path) -> None:
    old = os.umask(0)  # the most careless system there is
    try:
        db = open_database(tmp_path / "somewhere" / "home")
        db.execute("INSERT INTO meta VALUES ('a', 'b')")
        files = list((tmp_path / "somewhere" / "home").iterdir())
        assert {f.name for f in files} == {FILE, f"{FILE}-wal", f"{FILE}-shm"}
        assert {stat.S_IMODE(f.stat().st_mode) for f in files} == {0o600}
        assert stat.S_IMODE((tmp_path / "somewhere" / "home").stat().st_mode) == 0o700
        db.close()
    finally:
        os.umask(old)
