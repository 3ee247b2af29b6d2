"""What the shared export is made from."""

import sqlite3

from outreach.domain.change import Change, Draft
from outreach.domain.records import MERCHANT
from outreach.store import segments
from outreach.store.export import Cover, covers, live_records
from outreach.store.journal import record
from outreach.store.segments import Segment


def shop(record_id: str, stamp: int, **fields: object) -> Change:
    return Change(stamp, "00000000zz", "merchant", record_id, fields)


def test_live_records_come_one_by_one_in_order(db: sqlite3.Connection) -> None:
    changes = [
        shop("m2", 5, name="乙"),
        shop("m1", 5, name="甲", phone="1"),
        shop("m3", 5, phone="2"),
        shop("m2", 6, removed=True),
    ]
    segments.take_in(db, Segment("00000000zz", 1, "a" * 64, "{}"), "far", changes)
    assert list(live_records(db, MERCHANT)) == [{"id": "m1", "name": "甲", "phone": "1"}]


def test_covers_count_what_is_in_segments_and_nothing_else(db: sqlite3.Connection) -> None:
    assert covers(db) == {}
    record(db, [Draft("merchant", "m9", {"name": "未分享"})], now=1, label="test")
    for number, hash_ in ((1, "a"), (3, "b")):
        changes = [shop(f"m{number}", 5, name="甲"), shop("m7", 7, name="两次都有")]
        segments.take_in(db, Segment("00000000zz", number, hash_ * 64, "{}"), "far", changes)
    assert covers(db) == {"00000000zz": Cover(3, 3)}
