"""The seen-set and the journal move together; sealing and the export see one state."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from outreach.domain.change import Change, Draft
from outreach.store import segments
from outreach.store.connection import device_of, open_database, transaction
from outreach.store.export import Cover, covers
from outreach.store.journal import record, unshared
from outreach.store.segments import Segment

THEIRS = Segment("00000000zz", 1, "a" * 64, "{}")


def change(number: int, stamp: int = 5) -> Change:
    return Change(stamp, "00000000zz", "merchant", f"m{number}", {"name": f"店{number}"}, "王芳")


def shop(db: sqlite3.Connection, name: str) -> None:
    record(db, [Draft("merchant", f"own-{name}", {"name": name})], now=7, label="test")


def seal(db: sqlite3.Connection, number: int, most: int = 100) -> Segment:
    entries = segments.unsealed(db, most)
    segment = Segment(device_of(db), number, f"{number}" * 64, f"head {number}", published=False)
    with transaction(db):
        segments.seal(db, segment, "desk", entries[-1])
    return segments.own_segments(db, device_of(db))[-1]


def test_a_segment_is_taken_in_once(db: sqlite3.Connection) -> None:
    assert segments.take_in(db, THEIRS, "far", [change(1), change(2)])
    assert not segments.take_in(db, THEIRS, "far", [change(3)])
    assert segments.seen(db) == {("00000000zz", 1, "a" * 16)}
    assert db.execute("SELECT count(*) FROM merchant").fetchone()[0] == 2


def test_a_segment_that_fails_half_way_leaves_nothing(db: sqlite3.Connection) -> None:
    def failing() -> Iterator[Change]:
        yield change(1)
        raise ValueError("poison")

    with pytest.raises(ValueError, match="poison"):
        segments.take_in(db, THEIRS, "far", failing())
    assert segments.seen(db) == set()
    for table in ("journal", "merchant", "device", "lookup"):
        assert db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0  # noqa: S608 - our own names
    assert segments.take_in(db, THEIRS, "far", [change(1)])


def test_the_same_number_with_another_hash_is_another_segment(db: sqlite3.Connection) -> None:
    assert segments.take_in(db, THEIRS, "far", [change(1)])
    assert segments.take_in(db, Segment("00000000zz", 1, "b" * 64, "{}"), "far", [change(2)])
    assert covers(db) == {"00000000zz": Cover(2, 1)}


def test_an_old_segment_that_comes_late_does_not_bring_back_an_old_name(db: sqlite3.Connection) -> None:
    segments.take_in(db, Segment("00000000zz", 2, "b" * 64, "{}"), "new name", [change(1, stamp=9)])
    segments.take_in(db, THEIRS, "old name", [change(2, stamp=5)])
    assert segments.device_names(db) == {"00000000zz": "new name"}
    assert db.execute("SELECT stamp FROM device").fetchone()[0] == 9


def test_sealing_takes_what_waits_in_order_and_no_more_than_asked(db: sqlite3.Connection) -> None:
    segments.take_in(db, THEIRS, "far", [change(1)])
    for name in ("一", "二", "三"):
        shop(db, name)
    first, second = seal(db, 1, most=2), seal(db, 2)
    assert [e.id for e in segments.entries_of(db, first)] == ["own-一", "own-二"]
    assert [e.id for e in segments.entries_of(db, second)] == ["own-三"]
    assert unshared(db) == 0
    assert segments.last_of(db, device_of(db)) == second
    assert segments.device_names(db)[device_of(db)] == "desk"
    assert covers(db)[device_of(db)] == Cover(3, 2)


def test_what_is_published_is_marked(db: sqlite3.Connection) -> None:
    shop(db, "一")
    segment = seal(db, 1)
    assert not segment.published
    segments.mark_published(db, segment)
    assert segments.own_segments(db, device_of(db))[0].published


def test_fields_go_out_as_the_text_that_was_kept(db: sqlite3.Connection) -> None:
    shop(db, "老王超市")
    (entry,) = segments.unsealed(db, 9)
    assert (entry.kind, entry.id, entry.stamp, entry.worker, entry.fields) == (
        "merchant", "own-老王超市", 7, None, '{"name":"老王超市"}',
    )  # fmt: skip


def test_settled_work_starts_again_when_somebody_recorded_meanwhile(db: sqlite3.Connection, tmp_path: Path) -> None:
    seen: list[int] = []

    def work() -> int:
        seen.append(unshared(db))
        if len(seen) < 3:
            with closing(open_database(tmp_path / "home")) as other:
                shop(other, f"店{len(seen)}")
        db.execute("UPDATE journal SET segment = 1 WHERE segment IS NULL")
        return seen[-1]

    assert segments.settled(db, work) == 2
    assert seen == [0, 1, 2]
    assert unshared(db) == 0


def test_settled_work_that_fails_leaves_nothing(db: sqlite3.Connection) -> None:
    shop(db, "一")

    def work() -> None:
        db.execute("UPDATE journal SET segment = 1 WHERE segment IS NULL")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        segments.settled(db, work)
    assert unshared(db) == 1
    assert not db.in_transaction


def test_reading_settled_keeps_nobody_from_recording(db: sqlite3.Connection, tmp_path: Path) -> None:
    def work() -> int:
        before = unshared(db)
        with closing(open_database(tmp_path / "home", patience=0)) as other:
            shop(other, "一")
        assert unshared(db) == before  # one state
        return before

    assert segments.settled(db, work) == 0
    assert unshared(db) == 1
