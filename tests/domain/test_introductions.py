"""Which visits count, and which of them as introduced."""

from collections import defaultdict

import pytest

from outreach.domain.facts import Referral, Tail, Visit
from outreach.domain.introductions import Comparison, Proportion, compare
from tests.domain.states import ago, visit, word


def compared(visits: list[Visit], words: tuple[Referral, ...] = (), *, since: int = 84) -> Comparison:
    tails: dict[str, list[Visit]] = defaultdict(list)
    for one in sorted(visits, key=lambda v: v.visited_at):
        tails[one.merchant].append(one)
    return compare({m: Tail(tuple(some)) for m, some in tails.items()}, words, ago(since))


def test_the_owner_of_the_forty_minutes_counts_once_without_and_once_with() -> None:
    visits = [visit("老周粮油店", 31, "pending"), visit("老周粮油店", 1, "signed_up")]
    assert compared(visits, (word("燕子", "老周粮油店", 2),)) == Comparison(Proportion(1, 1), Proportion(0, 1))


def test_who_was_not_met_and_who_had_joined_does_not_count_and_who_left_counts_again() -> None:
    visits = [
        visit("甲", 20, "not_met"), visit("甲", 19, "signed_up"), visit("甲", 10, "signed_up"), visit("甲", 9, "refused"),
        visit("甲", 8, "pending"),
    ]  # fmt: skip
    assert compared(visits).alone == Proportion(1, 2)


def test_a_word_counts_for_thirty_days_to_that_shop_alone_and_not_backwards() -> None:
    visits = [visit("甲", 10, "pending"), visit("乙", 10, "pending"), visit("丙", 10, "pending"), visit("丁", 10, "pending")]
    words = (word("刘姐", "甲", 40), word("刘姐", "乙", 41), word("刘姐", "丙", 9))
    assert compared(visits, words) == Comparison(Proportion(0, 1), Proportion(0, 3))


def test_a_parent_who_came_along_counts_without_a_word_before() -> None:
    assert compared([visit("甲", 1, "pending")._replace(along=("刘姐",))]).introduced == Proportion(0, 1)


def test_only_visits_since_the_day_count_but_all_say_who_had_joined() -> None:
    visits = [visit("甲", 20, "signed_up"), visit("甲", 5, "pending"), visit("乙", 20, "pending"), visit("乙", 5, "signed_up")]
    assert compared(visits, since=7).alone == Proportion(1, 1)


def test_few_on_either_side_is_thin() -> None:
    assert Comparison(Proportion(5, 29), Proportion(5, 100)).is_thin
    assert not Comparison(Proportion(5, 30), Proportion(5, 30)).is_thin


def test_none_of_none_has_neither_share_nor_interval() -> None:
    assert (Proportion(0, 0).share, Proportion(0, 0).interval) == (None, None)
    assert Proportion(1, 4).share == 0.25
    assert Proportion(0, 10).interval == pytest.approx((0, 0.278), abs=0.001)
