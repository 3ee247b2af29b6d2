"""What a list is, told by the heads of its columns alone."""

import pytest

from outreach.cli.out_words import wording
from outreach.domain.records import KINDS
from outreach.exchange.headers import is_header, lacking, place_of_header, recognise
from outreach.exchange.heading import parts_of
from outreach.exchange.table import Cell
from outreach.i18n import use
from outreach.store.rows import columns_of


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("contacts", [True, False], ids=["contacts", "none"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_table_that_export_wrote_is_known_by_its_columns(kind: str, contacts: bool, lang: str) -> None:  # noqa: FBT001
    use(lang)
    columns, heads = columns_of(KINDS[kind], contacts=contacts), wording({}).heads
    found = recognise("", [heads[kind, column] for column in columns], {})
    assert found is not None
    assert (found.kind, found.unknown, found.private) == (kind, (), ())
    assert all(found.columns[i] == column for i, column in enumerate(columns) if KINDS[kind].field(column))


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("名称 类别 社区 地址 备注", "merchant"),
        ("名称 类别 社区 地址 备注 服务 最近核实", "place"),
        ("name city district population", "community"),
        ("店名 城市 人口 区 外来人口", "merchant"),
        ("称呼 电话 社区", "parent"),
        ("shop_name village visit_date result", "visit"),
        ("Store_name Neighborhood Contact_number Date_visited Result", "visit"),
        ("家长姓名 介绍的商户 日期", "referral"),
        ("资源名称 类别 地址 服务时间 合作关系", "place"),
        ("门店 社区 电话 走访员 日期 结果", "visit"),
        ("Shop Village Date Result Who_went", "visit"),
        ("字号 村 Tel Foo 备注", None),  # shops, it may be; one word that communities have makes no list of them
        ("村 备注", "community"),
        ("店名 家长 意见", "opinion"),
        ("店名 介绍人 日期", "referral"),
        ("店名 家长 引荐方式 电话", "referral"),
        ("店名 家长 地址", "merchant"),
        ("引荐人 引荐给家长 引荐日期", "referral"),
        ("店名 标记 到期日", "tag"),
        ("店名 标记 电话", "merchant"),
        ("店名 标记 地址", "merchant"),
        ("意见 日期", None),
        ("标记 到期日", None),
        ("走访日期 结果", None),
        ("甲 乙", None),
    ],
)
def test_a_list_that_somebody_made_is_what_its_words_clearly_say(header: str, kind: str | None) -> None:
    found = recognise("", header.split(), {})
    assert (found and found.kind) == kind


@pytest.mark.parametrize(
    ("header", "given", "kind"),
    [
        ("姓名 甲 孩子年级", {"甲": "phone"}, "parent"),
        ("姓名 甲 孩子年级", {"甲": "merchant.phone"}, "merchant"),
        ("姓名 甲 孩子年级", {"甲": "name"}, "merchant"),
        ("村 甲", {"甲": "city"}, "community"),
        ("甲 走访日期 结果", {"甲": "merchant"}, "visit"),
    ],
)
def test_what_a_column_was_said_to_be_says_what_the_list_is(header: str, given: dict[str, str], kind: str) -> None:
    found = recognise("", header.split(), given)
    assert (found and found.kind) == kind


def test_a_list_of_people_is_not_read_as_a_communitys_schools() -> None:
    assert recognise("", ("社区", "姓名", "学校", "班级"), {}) is None
    found = recognise("", ("社区", "姓名", "学校", "班级"), {}, "parent")
    assert found is not None
    assert (found.private, found.unknown) == (("学校", "班级"), ())


