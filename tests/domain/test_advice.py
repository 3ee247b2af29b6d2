"""Whether, when and with whom to go: examples a social worker would recognise; and no parent is sent who did not agree."""

from datetime import timedelta

import pytest
from hypothesis import given

from outreach.domain.advice import Advice, AdviceCode, advise
from outreach.domain.case import case_of, cases
from outreach.domain.facts import Merchant, State, Task
from outreach.domain.records import Approach, Outcome, Reason, ReferralKind, Ruling, View
from outreach.domain.rules import Holds, Rules
from tests.domain.states import TODAY, decided, follow_up, opinion, parent, state, states, visit, word

SHOP, OTHER = "老周粮油店", "重庆小面"
SCAM = Reason.SUSPECTS_SCAM


def advice(known: State, rules: Rules | None = None) -> Advice:
    return advise(case_of(known, known.merchants[SHOP]), rules or Rules())


@given(states)
def test_no_parent_is_ever_proposed_who_has_not_agreed_or_is_resting(known: State) -> None:
    for case in cases(known):
        assert all(p.active and p.consent_on and p.consent_on <= TODAY for p in advise(case, Rules()).parents)


@given(states)
def test_only_waiting_has_no_way_to_go_and_company_is_always_named(known: State) -> None:
    for case in cases(known):
        found = advise(case, Rules())
        assert found.approach is not None
        assert (found.approach in (Approach.ACCOMPANIED, Approach.PARENT_LED)) <= bool(found.parents)


def test_nobody_has_been_there_so_go_alone() -> None:
    found = advice(state(merchants=[Merchant(SHOP, SHOP, "皮村")]))
    assert (found.approach, found.code, found.not_before) == (Approach.ALONE, AdviceCode.FIRST, None)


def test_a_pending_owner_is_given_a_week() -> None:
    early, late = state([visit(SHOP, 3, "pending")]), state([visit(SHOP, 7, "pending")])
    assert (advice(early).approach, advice(early).not_before) == (Approach.WAIT, TODAY + timedelta(4))
    assert (advice(late).approach, advice(late).not_before) == (Approach.ALONE, TODAY)


def test_a_soft_refusal_rests_two_weeks_a_firm_one_until_someone_invites_us() -> None:
    soft = advice(state([visit(SHOP, 10, "refused")]))
    assert (soft.approach, soft.not_before) == (Approach.WAIT, TODAY + timedelta(4))
    refused = visit(SHOP, 300, "refused", firm=True)
    assert (advice(state([refused])).approach, advice(state([refused])).code) == (Approach.WAIT, AdviceCode.FIRM)
    invited = advice(state([refused], parents=[parent()], words=[word("刘姐", SHOP, 90)]))
    assert invited.approach is Approach.PARENT_LED


def test_a_closed_door_is_tried_again_the_next_day_but_does_not_cut_the_owners_time_short() -> None:
    assert advice(state([visit(SHOP, 0, "not_met")])).not_before == TODAY + timedelta(1)
    assert advice(state([visit(SHOP, 1, "not_met")])).approach is Approach.ALONE
    thinking = state([visit(SHOP, 3, "pending", i="a"), visit(SHOP, 1, "not_met", i="b")])
    assert advice(thinking).not_before == TODAY + timedelta(4)


def test_the_mothers_introduction_opens_the_door_the_day_after() -> None:
    pending = visit(SHOP, 30, "pending", SCAM)
    today = advice(state([pending], parents=[parent()], words=[word("刘姐", SHOP, 0)]))
    assert (today.approach, today.not_before) == (Approach.PARENT_LED, TODAY + timedelta(1))
    assert not today.is_open(TODAY)
    tomorrow = advice(state([pending], parents=[parent()], words=[word("刘姐", SHOP, 1)]))
    assert [p.alias for p in tomorrow.parents] == ["刘姐"]
    assert tomorrow.is_open(TODAY)


def test_she_leads_if_she_is_trained_and_goes_along_if_she_is_not() -> None:
    pending = visit(SHOP, 2, "pending")
    said = [word("燕子", SHOP, 1)]
    assert advice(state([pending], parents=[parent("燕子", trained=False)], words=said)).approach is Approach.ACCOMPANIED
    assert advice(state([pending], parents=[parent("燕子")], words=said)).approach is Approach.PARENT_LED


