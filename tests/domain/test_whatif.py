"""What would change a merchant's place: always what the ranking itself would say if it were so."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.advice import AdviceCode
from outreach.domain.facts import State
from outreach.domain.priority import Ranked, places, ranking
from outreach.domain.records import Approach, Outcome, Reason, Ruling
from outreach.domain.rules import Rules
from outreach.domain.whatif import IMAGINE, Turn, WhatIf, telling, what_if
from tests.domain.states import TODAY, decided, opinion, parent, state, states, visit, word

SHOP = "老周粮油店"
SCAM = Reason.SUSPECTS_SCAM
OTHERS = [visit(name, 30, "pending") for name in ("甲", "乙", "丙")]


def place(known: State, shop: str = SHOP) -> Ranked:
    return next(r for r in ranking(known, Rules()) if r.case.merchant.id == shop)


def turns(known: State, shop: str = SHOP) -> dict[Turn, WhatIf]:
    return {one.turn: one for one in what_if(known, Rules(), place(known, shop), places(known, Rules()))}


def test_an_introduction_would_bring_its_points_take_the_suspicions_off_and_bring_the_first_place_from_the_next_day() -> None:
    known = state([visit(SHOP, 2, "pending", SCAM), *OTHERS], parents=[parent()])
    assert place(known).rank == 4
    then = turns(known)[Turn.INTRODUCED]
    assert (then.points, then.found.rank, then.day, then.parent) == (40, 1, TODAY + timedelta(1), parent())
    assert (then.found.advice.code, then.found.advice.approach) == (AdviceCode.LED, Approach.PARENT_LED)
    introduced = state([visit(SHOP, 2, "pending", SCAM)], parents=[parent()], words=[word("刘姐", SHOP, 0)])
    assert Turn.INTRODUCED not in turns(introduced)


def test_an_introduction_counts_again_after_visits_in_vain_and_a_firm_no() -> None:
    tried = state([visit(SHOP, d, "pending", i=str(d)) for d in (40, 30, 20, 10)])
    assert place(tried).advice.code is AdviceCode.TRIED
    assert turns(tried)[Turn.INTRODUCED].found.advice.approach is Approach.ALONE
    assert turns(tried)[Turn.INTRODUCED].points == 38  # 30, and the 8 that the fourth visit cost
    firm = turns(state([visit(SHOP, 9, "refused", firm=True)], parents=[parent()]))
    assert firm[Turn.INTRODUCED].found.advice.code is AdviceCode.LED
    assert Turn.VISITED not in firm


def test_the_day_on_which_the_wait_is_over() -> None:
    known = state([visit(SHOP, 2, "pending"), *OTHERS])
    then = turns(known)[Turn.DAY]
    assert (then.day, then.points, then.found.advice.approach) == (TODAY + timedelta(5), 0, Approach.ALONE)
    assert Turn.DAY not in turns(state([visit(SHOP, 20, "pending")]))


def test_a_fourth_visit_without_change_makes_it_wait_and_the_first_only_for_a_week() -> None:
    three = turns(state([visit(SHOP, d, "pending", i=str(d)) for d in (30, 20, 10)]))[Turn.VISITED]
    assert (three.found.advice.code, three.points) == (AdviceCode.TRIED, -8)
    one = turns(state([visit(SHOP, 10, "pending")]))[Turn.VISITED]
    assert (one.found.advice.not_before, one.points) == (TODAY + timedelta(7), 0)


def test_training_a_parent_or_finding_one_opens_a_door_that_suspicion_closed() -> None:
    suspects = [visit(SHOP, 10, "pending", SCAM)]
    trained = turns(state(suspects, parents=[parent("燕子", trained=False)]))[Turn.TRAINED]
    assert (trained.found.advice.approach, trained.parent and trained.parent.alias) == (Approach.ACCOMPANIED, "燕子")
    found = turns(state(suspects))[Turn.FOUND]
    assert (found.found.advice.code, found.points) == (AdviceCode.GUIDE, -10)


def test_what_parents_say_and_what_a_person_decided() -> None:
    doubted = turns(state([visit(SHOP, 10, "pending")], opinions=[opinion(SHOP, "doubtful", count=2)]))
    assert doubted[Turn.DOUBT_GONE].found.advice.approach is Approach.ALONE
    assert Turn.VISITED not in doubted
    assert turns(state([visit(SHOP, 10, "pending")]))[Turn.SAID_FIRST].points == 4
    held = state([visit(SHOP, 10, "pending")], overrides=[decided(Ruling.HOLD, SHOP, until=9)])
    assert turns(held)[Turn.RELEASED].found.advice.code is AdviceCode.AGAIN
    assert turns(held)[Turn.DAY].day == TODAY + timedelta(9)


def test_nothing_would_change_one_that_has_joined() -> None:
    known = state([visit(SHOP, 10, "signed_up"), visit("甲", 1, "pending")])
    joined = place(known, "甲")._replace(rank=0)
    assert what_if(known, Rules(), joined, places(known, Rules())) == []


@given(states)
def test_every_turn_is_a_place_in_a_ranking_and_those_told_differ(known: State) -> None:
    others = places(known, Rules())
    for found in ranking(known, Rules()):
        all_of_them = what_if(known, Rules(), found, others)
        assert all(one.found.rank >= 1 and one.found.case.trail.status != Outcome.SIGNED_UP for one in all_of_them)
        assert all(one.points == one.found.score - found.score for one in all_of_them)
        for one in telling(all_of_them, found):
            same = (one.found.score, one.found.rank, one.found.advice) == (found.score, found.rank, found.advice)
            assert not same


@given(states, st.sampled_from(Turn))
def test_the_place_is_the_one_that_a_new_ranking_gives(known: State, turn: Turn) -> None:
    others = places(known, Rules())
    for found in ranking(known, Rules()):
        imagined, _parent = IMAGINE[turn](known, Rules(), found)
        told = {one.turn: one.found for one in what_if(known, Rules(), found, others)}
        if imagined is not None:
            anew = next(r for r in ranking(imagined, Rules()) if r.case.merchant == found.case.merchant)
            assert (told[turn].rank, told[turn].score, told[turn].advice) == (anew.rank, anew.score, anew.advice)
