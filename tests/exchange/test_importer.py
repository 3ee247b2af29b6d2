"""What becomes of the rows of a list: on the first day, again, corrected, and after people have worked with the records."""

import os
import sqlite3
from typing import Any

import pytest

from outreach.domain import acts
from outreach.domain.acts import Maker
from outreach.domain.change import Draft
from outreach.exchange import run
from outreach.exchange.entry import Entry
from outreach.exchange.fates import Fate
from outreach.exchange.importer import Options
from outreach.store.check import examine
from outreach.store.connection import open_database
from outreach.store.journal import last_row, record
from outreach.store.records import all_records, get_record
from outreach.store.tables import changes_of
from outreach.store.undo import undo
from tests.exchange.entries import NOW, codes, counts, entry, take


def shop(name: str = "老王超市", community: str | None = "皮村", **more: Any) -> Entry:
    return entry(name=name, **(more | ({"community": community} if community else {})))


def visit(
    merchant: str = "老王超市", outcome: str = "pending", at: str = "2026-11-20", by: str = "林晓", **about: object
) -> Entry:
    return entry(merchant=merchant, outcome=outcome, visited_at=at, by=by, about=about or None)


def edit(db: sqlite3.Connection, kind: str, record_id: str, **fields: object) -> None:
    record(db, [Draft(kind, record_id, fields)], now=NOW + 1000, label="edit")


def shops(db: sqlite3.Connection) -> list[dict[str, Any]]:
    return all_records(db, "merchant")


def test_a_list_becomes_records_in_one_act(db: sqlite3.Connection) -> None:
    outcome = take(db, "merchant", [shop(phone="1380"), shop("小李菜店"), shop("东门百货", "马驹桥")])
    assert counts(outcome) == {"new": 3}
    assert list(outcome.communities.values()) == ["皮村", "马驹桥"]
    assert {(s["name"], s.get("phone")) for s in shops(db)} == {("老王超市", "1380"), ("小李菜店", None), ("东门百货", None)}
    assert all(finding.ok for finding in examine(db))
    undo(db, now=NOW + 1, worker=None)
    assert shops(db) == all_records(db, "community") == []


def test_the_same_list_again_writes_nothing(db: sqlite3.Connection) -> None:
    def rows() -> list[Entry]:
        return [
            shop(phone="1380"),
            shop("小李菜店", None),
            shop("美宜佳", None, address="东街"),
            shop("美宜佳", None, address="西街"),
        ]

    take(db, "merchant", rows())
    before = last_row(db), db.execute("SELECT count(*) FROM act").fetchone()[0]
    assert counts(take(db, "merchant", rows())) == {"same": 4}
    assert (last_row(db), db.execute("SELECT count(*) FROM act").fetchone()[0]) == before


def test_two_laptops_make_the_same_records_of_one_list(db: sqlite3.Connection, tmp_path: Any) -> None:
    def rows() -> list[Entry]:
        return [shop(phone="1380"), shop("小李菜店", None)]

    other = open_database(tmp_path / "other")
    take(db, "merchant", rows())
    take(other, "merchant", rows())
    assert shops(db) == shops(other)
    other.close()


@pytest.mark.parametrize("field", ["address", "phone", "category"])
def test_a_corrected_list_changes_what_was_corrected(db: sqlite3.Connection, field: str) -> None:
    facts: dict[str, Any] = {"address": "东街 1 号", "phone": "1380", "category": "超市"}
    take(db, "merchant", [shop(**facts)])
    outcome = take(db, "merchant", [shop(**facts | {field: "9"})])
    assert counts(outcome) == {"changed": 1}
    assert [(s["name"], s[field]) for s in shops(db)] == [("老王超市", "9")]


def test_what_a_person_changed_is_kept_and_said(db: sqlite3.Connection) -> None:
    take(db, "merchant", [shop(phone="1380", category="超市")])
    record_id = shops(db)[0]["id"]
    edit(db, "merchant", record_id, phone="139")
    outcome = take(db, "merchant", [shop(phone="1380", category="便利店")])
    assert counts(outcome) == {"doubtful": 1}
    assert codes(outcome) == [["kept"]]
    assert (shops(db)[0]["phone"], shops(db)[0]["category"]) == ("139", "便利店")
    assert counts(take(db, "merchant", [shop(phone="1380")], overwrite=True)) == {"changed": 1}
    assert shops(db)[0]["phone"] == "1380"


