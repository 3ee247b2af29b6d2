"""Merges that meet: whichever way laptops merge and take apart, they end alike, and no visit is lost."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.domain import merging
from outreach.store.journal import record
from outreach.store.merges import before_merge
from outreach.store.records import get_record, members
from tests.sync.conftest import Peer, Team, shop_id

NAMES = "abcd"
SHOPS = A, B, C, D = tuple(map(shop_id, NAMES))
deeds = st.lists(
    st.tuples(st.sampled_from(["fang", "lin", "mei"]), st.sampled_from([*SHOPS, None]), st.sampled_from(SHOPS)), max_size=8
)


def root_of(peer: Peer, shop: str) -> str:
    return str(peer.db.execute("SELECT root FROM standing WHERE merchant = ?", (shop,)).fetchone()[0])


def known(peer: Peer, shop: str) -> Any:
    return get_record(peer.db, "merchant", shop)


def merge(peer: Peer, kept: str, merged: str) -> None:
    """What `merchant merge` does."""
    first, second = root_of(peer, kept), root_of(peer, merged)
    if first != second:
        drafts = merging.merge(known(peer, first), known(peer, second), {})
        record(peer.db, drafts, now=next(peer.clock), label="merchant merge")


def unmerge(peer: Peer, part: str) -> None:
    """What `merchant unmerge` does."""
    root = root_of(peer, part)
    if root != part:
        drafts = merging.unmerge(known(peer, root), [known(peer, part)], before_merge(peer.db, root, part))
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
