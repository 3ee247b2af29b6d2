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
    )
    if code not in undated:
        later = advice_text(replace(advice, not_before=TODAY + timedelta(3)), TODAY)
        assert "{" not in later
        assert "11-27 Fri" in later or code is AdviceCode.TRIED


def test_a_name_with_braces_stays_as_it_is() -> None:
    use("en")
    advice = Advice(Approach.ACCOMPANIED, AdviceCode.ACCOMPANIED, (parent("{刘姐}"),), TODAY, TODAY)
    assert advice_text(advice, TODAY) == "Go together with {刘姐}, who spoke to the owner on 11-24 Tue."


def test_days_and_standings_in_both_languages() -> None:
    use("zh")
    assert (day_text(TODAY), status_text("signed_up")) == ("11-24 周二", "已加入")
    use("en")
    assert (day_text(TODAY), status_text("refused", firm=True), status_text(None)) == (
        "11-24 Tue", "refused (firm)", "not visited",
    )  # fmt: skip