@pytest.mark.parametrize(
    ("header", "file", "kind"),
    [
        ("姓名 电话 社区", "名单.csv", None),  # of whom? of shop owners, perhaps
        ("姓名 班级 家长电话", "名单.csv", None),  # of pupils
        ("姓名 电话 社区", "家长名单.csv", "parent"),
        ("姓名 电话 孩子年级", "名单.csv", "parent"),
        ("姓名 电话 培训日期", "名单.csv", "parent"),
        ("Name Phone Village", "list.csv", "merchant"),
        ("Name Phone Village", "Parent volunteers.xlsx", "parent"),
        ("Name Phone Child's_class", "list.csv", "parent"),
        ("Name Phone Kids_welcome", "list.csv", "merchant"),
        ("Name Phone Category", "shops that parents named.csv", "merchant"),
        ("店名 姓名 电话 孩子年级", "家长名单.csv", "merchant"),
    ],
)
def test_a_list_of_people_is_one_of_parents_where_that_is_clear(header: str, file: str, kind: str | None) -> None:
    found = recognise("", header.split(), {}, file=file)
    assert (found and found.kind) == kind


@pytest.mark.parametrize(("header", "alias"), [("姓名 电话", 0), ("姓名 称呼 电话", 1), ("Name Phone", 0), ("Name Alias", 1)])
def test_of_parents_a_name_is_the_name_they_are_called_by_unless_that_is_there(header: str, alias: int) -> None:
    found = recognise("", header.split(), {}, "parent")
    assert found is not None
    assert [i for i, field in found.columns.items() if field == "alias"] == [alias]


@pytest.mark.parametrize(
    ("header", "columns", "unknown"),
    [
        ("店名 编号 removed", {0: "name", 1: "id"}, ("removed",)),  # what is removed is not said by a list
        ("称呼 trained-on", {0: "alias", 1: "trained_on"}, ()),
        ("店名 状态 次数 最近走访", {0: "name", 1: "status"}, ()),
        ("行号 原因 编号 店名 id", {3: "name", 4: "id"}, ("编号",)),  # of rows to look at, our own id comes before theirs
    ],
)
def test_columns(header: str, columns: dict[int, str], unknown: tuple[str, ...]) -> None:
    found = recognise("", header.split(), {})
    assert found is not None
    assert (found.columns, found.unknown) == (columns, unknown)


@pytest.mark.parametrize(("header", "field"), [("商户编号 日期 结果", None), ("店名 日期", None), ("日期 结果", "merchant")])
def test_a_visit_lacks_its_shop_where_neither_its_name_nor_its_number_is_there(header: str, field: str | None) -> None:
    found = recognise("走访", header.split(), {})
    assert found is not None
    assert lacking(found) == field


@pytest.mark.parametrize(
    ("cells", "is_one"),
    [
        (("姓名", "村", "生日", "忌口"), True),
        (("姓名", "村", "生日", "忌口", "爱好"), False),
        (("姓名", "村", "", None, None), True),
        (("姓名", "", "", ""), False),
    ],
)
def test_half_of_the_cells_of_a_header_are_known_words_and_two_at_least(cells: tuple[Cell, ...], is_one: bool) -> None:  # noqa: FBT001
    assert is_header(cells) is is_one


def test_two_known_words_make_a_header_below_a_title_of_two_cells() -> None:
    assert place_of_header([("2026年", "名单"), ("店名", "社区"), ("甲店", "皮村")]) == 1
    assert place_of_header([("2026年", "名单"), ("甲", "乙"), ("甲店", "皮村")], ("甲", "乙")) == 1  # said to be columns


def test_a_childs_name_is_not_taken_for_the_parents_whatever_its_group_is_called() -> None:
    found = recognise("", ("电话", "孩子/姓名"), {}, "parent")
    assert found is not None
    assert (found.columns, found.private) == ({0: "phone"}, ("孩子/姓名",))


@pytest.mark.parametrize(
    ("header", "parts"),
    [
        ("shop.name shop.address _submission_time", "."),
        ("1.店名 地址 _submission_time", "/"),  # one alone may be a number, or the end of a word
        ("shop.name shop.address", "/"),
        ("shop/name shop.address shop.phone _submission_time", "/"),
    ],
)
def test_of_a_form_several_heads_of_one_group_say_what_stands_after_it(header: str, parts: str) -> None:
    assert parts_of(header.split()) == parts
