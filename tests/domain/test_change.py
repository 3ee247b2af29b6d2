"""Stamps, and the one canonical text of a value."""

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.change import LATEST, Change, canonical, exact, next_stamp

stamps = st.integers(0, LATEST - 1)
text = st.text(st.characters(codec="utf-8"), max_size=8)
scalars = st.one_of(st.none(), st.booleans(), st.integers(-(2**63), 2**63 - 1), text)
values = st.recursive(scalars, lambda v: st.lists(v, max_size=4) | st.dictionaries(text, v, max_size=4), max_leaves=12)
records = st.dictionaries(text.map(lambda t: unicodedata.normalize("NFC", t)), scalars, max_size=5)


@given(stamps, stamps)
def test_a_stamp_is_later_than_what_was_seen_and_never_before_the_clock(now: int, newest: int) -> None:
    made = next_stamp(now, newest)
    assert made > newest
    assert made >= now
    assert made in (now, newest + 1)


@given(stamps)
def test_a_new_record_has_the_clock_s_time(now: int) -> None:
    assert next_stamp(now, None) == now


def test_no_stamp_is_one_that_others_would_refuse() -> None:
    """A clock before 1970; a forged stamp that is the last there is."""
    assert next_stamp(-5, None) == 0
    assert next_stamp(0, LATEST) == LATEST
    assert next_stamp(2 * LATEST, None) == LATEST


def test_a_laptop_that_lives_in_2036_drags_nobody_along() -> None:
    in_2036, in_2026 = 2_095_000_000_000, 1_795_000_000_000
    assert next_stamp(in_2026, in_2036) == in_2036 + 1  # an edit of what it wrote
    assert next_stamp(in_2026, None) == in_2026  # anything else


@given(values)
def test_the_canonical_text_is_json_and_stays_as_it_is(value: Any) -> None:
    said = canonical(value)
    assert canonical(json.loads(said)) == said
    said.encode("utf-8")


@given(records, st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_matter(fields: dict[str, Any], random: Any) -> None:
    shuffled = list(fields.items())
    random.shuffle(shuffled)
    assert canonical(dict(shuffled)) == canonical(fields)


@given(text)
def test_composed_and_decomposed_letters_are_the_same(said: str) -> None:
    assert canonical(unicodedata.normalize("NFD", said)) == canonical(unicodedata.normalize("NFC", said))


def test_what_it_looks_like() -> None:
    assert canonical({"b": [1, None, True], "a": "老王"}) == '{"a":"老王","b":[1,null,true]}'
    assert canonical(("x", "y")) == '["x","y"]'


@pytest.mark.parametrize("value", [0.5, 1.0, float("nan"), float("inf"), [0.5], {"lat": 39.92}, {"a": [{"b": 1e9}]}])
def test_floats_are_refused_however_deep(value: Any) -> None:
    with pytest.raises(ValueError, match="float"):
        canonical(value)


def test_true_and_one_are_not_the_same_text() -> None:
    assert len({canonical(v) for v in (True, 1, "1", "true", None)}) == 5


def test_the_exact_text_tells_apart_what_the_canonical_one_does_not() -> None:
    composed, decomposed = unicodedata.normalize("NFC", "é"), unicodedata.normalize("NFD", "é")
    assert canonical(composed) == canonical(decomposed) == exact(composed)
    assert exact(composed) != exact(decomposed)
    assert exact({"b": 1, "a": True}) == '{"a":true,"b":1}'


def test_an_edit_has_seen_what_is_not_newer_than_what_it_was_made_upon() -> None:
    first = Change(5, "a", "merchant", "m1", {"name": "老王"})
    answer = Change(9, "b", "merchant", "m1", {"name": "老张"}, None, 5)
    assert answer.saw(first)
    assert not first.saw(answer)
    assert not answer.saw(Change(6, "c", "merchant", "m1", {"name": "老李"}))
    assert not Change(9, "b", "merchant", "m1", {"name": "老张"}).saw(first)  # of an older version, which did not say


@given(stamps, stamps)
def test_an_edit_made_after_seeing_a_change_says_so(now: int, newest: int) -> None:
    seen = Change(newest, "a", "merchant", "m1", {})
    assert Change(next_stamp(now, newest), "b", "merchant", "m1", {}, None, newest).saw(seen)


def test_a_change_belongs_to_its_record() -> None:
    assert Change(1, "a", "merchant", "m1", {"name": "老王"}).key == ("merchant", "m1")
