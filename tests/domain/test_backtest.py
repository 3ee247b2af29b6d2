"""Looking back: who was named, who of them joined within four weeks, and what drawing blindly would have come to."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.backtest import ENOUGH, Ask, Backtest, Line, backtest
from outreach.domain.facts import Merchant, State
from outreach.domain.orders import Order
from outreach.domain.proportion import Interval
from outreach.domain.rules import Rules
from tests.domain.states import TODAY, state, states, visit, word

SHOPS = [Merchant(f"{n}店", f"{n}店", "皮村") for n in "甲乙丙丁戊"]


def line(found: Backtest, order: Order) -> Line:
    return next(line for line in found.lines if line.order is order)


def test_a_sign_up_counts_from_the_next_day_for_four_weeks() -> None:
    days = {"甲店": 0, "乙店": 1, "丙店": 28, "丁店": 29}
    sign_ups = {shop: [TODAY + timedelta(day)] for shop, day in days.items()}
    found = backtest([state(merchants=SHOPS)], sign_ups, Rules(), Ask(5))
    assert found.weeks[0].joined == {"乙店", "丙店"}
    assert (line(found, Order.ADVICE).named, line(found, Order.ADVICE).joined, found.signed_up) == (5, 2, 2)


def test_an_introduction_of_sunday_is_taken_up_on_monday() -> None:
    known = state([visit("甲店", 20, "pending"), visit("乙店", 20, "pending")], words=[word("刘姐", "甲店", 0)])
    found = backtest([known], {"甲店": [TODAY + timedelta(1)]}, Rules(), Ask(1))
    assert found.weeks[0].named[Order.ADVICE] == ("甲店",)
    assert (line(found, Order.ADVICE).joined, line(found, Order.OLDEST).joined) == (1, 0)


def test_one_merchant_named_week_after_week_is_one_merchant_in_the_interval() -> None:
    known = state([visit("甲店", 50, "pending")])
    found = backtest([replace(known, day=TODAY + timedelta(7 * n)) for n in range(6)], {}, Rules(), Ask(3))
    advice = line(found, Order.ADVICE)
    assert (advice.named, advice.merchants) == (6, 1)
    assert advice.interval is not None
    assert advice.interval.high > 0.7


@given(st.sets(st.sampled_from([m.id for m in SHOPS])), st.integers(1, 5))
def test_at_random_is_the_average_over_every_draw(joiners: set[str], top: int) -> None:
    sign_ups = {shop: [TODAY + timedelta(3)] for shop in joiners}
    found = backtest([state(merchants=SHOPS)], sign_ups, Rules(), Ask(top))
    draws = list(combinations([m.id for m in SHOPS], top))
    average = sum(len(joiners & set(draw)) for draw in draws) / len(draws)
    assert line(found, Order.RANDOM).joined == pytest.approx(average)


@given(states, st.integers(1, 6))
def test_nobody_is_named_twice_a_week_nor_more_than_asked_and_none_joins_who_was_no_candidate(known: State, top: int) -> None:
    sign_ups = {m: [TODAY + timedelta(2)] for m in known.merchants}
    found = backtest([known], sign_ups, Rules(), Ask(top))
    for one in found.lines:
        assert one.named <= top
        assert one.joined <= one.named
    assert found.weeks[0].joined == found.weeks[0].candidates


def test_a_week_without_anybody_to_name_is_no_trouble() -> None:
    found = backtest([state()], {}, Rules(), Ask(10))
    assert {(one.named, one.joined, one.share) for one in found.lines} == {(0, 0, 0)}
    assert found.better is None


@pytest.mark.parametrize(
    ("advice", "other", "signed_up", "better"),
    [
        (Interval(0.5, 0.6), Interval(0.1, 0.2), ENOUGH, True),
        (Interval(0.1, 0.2), Interval(0.5, 0.6), ENOUGH, False),
        (Interval(0.1, 0.3), Interval(0.2, 0.4), ENOUGH, None),
        (Interval(0.5, 0.6), Interval(0.1, 0.2), ENOUGH - 1, None),
    ],
)
def test_nothing_is_concluded_from_little_or_where_intervals_overlap(
    advice: Interval,
    other: Interval,
    signed_up: int,
    better: bool | None,  # noqa: FBT001 - a case of the table
) -> None:
    lines = (Line(Order.ADVICE, 9, 3, 9, advice), Line(Order.RECENT, 9, 3, 9, other), Line(Order.RANDOM, 9, 0, 9, None))
    found = Backtest((), lines if better is not False else lines[:2], signed_up)
    assert found.better is better


def test_what_is_recorded_later_changes_no_earlier_week() -> None:
    """`states` come from the store as they were (tests/store/test_asof.py); a later sign-up out of reach changes nothing."""
    known = state([visit("甲店", 20, "pending")])
    before = backtest([known], {}, Rules(), Ask(3))
    assert backtest([known], {"甲店": [date(2027, 9, 1)]}, Rules(), Ask(3)) == before
