"""A database of an older version becomes one of this version, with everything in it, and its segments stay what they were.

The old shape is made by the steps of then; the rows are as the version of then wrote them.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from outreach.domain.change import Draft, canonical
from outreach.store import segments
from outreach.store.check import examine
from outreach.store.connection import APPLICATION, FILE, SCHEMA, device_of, open_database, transaction
from outreach.store.export import Cover, covers
from outreach.store.journal import record, unshared
from outreach.store.laptops import Said
from outreach.store.migrations import migrations
from outreach.store.segments import Segment
from outreach.sync.replay import file_of
from outreach.sync.segment import sha256
from tests.lines import entries_in, waiting
from tests.store.test_migrations import shape

ME, FAR = "00000000aa", "00000000zz"


class Second:
    """A database as the second schema had it, and what its version wrote."""

    def __init__(self, home: Path) -> None:
        home.mkdir()
        self.db = sqlite3.connect(home / FILE, isolation_level=None)
        self.db.row_factory = sqlite3.Row
        self.db.execute("PRAGMA journal_mode = WAL")
        migrations.apply(Database(self.db), stop_before="m003_sharing_in_depth")
        self.db.execute("INSERT INTO meta VALUES ('device', ?)", (ME,))
        self.db.execute(f"PRAGMA application_id = {APPLICATION}")
        self.db.execute("PRAGMA user_version = 2")
        self.files: dict[str, bytes] = {}

    def note(self, kind: str, record_id: str, stamp: int, device: str = ME, **fields: Any) -> None:
        """A change that is in no segment yet, or (of another laptop) in the one that is taken in next."""
        act = None
        if device == ME:
            act = self.db.execute("INSERT INTO act (at, label) VALUES (?, 'test')", (stamp,)).lastrowid
        row = (kind, record_id, stamp, device, "王芳", canonical(fields), act)
        self.db.execute("INSERT INTO journal (kind, id, stamp, device, worker, fields, act) VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def segment(self, number: int, device: str = ME, *, published: bool = True) -> None:
        """Seal, or take in, what is in no segment yet of that laptop: its head and its body as they were written then."""
        rows = self.db.execute("SELECT * FROM journal WHERE segment IS NULL AND device = ? ORDER BY seq", (device,)).fetchall()
        body = "".join(
            f'{{"fields":{r["fields"]},'
            + canonical({"id": r["id"], "kind": r["kind"], "stamp": r["stamp"], "worker": r["worker"]})[1:]
            + "\n"
            for r in rows
        ).encode()
        head = canonical(
            {
                "format": "outreach/segment/1", "device": device, "name": "desk", "number": number, "count": len(rows),
                "size": len(body), "sha256": sha256(body), "previous": None, "sealed": "plain", "version": "0.1.0",
                "export": None,
            }
        )  # fmt: skip
        file = head.encode() + b"\n" + body
        self.files[sha256(file)] = file
        made = self.db.execute(
            "INSERT INTO segment (device, number, hash, header, published) VALUES (?, ?, ?, ?, ?)",
            (device, number, sha256(file), head, published),
        ).lastrowid
        self.db.executemany("UPDATE journal SET segment = ? WHERE seq = ?", [(made, r["seq"]) for r in rows])
        stamp = max(r["stamp"] for r in rows)
        self.db.execute(
            "INSERT INTO device VALUES (?, 'desk', ?) ON CONFLICT (id) DO UPDATE SET stamp = max(stamp, excluded.stamp)",
            (device, stamp),
        )


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Second]:
    """Own and received rows, sealed and not, in each other's midst."""
    made = Second(tmp_path / "home")
    made.note("community", "c1", 5, name="皮村")
    made.note("merchant", "m1", 6, name="老王超市", community="c1")
    made.note("merchant", "m9", 9, device=FAR, name="重庆小面")  # came before the two above were sealed
    made.note("merchant", "m1", 3, device=FAR, name="老王", phone="1")
    made.segment(1, FAR)
    made.note("visit", "v1", 7, merchant="m1", outcome="pending", visited_at="2026-11-20")
    made.segment(1)
    made.note("visit", "v2", 20, merchant="m9", outcome="refused", firm=True, visited_at="2026-11-24")
    made.note("merchant", "m8", 8, merged_into="m9", name="重庆面馆")
    made.segment(2, published=False)
    made.note("gathering", "g1", 9, device=FAR, name="of a later version")
    made.segment(2, FAR)
    made.note("merchant", "m1", 21, owner="王建国")
    yield made
    made.db.close()


