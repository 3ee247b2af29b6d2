"""Which shops may be one: examples that a social worker would recognise."""

import pytest

from outreach.domain.likeness import Shop, Why, core, pairs
from outreach.domain.proximity import Spot

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
        ("美宜佳(东街店)", "美宜佳(西街店)", ()),
    ],
)
def test_names_in_one_community(one: str, other: str, said: tuple[Why, ...]) -> None:
    assert why(Shop("a", one, "c"), Shop("b", other, "c")) == said


def test_a_renamed_shop_is_known_by_its_phone_wherever_it_is() -> None:
    assert why(Shop("a", "老王超市", "c", "120-0001-2345"), Shop("b", "喜盈门", "d", "12000012345")) == (Why.PHONE,)
    assert why(Shop("a", "老王超市", "c", "110"), Shop("b", "喜盈门", "c", "110")) == ()


def test_a_slip_counts_only_next_door_and_what_is_far_off_is_another() -> None:
    slip = Shop("b", "小芳鲜果店", "c")
    assert why(Shop("a", "小芳水果店", "c"), slip) == ()
    near = (Why.NEARLY, Why.PLACE)
    assert why(Shop("a", "小芳水果店", "c", spot=HERE), slip._replace(spot=NEXT_DOOR)) == near
    assert why(Shop("a", "老王超市", "c", spot=HERE), Shop("b", "老王超市", "c", spot=ELSEWHERE)) == ()


def test_one_name_in_two_communities_is_two_shops() -> None:
    assert why(Shop("a", "老王超市", "c"), Shop("b", "老王超市", "d")) == ()


@pytest.mark.parametrize("name", ["超市", "()", "！", "24小时便利店", "（东街店）"])
def test_a_name_that_is_only_a_suffix_or_a_mark_keeps_something(name: str) -> None:
    assert core(name)[0]
