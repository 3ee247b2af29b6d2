"""The one door: what is recorded here, what comes from elsewhere, and a change that comes back."""

import sqlite3

import pytest

from outreach.domain.change import Change, Draft
from outreach.domain.plain import Batch
from outreach.errors.registers import NothingToUndo
from outreach.store import segments
from outreach.store.absorb import Absorbed, absorb
from outreach.store.check import examine
from outreach.store.connection import device_of, transaction
from outreach.store.export import Cover, covers
from outreach.store.journal import record, take_new_device, unshared
from outreach.store.laptops import Said
from outreach.store.segments import Segment
from outreach.store.undo import undo
from tests.lines import entries_of, waiting

FAR = "00000000zz"
NEW = "00000000nn"


def change(record_id: str, stamp: int = 5, device: str = FAR, base: int | None = None, **fields: object) -> Change:
    return Change(stamp, device, "merchant", record_id, fields or {"name": "老王"}, "王芳", base)


def take(db: sqlite3.Connection, *changes: Change) -> Absorbed:
    with transaction(db):
        return absorb(db, Batch.of(*changes))


def shop(db: sqlite3.Connection, record_id: str, now: int = 7, **fields: object) -> Change:
    act = record(db, [Draft("merchant", record_id, fields or {"name": record_id})], now=now, label="test", worker="王芳")
    return act.changes[0]


def seal(db: sqlite3.Connection, number: int) -> Segment:
    lines, device = segments.unsealed(db, 100), device_of(db)
    assert lines
    with transaction(db):
        segments.seal(db, Segment(device, number, f"{number}" * 64, "{}", published=False), Said("desk"), lines)
    return segments.own_segments(db, device)[-1]


def journal(db: sqlite3.Connection) -> list[tuple[object, ...]]:
    return [tuple(row) for row in db.execute("SELECT id, device, act IS NOT NULL FROM journal ORDER BY seq")]


def is_sound(db: sqlite3.Connection) -> bool:
    return all(finding.ok for finding in examine(db))


def test_an_edit_says_what_it_was_made_upon(db: sqlite3.Connection) -> None:
    take(db, change("m1", stamp=50))
    assert shop(db, "m1", phone="1")[-1] == 50
    assert shop(db, "m1", phone="2")[-1] == 51
    assert shop(db, "m2")[-1] is None


def test_a_change_is_here_once_however_often_it_comes(db: sqlite3.Connection) -> None:
    assert take(db, change("m1"), change("m2")) == Absorbed(2, 1, 2, frozenset())
    assert take(db, change("m1"), change("m2")) == Absorbed(0, None, None, frozenset())
    assert take(db, change("m3"), change("m3"), change("m1")) == Absorbed(1, 3, 3, frozenset())
    assert [row[0] for row in journal(db)] == ["m1", "m2", "m3"]
    assert is_sound(db)


def test_only_the_very_same_change_is_the_same(db: sqlite3.Connection) -> None:
    same = change("m1", active=True)
    others = [
        change("m1", active=1),  # to Python, the same
        change("m1", active="true"),
        change("m1", stamp=6, active=True),
        change("m1", device="00000000yy", active=True),
        change("m1", base=4, active=True),
        same._replace(worker=None),
        same._replace(kind="parent"),
        same._replace(id="m2"),
    ]
    assert take(db, same, *others).new == 9
    assert take(db, *others, same).new == 0
    assert is_sound(db)


def test_records_that_several_laptops_changed_are_named(db: sqlite3.Connection) -> None:
    take(db, change("m1"), change("m2"))
    shop(db, "m3")
    came = [change("m1", stamp=6), change("m2", stamp=6, device="00000000yy"), change("m3", stamp=8)]
    assert take(db, *came).again == {("merchant", "m2"), ("merchant", "m3")}
    assert take(db, *came).again == frozenset()