def test_what_a_person_typed_in_another_way_is_the_same(db: sqlite3.Connection) -> None:
    take(db, "merchant", [shop(phone="12000012345", address="东街1号")])
    edit(db, "merchant", shops(db)[0]["id"], phone="120-0001 2345", address="东街 １号")
    assert counts(take(db, "merchant", [shop(phone="12000012345", address="东街1号")])) == {"same": 1}
    assert shops(db)[0]["phone"] == "120-0001 2345"


def test_who_spoke_last_counts_and_not_what_was_said(db: sqlite3.Connection) -> None:
    """A person who wrote what the import had written has spoken after it; so has one who cleared what she had typed herself."""
    take(db, "merchant", [shop(phone="1380")])
    record_id = shops(db)[0]["id"]
    edit(db, "merchant", record_id, phone="139")
    edit(db, "merchant", record_id, phone="1380", address="东街")
    edit(db, "merchant", record_id, address=None)
    outcome = take(db, "merchant", [shop(phone="1382", address="西街")])
    assert codes(outcome) == [["kept", "kept"]]
    assert (shops(db)[0]["phone"], shops(db)[0].get("address")) == ("1380", None)


def test_a_place_that_a_person_corrected_in_part_stays_whole(db: sqlite3.Connection) -> None:
    take(db, "merchant", [shop(lat=39_900_000, lon=116_500_000)])
    edit(db, "merchant", shops(db)[0]["id"], lat=39_910_000)
    take(db, "merchant", [shop(lat=22_200_000, lon=113_500_000, datum="gcj02")])
    (found,) = shops(db)
    assert (found["lat"], found["lon"], found.get("datum")) == (39_910_000, 116_500_000, None)


def test_what_a_person_cleared_is_not_filled_again(db: sqlite3.Connection) -> None:
    take(db, "merchant", [shop(phone="1380")])
    edit(db, "merchant", shops(db)[0]["id"], phone=None)
    outcome = take(db, "merchant", [shop(phone="1380")])
    assert (codes(outcome), outcome.doubted) == ([["kept"]], {Fate.SAME: 1})
    assert "phone" not in shops(db)[0]


def test_what_was_typed_here_before_is_filled_and_never_overwritten(db: sqlite3.Connection) -> None:
    record(db, [Draft("merchant", "m1", {"name": "老王超市", "owner": "王"})], now=NOW, label="test")
    outcome = take(db, "merchant", [shop(owner="李", address="东街")])
    assert codes(outcome) == [["kept"]]
    assert (get_record(db, "merchant", "m1") or {})["owner"] == "王"
    assert (get_record(db, "merchant", "m1") or {})["address"] == "东街"


def test_an_empty_cell_clears_nothing(db: sqlite3.Connection) -> None:
    take(db, "merchant", [shop(phone="1380")])
    assert counts(take(db, "merchant", [shop()])) == {"same": 1}
    assert shops(db)[0]["phone"] == "1380"


def test_a_dry_run_says_the_same_and_leaves_nothing(db: sqlite3.Connection) -> None:
    def rows() -> list[Entry]:
        return [shop(phone="1380"), shop(phone="1380"), entry(phone="1")]

    rehearsed = take(db, "merchant", rows(), rehearse=True)
    assert shops(db) == []
    assert last_row(db) == 0
    assert counts(rehearsed) == counts(take(db, "merchant", rows())) == {"new": 1, "refused": 2}


def test_a_row_that_says_the_same_once_more_is_set_aside(db: sqlite3.Connection) -> None:
    outcome = take(db, "merchant", [shop(address="东街"), shop(address="东街"), shop(address="西街")])
    assert codes(outcome) == [["twice"], ["alike"]]
    assert outcome.set_aside == 1
    assert sorted(s["address"] for s in shops(db)) == ["东街", "西街"]


def test_a_row_that_was_set_aside_as_an_earlier_one_changes_nothing_when_it_comes_alone(db: sqlite3.Connection) -> None:
    def rows() -> list[Entry]:
        return [shop(phone="1380"), shop(phone="1380", category="超市", owner="王")]

    take(db, "merchant", rows())
    alone = rows()[1]
    alone.again = True
    assert codes(take(db, "merchant", [alone])) == [["twice"]]
    apart = shop(phone="1390", address="西街", category="超市")  # mended: something tells it apart
    apart.again = True
    take(db, "merchant", [apart])
    assert {(one["phone"], one.get("category")) for one in shops(db)} == {("1380", None), ("1390", "超市")}


