"""Rows of lists as records: what cannot be read of them, where they lie, and what is no row at all."""

import sqlite3
from datetime import datetime
from typing import Any

import pytest

from outreach.exchange.entries import entries
from outreach.exchange.fates import Outcome
from outreach.exchange.headers import recognise
from outreach.exchange.stacked import parted
from outreach.exchange.table import Row, Table, titles
from outreach.exchange.values import Reading
from outreach.store.records import all_records
from tests.exchange.entries import codes, counts, take

READING = Reading(datetime(2026, 11, 24, 9).astimezone(), {})


def taken(db: sqlite3.Connection, name: str, header: str, *rows: str, community: str | None = None) -> Outcome:
    """The rows of a list, whose cells stand between bars, taken in."""
    table = Table(name, tuple(header.split("|")), [Row(i, tuple(row.split("|"))) for i, row in enumerate(rows, 2)])
    found = recognise(table.name, table.header, {})
    assert found is not None
    return take(db, found.kind, entries(table, found, READING, community))


def only(db: sqlite3.Connection, kind: str) -> dict[str, Any]:
    (record,) = all_records(db, kind)
    return record


def test_a_community_for_all_is_that_of_parents_places_and_the_shops_of_visits(db: sqlite3.Connection) -> None:
    outcome = taken(db, "走访", "店名|走访日期|结果", "甲店|3/7|待定", community="皮村")
    assert counts(outcome) == {"new": 1}
    taken(db, "家长", "称呼", "刘姐", community="皮村")
    taken(db, "资源点", "名称|类别", "卫生站|诊所", community="皮村")
    assert only(db, "merchant")["community"] == only(db, "parent")["community"] == only(db, "place")["community"]
    assert only(db, "community")["name"] == "皮村"


def test_an_unknown_word_that_a_row_need_not_say_stands_in_the_note(db: sqlite3.Connection) -> None:
    rows = ["甲店|皮村|3/7|待定|没想好呢|下周再去|飞着去"]
    head = "店名|社区|走访日期|结果|顾虑|备注|方式"
    assert codes(taken(db, "", head, *rows)) == [["unread", "unread"]]
    assert only(db, "visit")["note"] == "下周再去\n顾虑：没想好呢\n方式：飞着去"
    assert codes(taken(db, "", head, "乙店|皮村|3/7|也许吧|||")) == [["bad_value"]]
    assert codes(taken(db, "家长", "称呼|培训日期", "刘姐|已培训")) == [["unread"]]
    assert only(db, "parent")["alias"] == "刘姐"


def test_words_of_lists(db: sqlite3.Connection) -> None:
    head = "序号|店名|社区|走访日期|合作意向|不加入原因|谈话内容"
    outcome = taken(db, "", head, "1|甲店|皮村|3/20 下午3点|再看看|怕骗、等别人先加入、家里人不同意、太麻烦|聊了")
    assert counts(outcome) == {"new": 1}
    visit = only(db, "visit")
    assert (visit["visited_at"][:16], visit["outcome"], visit["note"]) == ("2026-03-20T15:00", "pending", "聊了")
    assert visit["reasons"] == ["suspects_scam", "no_neighbour_has_joined", "must_ask_family", "too_much_trouble"]
    found = recognise("", head.split("|"), {})
    assert found is not None
    assert found.unknown == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3月7日上午", "2026-03-07"),
        ("2026年3月10日下午", "2026-03-10"),
        ("2026年3月10日晚上8点半", "2026-03-10T20:30"),
        ("3月7日上午9点", "2026-03-07T09:00"),
        ("3月7日中午12点", "2026-03-07T12:00"),
        ("3月7日中午11点", "2026-03-07T11:00"),
        ("3月7日中午1点", "2026-03-07T13:00"),
        ("3月7日下午12点", "2026-03-07T12:00"),
        ("46088", "2026-03-07"),
        ("3/7/2026", "2026-03-07"),
        ("13/7/2026", "2026-07-13"),
    ],
)
def test_days_as_people_write_them(db: sqlite3.Connection, text: str, day: str) -> None:
    taken(db, "", "店名|社区|走访日期|结果", f"甲店|皮村|{text}|待定")
    assert only(db, "visit")["visited_at"][:16] == day


def test_a_day_that_half_the_world_reads_as_another_is_told(db: sqlite3.Connection) -> None:
    rows = [f"{day}号店|皮村|{day}/2026|待定" for day in ("3/7", "7/3", "3/3", "3/13", "13/3")]
    outcome = taken(db, "", "店名|社区|走访日期|结果", *rows, "丁店|皮村|3/7/2026 10:15|待定")
    told = {(one.field, one.text, one.value): n for one, n in outcome.taken_as.items()}
    assert told == {("visited_at", "3/7/2026", "2026-03-07"): 2, ("visited_at", "7/3/2026", "2026-07-03"): 1}


