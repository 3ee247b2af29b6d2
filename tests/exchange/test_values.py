"""Headers and cells as people write them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

import pytest

from outreach.cli.changes import field_name
from outreach.domain.records import KINDS, REMOVED, Reason
from outreach.exchange.closed import code_of
from outreach.exchange.fates import Remark
from outreach.exchange.headers import recognise
from outreach.exchange.table import Cell
from outreach.exchange.values import Complaint, Read, Reading, location, reader
from outreach.i18n import use
from outreach.report.labels import LABELS

WORDS = {field.words for kind in KINDS.values() for field in kind.fields} | {Reason}  # those that records hold
CHINA = timezone(timedelta(hours=8))
READING = Reading(datetime(2026, 11, 24, 9, tzinfo=CHINA), {"closed": {"zh": "歇业", "en": "closed down"}})


def reader_of(kind: str, field: str, head: str = "") -> Read:
    found = KINDS[kind].field(field)
    assert found is not None
    return reader(found, READING, head)


def value(kind: str, field: str, cell: Cell) -> object:
    return reader_of(kind, field)(cell)[0]


def remark(field: str, cell: Cell, kind: str = "merchant") -> str | None:
    said = reader_of(kind, field)(cell)[1]
    return said.code if isinstance(said, Remark) else None


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026年3月7日", "2026-03-07"),
        ("3/7", "2026-03-07"),
        ("12/7", "2025-12-07"),
        ("２０２６－３－７", "2026-03-07"),
        (46088, "2026-03-07"),
        (46088.0, "2026-03-07"),
        (20260307.0, "2026-03-07"),
        (datetime(2026, 3, 7), "2026-03-07"),  # noqa: DTZ001 - as a workbook gives it
        ("2026/3/7 15:30", "2026-03-07T15:30:00+08:00"),
        ("2026年3月7日15:30", "2026-03-07T15:30:00+08:00"),
        ("2026-03-07T09:00:00.000+08:00", "2026-03-07T09:00:00+08:00"),
        ("2026-03-07T09:00:52.123Z", "2026-03-07T17:00:52+08:00"),
        (46088.5, "2026-03-07T12:00:00+08:00"),
        ("Mar 7, 2026 3:30:12 PM", "2026-03-07T15:30:12+08:00"),
        ("2026-03-07 12:05 AM", "2026-03-07T00:05:00+08:00"),
        ("2026-03-07T09:00:00.000+03", "2026-03-07T14:00:00+08:00"),
        ("2026-03-07T09:00:00+0300", "2026-03-07T14:00:00+08:00"),
        (datetime(2026, 3, 7, 15, 30, tzinfo=UTC), "2026-03-07T15:30:00+00:00"),
    ],
)
def test_days_and_moments(cell: Cell, day: str) -> None:
    assert value("visit", "visited_at", cell) == day


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("visited_at", True),
        ("visited_at", "2026-13-40"),
        ("visited_at", "2027-01-01"),
        ("visited_at", date(1905, 7, 18)),  # 2026 in a cell for days
        ("visited_at", 25_000),
        ("outcome", "也许吧"),
        ("minutes", "很久"),
    ],
)
def test_what_no_field_can_be(field: str, cell: Cell) -> None:
    with pytest.raises(Complaint):
        value("visit", field, cell)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        *((cell, "signed_up") for cell in ("已签约", "同意加入", "谈成了")),
        *((cell, "pending") for cell in ("考虑中", "再考虑考虑")),
        *((cell, "refused") for cell in ("Refused", "没兴趣")),
        *((cell, "not_met") for cell in ("not-met", "没见到人", "老板不在")),
    ],
)
def test_outcomes_in_peoples_words(cell: str, code: str) -> None:
    assert value("visit", "outcome", cell) == code


@pytest.mark.parametrize("head", ["是否加入", "是否签约", "加入", "签约了吗？", "Joined?", "Signed up (Y/N)"])
@pytest.mark.parametrize(
    ("cell", "code"),
    [
        *((cell, "signed_up") for cell in ("是", "√", "Y", "已签约", True, 1.0)),
        *((cell, "pending") for cell in ("否", "×", "No", "未签", 0.0)),
        ("不愿意", "refused"),
    ],
)
def test_whether_a_shop_joined_is_yes_or_not_yet(head: str, cell: Cell, code: str) -> None:
    assert fields("店名", head, "日期")[head] == "outcome"
    found, said = reader_of("visit", "outcome", head)(cell)
    assert found == code
    assert (said is not None) == (code == "pending")


@pytest.mark.parametrize("head", ["合作意向", "是否有意向", "结果"])
def test_below_another_head_no_says_nothing_of_that(head: str) -> None:
    with pytest.raises(Complaint):
        reader_of("visit", "outcome", head)("否")


def test_lists_are_parted_as_people_part_them() -> None:
    assert value("visit", "reasons", "怕被骗、要问家里人；歇业") == ["suspects_scam", "must_ask_family", "closed"]
    assert value("visit", "with", "刘姐，王姐") == ["刘姐", "王姐"]


@pytest.mark.parametrize(
    ("cell", "text", "code"),
    [
        (13800138000.0, "13800138000", None),
        ("'13800138000", "13800138000", None),
        ("１３８００１３８０００", "13800138000", None),
        ("010-6123 4567", "010-6123 4567", None),
        ("1.38E+10", "1.38E+10", "digits_lost"),
        (1061234567, "1061234567", "zero_lost"),
    ],
)
def test_phones_as_spreadsheets_leave_them(cell: Cell, text: str, code: str | None) -> None:
    assert value("merchant", "phone", cell) == text
    assert remark("phone", cell) == code


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("购物服务;超级市场;超市", "超市"),
        ("购物服务;超级市场;华润", "超市"),
        ("购物服务;超级市场;沃尔玛", "超市"),
        ("购物服务;超级市场;屈臣氏", "超市"),
        ("购物服务;便民商店/便利店;便民商店/便利店", "便利店"),
        ("购物服务;便民商店/便利店;7-ELEVEn便利店", "便利店"),
        ("购物服务;便民商店/便利店", "便利店"),
        ("购物服务;便民商店/便利店;便民商店/便利店|购物服务;超级市场;超市", "便利店"),
        ("医疗保健服务;医药保健销售店;药房", "药店"),
        ("餐饮服务;快餐厅;肯德基", "快餐店"),
        ("餐饮服务;中餐厅;四川菜(川菜)", "四川菜(川菜)"),
        ("生活服务;美容美发店;美容美发店", "美容美发店"),
    ],
)
def test_a_chain_is_no_kind_of_shop(said: str, kind: str) -> None:
    found = KINDS["merchant"].field("category")
    assert found is not None
    assert reader(found, replace(READING, of_a_map=True))(said)[0] == kind


def test_numbers_that_do_not_belong_into_notes() -> None:
    assert remark("note", "老板电话 13800138000，晚上打", "visit") == "phone_in_note"
    assert remark("source", "王姐 13800138000", "place") == "phone_in_note"
    assert remark("note", "身份证 11010519491231002X", "visit") == "paper_in_note"
    assert remark("note", "要 3 箱，2026-03-07 送", "visit") is None


def test_places_in_one_cell() -> None:
    assert location("113.929907,22.488911") == (22_488_911, 113_929_907)
    assert location("57.358143 38.312638 0.1 1.9") == (57_358_143, 38_312_638)
    for wrong in ("22.5", "181,91", "南山区"):
        with pytest.raises(Complaint):
            location(wrong)


def fields(*header: str, name: str = "", **given: str) -> dict[str, str]:
    found = recognise(name, header, given)
    return {header[i]: field for i, field in found.columns.items()} if found else {}


def test_a_map_services_list_is_a_list_of_shops() -> None:
    header = ("id", "name", "type", "typecode", "address", "location", "pname", "cityname", "adname", "parent", "rating")
    found = recognise("", header, {})
    assert found is not None
    assert found.kind == "merchant"
    assert [header[i] for i in found.columns] == ["id", "name", "type", "address", "location"]
    assert found.unknown == ("typecode", "pname", "cityname", "adname", "parent", "rating")


def test_a_list_of_visits_tells_of_their_shops() -> None:
    assert fields("店名", "社区", "走访日期", "结果", "电话", "走访人") == {
        "店名": "merchant",
        "社区": "merchant.community",
        "走访日期": "visited_at",
        "结果": "outcome",
        "电话": "merchant.phone",
        "走访人": "by",
    }


@pytest.mark.parametrize(
    ("header", "day"),
    [
        ("SubmissionDate start end today 店名 结果", "today"),
        ("SubmissionDate end start 店名 结果", "start"),
        ("_submission_time end 店名 结果", "end"),
        ("SubmissionDate 店名 结果", "SubmissionDate"),
        ("SubmissionDate start today 走访日期 店名 结果", "走访日期"),
    ],
)
def test_of_the_days_that_a_form_notes_the_best_one_counts(header: str, day: str) -> None:
    assert [head for head, field in fields(*header.split()).items() if field == "visited_at"] == [day]


def test_a_state_without_a_day_makes_no_list_of_visits() -> None:
    found = recognise("", ("店名", "状态"), {})
    assert found is not None
    assert (found.kind, found.unknown) == ("merchant", ("状态",))


@pytest.mark.parametrize(
    "header", ["孩子姓名", "子女学校", "班级", "身份证号", "银行卡号", "Child's name", "class", "ID number"]
)
def test_columns_that_nobody_may_read(header: str) -> None:
    found = recognise("", ("店名", header), {})
    assert found is not None
    assert found.private == (header,)
    assert list(found.columns.values()) == ["name"]


def test_groups_of_forms_marks_around_words_and_places() -> None:
    assert fields("shop/name", "1. 地址（必填）", "gps_latitude", "_gps_longitude", "店名") == {
        "shop/name": "name",
        "1. 地址（必填）": "address",
        "gps_latitude": "lat",
        "_gps_longitude": "lon",
    }


@pytest.mark.parametrize(("head", "kind"), [("资源点", "place"), ("店名", "merchant")])
def test_a_gps_question_says_where_what_has_a_place_lies(head: str, kind: str) -> None:
    found = recognise("", (head, "类别", "社区", "_loc_latitude", "_loc_longitude", "_loc_altitude"), {}, kind)
    assert found is not None
    assert (found.columns[3], found.columns[4], found.unknown) == ("lat", "lon", ())


def test_a_parent_has_no_place() -> None:
    found = recognise("", ("家长", "社区", "_loc_latitude", "_loc_longitude"), {})
    assert found is not None
    assert list(found.columns.values()) == ["alias", "community"]


def test_the_same_header_twice_and_one_without_words() -> None:
    found = recognise("", ("店名", "电话", "电话", "", "地址"), {})
    assert found is not None
    assert found.unknown == ("电话", "D")


def test_what_was_said_goes_first() -> None:
    found = recognise("", ("店", "名称", "孩子"), {"店": "name", "名称": "-", "孩子": "landmark"})
    assert found is not None
    assert dict(found.columns) == {0: "name", 2: "landmark"}


def test_the_first_columns_of_mended_rows_are_passed_over() -> None:
    found = recognise("", ("行号", "原因", "店名"), {})
    assert found is not None
    assert (dict(found.columns), found.unknown) == ({2: "name"}, ())


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_this_program_calls_its_fields_is_known(kind: str, lang: str) -> None:
    use(lang)
    names = [field.name for field in KINDS[kind].fields if field.name != REMOVED]
    for header in (names, [field_name(kind, name) for name in names]):
        found = recognise("", header, {}, kind)
        assert found is not None
        assert [found.columns.get(i) for i in range(len(names))] == names


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("words", "code"), [key for key in LABELS if key[0] in WORDS])
def test_what_this_program_calls_its_words_is_known(words: type[StrEnum], code: str, lang: str) -> None:
    use(lang)
    assert code_of(words, str(LABELS[words, code])) == code


def test_only_an_id_says_what_a_shop_was_merged_into() -> None:
    assert value("merchant", "merged_into", "0" * 26) == "0" * 26
    with pytest.raises(Complaint):
        value("merchant", "merged_into", "老王超市")
