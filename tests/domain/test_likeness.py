"""Which shops may be one: examples that a social worker would recognise."""

from itertools import combinations
from math import cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measure_duplicates import labelled
from outreach.domain.likeness import FAR, Shop, Why, alike, between, core, pairs
from outreach.domain.proximity import Spot, metres

HERE, NEXT_DOOR, ELSEWHERE = Spot(39_921_400, 116_583_000), Spot(39_921_900, 116_583_200), Spot(39_931_400, 116_583_000)


def why(one: Shop, other: Shop) -> tuple[Why, ...]:
    return next((pair.why for pair in pairs([one, other])), ())


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("老王超市", "老汪超市", (Why.SOUND,)),
        ("老王超市", "老王便利店", (Why.NAME,)),
        ("老王超市", "老王超市（东街店）", (Why.NAME,)),
        ("重慶小賣部", "重庆商店", (Why.NAME,)),
        ("老王超市", "老李超市", ()),
        ("老王超市", "老王面馆", ()),
        ("老王超市", "老王快递", ()),
        ("小芳水果店", "小芳鲜果店", (Why.NAME,)),
        ("老孙家饺子", "老孙冢饺子", (Why.NEARLY,)),
        ("平安药房", "平按安药房", (Why.NEARLY,)),
        ("王安平超市", "王望安平超市", (Why.NEARLY,)),  # 王 typed twice, in two forms
        ("王安平超市", "王安安平超市", ()),
        ("小芳饺子", "小芳饺于", (Why.NEARLY,)),  # the slip lies in the trade
        ("小芳面馆", "小芳田馆", (Why.NEARLY,)),
        ("红星日用百货", "红新日日用百货", ()),
        ("幸福满多超市", "幸福满少超市", (Why.NEARLY,)),
        ("幸福满多超市", "幸满福多超市", (Why.NEARLY,)),
        ("幸福满多超市", "幸福多满超市", (Why.NEARLY,)),
        ("幸福满多超市", "幸福来少超市", ()),
        ("幸福满多超市", "幸来满少超市", ()),
        ("便民超市1号", "便民超市2号", ()),
        ("美宜佳(东街店)", "美宜佳(西街店)", ()),
        ("每日鲜东街店", "每日鲜西街店", ()),
    ],
)
def test_names_in_one_community(one: str, other: str, said: tuple[Why, ...]) -> None:
    first, second = Shop("a", one, "c"), Shop("b", other, "c")
    assert why(first, second) == said
    assert [why for _shop, why in alike(first, [second])] == ([said] if said else [])


def test_a_renamed_shop_is_known_by_its_phone_wherever_it_is() -> None:
    assert why(Shop("a", "老王超市", "c", "120-0001-2345"), Shop("b", "喜盈门", "d", "12000012345")) == (Why.PHONE,)
    assert why(Shop("a", "老王超市", "c", "110"), Shop("b", "喜盈门", "c", "110")) == ()
    assert why(Shop("a", "老王超市", "c", "6123456"), Shop("b", "喜盈门", "c", "612-3456")) == (Why.PHONE,)


def test_a_slip_counts_only_next_door_and_what_is_far_off_is_another() -> None:
    slip = Shop("b", "福来多超市", "c")
    assert why(Shop("a", "福满多超市", "c"), slip) == ()
    near = (Why.NEARLY, Why.PLACE)
    assert why(Shop("a", "福满多超市", "c", spot=HERE), slip._replace(spot=NEXT_DOOR)) == near
    assert why(Shop("a", "老王超市", "c", spot=HERE), Shop("b", "老王超市", "c", spot=ELSEWHERE)) == ()


def test_a_village_in_front_of_the_name_is_no_part_of_it() -> None:
    shop = Shop("b", "老王超市", "c", village="皮村")
    assert why(shop, Shop("a", "皮村老王超市", "c", village="皮村")) == (Why.NAME,)
    assert why(shop, Shop("a", "老王超市皮村店", "c", village="皮村")) == (Why.NAME,)
    assert why(shop, Shop("a", "皮村超市", "c", village="皮村")) == ()


