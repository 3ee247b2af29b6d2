"""Merges that meet: whichever way laptops merge and take apart, they end alike, and no visit is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.domain import merging
from outreach.domain.change import Draft
from outreach.store.check import examine
from outreach.store.journal import record
from outreach.store.merges import given_back
from outreach.store.records import get_record, members
from outreach.store.standings import links_of
from tests.sync.conftest import NOON, Peer, Team, shop_id

NAMES = "abcd"
SHOPS = A, B, C, D = tuple(map(shop_id, NAMES))
deeds = st.lists(
    st.tuples(st.sampled_from(["fang", "lin", "mei"]), st.sampled_from([*SHOPS, None]), st.sampled_from(SHOPS)), max_size=8
)


def root_of(peer: Peer, shop: str) -> str:
    return str(peer.db.execute("SELECT root FROM standing WHERE merchant = ?", (shop,)).fetchone()[0])


def known(peer: Peer, shop: str) -> Any:
    return get_record(peer.db, "merchant", shop)


def merge(peer: Peer, kept: str, merged: str, *, theirs: bool = False) -> None:
    """What `merchant merge` does; with `theirs`, with `--keep B`."""
    first, second = root_of(peer, kept), root_of(peer, merged)
    if first != second:
        one, other = known(peer, first), known(peer, second)
        chosen = {field: other[field] for field in merging.disagreeing(one, other)} if theirs else {}
        drafts = merging.merge(one, other, chosen)
        record(peer.db, drafts, now=next(peer.clock), label="merchant merge")


def unmerge(peer: Peer, part: str) -> None:
    """What `merchant unmerge` does."""
    root = root_of(peer, part)
    if root != part:
        cut = merging.cut(known(peer, root), known(peer, part))
        drafts = merging.unmerge(cut, given_back(peer.db, cut))
        record(peer.db, drafts, now=next(peer.clock), label="merchant unmerge")


def begin(team: Team) -> tuple[Peer, Peer, Peer]:
    peers = team.three()
    for name, shop in zip(NAMES, SHOPS, strict=True):
        peers[0].shop(name)
        peers[0].note("visit", f"v{shop}", merchant=shop, outcome="pending", visited_at="2026-11-24")
    for peer in peers:
        peer.sync()
    return peers


def settle(peers: tuple[Peer, ...]) -> None:
    for peer in (*peers, *peers):
        peer.sync()
    assert all(peer.tables() == peers[0].tables() for peer in peers)


def test_the_same_pair_merged_in_opposite_directions_is_one_shop_and_comes_apart(team: Team) -> None:
    fang, lin, mei = peers = begin(team)
    merge(fang, A, B)
    merge(lin, B, A)
    settle(peers)
    assert members(mei.db, A) == [A, B]
    unmerge(mei, B)
    settle(peers)
    assert {shop: root_of(fang, shop) for shop in SHOPS} == {shop: shop for shop in SHOPS}


def test_chains_made_on_three_laptops_are_one_shop(team: Team) -> None:
    fang, lin, mei = peers = begin(team)
    merge(fang, A, B)
    merge(lin, B, C)
    merge(mei, C, D)
    settle(peers)
    assert {root_of(lin, shop) for shop in SHOPS} == {A}


def phones(peer: Peer) -> dict[str, str | None]:
    return {name: known(peer, shop).get("phone") for name, shop in zip(NAMES, SHOPS, strict=True)}


def test_what_a_merge_gave_is_given_back_on_any_laptop_and_what_was_edited_later_stays(team: Team) -> None:
    fang, lin, mei = peers = begin(team)
    fang.note("merchant", B, phone="12000012345", hours="8-20", owner="王")
    settle(peers)
    merge(lin, A, B)
    settle(peers)
    mei.note("merchant", A, hours="9-21")
    settle(peers)
    unmerge(fang, B)
    settle(peers)
    for peer in peers:
        assert phones(peer) == {"a": None, "b": "12000012345", "c": None, "d": None}
        assert known(peer, A)["hours"] == "9-21"
        assert "owner" not in known(peer, A)


def test_a_clock_that_is_far_off_does_not_hide_what_a_merge_gave(team: Team) -> None:
    fang, lin, mei = peers = begin(team)
    record(fang.db, [Draft("merchant", B, {"phone": "12000012345"})], now=NOON * 2, label="test")
    settle(peers)
    merge(lin, A, B)
    settle(peers)
    unmerge(mei, B)
    settle(peers)
    assert phones(fang) == {"a": None, "b": "12000012345", "c": None, "d": None}


def test_an_edit_right_after_a_merge_that_gave_nothing_stays(team: Team) -> None:
    fang, _lin, mei = peers = begin(team)
    fang.note("merchant", A, phone="12000099999")
    fang.note("merchant", B, phone="12000012345")
    merge(fang, A, B)
    fang.note("merchant", A, phone="12000012345")
    settle(peers)
    unmerge(mei, B)
    settle(peers)
    assert phones(mei)["a"] == "12000012345"


@pytest.mark.parametrize("also_there", [False, True])
def test_an_edit_after_a_merge_that_gave_nothing_stays_whatever_the_clock_says(team: Team, also_there: bool) -> None:  # noqa: FBT001
    """A clock that ran ahead pushes the stamps of all later edits on, so that they could be of the merge's moment."""
    fang, lin, mei = peers = begin(team)
    record(fang.db, [Draft("merchant", A, {"hours": "9-18"})], now=NOON * 2, label="test")
    merge(fang, A, B)
    fang.note("merchant", A, phone="12000012345")
    settle(peers)
    if also_there:
        lin.note("merchant", B, phone="12000012345")
        settle(peers)
    unmerge(mei, B)
    settle(peers)
    assert (phones(fang)["a"], known(fang, A)["hours"]) == ("12000012345", "9-18")