def test_so_does_a_place_that_came_twice(db: sqlite3.Connection) -> None:
    def row(hours: str) -> Entry:
        return entry(name="村卫生站", kind="clinic", community="皮村", hours=hours)

    assert codes(take(db, "place", [row("8-12"), row("8-17")])) == [["twice"]]
    alone = row("8-17")
    alone.again = True
    assert codes(take(db, "place", [alone])) == [["twice"]]
    assert all_records(db, "place")[0]["hours"] == "8-12"


def test_what_a_visit_said_otherwise_of_its_shop_is_not_taken_when_its_row_comes_alone(db: sqlite3.Connection) -> None:
    def row() -> Entry:
        return visit(at="2026-11-21", community="皮村", phone="2")

    take(db, "visit", [visit(community="皮村", phone="1"), row()])
    alone = row()
    alone.again = True
    take(db, "visit", [alone])
    assert shops(db)[0]["phone"] == "1"


def test_what_an_earlier_row_says_of_a_known_shop_tells_a_later_row_apart_from_it(db: sqlite3.Connection) -> None:
    record(db, [Draft("merchant", "m1", {"name": "老王超市"})], now=NOW, label="test")

    def rows() -> list[Entry]:
        return [shop(address="西街2号", community=None), shop(address="东街1号", community=None)]

    assert counts(take(db, "merchant", rows())) == {"changed": 1, "doubtful": 1}
    assert counts(take(db, "merchant", rows())) == {"same": 2}
    assert sorted(s["address"] for s in shops(db)) == ["东街1号", "西街2号"]


def test_a_key_that_nobody_else_gives_is_followed_through_a_new_name(db: sqlite3.Connection) -> None:
    key = "73a23093-2215-4812-9071-14e2d2b65e5a"
    take(db, "merchant", [entry(key=key, name="老王超市")])
    assert counts(take(db, "merchant", [entry(key=key, name="老王便利店")])) == {"changed": 1}
    assert [s["name"] for s in shops(db)] == ["老王便利店"]


@pytest.mark.parametrize("key", ["73a23093-2215-4812-9071-14e2d2b65e5a", "amap:B0FFIQX899"])
def test_a_record_of_that_key_goes_first_then_one_of_that_name_then_a_new_one(db: sqlite3.Connection, key: str) -> None:
    def rows() -> list[Entry]:
        one: dict[str, Any] = {"name": "美宜佳", "community": "皮村"}
        return [entry(key=key, **one), entry(key=key[:-1] + "1", **one), entry(key=key[:-1] + "2", **one, address="西街")]

    take(db, "merchant", [shop("美宜佳", address="东街")])
    take(db, "merchant", rows())
    assert len(shops(db)) == 3
    assert sorted(str(one.get("address")) for one in shops(db)) == ["None", "东街", "西街"]
    before = last_row(db)
    assert counts(take(db, "merchant", rows())) == {"same": 3}
    assert last_row(db) == before


def test_a_map_services_key_makes_the_same_records_on_two_laptops(db: sqlite3.Connection, tmp_path: Any) -> None:
    def rows() -> list[Entry]:
        return [entry(key=f"amap:B0FFIQX89{i}", name="美宜佳", address=f"东街 {i} 号") for i in range(3)]

    other = open_database(tmp_path / "other")
    take(db, "merchant", rows())
    take(other, "merchant", rows())
    assert shops(db) == shops(other)
    assert counts(take(other, "merchant", rows())) == {"same": 3}
    edit(db, "merchant", shops(db)[0]["id"], name="围仔西便利店", address="西街 8 号")
    assert codes(take(db, "merchant", rows())) == [["kept", "kept"]]
    assert len(shops(db)) == 3
    other.close()


def test_what_was_renamed_since_is_no_second_one(db: sqlite3.Connection) -> None:
    def rows() -> list[Entry]:
        return [shop(phone="1380"), shop("小李菜店")]

    take(db, "merchant", rows())
    (community,) = all_records(db, "community")
    edit(db, "community", community["id"], name="皮村一社区")
    assert counts(take(db, "merchant", rows())) == {"same": 2}
    assert [c["name"] for c in all_records(db, "community")] == ["皮村一社区"]
    edit(db, "merchant", shops(db)[0]["id"], name="老王便利店")
    assert codes(take(db, "merchant", rows())) == [["kept"]]
    assert len(shops(db)) == 2


