"""What the shared export is made from."""

import sqlite3

from outreach.domain.change import Change, Draft
from outreach.domain.plain import Batch
from outreach.domain.records import MERCHANT
from outreach.store import segments
from outreach.store.connection import device_of, transaction
from outreach.store.export import Cover, covers, covers_once_sealed, live_records
from outreach.store.journal import record
from outreach.store.laptops import Said
from outreach.store.segments import Segment

FAR = "00000000zz"


def shop(record_id: str, stamp: int, **fields: object) -> Change:
    return Change(stamp, FAR, "merchant", record_id, fields)


def take_in(db: sqlite3.Connection, number: int, *changes: Change) -> None:
    """A segment with these changes comes."""
    lines = Batch.of(*changes)
    with transaction(db):
        segments.take_in(db, Segment(FAR, number, f"{number:064d}", "{}"), Said("far"), lines, b"")


def test_live_records_come_one_by_one_in_order(db: sqlite3.Connection) -> None:
    changes = [
        shop("m2", 5, name="乙"),
        shop("m1", 5, name="甲", phone="1"),
        shop("m3", 5, phone="2"),
        shop("m2", 6, removed=True),
    ]
    take_in(db, 1, *changes)
    assert list(live_records(db, MERCHANT, MERCHANT.fields)) == [{"id": "m1", "name": "甲", "phone": "1"}]


def test_only_the_fields_that_are_asked_for_come(db: sqlite3.Connection) -> None:
    take_in(db, 1, shop("m1", 5, name="甲", phone="1"))
    name = MERCHANT.field("name")
    assert name is not None
    assert list(live_records(db, MERCHANT, (name,))) == [{"id": "m1", "name": "甲"}]


def test_covers_count_what_is_in_segments_and_nothing_else(db: sqlite3.Connection) -> None:
    assert covers(db) == {}
    record(db, [Draft("merchant", "m9", {"name": "未分享"})], now=1, label="test")
    for number in (1, 3):
        take_in(db, number, shop(f"m{number}", 5, name="甲"), shop("m7", 7, name="两次都有"))
    assert covers(db) == {FAR: Cover(3, 7)}


def test_covers_do_not_tell_how_segments_were_cut_or_in_which_order_they_came(db: sqlite3.Connection) -> None:
    made = [shop("m1", 9, name="甲"), shop("m2", 5, name="乙"), shop("m1", 12, phone="1"), shop("m2", 6, removed=True)]
    cuts = [[made], [[m] for m in made], [made[2:], made[:2]], [made[:3], made[1:]], [made, made]]
    for cut in cuts:
        db.execute("BEGIN")
        for number, part in enumerate(cut, start=1):
            lines = Batch.of(*part)
            segments.take_in(db, Segment(FAR, number, f"{number:064d}", "{}"), Said("far"), lines, b"")
        assert covers(db) == {FAR: Cover(4, 12)}, cut
        db.execute("ROLLBACK")


def test_what_waits_here_is_counted_as_it_will_be_once_it_is_sealed(db: sqlite3.Connection) -> None:
    me = device_of(db)
    take_in(db, 1, shop("m1", 50, name="甲"))
    assert covers_once_sealed(db, me) == covers(db) == {FAR: Cover(1, 50)}
    record(db, [Draft("merchant", "m1", {"phone": "1"}), Draft("merchant", "m2", {"name": "乙"})], now=7, label="test")
    will_be = covers_once_sealed(db, me)
    assert will_be == {FAR: Cover(1, 50), me: Cover(2, 51)}
    with transaction(db):
        lines = segments.unsealed(db, 9)
        assert lines
        segments.seal(db, Segment(me, 1, "c" * 64, "{}", published=False), Said("desk"), lines)
    assert covers(db) == covers_once_sealed(db, me) == will_be
    record(db, [Draft("merchant", "m2", {"phone": "2"})], now=3, label="test")  # a clock set back
    assert covers_once_sealed(db, me)[me] == Cover(3, 51)
