"""Taking an act back: afterwards a record is what it would be had the act not been."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.change import Change, Fields
from outreach.domain.fold import fold, is_live
from outreach.domain.form import Kind
from outreach.domain.records import COMMUNITY, KINDS, MERCHANT, VISIT
from outreach.domain.undo import holds_others, take_back

values = st.one_of(st.none(), st.sampled_from(["老王", "老张", "x"]))
fields = st.dictionaries(st.sampled_from(["name", "phone", "category"]), values, min_size=1)
change = st.builds(Change, st.integers(0, 6), st.sampled_from("abc"), st.just("merchant"), st.just("m1"), fields)
changes = st.lists(change, min_size=1, max_size=5)


def after(kind: Kind, mine: list[Change], others: list[Change]) -> Fields:
    """The record once `mine` was taken back."""
    back = Change(99, "a", kind.name, "m1", take_back(kind, mine, others))
    return fold(kind, [*mine, *others, back])


@given(changes, changes)
def test_an_act_taken_back_was_never_there_unless_others_hang_on_it(mine: list[Change], others: list[Change]) -> None:
    stays = holds_others(MERCHANT, mine, others)
    assert after(MERCHANT, mine, others) == fold(MERCHANT, [*mine, *others] if stays else others)
    assert not stays or "name" not in fold(MERCHANT, others)


@given(changes, changes)
def test_no_name_is_ever_taken_from_under_what_others_said(mine: list[Change], others: list[Change]) -> None:
    assert ("name" in fold(MERCHANT, [*mine, *others])) <= ("name" in after(MERCHANT, mine, others))


@given(changes)
def test_a_record_that_only_the_act_made_is_off_the_lists(mine: list[Change]) -> None:
    assert not is_live(MERCHANT, after(MERCHANT, mine, []))


@given(changes, changes)
def test_only_fields_that_the_act_set_are_touched(mine: list[Change], others: list[Change]) -> None:
    assert set(take_back(MERCHANT, mine, others)) <= {name for change in mine for name in change.fields}


def merchant(stamp: int, device: str, **said: Any) -> Change:
    return Change(stamp, device, "merchant", "m1", said)


def test_an_edit_is_taken_back_to_the_value_before() -> None:
    added, edited = merchant(1, "a", name="老王超市", phone="1"), merchant(2, "a", phone="2")
    assert take_back(MERCHANT, [edited], [added]) == {"phone": "1"}


def test_a_field_filled_in_for_the_first_time_becomes_empty_again() -> None:
    added, edited = merchant(1, "a", name="老王超市"), merchant(2, "a", phone="2")
    assert take_back(MERCHANT, [edited], [added]) == {"phone": None}


def test_what_another_laptop_said_since_stays() -> None:
    added, theirs = merchant(1, "a", name="老王超市"), merchant(3, "b", phone="3")
    edited = merchant(2, "a", phone="2", category="超市")
    assert take_back(MERCHANT, [edited], [added, theirs]) == {"category": None}


def test_a_removal_is_taken_back() -> None:
    added, gone = merchant(1, "a", name="老王超市"), merchant(2, "a", removed=True)
    assert is_live(MERCHANT, after(MERCHANT, [gone], [added]))


def test_a_visit_taken_back_keeps_its_day_so_that_that_day_s_report_forgets_it() -> None:
    made = Change(1, "a", "visit", "v1", {"merchant": "m1", "visited_at": "2026-11-20", "outcome": "pending"})
    assert take_back(VISIT, [made], []) == {"removed": True, "visited_at": "2026-11-20"}


def test_every_kind_can_be_taken_back() -> None:
    for kind in KINDS.values():
        assert take_back(kind, [Change(1, "a", kind.name, "r1", {"note": "x"})], []) == {"removed": True}
    assert take_back(COMMUNITY, [], [merchant(1, "a", name="皮村")]) == {}
