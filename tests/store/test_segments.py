"""The seen-set and the journal move together; sealing and the export see one state."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.change import LATEST, Change, Draft, Written, canonical
from outreach.domain.plain import Batch
from outreach.domain.text import clean
from outreach.store import segments
from outreach.store.absorb import Absorbed
from outreach.store.connection import device_of, open_database, rehearsed, transaction
from outreach.store.export import Cover, covers
from outreach.store.journal import INSERT, record, unshared
from outreach.store.laptops import Heard, Said, device_names, heard_of
from outreach.store.segments import Segment
from tests.lines import Entry, body_of, entries_of

FAR = "00000000zz"
THEIRS = Segment(FAR, 1, "a" * 64, "{}")
SAID = Said("far")


def change(number: int, stamp: int = 5) -> Change:
    return Change(stamp, FAR, "merchant", f"m{number}", {"name": f"店{number}"}, "王芳")


def take_in(
    db: sqlite3.Connection, segment: Segment, *changes: Change, said: Said = SAID, exact: bool = True
) -> Absorbed | None:
    """A segment with these changes comes; its file is its hash."""
    with transaction(db):
        return segments.take_in(db, segment, said, Batch.of(*changes), segment.hash.encode(), exact=exact)


def kept(db: sqlite3.Connection, hash64: str) -> Segment:
    (found,) = segments.by_hash(db, FAR, [hash64])
    return found


def shop(db: sqlite3.Connection, name: str) -> None:
    record(db, [Draft("merchant", f"own-{name}", {"name": name})], now=7, label="test")


def seal(db: sqlite3.Connection, number: int, most: int = 100) -> Segment:
    lines = segments.unsealed(db, most)
    assert lines
    segment = Segment(device_of(db), number, f"{number}" * 64, f"head {number}", published=False)
    with transaction(db):
        segments.seal(db, segment, Said("desk"), lines)
    return segments.own_segments(db, device_of(db))[-1]


def test_a_segment_is_taken_in_once(db: sqlite3.Connection) -> None:
    assert take_in(db, THEIRS, change(1), change(2)) == Absorbed(2, 1, 2, frozenset())
    assert take_in(db, THEIRS, change(3)) is None
    assert segments.seen(db) == {(FAR, "a" * 16)}
    assert db.execute("SELECT count(*) FROM merchant").fetchone()[0] == 2
    assert covers(db) == {FAR: Cover(2, 5)}


def test_a_segment_that_fails_half_way_leaves_nothing(db: sqlite3.Connection) -> None:
    half = Written.of(change(2))._replace(text="\ud800")  # half a character: no database takes it
    poisoned = Batch(FAR, (), {0: Written.of(change(1)), 1: half})
    with pytest.raises(UnicodeEncodeError), transaction(db):
        segments.take_in(db, THEIRS, Said("far"), poisoned, b"")
    assert segments.seen(db) == set()
    for table in ("segment", "journal", "merchant", "device", "lookup"):
        assert db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0  # noqa: S608 - our own names
    assert take_in(db, THEIRS, change(1))


def test_the_same_number_with_another_hash_is_another_segment(db: sqlite3.Connection) -> None:
    assert take_in(db, THEIRS, change(1))
    assert take_in(db, Segment(FAR, 1, "b" * 64, "{}"), change(2))
    assert covers(db) == {FAR: Cover(2, 5)}
    assert [s.hash[0] for s in segments.kept(db)] == ["a", "b"]


def test_an_old_segment_that_comes_late_does_not_bring_back_an_old_name_or_clock(db: sqlite3.Connection) -> None:
    take_in(db, Segment(FAR, 2, "b" * 64, "{}"), change(1, stamp=9), said=Said("new name", clock=20, heard=19))
    take_in(db, THEIRS, change(2, stamp=50), said=Said("old name", clock=60, heard=59))
    assert device_names(db) == {FAR: "new name"}
    assert heard_of(db) == [Heard(FAR, "new name", 20, 19)]
    assert covers(db) == {FAR: Cover(2, 50)}


def test_rows_alone_give_a_segment_back_where_they_can(db: sqlite3.Connection) -> None:
    take_in(db, THEIRS, change(1), change(2))
    take_in(db, Segment(FAR, 2, "b" * 64, "{}"), change(3))
    for hash64, ids in (("a" * 64, ["m1", "m2"]), ("b" * 64, ["m3"])):
        segment = kept(db, hash64)
        assert segments.raw_of(db, segment) is None
        assert [entry.id for entry in entries_of(db, segment)] == ids


def test_the_file_is_kept_where_another_segment_brought_some_of_it(db: sqlite3.Connection) -> None:
    take_in(db, THEIRS, change(1), change(2))
    second = Segment(FAR, 2, "b" * 64, "{}")
    assert take_in(db, second, change(2), change(3)) == Absorbed(1, 3, 4, frozenset())  # row 3 stays free
    assert segments.raw_of(db, kept(db, "a" * 64)) is None
    assert segments.raw_of(db, kept(db, "b" * 64)) == b"b" * 64


def test_the_file_is_kept_where_it_is_not_as_this_version_writes(db: sqlite3.Connection) -> None:
    take_in(db, THEIRS, change(1), exact=False)
    assert segments.raw_of(db, kept(db, THEIRS.hash)) == b"a" * 64
    odd = Segment(FAR, 2, "b" * 64, "{}", odd=1)
    assert take_in(db, odd, exact=False) == Absorbed(0, None, None, frozenset())
    assert segments.raw_of(db, kept(db, odd.hash)) == b"b" * 64
    assert [s.hash for s in segments.kept(db)] == ["a" * 64, "b" * 64]  # it is put back, though nothing of it could be read
    assert [s.hash for s in segments.with_odd_lines(db)] == ["b" * 64]


def test_what_brought_nothing_is_known_and_not_kept(db: sqlite3.Connection) -> None:
    take_in(db, THEIRS, change(1))
    take_in(db, Segment(FAR, 2, "b" * 64, "{}"), change(1))
    assert segments.seen(db) == {(FAR, "a" * 16), (FAR, "b" * 16)}
    assert [s.hash[0] for s in segments.kept(db)] == ["a"]


def test_lines_that_can_be_read_later_are_added_without_the_others(db: sqlite3.Connection) -> None:
    odd = Segment(FAR, 1, "a" * 64, "{}", odd=2)
    take_in(db, odd, change(1), exact=False)
    (segment,) = segments.with_odd_lines(db)
    with transaction(db):
        assert segments.read_again(db, segment, Batch.of(change(1), change(2, stamp=9)), odd=1).new == 1
    assert covers(db) == {FAR: Cover(2, 9)}
    (segment,) = segments.with_odd_lines(db)
    assert segment.odd == 1
    with transaction(db):
        segments.read_again(db, segment, Batch.of(change(1), change(2, stamp=9), change(3)), odd=0)
    assert segments.with_odd_lines(db) == []
    assert segments.raw_of(db, kept(db, odd.hash)) == b"a" * 64  # its bytes are still what it is given back from


def test_reading_lines_later_says_nothing_new_of_a_laptops_clock(db: sqlite3.Connection) -> None:
    take_in(db, Segment(FAR, 1, "a" * 64, "{}", odd=1), change(1), said=Said("far", clock=20, heard=19), exact=False)
    with transaction(db):
        segments.read_again(db, segments.with_odd_lines(db)[0], Batch.of(change(1), change(2)), odd=0)
    assert heard_of(db) == [Heard(FAR, "far", 20, 19)]


def test_what_replaces_others_stands_for_them(db: sqlite3.Connection) -> None:
    """Those known here, and those that never came: none of them is read any more, or put back."""
    take_in(db, THEIRS, change(1))
    big = Segment(FAR, 9, "e" * 64, "{}")
    take_in(db, big, change(1), change(2))
    with transaction(db):
        segments.replace(db, big, ["a" * 64, "b" * 64], body_is_theirs=False)
    assert segments.seen(db) == {(FAR, h * 16) for h in "abe"}
    assert [s.hash[0] for s in segments.kept(db)] == ["e"]
    assert [s.hash[0] for s in segments.by_hash(db, FAR, ["b" * 64, "e" * 64, "a" * 64])] == ["e", "a"]  # b: not its changes


def test_what_was_replaced_twice_is_replaced_by_the_last(db: sqlite3.Connection) -> None:
    for hash_, number in (("a", 1), ("b", 2), ("c", 3)):
        take_in(db, Segment(FAR, number, hash_ * 64, "{}"), change(number))
    with transaction(db):
        segments.replace(db, Segment(FAR, 4, "d" * 64, "{}"), ["a" * 64, "b" * 64], body_is_theirs=True)
        segments.replace(db, Segment(FAR, 5, "e" * 64, "{}"), ["d" * 64, "c" * 64], body_is_theirs=True)
    pairs = {(old.hash[0], new.hash[0]) for old, new in segments.replaced(db, FAR)}
    assert pairs == {("a", "e"), ("b", "e"), ("c", "e"), ("d", "e")}
    assert [s.hash[0] for s in segments.kept(db)] == ["e"]


def test_files_are_read_back_in_turn(db: sqlite3.Connection) -> None:
    for hash_, number in (("a", 1), ("b", 2), ("c", 3)):
        take_in(db, Segment(FAR, number, hash_ * 64, "{}"), change(number))

    def order() -> str:
        return "".join(s.hash[0] for s in segments.oldest_checked(db))

    assert order() == "abc"
    for checked, then in (("a", "bca"), ("b", "cab"), ("ca", "bac")):
        with transaction(db):
            segments.mark_checked(db, [kept(db, hash_ * 64) for hash_ in checked])
        assert order() == then


def test_sealing_takes_what_waits_in_order_and_no_more_than_asked(db: sqlite3.Connection) -> None:
    take_in(db, THEIRS, change(1))
    for name in ("一", "二", "三"):
        shop(db, name)
    first, second = seal(db, 1, most=2), seal(db, 2)
    assert [e.id for e in entries_of(db, first)] == ["own-一", "own-二"]
    assert [e.id for e in entries_of(db, second)] == ["own-三"]
    assert unshared(db) == 0
    assert segments.last_of(db, device_of(db)) == second
    assert device_names(db)[device_of(db)] == "desk"
    assert covers(db)[device_of(db)] == Cover(3, 7)


def test_what_came_between_is_in_no_segment_of_this_laptop(db: sqlite3.Connection) -> None:
    shop(db, "一")
    take_in(db, THEIRS, change(1))
    shop(db, "二")
    assert [e.id for e in entries_of(db, seal(db, 1))] == ["own-一", "own-二"]
    assert [e.id for e in entries_of(db, kept(db, THEIRS.hash))] == ["m1"]
    assert unshared(db) == 0


def test_what_is_published_is_marked(db: sqlite3.Connection) -> None:
    shop(db, "一")
    segment = seal(db, 1)
    assert segment.published is False
    assert segments.unpublished(db) == [segment]
    segments.mark_published(db, [segment])
    assert segments.own_segments(db, device_of(db))[0].published is True
    assert segments.unpublished(db) == []


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8).map(clean)  # as it is recorded
rows = st.lists(
    st.builds(
        Entry,
        st.sampled_from(["visit", "made_up_later", 'a "kind"\\']),
        words.filter(bool),
        st.integers(0, LATEST),
        st.none() | words,
        st.none() | st.integers(0, LATEST),
        st.dictionaries(words, words, max_size=3).map(canonical),
    ),
    min_size=1,
    max_size=5,
)


@pytest.fixture(scope="module")
def one_db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with closing(open_database(tmp_path_factory.mktemp("one"))) as db:
        yield db


@given(written=rows)
def test_rows_go_out_as_canonical_lines_in_their_order(one_db: sqlite3.Connection, written: list[Entry]) -> None:
    values = [(e.kind, e.id, e.stamp, device_of(one_db), e.worker, e.fields, 1, e.base) for e in written]
    with rehearsed(one_db):
        for place, value in enumerate(values):
            one_db.execute(INSERT, (2 * place + 1, *value))
        lines = segments.unsealed(one_db, 99)
        first = segments.unsealed(one_db, 1)
    assert lines
    assert first
    assert lines.text.encode() == body_of(written)
    assert first.text.encode() == body_of(written[:1])
    newest = max(entry.stamp for entry in written)
    assert lines[:4] == (1, 2 * len(written) - 1, len(written), newest)


def test_fields_go_out_as_the_text_that_was_kept(db: sqlite3.Connection) -> None:
    shop(db, "老王超市")
    record(db, [Draft("merchant", "own-老王超市", {"phone": "1"})], now=7, label="test", worker='小"芳')
    lines = segments.unsealed(db, 9)
    assert lines
    assert lines.text.splitlines() == [
        '{"fields":{"name":"老王超市"},"id":"own-老王超市","kind":"merchant","stamp":7}',
        '{"base":7,"fields":{"phone":"1"},"id":"own-老王超市","kind":"merchant","stamp":8,"worker":"小\\"芳"}',
    ]
