"""The terms that look around: who nearby can be asked, how far families walk, what is sold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.case import case_of
from outreach.domain.coverage import Proof, in_proportion
from outreach.domain.facts import Merchant, Profile, State
from outreach.domain.proximity import Spot
from outreach.domain.records import Reason
from outreach.domain.rules import Weights
from outreach.domain.term import Term, TermCode
from outreach.domain.terms import score_terms
from tests.domain.states import profiled, state, visit

SHOP = "老周粮油店"
HERE = Spot(39_990_000, 116_600_000)


def north(metres: int) -> Spot:
    return Spot(HERE.lat + round(metres / 0.111195), HERE.lon)


def terms(known: State, weights: Weights | None = None) -> dict[TermCode, Term]:
    found = score_terms(case_of(known, known.merchants[SHOP]), weights or Weights())
    return {term.code: term for term in found}


def street(*reasons: str, shop: Merchant | None = None, away: int = 500) -> State:
    """The shop, one that joined so many metres away, and one that joined later somewhere in the same community."""
    return state(
        [visit(SHOP, 10, "pending", *reasons), visit("远处", 20, "signed_up"), visit("没坐标", 2, "signed_up")],
        merchants=[shop or Merchant(SHOP, SHOP, "皮村", at=HERE), Merchant("远处", "远处", "上冲", at=north(away))],
    )


def test_the_nearest_that_joined_is_named_with_its_distance_even_in_another_village() -> None:
    near = terms(street())[TermCode.NEIGHBOUR]
    assert (near.name, near.count, near.word, near.points) == ("远处", 500, Proof.NEAR, 2)


def test_without_a_place_the_one_of_the_community_that_joined_last_is_named() -> None:
    near = terms(street(shop=Merchant(SHOP, SHOP, "皮村")))[TermCode.NEIGHBOUR]
    assert (near.name, near.word) == ("没坐标", Proof.COMMUNITY)


def test_an_owner_who_asked_who_has_joined_is_answered() -> None:
    near = terms(street(Reason.NO_NEIGHBOUR_HAS_JOINED))[TermCode.NEIGHBOUR]
    assert (near.word, near.points) == (Proof.ASKED_NEAR, 6)


def test_far_from_the_nearest_point_counts_in_proportion_and_not_beside_no_point_at_all() -> None:
    assert terms(street())[TermCode.FAR_POINT].points == 3  # 4 points times 500 of 800 m, rounded up
    alone = street(shop=Merchant(SHOP, SHOP, "北山村", at=HERE))
    assert terms(alone).keys() & {TermCode.NO_POINT, TermCode.FAR_POINT} == {TermCode.NO_POINT}
    assert TermCode.FAR_POINT not in terms(street(away=0))


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (Profile(families=4100), (4, 4100, "")),
        (Profile(families=1500, migrants=90_000), (2, 1500, "")),
        (Profile(migrants=8000, population=90_000), (3, 2000, "estimated")),
        (Profile(population=12_000), (4, 3000, "estimated")),
    ],
)
def test_families_who_live_there_counted_or_estimated(profile: Profile, expected: tuple[int, int, str]) -> None:
    found = terms(profiled(state([visit(SHOP, 10, "pending")]), {"皮村": profile}))[TermCode.FAMILIES]
    assert (found.points, found.count, found.word) == expected


def test_a_supermarket_a_long_walk_away() -> None:
    found = terms(profiled(state([visit(SHOP, 10, "pending")]), {"皮村": Profile(supermarket=1500)}))
    assert (found[TermCode.SUPERMARKET].points, found[TermCode.SUPERMARKET].count) == (3, 1500)
    assert TermCode.FAMILIES not in found


@pytest.mark.parametrize(
    ("category", "expected"), [("菜摊", 6), (" 水果 店", 6), ("超市", 3), ("五金店", -20), ("花店", None), (None, None)]
)
def test_what_it_sells(category: str | None, expected: int | None) -> None:
    known = state([visit(SHOP, 10, "pending")], merchants=[Merchant(SHOP, SHOP, None, category)])
    found = terms(known).get(TermCode.GOODS)
    assert (found.points if found else None) == expected


def test_nothing_recorded_gives_no_term() -> None:
    known = state([visit(SHOP, 10, "pending")], merchants=[Merchant(SHOP, SHOP, None)])
    assert terms(known).keys() == {TermCode.STATUS}


@given(st.integers(0, 100), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 10**6))
def test_more_families_and_longer_ways_never_count_less_nor_beyond_the_whole(points: int, a: int, b: int, full: int) -> None:
    less, more = (in_proportion(points, amount, full) for amount in sorted((a, b)))
    assert 0 <= less <= more <= points
    assert in_proportion(points, full, full) == points
