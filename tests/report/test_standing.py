"""The numbers add up: the communities to the totals, the merchants by standing to those visited."""

from dataclasses import astuple

from hypothesis import given

from outreach.domain.facts import Merchant, Referral, State
from outreach.domain.rules import Rules
from outreach.report.standing import Numbers, numbers
from outreach.report.weekly import weekly
from tests.domain.states import ago, follow_up, parent, state, states, visit, word


@given(states)
def test_the_communities_add_up_to_the_totals(known: State) -> None:
    totals, lines = numbers(known)
    assert [sum(column) for column in zip(*(astuple(line.numbers) for line in lines), strict=True)] == list(astuple(totals))
    assert sum(line.merchants for line in lines) == len(known.merchants)


@given(states)
def test_every_visited_merchant_stands_in_one_place(known: State) -> None:
    totals, _lines = numbers(known)
    assert totals.merchants_visited == totals.signed_up + totals.pending + totals.refused + totals.not_met
    assert totals.merchants_visited == len(known.trails)


@given(states)
def test_who_newly_signed_up_is_who_moved_there(known: State) -> None:
    report = weekly(known, Rules())
    assert report.totals.new_signed_up == sum(move.after == "signed_up" for move in report.moved)
    assert report.totals.visits == sum(line.visits for line in report.workers) == sum(line.ended.visits for line in report.days)
    assert report.totals.follow_ups_overdue == len(report.overdue)


def test_a_week_in_two_villages_and_one_shop_without_any() -> None:
    """TODAY is a Tuesday: what happened two days ago was last week."""
    known = state(
        [
            visit("老王超市", 0, "signed_up"), visit("上冲平价超市", 1, "not_met"), visit("流动菜车", 5, "pending"),
            visit("老周粮油店", 2, "pending", i="a"), visit("老周粮油店", 1, "refused", i="b"),
        ],
        merchants=[
            Merchant("老王超市", "老王超市", "皮村"), Merchant("老周粮油店", "老周粮油店", "皮村"),
            Merchant("上冲平价超市", "上冲平价超市", "上冲"), Merchant("小芳水果", "小芳水果", "上冲"),
            Merchant("流动菜车", "流动菜车", None),
        ],
        words=[word("刘姐", "老王超市", 0), word("刘姐", "老周粮油店", 2)],
        tags=[follow_up("老周粮油店", -1), follow_up("老周粮油店", 0), follow_up("老周粮油店", 1)],
    )  # fmt: skip
    totals, lines = numbers(known)
    assert totals == Numbers(4, 1, 1, 1, 1, visits=3, new_signed_up=1, referrals=1, follow_ups_overdue=1)
    assert [(line.name, line.merchants, line.numbers) for line in lines] == [
        ("上冲", 2, Numbers(1, not_met=1, visits=1)),
        ("皮村", 2, Numbers(2, 1, 0, 1, 0, visits=2, new_signed_up=1, referrals=1, follow_ups_overdue=1)),
        (None, 1, Numbers(1, pending=1)),
    ]


def test_a_parent_brought_in_by_another_counts_where_she_lives() -> None:
    brought = Referral("r", "刘姐", "introduced", ago(0).isoformat(), None, "燕子")
    known = state([visit("老王超市", 3, "pending")], parents=[parent("刘姐"), parent("燕子")], words=[brought])
    totals, lines = numbers(known)
    assert (totals.referrals, lines[0].name, lines[0].numbers.referrals) == (1, "皮村", 1)
