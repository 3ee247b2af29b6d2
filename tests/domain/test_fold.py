"""The laws of the fold (DESIGN.md, section 1), as properties; and examples that a social worker would recognise."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.change import Change, next_stamp
from outreach.domain.fold import checks_of, fits, fold, is_live
from outreach.domain.form import Form, Kind
from outreach.domain.records import MERCHANT, VISIT

stamps = st.integers(0, 5)  # few, so that ties are frequent
devices = st.sampled_from(["a", "b", "c"])
values = st.one_of(st.none(), st.sampled_from(["老王", "老张", "x", "y"]))
fields = st.dictionaries(st.sampled_from(["name", "phone", "category", "made_up_later"]), values, min_size=1)
any_json = st.one_of(
    values, st.integers(-(2**70), 2**70), st.booleans(), st.floats(), st.lists(st.one_of(values, st.integers())), st.just({}),
    st.sampled_from(["2026-11-24", "2026-02-31", "", "\0", "\ud800"]),
)  # fmt: skip
changes = st.lists(st.builds(Change, stamps, devices, st.just("merchant"), st.just("m1"), fields), max_size=8)


@given(changes, st.randoms(use_true_random=False))
def test_order_never_matters(made: list[Change], random: Any) -> None:
    shuffled = list(made)
    random.shuffle(shuffled)
    assert fold(MERCHANT, shuffled) == fold(MERCHANT, made)


@given(changes, st.data())
def test_repetition_never_matters(made: list[Change], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(made), max_size=5)) if made else []
    assert fold(MERCHANT, [*made, *again]) == fold(MERCHANT, made)


@given(changes, changes)
def test_ties_are_total_so_whoever_folds_first_does_not_matter(here: list[Change], there: list[Change]) -> None:
    assert fold(MERCHANT, here + there) == fold(MERCHANT, there + here)


@given(changes, st.integers(-(10**15), 10**15), devices)
def test_an_edit_made_after_seeing_a_value_wins_whatever_the_clock(made: list[Change], now: int, device: str) -> None:
    newest = max((c.stamp for c in made), default=None)
    edit = Change(next_stamp(now, newest), device, "merchant", "m1", {"name": "改过的"})
    assert fold(MERCHANT, [*made, edit])["name"] == "改过的"


@given(changes)
def test_every_field_is_the_latest_value_that_was_recorded_for_it(made: list[Change]) -> None:
    folded = fold(MERCHANT, made)
    for name in ("name", "phone", "category"):
        said = [c for c in made if name in c.fields]
        if said:
            latest = max((c.stamp, c.device) for c in said)
            assert folded.get(name) in [c.fields[name] for c in said if (c.stamp, c.device) == latest]
        else:
            assert name not in folded


@given(
    st.sampled_from([MERCHANT, VISIT]),
    st.dictionaries(st.sampled_from(["name", "lat", "firm", "reasons", "visited_at"]), any_json),
)
def test_what_does_not_fit_is_left_out(kind: Kind, said: dict[str, Any]) -> None:
    for name, value in fold(kind, [Change(1, "a", kind.name, "x1", said)]).items():
        assert checks_of(kind.fields)[name](value)


def test_a_tie_is_decided_by_every_character() -> None:
    """True and 1, a composed letter and a decomposed one: what Python, or a font, takes for the same."""
    ties = [Change(9, "c", "merchant", "m1", {"name": name}) for name in ("é", "e\u0301", "x")]
    ties += [Change(9, "c", "merchant", "m1", {"removed": removed}) for removed in (True, False, 1)]
    for first in range(len(ties)):
        turned = [*ties[first:], *ties[:first]]
        assert fold(MERCHANT, turned) == fold(MERCHANT, turned[::-1]) == {"name": "é", "removed": True}


def change(stamp: int, device: str, **said: Any) -> Change:
    return Change(stamp, device, "merchant", "m1", said)


def test_two_laptops_change_different_fields_and_both_stand() -> None:
    made = [change(1, "a", name="老王超市"), change(2, "a", phone="1"), change(2, "b", category="超市")]
    assert fold(MERCHANT, made) == {"name": "老王超市", "phone": "1", "category": "超市"}


def test_an_edit_may_arrive_before_the_record_it_edits() -> None:
    edit = change(2, "b", phone="1")
    assert not is_live(MERCHANT, fold(MERCHANT, [edit]))
    assert is_live(MERCHANT, fold(MERCHANT, [edit, change(1, "a", name="老王超市")]))


def test_a_removed_record_comes_back_when_its_removal_is_taken_back() -> None:
    made = [change(1, "a", name="老王超市"), change(2, "a", removed=True)]
    assert not is_live(MERCHANT, fold(MERCHANT, made))
    assert is_live(MERCHANT, fold(MERCHANT, [*made, change(3, "a", removed=None)]))


def test_what_a_newer_version_says_waits_in_the_journal() -> None:
    made = [change(1, "a", name="老王超市", rating=5), change(2, "a", name=["不", "是", "名"])]
    assert fold(MERCHANT, made) == {"name": "老王超市"}
    outcome = VISIT.field("outcome")
    assert outcome is not None
    assert not fits(outcome, "moved_away")


def test_forms_hold_what_they_say() -> None:
    by_form = {f.form: f for kind in (VISIT, MERCHANT) for f in kind.fields}
    good = {
        Form.TEXT: "a",
        Form.NUMBER: 0,
        Form.FLAG: True,
        Form.MOMENT: "2026-11-24T09:00:00+08:00",
        Form.WORDS: ["a"],
        Form.REFERENCE: "01m",
        Form.DEGREES: -1,
    }
    bad: dict[Form, list[Any]] = {
        Form.TEXT: ["", 1, "\0", "\ud800", ["a"]],
        Form.NUMBER: [-1, 1.0, True, "1", 2**63],
        Form.FLAG: [1, "true"],
        Form.MOMENT: ["2026-02-31", "20261124", "2026-W48-2", "yesterday", 5, "2026-11-24T25:00"],
        Form.WORDS: ["a", [1]],
        Form.REFERENCE: [True],
        Form.DEGREES: [1.5, True],
    }
    for form, value in good.items():
        assert fits(by_form[form], value), form
    for form, several in bad.items():
        assert not any(fits(by_form[form], value) for value in several), form