def test_two_that_took_the_same_of_each_other_come_apart(team: Team) -> None:
    fang, lin, mei = peers = begin(team)
    fang.note("merchant", B, phone="12000012345")
    lin.note("merchant", A, phone="12000012345")
    merge(fang, A, B)
    merge(lin, B, A)
    settle(peers)
    unmerge(mei, B)
    settle(peers)
    assert phones(fang) == {"a": "12000012345", "b": "12000012345", "c": None, "d": None}
    assert {root_of(lin, shop) for shop in SHOPS} == set(SHOPS)


def test_along_a_chain_all_that_came_from_a_shop_goes_back_and_the_rest_stays(team: Team) -> None:
    fang, lin, mei = peers = begin(team)
    fang.note("merchant", A, phone="12000012345")
    fang.note("merchant", B, hours="8-20")
    merge(fang, B, A)
    settle(peers)
    merge(lin, C, B)
    settle(peers)
    assert (known(mei, C)["phone"], known(mei, C)["hours"]) == ("12000012345", "8-20")
    unmerge(mei, A)
    settle(peers)
    assert phones(fang) == {"a": "12000012345", "b": None, "c": None, "d": None}
    assert known(fang, C)["hours"] == "8-20"
    unmerge(fang, B)
    settle(peers)
    assert "hours" not in known(lin, C)
    assert {shop: root_of(lin, shop) for shop in SHOPS} == {shop: shop for shop in SHOPS}


def test_along_a_chain_what_was_edited_between_two_merges_stays(team: Team) -> None:
    fang, lin, mei = peers = begin(team)
    fang.note("merchant", A, phone="12000012345", hours="8-20")
    merge(fang, B, A)
    fang.note("merchant", B, phone="12000054321")
    settle(peers)
    merge(lin, C, B)
    settle(peers)
    unmerge(mei, A)
    settle(peers)
    assert known(fang, C)["phone"] == "12000054321"
    assert "hours" not in known(fang, C)