@pytest.mark.parametrize(
    ("kind", "reason", "approach"),
    [
        (ReferralKind.ASKED, Reason.OTHER, Approach.ACCOMPANIED),
        (ReferralKind.ASKED, SCAM, Approach.PARENT_LED),
        (ReferralKind.ACCOMPANIED, Reason.OTHER, Approach.ACCOMPANIED),
        (ReferralKind.VOUCHED, Reason.OTHER, Approach.PARENT_LED),
    ],
)
def test_who_leads_depends_on_what_she_did_and_on_suspicion(kind: str, reason: str, approach: Approach) -> None:
    known = state([visit(SHOP, 5, "pending", reason)], parents=[parent()], words=[word("刘姐", SHOP, 2, kind)])
    assert advice(known).approach is approach


def test_a_parent_who_has_not_agreed_is_not_sent_but_her_word_still_opens_the_door() -> None:
    known = state([visit(SHOP, 2, "pending")], parents=[parent(agreed=False)], words=[word("刘姐", SHOP, 1)])
    assert (advice(known).approach, advice(known).code, advice(known).parents) == (Approach.ALONE, AdviceCode.INTRODUCED, ())


def test_a_visit_uses_the_introduction_up_unless_nobody_was_met() -> None:
    met = state([visit(SHOP, 1, "pending")], parents=[parent()], words=[word("刘姐", SHOP, 2)])
    assert advice(met).code is AdviceCode.AGAIN
    missed = state([visit(SHOP, 1, "not_met")], parents=[parent()], words=[word("刘姐", SHOP, 2)])
    assert advice(missed).code is AdviceCode.LED


def test_an_introduction_goes_stale() -> None:
    known = state([visit(SHOP, 60, "pending")], parents=[parent()], words=[word("刘姐", SHOP, 23)])
    assert advice(known).code is AdviceCode.AGAIN


def test_an_agreed_date_replaces_the_hold_both_ways() -> None:
    sooner = state([visit(SHOP, 2, "pending")], tags=[follow_up(SHOP, 0)])
    assert (advice(sooner).approach, advice(sooner).not_before) == (Approach.ALONE, TODAY)
    later = state([visit(SHOP, 20, "pending")], tags=[follow_up(SHOP, 9)])
    assert (advice(later).approach, advice(later).not_before) == (Approach.WAIT, TODAY + timedelta(9))


def test_a_parents_word_comes_before_a_date_that_was_agreed_earlier_and_after_one_agreed_since() -> None:
    def known(set_on: int) -> State:
        tags = [follow_up(SHOP, 9, set_on=set_on)]
        return state([visit(SHOP, 8, "pending")], parents=[parent()], words=[word("刘姐", SHOP, 1)], tags=tags)

    assert advice(known(set_on=8)).not_before == TODAY
    assert advice(known(set_on=1)).not_before == TODAY  # the same day: her word counts as the later
    assert advice(known(set_on=0)).not_before == TODAY + timedelta(9)


def test_suspicion_wants_a_trained_parent_of_the_same_community_the_least_busy_first() -> None:
    suspects = [visit(SHOP, 10, "pending", SCAM)]
    busy, elsewhere = parent("刘姐")._replace(tasks=(Task(TODAY - timedelta(9), OTHER),) * 2), parent("阿芳", place="上冲")
    found = advice(state(suspects, parents=[busy, parent("燕子"), elsewhere, parent("小何", trained=False)]))
    assert (found.approach, [p.alias for p in found.parents]) == (Approach.ACCOMPANIED, ["燕子"])


def test_suspicion_wants_first_of_all_a_parent_who_has_spoken_to_the_owner() -> None:
    said = [word("阿芳", SHOP, 20)]
    known = state([visit(SHOP, 10, "pending", SCAM)], parents=[parent("燕子"), parent("阿芳", place="上冲")], words=said)
    assert [p.alias for p in advice(known).parents] == ["阿芳"]


def test_suspicion_without_any_parent_waits_for_one() -> None:
    suspects = [visit(SHOP, 10, "pending", SCAM)]
    assert (advice(state(suspects)).approach, advice(state(suspects)).code) == (Approach.WAIT, AdviceCode.FIND_PARENT)
    untrained = advice(state(suspects, parents=[parent("燕子", trained=False)]))
    assert (untrained.approach, untrained.code, untrained.parents[0].alias) == (Approach.WAIT, AdviceCode.REHEARSE, "燕子")