def test_cells_beyond_the_columns_count_where_something_is_in_them(db: sqlite3.Connection) -> None:
    assert codes(taken(db, "", "店名|社区", "甲店|皮村|| ", "乙店|皮村||忙")) == [["too_many_cells"]]
    assert only(db, "merchant")["name"] == "甲店"


def test_a_text_that_is_far_too_long_keeps_its_row_out(db: sqlite3.Connection) -> None:
    assert codes(taken(db, "", "店名|社区|地址", f"甲店|皮村|{'东' * 501}")) == [["bad_value"]]
    assert all_records(db, "merchant") == []


def test_a_day_that_is_due_may_have_an_hour(db: sqlite3.Connection) -> None:
    taken(db, "商户", "店名", "甲店")
    taken(db, "标记", "店名|标记|到期日", "甲店|跟进|2026-12-03 15:00")
    assert only(db, "tag")["due"] == "2026-12-03"


def test_a_place_the_other_way_round_is_turned_where_only_one_way_is_possible(db: sqlite3.Connection) -> None:
    assert codes(taken(db, "", "店名|纬度|经度", "甲店|116.5|39.9", "乙店|116.5|")) == [["turned"], ["unread"]]
    assert {s["name"]: s.get("lat") for s in all_records(db, "merchant")} == {"甲店": 39_900_000, "乙店": None}


def test_half_a_place_is_doubted(db: sqlite3.Connection) -> None:
    table = "店名|纬度|经度", "甲店|39.9|", "乙店||116.5", "丙店|39.9|东经116度", "丁店|39.9|116.5"
    assert codes(taken(db, "", *table)) == [["half_a_place"], ["half_a_place"], ["unread", "half_a_place"]]


@pytest.mark.parametrize("name", ["合计", "小计：", "Total", "共计12家"])
def test_a_row_of_sums_is_no_shop(db: sqlite3.Connection, name: str) -> None:
    assert codes(taken(db, "", "店名|社区", "甲店|皮村", f"{name}|皮村")) == [["sum"]]
    assert only(db, "merchant")["name"] == "甲店"


def test_a_day_that_is_due_in_more_than_six_months_is_doubted(db: sqlite3.Connection) -> None:
    taken(db, "商户", "店名", "甲店")
    assert codes(taken(db, "标记", "店名|标记|到期日", "甲店|跟进|3/27", "甲店|冷柜|10/27")) == [["far"]]


def test_what_a_parent_is_called_goes_before_the_name_in_her_papers(db: sqlite3.Connection) -> None:
    taken(db, "家长", "家长姓名|称呼", "刘桂兰|刘姐")
    assert only(db, "parent")["alias"] == "刘姐"


def test_another_table_below_is_not_taken_for_shops(db: sqlite3.Connection) -> None:
    below = ["志愿者||", "姓名|村|电话", "张姐|皮村|12000012345", "李姐|皮村|"]
    outcome = taken(db, "", "店名|社区|电话", "甲店|皮村|12000054321", "乙店||", *below)
    assert counts(outcome) == {"new": 2, "refused": 4}
    assert {shop["name"] for shop in all_records(db, "merchant")} == {"甲店", "乙店"}
    assert {"another_table"} == {code for some in codes(outcome) for code in some}
    assert [finding.number for finding in outcome.findings if finding.remarks] == [4, 5, 6, 7]


def test_a_header_that_stands_on_each_page_is_no_shop_and_the_table_goes_on(db: sqlite3.Connection) -> None:
    head = "店名|社区|电话|电话 (D)"
    outcome = taken(db, "", head, "甲店|皮村||", "店名|社区|电话|电话", "乙店|皮村||", "店名|社区|电话|电话||")
    assert counts(outcome) == {"new": 2}


def test_a_header_that_only_begins_the_same_is_of_another_table(db: sqlite3.Connection) -> None:
    outcome = taken(db, "", "店名|社区|电话", "甲店|皮村|", "店名|走访日期|结果", "甲店|2026-03-07|待定")
    assert counts(outcome) == {"new": 1, "refused": 2}


def test_a_header_with_spaces_around_its_words_is_the_same_again() -> None:
    rows = [Row(2, ("甲店", "皮村")), Row(3, (" 店名", "社区 ")), Row(4, ("乙店", "皮村"))]
    assert [(row.number, other) for row, other in parted(rows, titles((" 店名", "社区 ")))] == [(2, False), (4, False)]


@pytest.mark.parametrize("row", ["备注|皮村|", "地址||", "商店||地址在东街"])
def test_a_shop_of_an_odd_name_is_a_shop(db: sqlite3.Connection, row: str) -> None:
    assert counts(taken(db, "", "店名|地址|备注", "甲店|东街|", row, "乙店|东街|")) == {"new": 3}