def test_what_comes_is_folded_with_what_was_here(db: sqlite3.Connection) -> None:
    shop(db, "m1", now=7, name="老王超市", phone="1")
    take(db, change("m1", stamp=9, phone="2"), change("m1", stamp=3, name="老张", owner="张"))
    row = db.execute("SELECT name, phone, owner FROM merchant").fetchone()
    assert tuple(row) == ("老王超市", "2", "张")
    assert is_sound(db)


def test_an_own_unsealed_change_that_comes_from_elsewhere_is_a_received_one(db: sqlite3.Connection) -> None:
    """This disk was copied: the copy shared what both hold."""
    me = device_of(db)
    first, second = shop(db, "m1"), shop(db, "m2")
    third = shop(db, "m1", phone="1")
    assert take(db, first, third) == Absorbed(2, 4, 5, frozenset())
    assert journal(db) == [("m2", me, True), ("m1", me, False), ("m1", me, False)]
    assert (unshared(db), segments.unsealed_newest(db)) == (1, second.stamp)
    assert take(db, first, third).new == 0  # and from then on it is here once, like any other
    assert is_sound(db)


def test_an_own_sealed_change_that_comes_back_adds_nothing(db: sqlite3.Connection) -> None:
    made = shop(db, "m1")
    segment = seal(db, 1)
    assert take(db, made) == Absorbed(0, None, None, frozenset())
    assert [entry.id for entry in entries_of(db, segment)] == ["m1"]


def test_under_a_new_id_what_was_not_sealed_is_the_new_ones(db: sqlite3.Connection) -> None:
    me = device_of(db)
    sealed = shop(db, "m1", name="老王")
    segment = seal(db, 1)
    copied, own = shop(db, "m2"), shop(db, "m1", phone="1")
    with transaction(db):
        absorb(db, Batch.of(copied))
        take_new_device(db, NEW)
    assert device_of(db) == NEW
    assert journal(db) == [("m1", me, True), ("m1", NEW, True), ("m2", me, False)]
    assert [entry[:3] for entry in waiting(db)] == [("merchant", "m1", own.stamp)]
    assert [entry.stamp for entry in entries_of(db, segment)] == [sealed.stamp]
    assert is_sound(db)
    second = seal(db, 1)
    assert [entry.id for entry in entries_of(db, second)] == ["m1"]
    assert unshared(db) == 0
    assert covers(db)[NEW] == Cover(1, own.stamp)


def test_a_new_id_can_decide_a_tie_and_the_tables_follow(db: sqlite3.Connection) -> None:
    """Ties go to the later id, so the records are folded anew."""
    with transaction(db):
        take_new_device(db, "0000000001")
    shop(db, "m1", now=5, name="这里")
    take(db, change("m1", stamp=5, device="0000000005", name="那里"))
    assert db.execute("SELECT name FROM merchant").fetchone()[0] == "那里"
    with transaction(db):
        take_new_device(db, "0000000009")
    assert db.execute("SELECT name FROM merchant").fetchone()[0] == "这里"
    assert is_sound(db)


def test_a_new_id_with_nothing_waiting_changes_nothing_else(db: sqlite3.Connection) -> None:
    shop(db, "m1")
    seal(db, 1)
    before = journal(db)
    with transaction(db):
        take_new_device(db, NEW)
    assert (journal(db), unshared(db), device_of(db)) == (before, 0, NEW)
    assert segments.last_of(db, NEW) is None


def test_undo_leaves_alone_what_became_another_laptops(db: sqlite3.Connection) -> None:
    made = shop(db, "m1")
    take(db, made)
    with pytest.raises(NothingToUndo):
        undo(db, now=9, worker=None)
    assert db.execute("SELECT live FROM merchant").fetchone()[0] == 1
    assert is_sound(db)


def test_undo_passes_over_what_only_a_newer_version_knows(db: sqlite3.Connection) -> None:
    """The machine found it: an act with a record of an unknown kind could not be taken back at all."""
    record(db, [Draft("merchant", "m9", {"name": "甲"}), Draft("made_up_later", "x1", {"name": "?"})], now=7, label="test")
    assert [draft.id for draft in undo(db, now=9, worker=None).drafts] == ["m9"]
    assert is_sound(db)