def test_a_parent_who_is_called_otherwise_now_is_still_meant(db: sqlite3.Connection) -> None:
    take(db, "merchant", [shop()])
    take(db, "parent", [entry(alias="刘姐")])
    edit(db, "parent", all_records(db, "parent")[0]["id"], alias="刘姐（东街）")
    row = entry(parent="刘姐", merchant="老王超市", kind="introduced", at="2026-11-20")
    assert counts(take(db, "referral", [row])) == {"new": 1}


def test_numbers_that_two_lists_count_by_do_not_mix_their_shops(db: sqlite3.Connection) -> None:
    take(db, "merchant", [entry(key="1", name="老王超市", community="皮村")])
    take(db, "merchant", [entry(key="1", name="小李菜店", community="马驹桥")])
    assert sorted(s["name"] for s in shops(db)) == ["小李菜店", "老王超市"]


def test_a_shop_that_may_be_one_that_is_here_is_taken_in_and_listed(db: sqlite3.Connection) -> None:
    take(db, "merchant", [shop("老王超市")])
    outcome = take(db, "merchant", [shop("老王便利店"), shop("小李菜店")])
    assert codes(outcome) == [["alike"]]
    assert counts(outcome) == {"new": 1, "doubtful": 1}
    assert len(shops(db)) == 3


def test_of_two_new_shops_that_may_be_one_the_later_is_listed(db: sqlite3.Connection) -> None:
    outcome = take(db, "merchant", [shop("老王超市"), shop("小李菜店"), shop("老汪便利店")])
    assert [(f.number, f.remarks[0].facts["name"]) for f in outcome.problems] == [(outcome.problems[0].number, "老王超市")]
    assert outcome.problems[0].name == "老汪便利店"
    assert len(shops(db)) == 3


def test_a_first_list_of_very_many_is_not_compared_and_says_so(db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "AMONG", 1)
    outcome = take(db, "merchant", [shop("老王超市"), shop("老王便利店")])
    assert (outcome.uncompared, outcome.problems) == (2, [])


@pytest.mark.parametrize(
    ("bound", "most", "uncompared"), [("COMPARED", 1, 1), ("ALL", 2, 2), ("ALL", 3, 0), ("AMONG", 1, 2), ("AMONG", 2, 0)]
)
def test_more_new_shops_than_are_compared_are_counted(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, bound: str, most: int, uncompared: int
) -> None:
    take(db, "merchant", [shop("老王超市")])
    monkeypatch.setattr(run, bound, most)
    assert take(db, "merchant", [shop("老王便利店"), shop("小李菜店")]).uncompared == uncompared


def test_a_name_that_looks_like_a_known_community_is_refused(db: sqlite3.Connection) -> None:
    take(db, "merchant", [shop(community="东沙各庄")])
    outcome = take(db, "merchant", [shop("小李菜店", "东沙各装"), shop("东门百货", "北山村"), shop("西门百货", "南山村")])
    assert codes(outcome) == [["near_community"]]
    assert len(shops(db)) == 3
    assert sorted(c["name"] for c in all_records(db, "community")) == sorted(["东沙各庄", "北山村", "南山村"])


def communities(db: sqlite3.Connection) -> list[str]:
    return sorted(one["name"] for one in all_records(db, "community"))


def test_what_an_office_adds_to_a_communitys_name_makes_no_other_one_and_is_said_once(db: sqlite3.Connection) -> None:
    def rows() -> list[Entry]:
        return [shop("乙店", "皮村社区"), shop("甲店"), shop("丙店", "皮村（金盏乡）"), shop("丁店", "皮村社区")]

    outcome = take(db, "merchant", rows())
    assert counts(outcome) == {"new": 4}
    assert communities(db) == ["皮村"]
    assert [(one.text, rows) for one, rows in outcome.taken_as.items()] == [("皮村社区", 2), ("皮村（金盏乡）", 1)]
    assert counts(take(db, "merchant", rows())) == {"same": 4}


def test_where_a_file_has_a_name_of_two_townships_it_says_the_same_again(db: sqlite3.Connection) -> None:
    def rows() -> list[Entry]:
        return [shop("甲店", "皮村（金盏乡）"), shop("乙店", "皮村"), shop("丙店", "皮村（崔各庄乡）")]

    outcome = take(db, "merchant", rows())
    assert codes(outcome) == [["several_communities"]]
    assert outcome.problems[0].remarks[0].facts["others"] == ["皮村（崔各庄乡）", "皮村（金盏乡）"]
    assert counts(take(db, "merchant", rows())) == {"same": 2, "refused": 1}