def test_merged_in_opposite_directions_each_keeping_the_others_values_both_have_their_own_again(team: Team) -> None:
    fang, lin, mei = peers = begin(team)
    fang.note("merchant", A, phone="12000012345", owner="甲")
    fang.note("merchant", B, phone="12000054321", owner="乙")
    settle(peers)
    merge(fang, A, B, theirs=True)
    merge(lin, B, A, theirs=True)
    settle(peers)
    assert (phones(mei)["a"], phones(mei)["b"]) == ("12000054321", "12000012345")
    unmerge(mei, B)
    settle(peers)
    assert (phones(lin)["a"], phones(lin)["b"]) == ("12000012345", "12000054321")
    assert (known(lin, A)["owner"], known(lin, B)["owner"]) == ("甲", "乙")


@pytest.mark.parametrize("also_here", ["", "8-20"])
def test_a_shop_has_its_own_again_though_the_other_was_edited_elsewhere_before_the_merge(
    team: Team,
    also_here: str,
) -> None:
    fang, lin, mei = peers = begin(team)
    fang.note("merchant", A, phone="12000012345", owner="甲")
    fang.note("merchant", B, phone="12000054321", owner="乙")
    settle(peers)
    fang.note("merchant", B, phone="12000099999")  # of which lin hears later
    if also_here:
        lin.note("merchant", B, hours=also_here)
    merge(lin, A, B, theirs=True)
    settle(peers)
    unmerge(mei, B)
    settle(peers)
    assert (phones(lin)["a"], phones(lin)["b"]) == ("12000012345", "12000099999")
    assert (known(lin, A)["owner"], known(lin, B)["owner"]) == ("甲", "乙")
    assert "hours" not in known(lin, A)


def test_merged_in_opposite_directions_both_give_back(team: Team) -> None:
    fang, lin, mei = peers = begin(team)
    fang.note("merchant", A, phone="12000012345")
    fang.note("merchant", B, hours="8-20")
    settle(peers)
    merge(fang, A, B)
    merge(lin, B, A)
    settle(peers)
    unmerge(mei, B)
    settle(peers)
    assert phones(lin) == {"a": "12000012345", "b": None, "c": None, "d": None}
    assert ("hours" in known(lin, A), "hours" in known(lin, B)) == (False, True)


def test_merged_again_it_comes_apart_again(team: Team) -> None:
    fang, lin, mei = peers = begin(team)
    fang.note("merchant", B, phone="12000012345")
    for one in (fang, lin):
        settle(peers)
        merge(one, A, B)
        settle(peers)
        unmerge(mei, B)
        settle(peers)
        assert phones(fang) == {"a": None, "b": "12000012345", "c": None, "d": None}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds)
def test_however_they_merge_they_end_alike_and_every_visit_counts(teams: Callable[[], Any], plan: list[Any]) -> None:
    with teams() as team:
        peers = begin(team)
        for name, kept, other in plan:
            peer = team.peer(name)
            unmerge(peer, other) if kept is None else merge(peer, kept, other)
        settle(peers)
        counted = peers[0].db.execute("SELECT sum(visits) FROM standing WHERE root = merchant").fetchone()[0]
        assert counted == len(SHOPS)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds, st.lists(st.tuples(st.sampled_from(["fang", "lin", "mei"]), st.sampled_from(SHOPS)), max_size=3), st.data())
def test_whatever_is_removed_meanwhile_every_shop_that_is_not_is_on_the_list(
    teams: Callable[[], Any], plan: list[Any], gone: list[tuple[str, str]], data: st.DataObject
) -> None:
    with teams() as team:
        peers = begin(team)
        for name, kept, other in plan:
            peer = team.peer(name)
            unmerge(peer, other) if kept is None else merge(peer, kept, other)
        for name, shop in gone:
            team.peer(name).note("merchant", shop, removed=True)
        for peer in data.draw(st.permutations(peers), label="who syncs first"):
            peer.sync()
        settle(peers)
        for peer in peers:
            assert all(finding.ok for finding in examine(peer.db))
        shown = {shop for shop in SHOPS if not known(peers[0], shop).get("removed")}
        assert all(root_of(peers[0], shop) in shown for shop in shown)
        assert {
            shop for shop, root in links_of(peers[0].db).items() if root_of(peers[0], shop) != root_of(peers[0], root)
        } == set()
