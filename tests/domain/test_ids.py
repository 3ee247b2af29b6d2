"""Ids: sorted by time, never clashing; and the same on every laptop where a thing has a natural key."""

from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.acts import community_id, mark_id
from outreach.domain.ids import natural_id, new_id

moments = st.integers(0, 2**48 - 1)
chance = st.binary(min_size=10, max_size=10)
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
ALPHABET = set("0123456789abcdefghjkmnpqrstvwxyz")  # no i, l, o, u: nobody misreads one on the phone


@given(moments, chance, moments, chance)
def test_ids_sort_by_time(early: int, one: bytes, late: int, other: bytes) -> None:
    if early < late:
        assert new_id(early, one) < new_id(late, other)


@given(moments, chance, moments, chance)
def test_another_time_or_another_chance_is_another_id(early: int, one: bytes, late: int, other: bytes) -> None:
    assert (new_id(early, one) == new_id(late, other)) == ((early, one) == (late, other))


@given(st.integers(-(2**50), 2**60), chance)
def test_any_clock_makes_an_id(now: int, entropy: bytes) -> None:
    made = new_id(now, entropy)
    assert len(made) == 26
    assert set(made) <= ALPHABET


@given(moments, chance, words)
def test_an_id_that_tells_a_time_is_never_a_natural_one(now: int, entropy: bytes, name: str) -> None:
    assert new_id(now, entropy)[0] != "z"
    assert natural_id("community", name)[0] == "z"
    assert len(natural_id("community", name)) == 26


@given(st.lists(words, min_size=1, max_size=3), st.lists(words, min_size=1, max_size=3))
def test_natural_ids_are_the_same_for_the_same_key_only(one: list[str], other: list[str]) -> None:
    assert (natural_id("tag", *one) == natural_id("tag", *other)) == (one == other)


def test_a_key_belongs_to_its_kind() -> None:
    assert natural_id("tag", "皮村") != natural_id("community", "皮村")
    assert natural_id("tag", "ab", "c") != natural_id("tag", "a", "bc")


def test_two_laptops_that_add_the_same_village_make_one() -> None:
    assert community_id("皮村") == community_id(" 皮 村") != community_id("东沙各庄")


def test_the_same_mark_on_the_same_shop_is_one_mark() -> None:
    assert mark_id("m1", "有冷柜") == mark_id("m1", "有 冷柜")
    assert len({mark_id("m1", "有冷柜"), mark_id("m2", "有冷柜"), mark_id("m1", "潜在伙伴")}) == 3


def test_natural_ids_stay_what_they_are() -> None:
    """Laptops of all versions must agree on them, or a village becomes two."""
    assert community_id("皮村") == "zf49jtsrs3f5cjf67dcce4rkzn"
    assert mark_id("m1", "ABC") == "z02pf99s6532bx0s245mnp0bvc"
