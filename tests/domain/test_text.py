"""What people type, as it is kept: exactly, but for outer spaces; refused where no file could hold it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.text import LINE, NOTE, clean, clean_name, natural_key
from outreach.errors.typed import EmptyName, NotText, TooLong

KEPT = [
    "老王超市", "[red]x[/red]", "[/]", "\x1b[31m红\x1b[0m", "左\u202e右", "=1+1", "👨\u200d👩\u200d👧 全家", "𠮷野家",
    "<script>", "{name}", "%s", "a'; DROP TABLE merchant; --", "老\u200b王",
]  # fmt: skip
UNSEEN = ["", " ", "   ", "\u3000\u3000", "\t\n", "\u00a0", "\u200b", "\u200e\u200f", "\x1b", "\u2060"]
FILLERS = ["\u3164", "\u2800", "\uffa0", "\u115f\u1160"]  # the “invisible nickname” that chat users paste
UNKEEPABLE = ["a\0b", "\0", "\ud800", "店\udcff", "\udfff\ud800"]
anything = st.text(st.characters(codec=None), max_size=40)
keepable = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)


@pytest.mark.parametrize("text", KEPT)
def test_markup_and_escapes_are_kept_exactly(text: str) -> None:
    assert clean(text) == text
    assert clean_name(f"  {text} ") == text


@pytest.mark.parametrize("text", UNKEEPABLE)
def test_a_nul_or_half_a_character_is_refused(text: str) -> None:
    with pytest.raises(NotText):
        clean(text)
    with pytest.raises(NotText):
        clean_name(text)


@pytest.mark.parametrize("text", [*UNSEEN, *FILLERS])
def test_a_name_that_nobody_can_see_is_refused(text: str) -> None:
    with pytest.raises(EmptyName):
        clean_name(text)


def test_letters_and_their_accents_are_kept_as_one() -> None:
    assert clean("Cafe\u0301") == "Café"


def test_a_note_of_ten_thousand_characters_fits_a_line_of_that_length_does_not() -> None:
    text = "聊" * 10_000
    assert clean(text, most=NOTE) == text
    with pytest.raises(TooLong, match="10000"):
        clean(text, most=LINE)


@pytest.mark.parametrize("most", [LINE, NOTE])
def test_the_limit_itself_fits_and_spaces_do_not_count(most: int) -> None:
    assert len(clean(" " + "王" * most + " ", most=most)) == most
    with pytest.raises(TooLong):
        clean("王" * (most + 1), most=most)


@given(anything)
def test_cleaning_refuses_or_gives_what_utf8_can_hold_and_does_it_once(text: str) -> None:
    try:
        kept = clean(text)
    except NotText:
        assert "\0" in text or any(unicodedata.category(c) == "Cs" for c in text)
    else:
        kept.encode("utf-8")
        assert clean(kept) == kept


@given(keepable)
def test_cleaning_only_joins_accents_and_takes_outer_spaces(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text).strip()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("老王超市", "老王 超市"),
        ("ABC超市", "ａｂｃ超市"),
        ("老王(总店)", "老王（总店）"),
        (" 跟进 ", "跟进"),
        ("GROẞ", "groß"),
    ],
)
def test_width_case_and_spaces_make_no_other_name(one: str, other: str) -> None:
    assert natural_key(one) == natural_key(other)


def test_traditional_forms_do_make_another_natural_key() -> None:
    """Which characters are simplified changes with OpenCC's tables; two laptops must agree for years."""
    assert natural_key("麵館") != natural_key("面馆")


@given(keepable)
def test_a_natural_key_has_no_spaces(text: str) -> None:
    assert not any(c.isspace() for c in natural_key(text))
