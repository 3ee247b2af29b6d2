"""Every term and every advice has its sentence, with nothing left to fill in."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.advice import Advice, AdviceCode
from outreach.domain.facts import State
from outreach.domain.priority import ranking
from outreach.domain.records import Approach
from outreach.domain.rules import Rules
from outreach.domain.term import Term, TermCode
from outreach.i18n import use
from outreach.report.labels import day_text, status_text
from outreach.report.wording import advice_text, term_text
from tests.domain.states import TODAY, parent, states

UNDATED = (
    AdviceCode.DOUBTED, AdviceCode.FIRM, AdviceCode.REHEARSE, AdviceCode.FIND_PARENT, AdviceCode.FIRST, AdviceCode.JOINED,
)  # fmt: skip
languages = st.sampled_from(["en", "zh"])


@given(states, languages)
def test_every_term_and_advice_of_any_ranking_has_a_whole_sentence(known: State, language: str) -> None:
    use(language)
    for found in ranking(known, Rules()):
        texts = [*map(term_text, found.terms), advice_text(found.advice, TODAY)]
        assert all(text and "{" not in text and "  " not in text for text in texts)
        if found.advice.parents:
            assert found.advice.parents[0].alias in texts[-1]
    use("en")


@pytest.mark.parametrize("code", AdviceCode)
def test_every_advice_has_its_sentence_even_before_its_day(code: AdviceCode) -> None:
    use("en")
    advice = Advice(Approach.ALONE, code, (parent(),), TODAY, TODAY, 4, "pending")
    assert "{" not in advice_text(advice, TODAY)
    undated = (
        AdviceCode.DOUBTED,
        AdviceCode.FIRM,
        AdviceCode.REHEARSE,
        AdviceCode.FIND_PARENT,
        AdviceCode.FIRST,
        AdviceCode.JOINED,
        AdviceCode.PINNED,
    )
    if code not in undated:
        later = advice_text(replace(advice, not_before=TODAY + timedelta(3)), TODAY)
        assert "{" not in later
        assert "11-27 Fri" in later or code is AdviceCode.TRIED


def test_a_name_with_braces_stays_as_it_is() -> None:
    use("en")
    advice = Advice(Approach.ACCOMPANIED, AdviceCode.ACCOMPANIED, (parent("{刘姐}"),), TODAY, TODAY)
    assert advice_text(advice, TODAY) == "Go together with {刘姐}, who spoke to the owner on 11-24 Tue."


@pytest.mark.parametrize(
    ("language", "code", "said"),
    [
        ("en", AdviceCode.AGREED, "Go alone: agreed for 11-20 Fri, which has passed."),
        ("zh", AdviceCode.AGREED, "社工自己去：原定 11-20 周五，已经过了。"),
        ("zh", AdviceCode.AGREED_WITH, "和刘姐一起去：原定 11-20 周五，已经过了；店主怀疑是骗子。"),
        ("zh", AdviceCode.AGREED_SCAM, "原定 11-20 周五去，已经过了；最好有家长一起：店主怀疑是骗子。"),
    ],
)
def test_an_agreed_day_that_has_passed_is_not_said_to_come(language: str, code: AdviceCode, said: str) -> None:
    use(language)
    day = TODAY - timedelta(4)
    assert advice_text(Advice(Approach.ALONE, code, (parent("刘姐"),), day, day), TODAY) == said
    assert advice_text(Advice(Approach.ALONE, code, (parent("刘姐"),), TODAY, TODAY), TODAY) != said
    use("en")


def test_a_day_of_another_year_has_its_year() -> None:
    use("en")
    day = TODAY - timedelta(365)
    advice = Advice(Approach.ALONE, AdviceCode.AGAIN, (), day, day)
    assert advice_text(advice, TODAY) == "Go alone: the last visit was on 2025-11-24 Mon."
    assert term_text(Term(TermCode.FOLLOW_UP, 0, count=365, day=day), TODAY) == (
        "A follow-up of 2025-11-24 Mon is 365 days overdue."
    )


def test_days_and_standings_in_both_languages() -> None:
    use("zh")
    assert (day_text(TODAY), status_text("signed_up")) == ("11-24 周二", "已加入")
    use("en")
    assert (day_text(TODAY), status_text("refused", firm=True), status_text(None)) == (
        "11-24 Tue", "refused (firm)", "not visited",
    )  # fmt: skip
