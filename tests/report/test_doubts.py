"""Data to check: the same name twice in a community, visits without one, coordinates that cannot be right."""

import pytest

from outreach.domain.change import Fields
from outreach.domain.facts import Merchant
from outreach.domain.proximity import Spot
from outreach.report import doubts
from outreach.report.doubts import Doubt, to_check
from outreach.report.places import misplaced, places
from outreach.store.undated import as_merchants
from tests.domain.states import state, visit


def test_the_same_name_in_one_community_whatever_its_width_case_and_script() -> None:
    shops = [("a", "单记拉面A", "皮村"), ("b", "單記拉麵ａ", "皮村"), ("c", "单记拉面A", "上冲"), ("d", "单记拉面", "皮村")]
    found = to_check(state(merchants=[Merchant(*shop) for shop in shops]))
    assert [(c.doubt, c.merchant.id, c.other) for c in found] == [(Doubt.TWICE, "a", "單記拉麵ａ")]


def test_shops_of_nearly_one_name_too() -> None:
    shops = [Merchant("a", "老王超市", "皮村"), Merchant("b", "老汪便利店", "皮村"), Merchant("c", "老张超市", "皮村")]
    assert [(c.merchant.name, c.other) for c in to_check(state(merchants=shops))] == [("老王超市", "老汪便利店")]


def test_of_very_many_those_of_one_name_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doubts, "MANY", 3)
    names = ("老王超市", "老汪便利店", "老张超市", "老張超市")
    shops = [Merchant(str(i), name, "皮村") for i, name in enumerate(names)]
    assert [(c.merchant.name, c.other) for c in to_check(state(merchants=shops))] == [("老张超市", "老張超市")]


def test_what_is_far_apart_or_was_said_to_be_two_is_no_doubt() -> None:
    spots = {"a": Spot(39_900_000, 116_600_000), "b": Spot(39_900_100, 116_600_000), "c": Spot(39_950_000, 116_600_000)}
    shops = [Merchant(i, "美宜佳", "皮村", at=spot) for i, spot in spots.items()]
    found = to_check(state(merchants=shops))
    assert [(c.doubt, c.merchant.id, c.other) for c in found] == [(Doubt.TWICE, "a", "美宜佳")]
    assert to_check(state(merchants=shops), {frozenset("ab")}) == ()


def test_a_visited_shop_without_a_community() -> None:
    shops = [Merchant("流动菜车", "流动菜车", None), Merchant("没去过", "没去过", None)]
    found = to_check(state([visit("流动菜车", 1, "pending")], merchants=shops))
    assert [(c.doubt, c.merchant.name, c.count) for c in found] == [(Doubt.NO_COMMUNITY, "流动菜车", 1)]


@pytest.mark.parametrize(
    "record",
    [{"lat": 91_000_000, "lon": 0}, {"lat": 39_900_000}, {"lat": 0, "lon": 0}, {"lat": 39_900_000, "lon": -116_600_000},
     {"lat": 10**12, "lon": 10**12}, {"lat": 116_600_000, "lon": 39_900_000}],
)  # fmt: skip
def test_coordinates_that_cannot_be_right(record: Fields) -> None:
    """Out of range, one of two, nowhere, the other side of the world, latitude and longitude exchanged."""
    records = {i: {"lat": 39_900_000 + n, "lon": 116_600_000} for n, i in enumerate("abc")} | {"d": record}
    shops, _merged = as_merchants(({"id": i, "name": i, "community": "皮村"} | where for i, where in records.items()), {"皮村"})
    known = state(merchants=shops.values())
    assert misplaced(known) == {"d"}
    assert [p.merchant.id for p in places(known) if p.spot is None] == ["d"]


def test_they_are_told_by_kind_then_community_then_name() -> None:
    twice = [
        ("d", "丙店", "皮村"),
        ("c", "丙店", "皮村"),
        ("b", "甲店", "东沙"),
        ("a", "甲店", "东沙"),
        ("f", "乙菜店", "皮村"),
    ]
    shops = [Merchant(*shop) for shop in (*twice, ("e", "乙菜店", "皮村"))] + [Merchant("n", "流动菜车", None)]
    found = to_check(state([visit("n", 1, "pending")], merchants=shops))
    assert [(c.doubt, c.community, c.merchant.name) for c in found] == [
        (Doubt.TWICE, "东沙", "甲店"),
        (Doubt.TWICE, "皮村", "丙店"),
        (Doubt.TWICE, "皮村", "乙菜店"),
        (Doubt.NO_COMMUNITY, None, "流动菜车"),
    ]
