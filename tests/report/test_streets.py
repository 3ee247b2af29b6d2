"""Where things stand that have a street and a house number, but no coordinates."""

import pytest

from outreach.report.pins import Pin
from outreach.report.streets import schematic


def pin(name: str, address: str | None) -> Pin:
    return Pin(name, name, "pending", "皮村", None, address=address)


def test_shops_stand_along_their_street_by_number_odd_and_even_apart() -> None:
    found = schematic([pin("甲", "大街 12号"), pin("乙", "大街3号"), pin("丙", "大街１号院"), pin("丁", "大街20")])
    (street,) = found.streets
    assert street.name == "大街"
    assert [(h.number, h.pin.name) for h in street.odd] == [(1, "丙"), (3, "乙")]
    assert [(h.number, h.pin.name) for h in street.even] == [(12, "甲"), (20, "丁")]
    assert found.left == []


@pytest.mark.parametrize("address", [None, "", "市场里", "12号", "菜市场第6摊", "大街12-3", "大街123456号"])
def test_what_has_no_house_on_a_street_is_left(address: str | None) -> None:
    found = schematic([pin("甲", address), pin("乙", address)])
    assert (found.streets, [p.name for p in found.left]) == ([], ["甲", "乙"])


def test_one_alone_makes_no_street() -> None:
    found = schematic([pin("甲", "学府巷1号"), pin("乙", None)])
    assert (found.streets, [p.name for p in found.left]) == ([], ["乙", "甲"])