def test_an_owner_s_two_trades_are_two_shops_with_one_phone() -> None:
    assert why(Shop("a", "老王超市", "c", "12000012345"), Shop("b", "老王快递", "c", "12000012345")) == ()


@given(st.integers(18_000_000, 53_000_000), st.integers(73_000_000, 135_000_000), st.integers(0, 499), st.floats(0, 6.3))
def test_no_border_lies_between_two_that_are_near(lat: int, lon: int, far: int, way: float) -> None:
    """Wherever cells of a map begin and end, and however many of one chain lie around."""
    there = Spot(lat + int(far * 8.99 * sin(way)), lon + int(far * 8.99 * cos(way) / cos(radians(lat / 1e6))))
    if metres(Spot(lat, lon), there) <= FAR:
        assert why(Shop("a", "美宜佳", "c", spot=Spot(lat, lon)), Shop("b", "美宜佳", "d", spot=there))


def test_borders_of_all_cells_one_after_another() -> None:
    for start in range(39_000_000, 39_010_000, 250):
        one, other = Shop("a", "美宜佳", "c", spot=Spot(start, 116_000_000)), Shop("b", "美宜佳", "d")
        assert why(one, other._replace(spot=Spot(start + 4_400, 116_000_000)))
        assert why(one, other._replace(spot=Spot(start, 116_005_000)))


def test_of_a_crowd_those_next_door_are_found() -> None:
    crowd = [Shop(f"m{i:03}", "美宜佳", "c", spot=Spot(39_000_000 + i * 20_000, 116_000_000)) for i in range(80)]
    twin = Shop("twin", "美宜佳", "c", spot=Spot(39_000_100, 116_000_100))
    assert [(p.one, p.other) for p in pairs([*crowd, twin])] == [("m000", "twin")]


names = st.sampled_from(["老王超市", "老汪便利店", "老王快递", "美宜佳(东街店)", "美宜佳", "小芳水果"])
spots = st.none() | st.builds(Spot, st.integers(39_000_000, 39_020_000), st.integers(116_000_000, 116_020_000))
shops = st.lists(
    st.builds(Shop, st.just(""), names, st.sampled_from([None, "c", "d"]), st.sampled_from([None, "12000012345"]), spots)
)


@given(shops, shops)
def test_new_shops_beside_known_ones_are_those_pairs_of_all(some: list[Shop], others: list[Shop]) -> None:
    new, known = ([s._replace(id=f"{kind}{i}") for i, s in enumerate(list_)] for kind, list_ in (("n", some), ("k", others)))
    of_all = [pair for pair in pairs([*new, *known]) if pair.one[0] + pair.other[0] == "nk"]
    assert between(new, known) == of_all


@given(shops)
def test_those_that_are_looked_at_are_all_that_are_alike(some: list[Shop]) -> None:
    known = [shop._replace(id=f"m{i:03}") for i, shop in enumerate(some)]
    every = [(a.id, b.id) for a, b in combinations(known, 2) if alike(a, [b])]
    assert [(pair.one, pair.other) for pair in pairs(known)] == every


def test_which_of_two_comes_first_does_not_matter() -> None:
    for pair in labelled():
        forth, back = ([why for _shop, why in alike(a, [b])] for a, b in ((pair.one, pair.other), (pair.other, pair.one)))
        assert forth == back, (pair.one.name, pair.other.name)


def test_names_of_signs_alone_do_not_sound_alike() -> None:
    assert pairs([Shop("a", "★★★", "皮村"), Shop("b", "😀😀😀", "皮村")]) == []
    assert [pair.why for pair in pairs([Shop("a", "★★★", "皮村"), Shop("b", "★★★", "皮村")])] == [(Why.NAME,)]


def test_one_name_in_two_communities_is_two_shops() -> None:
    assert why(Shop("a", "老王超市", "c"), Shop("b", "老王超市", "d")) == ()


@pytest.mark.parametrize("name", ["超市", "()", "！", "24小时便利店", "（东街店）"])
def test_a_name_that_is_only_a_suffix_or_a_mark_keeps_something(name: str) -> None:
    assert core(name)[0]