def test_where_several_may_be_meant_somebody_must_say_which(db: sqlite3.Connection) -> None:
    take(db, "merchant", [shop("甲店", "皮村（金盏乡）"), shop("乙店", "皮村（崔各庄乡）")])
    assert len(communities(db)) == 2
    outcome = take(db, "merchant", [shop("丙店", "皮村")])
    assert codes(outcome) == [["several_communities"]]
    assert not outcome.taken_as


def test_a_list_of_communities_says_itself_which_are_two(db: sqlite3.Connection) -> None:
    outcome = take(db, "community", [entry(name="皮村"), entry(name="皮村社区")])
    assert counts(outcome) == {"new": 2}
    assert codes(take(db, "community", [entry(name="皮村村委会")])) == [["near_community"]]
    assert communities(db) == ["皮村", "皮村社区"]


@pytest.mark.parametrize("early", [True, False])
def test_a_row_that_is_refused_has_the_name_that_it_says(db: sqlite3.Connection, early: bool) -> None:  # noqa: FBT001
    """Whether a cell of it could not be read, or its shop is not known."""
    take(db, "merchant", [shop(community="东沙各庄")])
    rows = {
        "merchant": shop("小李菜店", "东沙各装"),
        "visit": visit("小李菜店"),
        "parent": entry(alias="刘姐", community="东沙各装"),
    }
    for kind, row in rows.items():
        if early:
            row.refuse("bad_value", field="phone", text="?")
        (found,) = take(db, kind, [row]).problems
        assert found.name == ("刘姐" if kind == "parent" else "小李菜店")


def test_a_visit_finds_its_shop_or_brings_it_along(db: sqlite3.Connection) -> None:
    take(db, "merchant", [shop()])
    outcome = take(db, "visit", [visit(), visit("小李菜店", community="皮村", phone="1390"), visit("不知道的店")])
    assert counts(outcome) == {"new": 2, "refused": 1}
    assert codes(outcome) == [["no_merchant"]]
    assert outcome.also == {"merchant": 1}
    assert len(all_records(db, "visit")) == 2
    assert {s["name"]: s.get("phone") for s in shops(db)} == {"老王超市": None, "小李菜店": "1390"}


def test_visits_again_are_the_same_and_corrected_ones_change(db: sqlite3.Connection) -> None:
    take(db, "visit", [visit(community="皮村", phone="1390"), visit(at="2026-11-21", community="皮村")])
    before = last_row(db)
    outcome = take(db, "visit", [visit(community="皮村", phone="1390"), visit(at="2026-11-21", community="皮村")])
    assert counts(outcome) == {"same": 2}
    assert last_row(db) == before
    assert counts(take(db, "visit", [visit(outcome="signed_up")])) == {"changed": 1}
    assert [v["outcome"] for v in all_records(db, "visit") if v["visited_at"] == "2026-11-20"] == ["signed_up"]


def test_an_instant_is_the_same_in_every_zone(db: sqlite3.Connection) -> None:
    def row(at: str) -> Entry:
        return visit(at=at, community="皮村")

    first = take(db, "visit", [row("2026-11-20T17:09:00+00:00")]).plain[0].id
    again = row("2026-11-21T01:09:00+08:00")
    again.id = first
    assert counts(take(db, "visit", [again])) == {"same": 1}


def test_a_visit_recorded_here_is_that_visit(db: sqlite3.Connection) -> None:
    take(db, "merchant", [shop()])
    fields = {"merchant": shops(db)[0]["id"], "visited_at": "2026-11-20", "outcome": "pending", "by": "林晓"}
    record(db, [Draft("visit", "v1", fields)], now=NOW, label="visit")
    assert counts(take(db, "visit", [visit()])) == {"same": 1}
    assert len(all_records(db, "visit")) == 1


