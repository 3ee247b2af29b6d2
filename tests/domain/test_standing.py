"""Where merchants stand, and where merged ones lead."""

from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.standing import Call, Standing, roots, standing

outcomes = st.sampled_from(["signed_up", "pending", "refused", "not_met"])
calls = st.lists(st.builds(Call, st.just("2026-11-24"), outcomes, st.booleans(), st.sampled_from(["林晓", None])), max_size=8)
ids = st.sampled_from("abcdefgh")  # few, so that chains and loops are frequent
links = st.dictionaries(ids, ids)


def call(outcome: str, *, day: int = 1, firm: bool = False, by: str | None = "林晓") -> Call:
    return Call(f"2026-11-{day:02}", outcome, firm, by)


def test_nobody_was_there_yet() -> None:
    assert standing([]) == Standing(None, firm=False, visits=0, last_visit=None, last_by=None)


def test_the_latest_outcome_counts() -> None:
    got = standing([call("pending"), call("refused", day=2), call("signed_up", day=3, by="陈默")])
    assert got == Standing("signed_up", firm=False, visits=3, last_visit="2026-11-03", last_by="陈默")


def test_a_closed_door_is_a_visit_but_changes_no_status() -> None:
    got = standing([call("pending"), call("not_met", day=5)])
    assert (got.status, got.visits, got.last_visit) == ("pending", 2, "2026-11-05")


def test_a_shop_whose_owner_was_never_met_is_not_met() -> None:
    assert standing([call("not_met"), call("not_met", day=2)]).status == "not_met"


def test_a_firm_no_stays_firm_behind_a_closed_door_and_ends_with_any_other_word() -> None:
    firm = call("refused", firm=True)
    assert standing([firm, call("not_met", day=2)]).firm
    assert not standing([firm, call("refused", day=2)]).firm
    assert not standing([firm, call("pending", day=2)]).firm
    assert not standing([call("pending", firm=True)]).firm


@given(calls)
def test_status_is_the_last_word_that_was_spoken(made: list[Call]) -> None:
    spoken = [c.outcome for c in made if c.outcome != "not_met"]
    got = standing(made)
    assert got.status == (spoken[-1] if spoken else "not_met" if made else None)
    assert got.visits == len(made)


@given(links)
def test_who_is_merged_leads_where_its_target_leads(merged: dict[str, str]) -> None:
    found = roots(merged)
    assert found.keys() == merged.keys()
    for start, target in merged.items():
        assert found[start] == found.get(target, target)


@given(links)
def test_a_root_is_its_own_root(merged: dict[str, str]) -> None:
    for root in roots(merged).values():
        assert roots(merged).get(root, root) == root


@given(links)
def test_a_root_is_unmerged_or_the_smallest_of_its_loop(merged: dict[str, str]) -> None:
    for root in roots(merged).values():
        assert root not in merged or root == min(loop_of(root, merged))


def loop_of(start: str, merged: dict[str, str]) -> set[str]:
    """Everything that is reached from a place in a loop."""
    seen: list[str] = []
    here = start
    while here not in seen:
        seen.append(here)
        here = merged[here]
    return set(seen)


@given(st.permutations("abcdefgh"), st.integers(1, 8))
def test_in_a_loop_the_smallest_id_wins_from_every_start(order: list[str], size: int) -> None:
    loop, tail = order[:size], order[size:]
    merged = dict(zip(loop, [*loop[1:], loop[0]], strict=True)) | dict(zip(tail, [*tail[1:], loop[0]], strict=False))
    assert set(roots(merged).values()) == {min(loop)}


def test_two_laptops_merge_the_same_two_shops_into_each_other() -> None:
    assert roots({"b": "a", "a": "b"}) == {"a": "a", "b": "a"}


def test_a_shop_merged_into_itself_stays_itself() -> None:
    assert roots({"a": "a", "b": "a"}) == {"a": "a", "b": "a"}


def test_a_long_chain_is_followed_to_its_end() -> None:
    chain = {f"{i:05}": f"{i + 1:05}" for i in range(300)}
    assert set(roots(chain).values()) == {"00300"}
