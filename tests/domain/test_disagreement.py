"""What gave way, and that everyone finds the same."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.change import Change, next_stamp
from outreach.domain.disagreement import Disagreement, disagreements
from outreach.domain.fold import fold
from outreach.domain.records import MERCHANT, TAG

values = st.sampled_from([None, "1", "2", "3", 7, True])
fields = st.dictionaries(st.sampled_from(["name", "phone", "removed", "mood"]), values, min_size=1)
changes = st.lists(
    st.builds(
        Change,
        st.integers(1, 6),
        st.sampled_from(["aa", "bb", "cc"]),
        st.just("merchant"),
        st.just("m1"),
        fields,
        worker=st.sampled_from([None, "王芳"]),
        base=st.none() | st.integers(0, 5),
    ),
    max_size=7,
)


def change(stamp: int, device: str, base: int | None = None, **said: Any) -> Change:
    return Change(stamp, device, "merchant", "m1", said, base=base)


def told(*made: Change) -> list[tuple[str, object, object]]:
    return [(d.field, *d.values) for d in disagreements(MERCHANT, made)]


@given(changes, st.randoms(use_true_random=False))
def test_the_order_in_which_changes_came_does_not_matter(made: list[Change], random: Any) -> None:
    shuffled = made[:]
    random.shuffle(shuffled)
    assert disagreements(MERCHANT, shuffled) == disagreements(MERCHANT, made)


@given(changes, st.integers(0, 9), fields)
def test_an_edit_that_saw_everything_ends_every_disagreement_about_its_fields(
    made: list[Change], now: int, said: dict[str, Any]
) -> None:
    newest = max((c.stamp for c in made), default=None)
    answer = Change(next_stamp(now, newest), "dd", "merchant", "m1", said, base=newest)
    found = disagreements(MERCHANT, [*made, answer])
    assert [d for d in found if d.field in said and answer in (d.stands, d.gave_way)] == []


@given(changes)
def test_only_different_values_of_writers_who_did_not_know_of_each_other_are_told(made: list[Change]) -> None:
    for found in disagreements(MERCHANT, made):
        one, other = found.stands, found.gave_way
        assert not one.saw(other)
        if found.field in other.fields:
            assert found.values[0] != found.values[1]
            assert (one.stamp, one.device) >= (other.stamp, other.device)


@given(changes)
def test_the_value_that_stands_is_the_one_the_record_has(made: list[Change]) -> None:
    record = fold(MERCHANT, made)
    for found in disagreements(MERCHANT, made):
        assert found.values[0] == record.get(found.field)


def test_two_writers_under_one_id_at_one_time_are_told_apart_by_the_value_as_in_the_fold() -> None:
    one, other = change(5, "aa", 1, address="9", phone="1"), change(5, "aa", 1, hours="0", phone="2")
    assert disagreements(MERCHANT, [one, other]) == [Disagreement("phone", other, one)]
    assert fold(MERCHANT, [one, other])["phone"] == "2"


def test_a_value_that_this_version_does_not_know_neither_stands_nor_gave_way() -> None:
    assert told(change(5, "aa", 1, phone="1"), change(6, "bb", 1, phone=7)) == []


def test_two_phones_are_one_disagreement_and_the_later_one_stands() -> None:
    base, mine, theirs = change(1, "aa", name="老王", phone="0"), change(5, "aa", 1, phone="1"), change(6, "bb", 1, phone="2")
    for order in permutations([base, mine, theirs]):
        assert disagreements(MERCHANT, order) == [Disagreement("phone", theirs, mine)]


@pytest.mark.parametrize(
    "made",
    [
        (change(5, "aa", 1, phone="1"), change(6, "bb", 1, phone="1")),  # the same said twice
        (change(5, "aa", 1, phone="1"), change(6, "bb", 1, owner="王")),  # two fields: both stand
        (change(5, "aa", 1, phone="1"), change(6, "bb", 5, phone="2")),  # an answer
        (change(5, "aa", 1, mood="1"), change(6, "bb", 1, mood="2")),  # this version knows no such field
    ],
)
def test_what_is_no_disagreement(made: tuple[Change, ...]) -> None:
    assert told(change(1, "aa", name="老王"), *made) == []


def test_what_gave_way_and_was_answered_since_is_settled() -> None:
    mine, theirs = change(5, "aa", 1, phone="1"), change(6, "bb", 1, phone="2")
    assert told(mine, theirs, change(7, "cc", 6, phone="3")) == []


def test_a_removal_and_a_change_made_meanwhile_are_told() -> None:
    base, edit, gone = change(1, "aa", name="老王"), change(5, "aa", 1, phone="1"), change(6, "bb", 1, removed=True)
    assert disagreements(MERCHANT, [base, edit, gone]) == [Disagreement("removed", gone, edit)]
    late = change(6, "bb", 5, removed=True)
    assert disagreements(MERCHANT, [base, edit, late]) == []


def test_two_removals_agree() -> None:
    assert told(change(1, "aa", name="老王"), change(5, "aa", 1, removed=True), change(6, "bb", 1, removed=True)) == []


def test_two_that_put_on_the_same_mark_agree_whoever_and_whenever_it_was() -> None:
    made = [
        Change(
            5, "aa", "tag", "t1", {"merchant": "m1", "label": "跟进", "by": "王芳", "at": "2026-11-23", "due": "2026-11-27"}
        ),
        Change(
            6, "bb", "tag", "t1", {"merchant": "m1", "label": "跟进", "by": "林晓", "at": "2026-11-24", "due": "2026-11-28"}
        ),
    ]
    assert [d.field for d in disagreements(TAG, made)] == ["due"]
