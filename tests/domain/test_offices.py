"""Which names of communities are one but for what an office adds."""

import pytest

from outreach.domain.offices import Offices


def same(known: list[str], name: str) -> list[str]:
    offices = Offices()
    for one in known:
        offices.add(one, one)
    return offices.same(name)


@pytest.mark.parametrize(
    "name",
    ["皮村社区", "皮村村委会", "皮村委会", "皮村村民委员会", "皮村社区居委会", "皮村（金盏乡）", "皮村社区(金盏乡)", "皮 村"],
)
def test_what_an_office_adds_makes_no_other_village(name: str) -> None:
    assert same(["皮村", "北山村"], name) == ["皮村"]
    assert same([name, "北山村"], "皮村") == [name]


@pytest.mark.parametrize("name", ["Picun Community", "PICUN", "Picun Villagers' Committee"])
def test_in_english_too(name: str) -> None:
    assert same(["Picun", "Beishan"], name) == ["Picun"]
    assert same(["Picun"], "Picun East") == []


@pytest.mark.parametrize("name", ["皮村东区", "皮村（东区）", "皮村一社区", "北皮村", "皮", "社区", "村委会", "皮村市场"])
def test_what_people_add_may(name: str) -> None:
    assert same(["皮村"], name) == []


def test_a_village_is_not_the_estate_of_its_name() -> None:
    assert same(["北山"], "北山村") == same(["北山村"], "北山社区") == []


def test_an_office_by_itself_and_a_name_of_one_character_are_as_they_are_written() -> None:
    assert same(["社区", "村委会", "皮社区"], "居委会") == same(["皮社区"], "皮村委会") == []
    assert same(["社区", "皮社区"], "皮社区") == ["皮社区"]


def test_of_two_townships_two_villages_have_one_name() -> None:
    assert same(["皮村（金盏乡）"], "皮村（崔各庄乡）") == []
    assert same(["皮村（金盏乡）", "皮村（崔各庄乡）"], "皮村社区（金盏乡）") == ["皮村（金盏乡）"]
    assert same(["皮村（金盏乡）", "皮村（崔各庄乡）"], "皮村") == ["皮村（金盏乡）", "皮村（崔各庄乡）"]


def test_where_two_townships_have_a_name_it_is_nobody_s_by_itself() -> None:
    offices = Offices()
    offices.add("1", "皮村")
    assert offices.same("皮村（金盏乡）") == ["1"]
    offices.meet("皮村（金盏乡）")
    offices.meet("皮村（崔各庄乡）")
    assert offices.same("皮村（金盏乡）") == []


def test_one_that_was_met_with_a_township_is_of_that() -> None:
    offices = Offices()
    offices.add("1", "皮村")
    offices.add("1", "皮村（金盏乡）")
    assert offices.same("皮村（崔各庄乡）") == []
