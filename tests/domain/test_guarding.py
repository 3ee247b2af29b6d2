"""What a spreadsheet would take for something else than a text; and that it comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.guarding import FIRST, bare, guarded, kept

RISKY = st.text(st.sampled_from("'=+-@ \t\n\r＝＠0123456789.,/:eE%老a月日"), max_size=8) | st.sampled_from(
    ["'Jan 5", "' true", "5'may"]
)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+8613800", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "＠a", "\r", "\n=x", "'=1", "''=1", "' =1", "010", "1e5",
     "2026-11-24", "3/7", "3-7", "12:30", "1.5", "138001380001", "12%", "1,2",
     "Jan-5", "march 7", "5 Sep", "5月1日", "2026年3月7日 9时", "TRUE", "false", "−1", "﹫a"],
)  # fmt: skip
def test_what_would_be_no_text_is_marked(text: str) -> None:
    assert guarded(text) == "'" + text
    assert text[0] in FIRST


@pytest.mark.parametrize(
    "text",
    [
        "老王超市",
        "13800138000",
        "7-11便利店",
        "0",
        "12",
        "'s",
        "a=b",
        "24小时",
        "",
        "<script>",
        "1 号门",
        "3号",
        "Marta",
        "Truelove",
        "5 Seasons",
    ],
)
def test_a_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text == bare(text)


@given(st.text() | RISKY)
def test_it_comes_back_as_it_was(text: str) -> None:
    assert bare(guarded(text)) == text


@given(st.text() | RISKY)
def test_a_workbook_says_the_text_itself_unless_reading_would_change_it(text: str) -> None:
    assert bare(kept(text)) == text
    assert kept(text) == text or text.startswith("'")


@given(RISKY)
def test_what_is_marked_begins_as_a_quick_look_expects(text: str) -> None:
    assert guarded(text) == text or text[0] in FIRST
