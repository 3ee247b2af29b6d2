"""The orders that the advice is held against."""

import pytest
from hypothesis import given

from outreach.domain.case import case_of
from outreach.domain.facts import Merchant, State
from outreach.domain.orders import Order, in_order, level
from outreach.domain.records import Outcome, Reason
from outreach.domain.rules import Rules
from tests.domain.states import follow_up, state, states, visit, word

NEVER = Merchant("丁店", "丁店", "皮村")


def street() -> State:
    visits = [
        visit("己店", 1, "pending"),
        visit("甲店", 3, "pending"),
        visit("乙店", 9, "pending"),
        visit("丙店", 9, "refused", firm=True),
    ]
    return state([*visits, visit("戊店", 30, "signed_up")], merchants=[NEVER])


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.RECENT, ["己店", "甲店", "乙店", "丁店"]),
        (Order.OLDEST, ["丁店", "乙店", "甲店", "己店"]),
        (Order.ADVICE, ["乙店", "丁店", "甲店"]),  # 甲店 is left in peace until the end of the week, 己店 longer
    ],
)
def test_whom_first(order: Order, expected: list[str]) -> None:
    assert in_order(order, street(), Rules()) == expected


def test_the_public_sum_is_a_level_of_ten_at_most() -> None:
    """A visit 5, a feared scam 3, a word that waits 3, overdue 2, a week 1: 14 of 16."""
    known = state(
        [visit("甲店", 10, "pending", Reason.SUSPECTS_SCAM)], words=[word("刘姐", "甲店", 5)], tags=[follow_up("甲店", -4)]
    )
    assert level(case_of(known, known.merchants["甲店"])) == 8.75
    plain = state([visit("甲店", 1, "pending")])
    assert level(case_of(plain, plain.merchants["甲店"])) == 3.12  # Python rounds 3.125 to the even digit


def test_ties_of_the_public_sum_go_by_the_due_date_and_those_without_one_are_last() -> None:
    visits = [visit(shop, 1, "pending") for shop in ("甲店", "乙店", "丙店")]
    known = state(visits, tags=[follow_up("乙店", 5), follow_up("丙店", 2)])
    assert in_order(Order.PUBLIC_SUM, known, Rules()) == ["丙店", "乙店", "甲店"]


@given(states)
def test_every_order_names_merchants_that_have_not_joined_once_each(known: State) -> None:
    joined = {m for m, trail in known.trails.items() if trail.status == Outcome.SIGNED_UP}
    for order in Order:
        found = in_order(order, known, Rules())
        assert len(found) == len(set(found))
        assert not joined & set(found)
        inside = [m for m in found if known.merchants[m].community == "皮村"]
        assert in_order(order, known, Rules(), community="皮村") == inside