def opened(old: Second) -> sqlite3.Connection:
    """The same file, as this version opens it: every record is folded again, for what the version of then did not know."""
    path = Path(old.db.execute("PRAGMA database_list").fetchone()["file"])
    old.db.close()
    return open_database(path.parent)


@pytest.fixture
def db(old: Second) -> Iterator[sqlite3.Connection]:
    """The old database, opened by this version."""
    with closing(opened(old)) as connection:
        yield connection


def test_an_old_database_has_the_shape_of_a_new_one(db: sqlite3.Connection, tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "new")) as new:
        columns = {t: {tuple(r)[1:] for r in new.execute(f"PRAGMA table_info({t})")} for t in ("journal", "segment", "device")}
        assert {t: {tuple(r)[1:] for r in db.execute(f"PRAGMA table_info({t})")} for t in columns} == columns
        assert [row[1] for row in shape(db)] == [row[1] for row in shape(new)]
    assert db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA
    assert device_of(db) == ME


def test_everything_in_it_is_there_and_sound(db: sqlite3.Connection) -> None:
    assert [finding for finding in examine(db) if not finding.ok] == []
    stamps = [(r["device"], r["stamp"], r["base"]) for r in db.execute("SELECT device, stamp, base FROM journal ORDER BY seq")]
    assert stamps == [
        (ME, 5, None), (ME, 6, None), (FAR, 9, None), (FAR, 3, None), (ME, 7, None), (ME, 20, None), (ME, 8, None),
        (FAR, 9, None), (ME, 21, None),
    ]  # fmt: skip
    row = db.execute("SELECT name, phone, owner FROM merchant WHERE id = 'm1'").fetchone()
    assert tuple(row) == ("老王超市", "1", "王建国")


def test_its_segments_are_given_back_byte_for_byte(old: Second, db: sqlite3.Connection) -> None:
    found = segments.kept(db)
    assert {s.hash: file_of(db, s) for s in found} == old.files
    assert [(s.device, s.number, s.published) for s in found] == [
        (ME, 1, True), (ME, 2, False), (FAR, 1, None), (FAR, 2, None),
    ]  # fmt: skip
    assert [s.number for s in segments.unpublished(db)] == [2]
    assert segments.seen(db) == {(json.loads(f.split(b"\n")[0])["device"], h[:16]) for h, f in old.files.items()}


def test_what_was_not_sealed_waits_still_and_is_counted_once(db: sqlite3.Connection) -> None:
    assert [(e.id, e.stamp) for e in waiting(db)] == [("m1", 21)]
    assert unshared(db) == 1
    assert covers(db) == {ME: Cover(5, 20), FAR: Cover(3, 9)}
    assert {r["id"]: r["number"] for r in db.execute("SELECT id, number FROM device")} == {ME: 2, FAR: 2}


def test_its_segments_are_given_back_after_more_was_recorded_and_sealed(old: Second, db: sqlite3.Connection) -> None:
    record(db, [Draft("merchant", "m1", {"phone": "2"})], now=30, label="test")
    lines = segments.unsealed(db, 9)
    assert lines
    with transaction(db):
        segments.seal(db, Segment(ME, 3, "c" * 64, "{}", published=False), Said("desk"), lines)
    assert [(e.stamp, e.base) for e in entries_in(lines.text)] == [(21, None), (30, 21)]
    assert {s.hash: file_of(db, s) for s in segments.kept(db) if s.number < 3} == old.files


def test_a_laptop_that_never_shared_has_nothing_but_its_rows(tmp_path: Path) -> None:
    made = Second(tmp_path / "alone")
    made.note("merchant", "m1", 6, name="老王超市")
    with closing(opened(made)) as db:
        assert (unshared(db), covers(db), segments.kept(db)) == (1, {}, [])
        assert all(finding.ok for finding in examine(db))
