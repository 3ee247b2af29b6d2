"""The score is the sum of its terms and nothing else; the ranking is total; each term as FIELD.md has it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.domain.advice import AdviceCode
from outreach.domain.case import case_of
from outreach.domain.facts import Merchant, State, Tag
from outreach.domain.priority import head, ranking
from outreach.domain.records import Outcome, Reason, ReferralKind, View
from outreach.domain.rules import Holds, Rules, Weights
from outreach.domain.term import Term, TermCode
from outreach.domain.terms import score, score_terms
from outreach.domain.village import community_advice
from tests.domain.states import follow_up, opinion, parent, state, states, visit, word

SHOP = "老周粮油店"
SCAM = Reason.SUSPECTS_SCAM


def terms(known: State, weights: Weights | None = None) -> dict[TermCode, Term]:
    found = score_terms(case_of(known, known.merchants[SHOP]), weights or Weights())
    return {term.code: term for term in found}


def points(known: State, code: TermCode) -> int | None:
    found = terms(known).get(code)
    return found.points if found else None


@given(states)
def test_the_score_is_the_sum_of_its_terms_from_0_to_100_and_each_term_comes_once(known: State) -> None:
    for found in ranking(known, Rules()):
        assert found.score == min(100, max(0, sum(term.points for term in found.terms)))
        assert len({term.code for term in found.terms}) == len(found.terms)
        assert found.terms[0].code is TermCode.STATUS


@given(states)
def test_every_merchant_that_has_not_joined_is_ranked_once_those_that_may_be_visited_first(known: State) -> None:
    found = ranking(known, Rules())
    joined = {m for m, trail in known.trails.items() if trail.status == Outcome.SIGNED_UP}
    assert {r.case.merchant.id for r in found} == known.merchants.keys() - joined
    assert [r.rank for r in found] == list(range(1, len(known.merchants) - len(joined) + 1))
    groups = [(r.advice.code is AdviceCode.PINNED, r.advice.is_open(known.day)) for r in found]
    assert groups == sorted(groups, reverse=True)
    for group in set(groups):
        scores = [r.score for r, its in zip(found, groups, strict=True) if its == group]
        assert scores == sorted(scores, reverse=True)


@given(states, st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_stored_does_not_matter(known: State, random: Any) -> None:
    def shuffled(some: Any) -> Any:
        return type(some)(random.sample(list(some.items() if isinstance(some, dict) else some), len(some)))

    other = State(
        known.day, known.week_from, shuffled(known.merchants), known.communities, shuffled(known.parents),
        shuffled(known.trails), shuffled(known.referrals), shuffled(known.opinions), shuffled(known.tags),
        overrides=shuffled(known.overrides), profiles=known.profiles,
    )  # fmt: skip
    assert ranking(other, Rules()) == ranking(known, Rules())


@given(states)
def test_one_communitys_ranking_is_the_whole_ranking_without_the_others(known: State) -> None:
    whole = [r.case.merchant.id for r in ranking(known, Rules()) if r.case.merchant.community == "皮村"]
    assert [r.case.merchant.id for r in ranking(known, Rules(), community="皮村")] == whole


def test_the_owner_of_the_forty_minutes() -> None:
    """A month after he said it sounds like a scam, a young mother spoke to him, and several parents asked."""
    known = state(
        [visit(SHOP, 30, "pending", SCAM), visit("老王超市", 12, "signed_up")],
        parents=[parent("燕子", trained=False), parent("刘姐")],
        words=[word("燕子", SHOP, 1), word("刘姐", SHOP, 4, "asked"), word("小何", SHOP, 3, "asked")],
    )
    found = ranking(known, Rules())[0]
    assert [(t.code.value, t.points) for t in found.terms] == [
        ("status", 20), ("introduced", 30), ("asked", 8), ("scam_with_introducer", 0), ("neighbour", 2),
    ]  # fmt: skip
    assert found.score == 60
    assert (found.terms[1].name, found.terms[1].word) == ("燕子", "introduced")
    assert found.terms[4].name == "老王超市"


@pytest.mark.parametrize(
    ("outcome", "firm", "expected"),
    [("pending", False, 20), ("not_met", False, 20), ("refused", False, 5), ("refused", True, 0)],
)
def test_where_it_stands(outcome: str, firm: bool, expected: int) -> None:  # noqa: FBT001 - a case of the table
    assert points(state([visit(SHOP, 5, outcome, firm=firm)]), TermCode.STATUS) == expected


def test_never_visited() -> None:
    assert points(state(merchants=[Merchant(SHOP, SHOP, None)]), TermCode.STATUS) == 15


@pytest.mark.parametrize(
    ("days", "expected"), [(0, 30), (3, 30), (4, 29), (5, 27), (6, 26), (13, 15), (22, 2), (23, None), (40, None)]
)
def test_an_introduction_counts_fully_for_three_days_and_fades_by_one_and_a_half_a_day(days: int, expected: int | None) -> None:
    known = state([visit(SHOP, 50, "pending")], words=[word("刘姐", SHOP, days)])
    assert points(known, TermCode.INTRODUCED) == expected


def test_an_introduction_before_the_last_visit_is_used_up() -> None:
    assert points(state([visit(SHOP, 2, "pending")], words=[word("刘姐", SHOP, 3)]), TermCode.INTRODUCED) is None


def test_parents_who_ask_count_beside_the_one_who_introduced_and_only_so_far() -> None:
    def asking(n: int) -> State:
        return state([visit(SHOP, 30, "pending")], words=[word(f"家长{i}", SHOP, 1, ReferralKind.ASKED) for i in range(n)])

    assert [points(asking(n), TermCode.ASKED) for n in (1, 2, 3, 4, 9)] == [None, 4, 8, 12, 12]
    assert points(asking(1), TermCode.INTRODUCED) == 30


def test_suspicion_counts_where_a_parent_could_speak_for_the_project() -> None:
    suspects = [visit(SHOP, 10, "pending", SCAM)]
    assert points(state(suspects), TermCode.SCAM_WITH_INTRODUCER) is None
    assert points(state(suspects, parents=[parent(trained=False)]), TermCode.SCAM_WITH_INTRODUCER) == -10
    assert points(state(suspects, parents=[parent(agreed=False)]), TermCode.SCAM_WITH_INTRODUCER) is None
    assert points(state(suspects, parents=[parent(place="上冲")]), TermCode.SCAM_WITH_INTRODUCER) is None
    far = state(suspects, parents=[parent(place="上冲")], words=[word("刘姐", SHOP, 30)])
    assert points(far, TermCode.SCAM_WITH_INTRODUCER) == -10


def test_what_parents_say() -> None:
    known = state(
        [visit(SHOP, 10, "pending")],
        opinions=[
            opinion(SHOP, View.FIRST, count=3),
            opinion(SHOP, View.RELIABLE, by="刘姐"),
            opinion(SHOP, View.WAIT, count=2),
        ],
    )
    assert (points(known, TermCode.OPINIONS), points(known, TermCode.OPINIONS_WAIT)) == (16, -8)
    many = state([visit(SHOP, 10, "pending")], opinions=[opinion(SHOP, View.FIRST, count=30)])
    assert points(many, TermCode.OPINIONS) == 16


def test_a_parents_later_word_on_the_same_question_replaces_her_earlier_one() -> None:
    known = state(
        [visit(SHOP, 10, "pending")],
        opinions=[
            opinion(SHOP, View.FIRST, by="刘姐", days=8),
            opinion(SHOP, View.RELIABLE, by="刘姐", days=6),
            opinion(SHOP, View.WAIT, by="刘姐", days=2),
        ],
    )
    assert (points(known, TermCode.OPINIONS), points(known, TermCode.OPINIONS_WAIT)) == (4, -4)


def test_a_mark_of_a_possible_partner() -> None:
    known = state([visit(SHOP, 10, "refused")], tags=[Tag("t", SHOP, "潜在伙伴")])
    assert points(known, TermCode.ALLY) == 10
    assert TermCode.ALLY not in terms(known, Weights(ally_labels=("有冷柜",)))
    assert terms(state([visit(SHOP, 9, "refused")], tags=[Tag("t", SHOP, "有 冷柜")]), Weights(ally_labels=("有冷柜",)))


def test_the_neighbour_who_joined_last_is_named_else_the_community_still_lacks_a_point() -> None:
    joined = [visit("老王超市", 20, "signed_up"), visit("重庆小面", 9, "signed_up"), visit("老王超市", 2, "signed_up", i="w")]
    known = state([visit(SHOP, 10, "pending"), *joined])
    assert terms(known)[TermCode.NEIGHBOUR].name == "重庆小面"
    assert TermCode.NO_POINT not in terms(known)
    assert points(state([visit(SHOP, 10, "pending")]), TermCode.NO_POINT) == 10
    homeless = state([visit(SHOP, 10, "pending")], merchants=[Merchant(SHOP, SHOP, None)])
    assert terms(homeless).keys() == {TermCode.STATUS}


def test_visits_in_vain_cost_points_from_the_fourth_on() -> None:
    def tried(n: int) -> State:
        return state([visit(SHOP, 10 + day, "pending", i=f"v{day}") for day in range(n)])

    assert [points(tried(n), TermCode.ATTEMPTS) for n in (3, 4, 6)] == [None, -8, -24]
    assert score(score_terms(case_of(tried(20), tried(20).merchants[SHOP]), Weights())) == 0


def test_an_overdue_follow_up_gives_no_points_but_breaks_ties() -> None:
    visits = [visit(shop, 10, "pending") for shop in ("甲店", "乙店", "丙店")]
    known = state(visits, tags=[follow_up("乙店", -2), follow_up("丙店", -5)])
    assert [r.case.merchant.name for r in ranking(known, Rules())] == ["丙店", "乙店", "甲店"]
    late = ranking(known, Rules())[0].terms[-1]
    assert (late.code, late.points, late.count) == (TermCode.FOLLOW_UP, 0, 5)


def test_one_that_has_joined_has_no_terms() -> None:
    assert terms(state([visit(SHOP, 10, "signed_up")])) == {}


_points = st.integers(-60, 60)
_weights = st.builds(
    Weights, pending=_points, neighbour=_points, neighbour_wanted=_points, far_point=_points, scam_introduced=_points
)
_holds = st.builds(
    Holds, *[st.integers(0, 30)] * 4, attempts=st.integers(0, 5), parent_rest=st.integers(0, 30), parent_tasks=st.integers(0, 2)
)
_rules = st.builds(Rules, _weights, _holds)


@settings(max_examples=300)
@given(states, st.integers(0, 9), st.sampled_from([None, "皮村"]), _rules)
def test_the_head_is_how_the_whole_ranking_begins(known: State, most: int, community: str | None, rules: Rules) -> None:
    """`outreach priority` takes a shorter way; it must not be another one, whatever the settings."""
    whole = ranking(known, rules, community=community)
    found = head(known, rules, most, community=community)
    assert found.first == whole[:most]
    ready = sum(r.advice.is_open(known.day) for r in whole)
    assert (found.ready, found.held) == (ready, len(whole) - ready)
    advised = [(r.case.merchant, r.advice) for r in whole]
    assert found.communities == community_advice(advised, known.day, known.communities)


@given(states)
def test_a_parent_who_speaks_today_and_one_who_says_first_lower_no_score(known: State) -> None:
    spoken = replace(known, referrals=(*known.referrals, word("新来的", "m0", 0)))
    praised = replace(known, opinions=(*known.opinions, opinion("m0", View.FIRST, by="新来的")))
    for more in (spoken, praised):
        before, after = (score(score_terms(case_of(s, s.merchants["m0"]), Weights())) for s in (known, more))
        assert after >= before


@given(st.integers(0, 60), st.integers(0, 60))
def test_an_older_introduction_never_counts_more(a: int, b: int) -> None:
    weights = Weights()
    assert weights.introduction(max(a, b)) <= weights.introduction(min(a, b)) <= weights.introduced


@given(states, st.integers(-100, 100))
def test_nothing_but_the_terms_moves_the_score_and_each_weight_moves_only_its_own(known: State, points: int) -> None:
    for merchant in known.merchants.values():
        case = case_of(known, merchant)
        terms_of = {t.code: t.points for t in score_terms(case, Weights())}
        moved = {t.code: t.points for t in score_terms(case, Weights(ally=points, pending=points))}
        assert {c for c in terms_of if terms_of[c] != moved[c]} <= {TermCode.STATUS, TermCode.ALLY}


@given(states)
def test_a_score_looks_at_its_own_merchant_community_and_parents_only(known: State) -> None:
    """What is said of other merchants, beyond that they joined, moves nothing."""
    kept = tuple(w for w in known.referrals if w.merchant == "m5"), tuple(o for o in known.opinions if o.merchant == "m5")
    alone = replace(known, referrals=kept[0], opinions=kept[1], tags=tuple(t for t in known.tags if t.merchant == "m5"))
    assert score_terms(case_of(alone, alone.merchants["m5"]), Weights()) == score_terms(
        case_of(known, known.merchants["m5"]), Weights()
    )
