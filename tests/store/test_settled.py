"""Long work sees one state of the database, and keeps nobody from recording."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from outreach.domain.change import Draft
from outreach.store import segments
from outreach.store.connection import device_of, open_database
from outreach.store.journal import record, unshared
from outreach.store.laptops import Said
from outreach.store.segments import Segment
from outreach.store.settled import settled


def shop(db: sqlite3.Connection, name: str) -> None:
    record(db, [Draft("merchant", f"own-{name}", {"name": name})], now=7, label="test")


def seal_quietly(db: sqlite3.Connection) -> None:
    """Seal all that waits, within the transaction that is open."""
    if lines := segments.unsealed(db, 100):
        segments.seal(db, Segment(device_of(db), 1, "1" * 64, "head", published=False), Said("desk"), lines)


def test_settled_work_starts_again_when_somebody_recorded_meanwhile(db: sqlite3.Connection, tmp_path: Path) -> None:
    seen: list[int] = []

    def work() -> int:
        seen.append(unshared(db))
        if len(seen) < 3:
            with closing(open_database(tmp_path / "home")) as other:
                shop(other, f"店{len(seen)}")
        db.execute("UPDATE meta SET value = value")
        seal_quietly(db)
        return seen[-1]

    assert settled(db, work) == 2
    assert seen == [0, 1, 2]
    assert unshared(db) == 0


def test_settled_work_that_fails_leaves_nothing(db: sqlite3.Connection) -> None:
    shop(db, "一")

    def work() -> None:
        seal_quietly(db)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        settled(db, work)
    assert unshared(db) == 1
    assert not db.in_transaction


def test_reading_settled_keeps_nobody_from_recording(db: sqlite3.Connection, tmp_path: Path) -> None:
    def work() -> int:
        before = unshared(db)
        with closing(open_database(tmp_path / "home", patience=0)) as other:
            shop(other, "一")
        assert unshared(db) == before  # one state
        return before

    assert settled(db, work) == 0
    assert unshared(db) == 1
