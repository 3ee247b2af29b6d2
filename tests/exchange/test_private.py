"""Heads of columns under which something of a child or of papers stands, and those that only look so."""

import pytest

from outreach.exchange.headers import recognise

PRIVATE = (
    "孩子姓名|子女学校|班级|年级|学校|娃|宝宝|宝宝姓名|儿子|女儿|幼儿园|学号|班主任|孩子班级群|身份证号|"
    "银行卡号|账号|社保卡号|港澳通行证|护照号|出生日期|生日|支付宝|家长/孩子|孩子 姓名（必填）|Child's name|"
    "childName|child_name|childsname|kid|Kids|Son|daughter|Kindergarten|guardian|School|class|Grade|Student ID|"
    "ID number|ID No|ID No.|id_card|National ID|ID#|Card number|Bank|IBAN|Account no|Social security|birthday|"
    "Date of birth|passport|form/child_name|Children’s school nearby"
)
HARMLESS = (
    "Class of shop|Shop grade|Riverbank side|Children welcome|Near school?|Number of children|Classification|"
    "Reason|Person|Skid|ID|Accountable|Embankment|Shop ID|Upgrade|Valid|Distance to school|学校旁|学校附近|"
    "班级群|学生奶|儿童数|离学校(米)|儿童人数|微信账号|支持支付宝|娃娃菜|编号|电话号码"
)


def left_out(header: str, *others: str) -> tuple[str, ...]:
    found = recognise("", ("店名", "电话", *others, header), {})
    assert found is not None
    return found.private


@pytest.mark.parametrize("header", PRIVATE.split("|"))
def test_a_column_about_a_child_or_papers_is_left_out(header: str) -> None:
    assert left_out(header) == (header,)


@pytest.mark.parametrize("header", HARMLESS.split("|"))
def test_a_column_about_the_shop_is_not(header: str) -> None:
    assert left_out(header) == ()


@pytest.mark.parametrize(
    "header", [("社区", "城市", "学校", "诊所", "菜市场"), ("社区", "人口", "学校"), ("Community", "City", "School", "Clinic")]
)
def test_a_list_of_communities_has_their_schools(header: tuple[str, ...]) -> None:
    found = recognise("", header, {})
    assert found is not None
    assert (found.kind, found.private) == ("community", ())
    assert "school" in found.columns.values()


@pytest.mark.parametrize(
    "header",
    [
        ("社区", "城市", "学校", "班级"),
        ("社区", "学校"),
        ("店名", "社区", "城市", "学校"),
    ],
)
def test_a_list_of_people_or_shops_is_not_read_as_one(header: tuple[str, ...]) -> None:
    found = recognise("", header, {})
    assert found is not None
    assert "学校" in found.private


@pytest.mark.parametrize("header", [("社区", "姓名", "学校"), ("社区", "城市", "姓名", "学校")])
def test_of_a_list_of_people_somebody_must_say_who_they_are(header: tuple[str, ...]) -> None:
    assert recognise("", header, {}) is None
    found = recognise("", header, {}, "parent")
    assert found is not None
    assert "学校" in found.private