@pytest.mark.parametrize("together", [1, 2])
def test_a_shop_that_two_rows_describe_differently_stays_as_the_first_says(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    monkeypatch.setattr("outreach.exchange.importer.TOGETHER", together)

    def rows() -> list[Entry]:
        return [visit(community="皮村", phone="1"), visit(at="2026-11-21", community="皮村", phone="2", owner="王")]

    assert codes(take(db, "visit", rows())) == [["differs"]]
    assert (shops(db)[0]["phone"], shops(db)[0]["owner"]) == ("1", "王")
    before = last_row(db)
    take(db, "visit", rows())
    assert last_row(db) == before


@pytest.mark.parametrize("together", [1, 2])
def test_a_phone_that_two_rows_of_one_shop_write_in_two_ways_is_no_difference(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    monkeypatch.setattr("outreach.exchange.importer.TOGETHER", together)
    rows = [
        visit(community="皮村", phone="138-0013-8002"),
        visit(at="2026-11-21", community="皮村", phone="13800138002"),
    ]
    assert counts(take(db, "visit", rows)) == {"new": 2}


def test_an_outcome_without_a_day_is_no_visit(db: sqlite3.Connection) -> None:
    outcome = take(db, "visit", [entry(merchant="老王超市", outcome="pending", about={"community": "皮村"})])
    assert codes(outcome) == [["no_date"]]
    assert len(shops(db)) == 1
    assert all_records(db, "visit") == []


def test_a_refused_row_leaves_no_shop_and_no_community(db: sqlite3.Connection) -> None:
    row = entry(merchant="老王超市", visited_at="2026-11-20", about={"community": "皮村"})
    assert codes(take(db, "visit", [row])) == [["missing"]]
    assert last_row(db) == 0


def test_a_parent_must_be_known(db: sqlite3.Connection) -> None:
    take(db, "merchant", [shop()])

    def row() -> Entry:
        return entry(parent="刘姐", merchant="老王超市", kind="introduced", at="2026-11-20")

    assert codes(take(db, "referral", [row()])) == [["no_parent"]]
    take(db, "parent", [entry(alias="刘姐")])
    assert counts(take(db, "referral", [row()])) == {"new": 1}
    assert counts(take(db, "referral", [row()])) == {"same": 1}


def test_shops_of_one_name_are_told_apart_or_refused(db: sqlite3.Connection) -> None:
    take(db, "merchant", [shop(), shop(community="马驹桥")])
    assert codes(take(db, "visit", [visit()])) == [["several_merchants"]]
    assert counts(take(db, "visit", [visit(community="马驹桥")])) == {"new": 1}


def test_what_was_taken_back_can_be_imported_again(db: sqlite3.Connection) -> None:
    for _ in range(2):
        assert counts(take(db, "visit", [visit(community="皮村")])) == {"new": 1}
        undo(db, now=NOW + 10_000, worker=None)
        assert shops(db) == []
    take(db, "visit", [visit(community="皮村")])
    assert len(all_records(db, "visit")) == len(shops(db)) == len(all_records(db, "community")) == 1
    assert counts(take(db, "visit", [visit(outcome="refused")])) == {"changed": 1}


def test_what_a_person_removed_stays_removed(db: sqlite3.Connection) -> None:
    take(db, "merchant", [shop(address="东街")])
    edit(db, "merchant", shops(db)[0]["id"], removed=True)
    assert codes(take(db, "merchant", [shop(address="东街")])) == [["removed"]]
    assert shops(db) == []
    take(db, "merchant", [shop(address="东街")], overwrite=True)
    assert len(shops(db)) == 1


def test_more_rows_than_are_looked_at_together(db: sqlite3.Connection) -> None:
    def rows() -> list[Entry]:
        return [visit(f"店{i % 1500}", at=f"2026-0{1 + i // 1500}-01", community="皮村") for i in range(4500)]

    assert counts(take(db, "visit", rows())) == {"new": 4500}
    assert len(shops(db)) == 1500
    before = last_row(db)
    assert counts(take(db, "visit", rows())) == {"same": 4500}
    assert last_row(db) == before
    assert all(finding.ok for finding in examine(db))


def test_a_list_names_a_community_once(db: sqlite3.Connection) -> None:
    for fate in ("new", "same"):
        outcome = take(db, "community", [entry(name="皮村", families=120), entry(name="皮 村", families=9)])
        assert counts(outcome) == {fate: 1, "refused": 1}
        assert codes(outcome) == [["twice"]]
    assert [c["families"] for c in all_records(db, "community")] == [120]


def test_a_row_that_only_brings_its_shop_points_to_nothing_else(db: sqlite3.Connection) -> None:
    row = entry(merchant="老王超市", outcome="pending", about={"community": "皮村"})
    row.fields["with"] = ["谁也不认识"]
    assert codes(take(db, "visit", [row])) == [["no_date"]]
    assert len(shops(db)) == 1


def test_how_a_visit_writes_its_shop_does_not_rename_it(db: sqlite3.Connection) -> None:
    take(db, "merchant", [shop()])
    assert counts(take(db, "visit", [visit("", name="老王 超市", community="皮村")])) == {"new": 1}
    assert [s["name"] for s in shops(db)] == ["老王超市"]


def test_a_shop_that_a_visit_brings_is_said_and_compared_too(db: sqlite3.Connection) -> None:
    take(db, "merchant", [shop("老王超市", phone="13800138000")])
    rows = [visit("老李菜店", community="皮村", owner="李"), visit("老王超市（总店）", community="皮村", phone="13800138000")]
    outcome = take(db, "visit", rows)
    assert codes(outcome) == [["alike"]]
    assert [(finding.number, finding.steps["merchant.name"].after) for finding in outcome.findings] == [
        (2, "老李菜店"),
        (3, "老王超市（总店）"),
    ]
    (pair,) = outcome.likely
    assert [next(s["name"] for s in shops(db) if s["id"] == i) for i in (pair.one, pair.other)] == [
        "老王超市",
        "老王超市（总店）",
    ]


def test_rows_to_look_at_stand_among_the_others_as_in_the_file(db: sqlite3.Connection) -> None:
    outcome = take(db, "merchant", [shop("甲店"), shop(""), shop("乙店")])
    assert [finding.number for finding in outcome.findings] == [2, 3, 4]


def test_a_shop_by_its_id(db: sqlite3.Connection) -> None:
    def row(**fields: Any) -> Entry:
        one = entry(**fields)
        one.id = known
        return one

    take(db, "merchant", [shop("美宜佳", address="东街"), shop("美宜佳", address="西街"), shop()])
    known = next(s["id"] for s in shops(db) if s["name"] == "老王超市")
    outcome = take(db, "merchant", [row(phone="138"), row(phone="139"), shop("美宜佳"), entry(phone="1")])
    assert codes(outcome) == [["twice"], ["several"], ["missing"]]
    assert counts(outcome) == {"changed": 1, "refused": 3}
    assert [s.get("phone") for s in shops(db) if s["id"] == known] == ["138"]


def test_visits_find_their_shops_by_the_numbers_of_the_list_beside(db: sqlite3.Connection) -> None:
    lists = [shop("美宜佳", address="东街"), shop("美宜佳", address="西街")]
    for key, one in zip("12", lists, strict=True):
        one.key = key
    sheets = [
        run.Sheet("visits", "visit", (), [visit("", id="2"), visit("", at="2026-11-21", id="3")]),
        run.Sheet("shops", "merchant", (), lists),
    ]
    first, second = run.run(db, sheets, run.Who(NOW, "林晓", Maker(NOW, os.urandom)), Options())
    assert (first.kind, counts(first), counts(second)) == ("merchant", {"new": 1, "doubtful": 1}, {"new": 1, "refused": 1})
    by_id = {s["id"]: s["address"] for s in shops(db)}
    assert [by_id[v["merchant"]] for v in all_records(db, "visit")] == ["西街"]


def test_an_id_that_a_visit_gives_its_shop_finds_it_and_says_nothing_of_it(db: sqlite3.Connection) -> None:
    take(db, "merchant", [shop()])
    for fate in ("new", "same"):  # the id is that of another laptop's
        assert counts(take(db, "visit", [visit(community="皮村", id="0" * 26)])) == {fate: 1}
    (found,) = shops(db)
    assert [change.fields.keys() for change in changes_of(db, "merchant", [found["id"]])[found["id"]]] == [
        {"name", "community"}
    ]


def test_what_has_a_key_of_its_own_kind_is_made_once(db: sqlite3.Connection) -> None:
    def rows(kind: str) -> list[Entry]:
        """Twice the same, and another."""
        holds: list[dict[str, Any]] = [{"merchant": "老王超市"}, {"merchant": "老王超市"}, {"community": "皮村"}]
        return {
            "tag": [entry(merchant="老王超市", label=label) for label in ("有冷柜", "有 冷柜", "热心")],
            "opinion": [entry(merchant="老王超市", count=3, view=view, at="2026-11-20") for view in ("first", "first", "wait")],
            "override": [entry(ruling="hold", note="停业", at="2026-11-20", **about) for about in holds],
            "separation": [
                entry(merchant=one, other=other)
                for one, other in (("老王超市", "甲店"), ("甲店", "老王超市"), ("乙店", "老王超市"))
            ],
        }[kind]

    take(db, "merchant", [shop(), shop("甲店"), shop("乙店")])
    king = next(s["id"] for s in shops(db) if s["name"] == "老王超市")
    for kind in ("tag", "opinion", "override", "separation"):
        for fate in ("new", "same"):
            outcome = take(db, kind, rows(kind))
            assert (counts(outcome), codes(outcome)) == ({fate: 2, "refused": 1}, [["twice"]]), kind
    (village,) = all_records(db, "community")
    made = {kind: {one["id"] for one in all_records(db, kind)} for kind in ("tag", "override", "separation")}
    assert made["tag"] == {acts.mark_id(king, label) for label in ("有冷柜", "热心")}
    assert made["override"] == {acts.override_id(about) for about in (king, village["id"])}
    assert made["separation"] == {acts.separation_id(king, s["id"]) for s in shops(db) if s["id"] != king}


def test_the_ids_that_an_import_makes_never_change(db: sqlite3.Connection) -> None:
    """Else a list that was imported once would be imported again by the next version."""
    take(db, "community", [entry(name="皮村")])
    take(db, "visit", [visit(community="皮村", address="东街"), visit(outcome="refused")])
    take(db, "opinion", [entry(merchant="老王超市", count=3, view="first", at="2026-11-20")])
    take(db, "parent", [entry(alias="刘姐", key="uuid:73a23093-2215-4812-9071-14e2d2b65e5a")])
    found = {kind: [one["id"] for one in all_records(db, kind)] for kind in ("merchant", "visit", "opinion", "parent")}
    assert found == {
        "merchant": ["zsqyb3sefavbbmsa51ttk2ppv2"],
        "visit": ["zjd5hcwq57j4y5v9jfcwfnfcn6", "znq3fd1haj99zzkf130rcc7y99"],
        "opinion": ["z8gg5kzb5t30dq27tbhcpr1677"],
        "parent": ["zcnrc7rhk3yja2e403n9ymb1hw"],
    }


def test_places_of_a_community_once_each(db: sqlite3.Connection) -> None:
    def rows() -> list[Entry]:
        return [entry(name="村卫生站", kind="clinic", community="皮村"), entry(kind="school", community="皮村")]

    assert counts(take(db, "place", rows())) == {"new": 1, "refused": 1}
    assert counts(take(db, "place", rows())) == {"same": 1, "refused": 1}
    assert [place["name"] for place in all_records(db, "place")] == ["村卫生站"]


@pytest.fixture
def twins(db: sqlite3.Connection) -> dict[str, str]:
    """Two communities called 新村, as two laptops may make them; their ids by city."""
    ids = {"北京": "a" * 26, "珠海": "b" * 26}
    drafts = [Draft("community", record_id, {"name": "新村", "city": city}) for city, record_id in ids.items()]
    record(db, drafts, now=NOW - 1, label="community add")
    return ids


def test_of_two_communities_of_one_name_the_city_after_it_means_one_and_no_third_is_made(
    db: sqlite3.Connection, twins: dict[str, str]
) -> None:
    outcome = take(db, "merchant", [shop("丁店", "新村"), shop("戊店", "新村 珠海"), shop("己店", "新村　北京")])
    assert counts(outcome) == {"new": 2, "refused": 1}
    assert codes(outcome) == [["several_communities"]]
    assert {s["name"]: s["community"] for s in shops(db)} == {"戊店": twins["珠海"], "己店": twins["北京"]}
    assert len(all_records(db, "community")) == 2


def test_a_list_of_communities_says_by_the_city_which_of_one_name_it_means(
    db: sqlite3.Connection, twins: dict[str, str]
) -> None:
    outcome = take(db, "community", [entry(name="新村", city="珠海", families=120), entry(name="新村", families=9)])
    assert counts(outcome) == {"changed": 1, "refused": 1}
    assert {c["id"]: c.get("families") for c in all_records(db, "community")} == {twins["珠海"]: 120, twins["北京"]: None}


def test_of_two_that_nothing_tells_apart_the_reason_says_to_rename_one(db: sqlite3.Connection, twins: dict[str, str]) -> None:
    edit(db, "community", twins["珠海"], city=None)
    assert codes(take(db, "merchant", [shop("丁店", "新村")])) == [["communities_alike"]]
