"""Several visits of one worker at one shop on one day: in a file, again, corrected, mended, and beside one by hand."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from outreach.domain.change import Draft
from outreach.domain.ids import natural_id
from outreach.exchange.entry import Entry
from outreach.exchange.set_aside import cells_of, heads_of
from outreach.store.connection import open_database
from outreach.store.journal import last_row, record
from outreach.store.records import all_records
from outreach.store.undo import undo
from tests.exchange.entries import NOW, codes, counts, entry, take

UUID = "73a23093-2215-4812-9071-14e2d2b65e5a"
Said = list[tuple[str, str]]


def row(outcome: str, *, at: str = "2026-03-07", merchant: str = "甲店", mended: bool = False, **more: Any) -> Entry:
    key = more.pop("key", "")
    one = entry(key=key, merchant=merchant, outcome=outcome, visited_at=at, by="林晓", about={"community": "皮村"}, **more)
    one.mended = mended
    return one


def refused(**more: Any) -> Entry:
    """A row whose outcome nobody could read."""
    one = row("", **more)
    del one.fields["outcome"]
    one.refuse("bad_value", field="outcome", text="也许吧")
    return one


def said(db: sqlite3.Connection) -> Said:
    return sorted((v["outcome"], v.get("note") or "") for v in all_records(db, "visit"))


def by_hand(db: sqlite3.Connection, at: str, outcome: str, last: str = "v", **more: str) -> None:
    shop = all_records(db, "merchant")[0]["id"]
    fields = {"merchant": shop, "visited_at": at, "outcome": outcome, "by": "林晓"} | more
    record(db, [Draft("visit", "0" * 25 + last, fields)], now=NOW, label="visit")


def test_rows_of_one_day_that_differ_are_several_visits_and_the_same_again(db: sqlite3.Connection) -> None:
    def rows() -> list[Entry]:
        return [row("pending", note="上午"), row("signed_up"), row("pending", note="上午"), row("pending", note="晚上")]

    outcome = take(db, "visit", rows())
    assert codes(outcome) == [["twice"]]
    assert said(db) == [("pending", "上午"), ("pending", "晚上"), ("signed_up", "")]
    before = last_row(db)
    assert counts(take(db, "visit", rows())) == {"same": 3, "refused": 1}
    assert last_row(db) == before
    assert counts(take(db, "visit", [row("pending", note="上午"), row("refused")])) == {"same": 1, "changed": 1}
    assert said(db) == [("pending", "上午"), ("pending", "晚上"), ("refused", "")]


def test_a_row_that_is_put_in_before_others_is_another_visit_and_corrects_none(db: sqlite3.Connection) -> None:
    take(db, "visit", [row("pending", note="上午"), row("signed_up", note="下午")])
    first = {visit["id"]: visit["note"] for visit in all_records(db, "visit")}
    more: list[dict[str, Any]] = [{"outcome": "refused"}]
    more += [{"outcome": "pending", "note": "上午"}, {"outcome": "signed_up", "note": "下午"}]
    assert counts(take(db, "visit", [row(**one) for one in more])) == {"same": 2, "new": 1}
    assert said(db) == [("pending", "上午"), ("refused", ""), ("signed_up", "下午")]
    assert first.items() <= {visit["id"]: visit.get("note") for visit in all_records(db, "visit")}.items()
    assert counts(take(db, "visit", [row(**one) for one in more])) == {"same": 3}


def test_a_visit_whose_day_was_corrected_in_the_list_is_told_and_not_moved(db: sqlite3.Connection) -> None:
    def rows(day: str, *more: Entry) -> list[Entry]:
        return [row("pending", at="2026-03-07", note="上午"), row("pending", merchant="乙店", at=day, note="下次"), *more]

    take(db, "visit", rows("2026-03-08"))
    old = next(visit for visit in all_records(db, "visit") if visit["visited_at"] == "2026-03-08")
    outcome = take(db, "visit", rows("2026-03-09"))
    assert counts(outcome) == {"same": 1, "doubtful": 1}
    assert [(r.code, r.facts["before"], r.facts["id"]) for r in outcome.problems[0].remarks] == [
        ("moved", "2026-03-08", old["id"])
    ]
    assert len(all_records(db, "visit")) == 3
    undo(db, now=NOW + 1, worker=None)
    corrected = rows("2026-03-09")
    corrected[1].id = old["id"]
    assert counts(take(db, "visit", corrected)) == {"same": 1, "changed": 1}
    assert counts(take(db, "visit", rows("2026-03-09"))) == {"same": 2}


def test_a_list_that_goes_on_and_one_of_new_visits_move_none(db: sqlite3.Connection) -> None:
    def day(number: int) -> Entry:
        return row("pending", at=f"2026-03-0{number}")

    take(db, "visit", [day(1), day(2)])
    assert counts(take(db, "visit", [day(1), day(2), day(3)])) == {"same": 2, "new": 1}
    assert counts(take(db, "visit", [day(4), day(5)])) == {"new": 2}
    kept_out = day(5)
    kept_out.refuse("bad_value", field="minutes", text="?")
    assert counts(take(db, "visit", [day(1), day(2), day(3), day(4), kept_out, day(6)])) == {"same": 4, "refused": 1, "new": 1}


def test_a_row_that_was_refused_when_nobody_knew_its_shop_makes_no_visit_twice(db: sqlite3.Connection) -> None:
    take(db, "visit", [refused(), row("signed_up", note="下午")])
    before = last_row(db)
    assert counts(take(db, "visit", [refused(), row("signed_up", note="下午")])) == {"same": 1, "refused": 1}
    assert last_row(db) == before
    take(db, "visit", [row("pending", note="上午", mended=True)])
    before = last_row(db)
    assert counts(take(db, "visit", [row("pending", note="上午"), row("signed_up", note="下午")])) == {"same": 2}
    assert last_row(db) == before
    assert said(db) == [("pending", "上午"), ("signed_up", "下午")]


def test_a_row_that_is_new_takes_no_visit_that_a_later_row_says(db: sqlite3.Connection) -> None:
    take(db, "visit", [row("pending", note="上午")])
    assert counts(take(db, "visit", [row("signed_up"), row("pending", note="上午")])) == {"new": 1, "same": 1}
    assert said(db) == [("pending", "上午"), ("signed_up", "")]


def test_a_row_that_was_mended_takes_no_visit_that_a_later_row_says(db: sqlite3.Connection) -> None:
    take(db, "visit", [refused(), row("pending", note="上午"), refused(), row("signed_up", note="上午")])
    rows = [row("pending", note="上午"), row("pending", note="上午"), row("pending"), row("signed_up", note="上午")]
    assert counts(take(db, "visit", rows)) == {"new": 1, "same": 2, "refused": 1}
    assert said(db) == [("pending", ""), ("pending", "上午"), ("signed_up", "上午")]


def test_a_row_takes_no_visit_recorded_here_that_a_later_row_says(db: sqlite3.Connection) -> None:
    take(db, "visit", [row("not_met", at="2026-03-01")])
    by_hand(db, "2026-03-07", "pending")
    for _ in range(2):
        take(db, "visit", [row("signed_up"), row("pending", note="下午")])
        assert said(db) == [("not_met", ""), ("pending", "下午"), ("signed_up", "")]


@settings(max_examples=40)
@example([("pending", "上午", True), ("pending", "上午", False), ("pending", None, True), ("signed_up", "上午", False)])
@given(
    st.lists(st.tuples(st.sampled_from(["pending", "signed_up"]), st.sampled_from(["上午", None]), st.booleans()), max_size=6)
)
def test_whatever_a_days_rows_are_again_changes_nothing_and_mended_they_are_all_there(
    tmp_path_factory: pytest.TempPathFactory, some: list[tuple[str, str | None, bool]]
) -> None:
    def rows(*, mended: bool) -> list[Entry]:
        notes: list[dict[str, Any]] = [{"note": note} if note else {} for _outcome, note, _bad in some]
        kept_out = (bad and not mended for *_said, bad in some)
        rows = zip((outcome for outcome, *_rest in some), notes, kept_out, strict=True)
        return [refused(**note) if out else row(outcome, **note) for outcome, note, out in rows]

    with closing(open_database(tmp_path_factory.mktemp("home"))) as db:
        for mended in (False, True):
            take(db, "visit", rows(mended=mended))
            before = last_row(db)
            assert said(db) == sorted({(outcome, note or "") for outcome, note, bad in some if mended or not bad})
            take(db, "visit", rows(mended=mended))
            assert last_row(db) == before


@settings(max_examples=40)
@given(st.permutations([(outcome, note) for outcome in ("pending", "signed_up") for note in ("上午", "下午", None)]), st.data())
def test_a_list_to_which_rows_were_added_anywhere_has_a_visit_for_each(
    tmp_path_factory: pytest.TempPathFactory, some: list[tuple[str, str | None]], data: st.DataObject
) -> None:
    def rows(some: list[tuple[str, str | None]]) -> list[Entry]:
        notes: list[dict[str, Any]] = [{"note": note} if note else {} for _outcome, note in some]
        return [row(outcome, **note) for (outcome, _note), note in zip(some, notes, strict=True)]

    before = data.draw(st.lists(st.sampled_from(some), unique=True))
    with closing(open_database(tmp_path_factory.mktemp("home"))) as db:
        for part in (before, some):
            take(db, "visit", rows(part))
            assert said(db) == sorted((outcome, note or "") for outcome, note in part)


def test_two_visits_of_one_day_in_different_batches(db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outreach.exchange.importer.TOGETHER", 1)
    take(db, "visit", [row("pending"), row("signed_up"), row("signed_up")])
    assert said(db) == [("pending", ""), ("signed_up", "")]


def test_a_refused_row_counts_so_that_the_mended_file_changes_nothing_else(db: sqlite3.Connection) -> None:
    take(db, "visit", [row("not_met", at="2026-03-01"), refused(), row("pending")])
    assert counts(take(db, "visit", [row("signed_up"), row("pending")])) == {"new": 1, "same": 1}
    assert said(db) == [("not_met", ""), ("pending", ""), ("signed_up", "")]


@pytest.mark.parametrize("first", [True, False])
def test_a_mended_row_never_changes_a_visit_that_is_here(db: sqlite3.Connection, *, first: bool) -> None:
    rows = [refused(), row("pending")]
    take(db, "visit", rows if first else rows[::-1])
    outcome = take(db, "visit", [row("signed_up", mended=True)])
    assert codes(outcome) == [["another"]]
    assert said(db) == [("pending", ""), ("signed_up", "")]
    before = last_row(db)
    assert counts(take(db, "visit", [row("signed_up", mended=True)])) == {"same": 1}
    assert last_row(db) == before


def test_mended_rows_of_one_day_meet_each_their_own_visit_again(db: sqlite3.Connection) -> None:
    def rows() -> list[Entry]:
        return [row("signed_up", mended=True), row("refused", mended=True), row("pending", mended=True)]

    take(db, "visit", [row("pending"), refused(), refused()])
    assert counts(take(db, "visit", rows())) == {"doubtful": 2, "same": 1}
    before = last_row(db)
    assert counts(take(db, "visit", rows())) == {"same": 3}
    assert last_row(db) == before
    assert codes(take(db, "visit", [*rows(), rows()[0]])) == [["twice"]]


def test_a_doubtful_row_that_was_taken_in_is_mended_by_the_id_of_its_visit(db: sqlite3.Connection) -> None:
    one, kept_out = row("pending", note="13800138000"), refused(at="2026-03-08")
    one.doubt("phone_in_note", field="note")
    outcome = take(db, "visit", [one, kept_out])
    assert heads_of(outcome)[-1] == "id"
    ids = [cells_of(outcome, finding)[-1] for finding in outcome.problems]
    assert ids == [all_records(db, "visit")[0]["id"], None]
    again = row("pending", note="13800138000")
    again.doubt("phone_in_note", field="note")
    outcome = take(db, "visit", [again])
    assert [cells_of(outcome, finding)[-1] for finding in outcome.problems] == ids[:1]
    mended = row("pending", at="2026-03-06", note="在里屋")
    mended.id = str(ids[0])
    assert counts(take(db, "visit", [mended])) == {"changed": 1}
    assert said(db) == [("pending", "在里屋")]


def test_a_row_without_an_hour_is_held_where_that_visit_was_recorded_with_one(db: sqlite3.Connection) -> None:
    take(db, "visit", [row("not_met", at="2026-03-01")])
    by_hand(db, "2026-03-07T15:30:00+08:00", "pending")
    for _ in range(2):
        outcome = take(db, "visit", [row("pending"), row("signed_up"), row("pending", note="晚上又去")])
        assert codes(outcome) == [["recorded"]]
        assert outcome.set_aside == 1
    assert said(db) == [("not_met", ""), ("pending", ""), ("pending", "晚上又去"), ("signed_up", "")]


def test_one_visit_by_hand_is_one_row_and_the_next_row_is_another(db: sqlite3.Connection) -> None:
    take(db, "visit", [row("not_met", at="2026-03-01")])
    by_hand(db, "2026-03-07", "pending")
    for _ in range(2):
        take(db, "visit", [row("pending"), row("signed_up")])
    assert said(db) == [("not_met", ""), ("pending", ""), ("signed_up", "")]


def test_of_two_visits_by_hand_a_row_is_the_one_with_its_note(db: sqlite3.Connection) -> None:
    take(db, "visit", [row("not_met", at="2026-03-01")])
    by_hand(db, "2026-03-07", "pending", "a", note="上午")
    by_hand(db, "2026-03-07", "pending", "b", note="下午")
    assert counts(take(db, "visit", [row("pending", note="下午")])) == {"same": 1}


def test_a_mended_row_is_another_visit_where_one_is_and_just_a_visit_where_none_is(db: sqlite3.Connection) -> None:
    assert counts(take(db, "visit", [row("pending", mended=True)])) == {"new": 1}
    assert all_records(db, "visit")[0]["id"] == first_id(db, "2026-03-07")
    by_hand(db, "2026-03-08", "pending", note="上午")
    assert codes(take(db, "visit", [row("pending", at="2026-03-08", note="下午", mended=True)])) == [["another"]]


def test_a_repeat_of_a_form_that_is_kept_out_is_no_row_of_a_list(db: sqlite3.Connection) -> None:
    take(db, "visit", [row("not_met", at="2026-03-01")])
    take(db, "visit", [refused(key=f"{UUID}/visits[1]"), row("pending")])
    assert first_id(db, "2026-03-07") in {visit["id"] for visit in all_records(db, "visit")}


def test_a_row_without_an_hour_is_not_what_an_import_brought_with_one(db: sqlite3.Connection) -> None:
    take(db, "visit", [row("pending", at="2026-03-07T15:30:00+08:00")])
    assert counts(take(db, "visit", [row("pending")])) == {"new": 1}


def first_id(db: sqlite3.Connection, day: str) -> str:
    """The id of the first visit of that day, as every laptop makes it."""
    return natural_id("imported", "visit", all_records(db, "merchant")[0]["id"], day, "林晓")


def test_visits_at_two_shops_that_were_merged_are_still_their_rows(db: sqlite3.Connection) -> None:
    def rows() -> list[Entry]:
        return [row("pending"), row("signed_up", merchant="乙店")]

    take(db, "visit", rows())
    one, other = sorted(all_records(db, "merchant"), key=lambda shop: shop["name"])
    record(db, [Draft("merchant", one["id"], {"merged_into": other["id"]})], now=NOW + 1000, label="merge")
    before = last_row(db)
    assert counts(take(db, "visit", rows())) == {"same": 2}
    assert last_row(db) == before


def test_the_repeats_of_a_form_have_keys_of_their_own(db: sqlite3.Connection) -> None:
    def rows() -> list[Entry]:
        return [row("pending", key=f"{UUID}/visits[1]"), row("pending", key=f"uuid:{UUID}/visits[2]")]

    assert counts(take(db, "visit", rows())) == {"new": 2}
    assert counts(take(db, "visit", rows())) == {"same": 2}
    assert counts(take(db, "visit", [row("signed_up", at="2026-03-08", key=f"{UUID}/visits[2]")])) == {"changed": 1}
    shop = [entry(key=f"{UUID}/shops[1]", name="丙店"), entry(key=f"{UUID}/shops[2]", name="丙店")]
    assert counts(take(db, "merchant", shop)) == {"new": 1, "refused": 1}