def test_no_parent_is_sent_to_a_firm_refusal_nor_after_four_visits_in_vain_because_of_suspicion_alone() -> None:
    refused = state([visit(SHOP, 30, "refused", SCAM, firm=True)], parents=[parent()])
    assert advice(refused).code is AdviceCode.FIRM
    tried = state([visit(SHOP, days, "pending", SCAM, i=f"v{days}") for days in (40, 30, 20, 10)], parents=[parent()])
    assert advice(tried).code is AdviceCode.TRIED


def test_a_date_agreed_with_a_suspicious_owner_is_kept() -> None:
    known = state([visit(SHOP, 5, "pending", SCAM)], tags=[follow_up(SHOP, -1)])
    assert (advice(known).approach, advice(known).code) == (Approach.ALONE, AdviceCode.AGREED_SCAM)


def test_four_visits_that_changed_nothing_are_enough_until_a_parent_speaks() -> None:
    visits = [visit(SHOP, days, "pending", i=f"v{days}") for days in (40, 30, 20, 10)]
    assert (advice(state(visits)).approach, advice(state(visits)).code) == (Approach.WAIT, AdviceCode.TRIED)
    assert advice(state(visits, parents=[parent()], words=[word("刘姐", SHOP, 1)])).approach is Approach.PARENT_LED
    assert advice(state(visits), Rules(holds=Holds(attempts=5))).approach is Approach.ALONE


def test_doubt_is_for_the_supervisor_whatever_else_speaks_for_it() -> None:
    known = state(
        [visit(SHOP, 10, "pending")], parents=[parent()], words=[word("刘姐", SHOP, 1)],
        opinions=[opinion(SHOP, View.RELIABLE, count=9), opinion(SHOP, View.DOUBTFUL)],
    )  # fmt: skip
    assert (advice(known).approach, advice(known).code, advice(known).not_before) == (Approach.WAIT, AdviceCode.DOUBTED, None)


def test_a_parent_may_change_her_mind() -> None:
    minds = [opinion(SHOP, View.DOUBTFUL, by="刘姐", days=9), opinion(SHOP, View.RELIABLE, by="刘姐", days=2)]
    known = state([visit(SHOP, 10, "pending")], parents=[parent()], opinions=minds)
    assert advice(known).code is AdviceCode.AGAIN


def test_one_that_has_joined_needs_no_advice() -> None:
    known = state([visit(SHOP, 10, Outcome.SIGNED_UP)])
    assert (advice(known).approach, advice(known).code) == (None, AdviceCode.JOINED)


def test_a_visit_on_the_agreed_day_or_later_settles_when_to_go_whether_the_follow_up_is_done_or_not() -> None:
    gone = state([visit(SHOP, 0, "pending")], tags=[follow_up(SHOP, -4)])
    assert (advice(gone).code, advice(gone).not_before) == (AdviceCode.AGAIN, TODAY + timedelta(7))
    closed = state([visit(SHOP, 0, "not_met")], tags=[follow_up(SHOP, 0)])
    assert (advice(closed).code, advice(closed).not_before) == (AdviceCode.AGAIN, TODAY + timedelta(1))
    ahead = state([visit(SHOP, 3, "pending")], tags=[follow_up(SHOP, 2, set_on=5)])
    assert (advice(ahead).code, advice(ahead).not_before) == (AdviceCode.AGREED, TODAY + timedelta(2))


def test_a_firm_refusal_undoes_what_was_agreed_before_it() -> None:
    refused = state([visit(SHOP, 0, "refused", firm=True)], tags=[follow_up(SHOP, 2, set_on=5)])
    assert (advice(refused).approach, advice(refused).code) == (Approach.WAIT, AdviceCode.FIRM)


def test_that_a_community_comes_first_moves_only_what_may_be_visited() -> None:
    pin = [decided(Ruling.PIN, place="皮村")]
    assert advice(state([visit(SHOP, 9, "pending")], overrides=pin)).code is AdviceCode.PINNED
    for closed in (visit(SHOP, 90, "refused", firm=True), visit(SHOP, 2, "pending")):
        assert advice(state([closed], overrides=pin)).approach is Approach.WAIT
