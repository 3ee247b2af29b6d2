"""The advice for a community is what the advice for its merchants comes to."""

from datetime import timedelta

from hypothesis import given

from outreach.domain.facts import Merchant, State
from outreach.domain.priority import ranking
from outreach.domain.records import Approach, Ruling
from outreach.domain.rules import Rules
from outreach.domain.village import CommunityAdvice, VillageCode, community_advice
from tests.domain.states import TODAY, decided, parent, state, states, visit, word


def of(known: State) -> list[CommunityAdvice]:
    advised = [(r.case.merchant, r.advice) for r in ranking(known, Rules())]
    return community_advice(advised, known.day, known.communities)


def test_one_goes_where_some_may_be_visited_in_the_way_most_of_them_ask_for() -> None:
    visits = [visit(shop, 20, "pending") for shop in "甲乙丙"] + [visit("丁", 1, "pending"), visit("戊", 1, "signed_up")]
    said = [word("刘姐", shop, 1) for shop in "甲乙"]
    (place,) = of(state(visits, parents=[parent()], words=said))
    assert (place.code, place.approach, place.ready, place.held) == (VillageCode.VISIT, Approach.PARENT_LED, 3, 1)
    assert place.ways == ((Approach.PARENT_LED, 2), (Approach.ALONE, 1))
    assert place.parent == parent()


def test_where_all_wait_one_waits_for_the_first_of_them() -> None:
    (place,) = of(state([visit("甲", 1, "pending"), visit("乙", 3, "pending"), visit("丙", 9, "refused", firm=True)]))
    assert (place.code, place.approach, place.not_before) == (VillageCode.HELD, Approach.WAIT, TODAY + timedelta(4))
    (stuck,) = of(state([visit("丙", 9, "refused", firm=True)]))
    assert (stuck.code, stuck.not_before) == (VillageCode.STUCK, None)


def test_where_a_person_decided_so_it_waits_until_then_unless_one_is_put_first() -> None:
    hold = decided(Ruling.HOLD, place="皮村", until=16)
    shops = [visit("甲", 20, "pending"), visit("乙", 20, "pending")]
    (place,) = of(state(shops, overrides=[hold]))
    assert (place.code, place.not_before, place.override, place.held) == (
        VillageCode.DECIDED, TODAY + timedelta(16), hold, 2,
    )  # fmt: skip
    (mixed,) = of(state(shops, overrides=[hold, decided(Ruling.PIN, "乙")]))
    assert (mixed.code, mixed.ready, mixed.held) == (VillageCode.VISIT, 1, 1)


def test_merchants_of_no_community_come_last() -> None:
    known = state(merchants=[Merchant("x", "x", None), Merchant("y", "y", "上冲")])
    assert [place.id for place in of(known)] == ["上冲", None]


@given(states)
def test_every_merchant_of_the_ranking_is_counted_once(known: State) -> None:
    found = ranking(known, Rules())
    assert sum(place.ready for place in of(known)) == sum(r.advice.is_open(TODAY) for r in found)
    assert sum(place.ready + place.held for place in of(known)) == len(found)
    assert all(sum(n for _way, n in place.ways) == place.ready for place in of(known))
    assert all((place.approach is Approach.WAIT) == (place.ready == 0) for place in of(known))
