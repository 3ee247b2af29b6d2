"""Which parent goes along: the closest who may be asked, is trained and was not asked of late; nobody is asked every week."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given

from outreach.domain.advice import Advice, AdviceCode, advise
from outreach.domain.case import case_of, cases
from outreach.domain.company import Closeness, rests_until
from outreach.domain.facts import Parent, State, Task
from outreach.domain.records import Approach, Reason
from outreach.domain.rules import Holds, Rules
from tests.domain.states import TODAY, ago, follow_up, opinion, parent, state, states, visit, word

SHOP, OTHER = "老周粮油店", "重庆小面"
SUSPECTS = [visit(SHOP, 10, "pending", Reason.SUSPECTS_SCAM)]


def along(*days: int, at: str = OTHER) -> tuple[Task, ...]:
    """She was asked to come along so many days before TODAY."""
    return tuple(Task(ago(day), at, asked=True) for day in days)


def busy(alias: str, *days: int, at: str = OTHER, place: str = "皮村") -> Parent:
    return parent(alias, place=place)._replace(tasks=along(*days, at=at))


def advice(known: State, rules: Rules | None = None) -> Advice:
    in_force = rules or Rules()
    return advise(case_of(known, known.merchants[SHOP], in_force.holds), in_force)


def test_one_who_came_along_this_week_is_passed_over_and_that_is_said() -> None:
    found = advice(state(SUSPECTS, parents=[busy("燕子", 3), parent("刘姐")]))
    assert ([p.alias for p in found.parents], [p.alias for p in found.passed]) == (["刘姐"], [])  # 刘姐 did less: she is first
    closer = state(SUSPECTS, parents=[busy("燕子", 3), parent("刘姐")], words=[word("燕子", SHOP, 30)])
    found = advice(closer)
    assert ([p.alias for p in found.parents], [p.alias for p in found.passed]) == (["刘姐"], ["燕子"])
    assert found.closeness is Closeness.LIVES


def test_a_week_later_she_may_be_asked_again() -> None:
    assert rests_until(busy("燕子", 6), SHOP, TODAY, Holds()) == TODAY + timedelta(1)
    assert rests_until(busy("燕子", 7), SHOP, TODAY, Holds()) is None
    assert rests_until(busy("燕子", 6), SHOP, TODAY, Holds(parent_rest=0)) is None


def test_one_who_did_more_than_her_share_of_a_month_rests_until_the_month_is_over() -> None:
    tasks = tuple(Task(ago(day), OTHER) for day in (29, 20, 15, 10, 8))
    weary = parent("燕子")._replace(tasks=tasks)
    assert rests_until(weary, SHOP, TODAY, Holds()) == TODAY + timedelta(1)
    assert rests_until(weary._replace(tasks=tasks[1:]), SHOP, TODAY, Holds()) is None


def test_what_she_did_at_this_very_shop_is_the_same_task() -> None:
    assert rests_until(busy("燕子", 1, at=SHOP), SHOP, TODAY, Holds()) is None


def test_where_all_must_rest_one_waits_for_the_first_of_them() -> None:
    found = advice(state(SUSPECTS, parents=[busy("燕子", 2), busy("刘姐", 4)]))
    assert (found.approach, found.code, found.not_before) == (Approach.WAIT, AdviceCode.GUIDE_RESTS, TODAY + timedelta(3))
    assert [p.alias for p in found.parents] == ["刘姐"]


def test_her_own_introduction_still_opens_the_door_while_she_rests() -> None:
    known = state([visit(SHOP, 20, "pending")], parents=[busy("燕子", 2)], words=[word("燕子", SHOP, 1)])
    found = advice(known)
    assert (found.approach, found.code, found.parents) == (Approach.ALONE, AdviceCode.SPARED, ())
    assert [p.alias for p in found.passed] == ["燕子"]
    both = advice(
        replace(known, parents={**known.parents, "刘姐": parent()}, referrals=(*known.referrals, word("刘姐", SHOP, 1)))
    )
    assert ([p.alias for p in both.parents], both.approach) == (["刘姐"], Approach.PARENT_LED)


def test_who_spoke_to_the_owner_comes_before_who_thinks_well_of_the_shop_before_who_only_lives_there() -> None:
    spoke, shops, lives = parent("阿芳", place="上冲"), parent("梅姐", place="上冲"), parent("燕子")
    said = [opinion(SHOP, "reliable", by="梅姐")]
    known = state(SUSPECTS, parents=[spoke, shops, lives], words=[word("阿芳", SHOP, 20)], opinions=said)
    for parents, alias, closeness in (
        ([spoke, shops, lives], "阿芳", Closeness.SPOKE),
        ([shops, lives], "梅姐", Closeness.SHOPS),
        ([lives], "燕子", Closeness.LIVES),
    ):
        found = advice(replace(known, parents={p.id: p for p in parents}))
        assert ([p.alias for p in found.parents], found.closeness) == ([alias], closeness)


def test_an_agreed_day_on_which_she_has_rested_is_kept_with_her() -> None:
    known = state(SUSPECTS, parents=[busy("燕子", 5)], tags=[follow_up(SHOP, 2)])
    assert (advice(known).code, advice(known).parents[0].alias) == (AdviceCode.AGREED_WITH, "燕子")
    sooner = state(SUSPECTS, parents=[busy("燕子", 5)], tags=[follow_up(SHOP, 1)])
    assert advice(sooner).code is AdviceCode.AGREED_SCAM


def test_a_parent_who_herself_said_to_wait_or_doubts_the_shop_is_not_the_one_named() -> None:
    fan, yan = parent("阿芳"), parent("燕子")
    introduced = [word("阿芳", SHOP, 9)]
    said = [opinion(SHOP, "wait", by="阿芳", days=3)]
    assert advice(state(SUSPECTS, parents=[fan, yan], words=introduced)).parents == (fan,)
    assert advice(state(SUSPECTS, parents=[fan, yan], words=introduced, opinions=said)).parents == (yan,)
    alone = state(SUSPECTS, parents=[fan], words=introduced, opinions=said)
    assert (advice(alone).code, advice(alone).parents) == (AdviceCode.FIND_PARENT, ())


def test_her_word_opens_the_door_again_once_she_speaks_to_the_owner_after_that() -> None:
    known = state(
        SUSPECTS, parents=[parent("阿芳")], words=[word("阿芳", SHOP, 1)], opinions=[opinion(SHOP, "wait", by="阿芳", days=3)]
    )
    assert (advice(known).approach, advice(known).parents) == (Approach.PARENT_LED, (parent("阿芳"),))
    asked_to_wait_since = replace(known, opinions=(opinion(SHOP, "wait", by="阿芳", days=0),))
    assert advice(asked_to_wait_since).parents == ()
    others = replace(known, opinions=(opinion(SHOP, "wait", count=4, days=0),))  # nobody by name: her own word stands
    assert advice(others).parents == (parent("阿芳"),)


@given(states)
def test_nobody_is_named_against_her_own_last_word(known: State) -> None:
    for case in cases(known):
        assert not case.against & {named.id for named in advise(case, Rules()).parents}


@given(states)
def test_nobody_is_sent_who_must_rest(known: State) -> None:
    tired = replace(known, parents={i: p._replace(tasks=along(1, at="elsewhere")) for i, p in known.parents.items()})
    for case in cases(tired):
        found = advise(case, Rules())
        assert not (found.parents and found.is_open(TODAY))
