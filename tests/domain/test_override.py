"""What a person decides goes before the score and leaves it as it is; it ends on its day."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.advice import Advice, AdviceCode, advise
from outreach.domain.case import case_of
from outreach.domain.facts import Override, State
from outreach.domain.priority import head, ranking
from outreach.domain.records import Approach, Reason, Ruling
from outreach.domain.rules import Rules
from tests.domain.states import TODAY, ago, decided, opinion, parent, state, states, visit, word

SHOP, OTHER = "老周粮油店", "重庆小面"
PENDING = visit(SHOP, 3, "pending")


def advice(known: State, shop: str = SHOP) -> Advice:
    return advise(case_of(known, known.merchants[shop]), Rules())


def with_overrides(known: State, overrides: list[Override]) -> State:
    return replace(known, overrides=tuple(overrides))


def test_one_that_is_put_first_comes_first_may_be_visited_and_keeps_its_score() -> None:
    before = state([PENDING, visit(OTHER, 30, "pending")])
    after = with_overrides(before, [decided(Ruling.PIN, SHOP)])
    assert [r.case.merchant.id for r in ranking(before, Rules())] == [OTHER, SHOP]
    first = ranking(after, Rules())[0]
    assert (first.case.merchant.id, first.advice.code, first.advice.is_open(TODAY)) == (SHOP, AdviceCode.PINNED, True)
    assert (first.score, first.terms) == next((r.score, r.terms) for r in ranking(before, Rules()) if r.rank == 2)
    assert first.advice.otherwise == advice(before)


def test_one_that_is_held_waits_until_the_day_and_not_longer() -> None:
    ready = visit(SHOP, 30, "pending")
    held = advice(state([ready], overrides=[decided(Ruling.HOLD, SHOP, until=1)]))
    assert (held.approach, held.code, held.not_before) == (Approach.WAIT, AdviceCode.HELD, ago(-1))
    over = advice(state([ready], overrides=[decided(Ruling.HOLD, SHOP, days=9, until=0)]))
    assert (over.code, over.override) == (AdviceCode.AGAIN, None)


def test_a_pin_counts_on_its_last_day_and_none_counts_before_it_was_made() -> None:
    assert advice(state([PENDING], overrides=[decided(Ruling.PIN, SHOP, days=9, until=0)])).code is AdviceCode.PINNED
    assert advice(state([PENDING], overrides=[decided(Ruling.PIN, SHOP, days=9, until=-1)])).code is AdviceCode.AGAIN
    assert advice(state([PENDING], overrides=[decided(Ruling.PIN, SHOP, days=-1)])).code is AdviceCode.AGAIN


def test_a_decision_about_the_community_counts_for_each_shop_without_one_of_its_own() -> None:
    both = [decided(Ruling.HOLD, place="皮村", until=9), decided(Ruling.PIN, OTHER)]
    known = state([PENDING, visit(OTHER, 3, "pending")], overrides=both)
    assert (advice(known).code, advice(known, OTHER).code) == (AdviceCode.HELD, AdviceCode.PINNED)


def test_of_two_about_merged_shops_the_later_stands() -> None:
    known = state([PENDING], overrides=[decided(Ruling.PIN, SHOP, days=1), decided(Ruling.HOLD, SHOP, days=2, until=9)])
    assert advice(known).code is AdviceCode.PINNED


def test_put_first_the_parent_who_would_go_along_still_does() -> None:
    introduced = state([PENDING], parents=[parent()], words=[word("刘姐", SHOP, 1)], overrides=[decided(Ruling.PIN, SHOP)])
    assert (advice(introduced).approach, advice(introduced).parents) == (Approach.PARENT_LED, (parent(),))
    waiting = visit(SHOP, 1, "pending", Reason.SUSPECTS_SCAM)
    soon = advice(state([waiting], parents=[parent()], overrides=[decided(Ruling.PIN, SHOP)]))
    assert (soon.approach, [p.alias for p in soon.parents]) == (Approach.ACCOMPANIED, ["刘姐"])
    assert advice(state([waiting], overrides=[decided(Ruling.PIN, SHOP)])).approach is Approach.ALONE


def test_a_person_may_put_first_what_parents_doubt_but_not_what_has_joined() -> None:
    pin = [decided(Ruling.PIN, SHOP)]
    assert advice(state([PENDING], opinions=[opinion(SHOP, "doubtful")], overrides=pin)).code is AdviceCode.PINNED
    assert advice(state([visit(SHOP, 3, "signed_up")], overrides=pin)).code is AdviceCode.JOINED


_decisions = st.builds(
    decided,
    st.sampled_from(list(Ruling)),
    st.sampled_from(["m0", "m1", "m4"]),
    days=st.integers(-2, 9),
    until=st.integers(0, 9),
)


@given(states, st.lists(_decisions, max_size=3))
def test_no_decision_moves_a_score(known: State, overrides: list[Override]) -> None:
    def scores(of: State) -> dict[str, tuple[object, ...]]:
        return {r.case.merchant.id: (r.score, r.terms) for r in ranking(of, Rules())}

    assert scores(with_overrides(known, overrides)) == scores(known)


@pytest.mark.parametrize("most", [1, 3])
@given(known=states, overrides=st.lists(_decisions, max_size=3))
def test_todays_page_begins_as_the_ranking_does(most: int, known: State, overrides: list[Override]) -> None:
    of = with_overrides(known, overrides)
    ready = [r.case.merchant.id for r in ranking(of, Rules()) if r.advice.is_open(TODAY)]
    first = [r.case.merchant.id for r in head(of, Rules(), most).first if r.advice.is_open(TODAY)]
    assert first == ready[:most]
