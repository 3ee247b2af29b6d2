"""The law: whatever is recorded where, and however the syncs fall, laptops with the same changes hold the same.

Same records, same tables, same bytes of outreach.json; and that is what folding the set of all changes in one go gives.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.domain.change import Change, Draft
from outreach.domain.fold import fold
from outreach.domain.records import KINDS
from outreach.store.journal import record
from outreach.store.tables import change_of, from_row
from tests.sync.conftest import NOON, Peer, Team

NAMES = ("fang", "lin", "mei")
shops = st.sampled_from(["m1", "m2"])
drafts = st.one_of(
    st.tuples(
        st.just("merchant"),
        shops,
        st.dictionaries(
            st.sampled_from(["name", "phone", "removed", "merged_into", "made_up_later"]),
            st.sampled_from([None, True, "m1", "m2", "老王超市", "重庆小面"]),
            min_size=1,
        ),
    ),
    st.tuples(
        st.just("visit"),
        st.sampled_from(["v1", "v2", "v3"]),
        st.fixed_dictionaries(
            {"merchant": shops, "outcome": st.sampled_from(["pending", "refused", "signed_up", "of_a_later_version"])},
            optional={"visited_at": st.sampled_from(["2026-11-20", "2026-11-24T09:00:00+08:00"]), "removed": st.booleans()},
        ),
    ),
    st.tuples(st.just("made_up_later"), st.just("x1"), st.just({"name": "?"})),
)
clocks = st.sampled_from([NOON, NOON, NOON + 1, 0, NOON + 10 * 366 * 86_400_000])  # few, some wrong: ties are frequent
steps = st.lists(st.tuples(st.sampled_from(NAMES), st.none() | st.tuples(drafts, clocks)), max_size=14)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_three_laptops_end_alike(teams: Callable[[], Any], plan: list[tuple[str, Any]]) -> None:
    with teams() as team:
        peers = team.three()
        for name, deed in plan:
            do(team.peer(name), deed)
        for peer in (*peers, *peers):
            assert peer.sync().set_aside == ()
        agree(team, peers)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps, st.permutations(NAMES), st.data())
def test_and_a_fourth_that_gets_some_files_before_others(
    teams: Callable[[], Any], plan: list[tuple[str, Any]], order: list[str], data: st.DataObject
) -> None:
    with teams() as team:
        peers = team.three()
        for name, deed in plan:
            do(team.peer(name), deed)
        for name in (*order, *order):
            team.peer(name).sync()
        newcomer = team.peer("new")
        files = sorted(team.share.glob("changes/*/*.jsonl"))
        held = {path: path.read_bytes() for path in files if data.draw(st.booleans(), label=path.name)}
        for path in held:
            path.unlink()
        newcomer.sync()
        for path, content in held.items():
            path.write_bytes(content)
        newcomer.sync()
        agree(team, (*peers, newcomer))


def do(peer: Peer, deed: tuple[tuple[str, str, dict[str, object]], int] | None) -> None:
    """A sync, or something recorded while the laptop's clock says that."""
    if deed is None:
        peer.sync()
    else:
        (kind, record_id, fields), now = deed
        record(peer.db, [Draft(kind, record_id, fields)], now=now, label="test")


def agree(team: Team, peers: tuple[Peer, ...]) -> None:
    """All hold the same, the file is what each would write, and the records are the fold of the set of changes."""
    first, *others = peers
    exports = {peer.sync().export_sha256 for peer in peers}
    assert len(exports) == 1
    for other in others:
        assert other.journal() == first.journal()
        assert other.tables() == first.tables()
    assert first.sync().notices == ()
    assert folded(first) == {key: row for key, row in rows(first).items() if row}
    assert team.document["covers"] == {
        peer.device: {"changes": len(made), "newest": max(made)} for peer in peers if (made := authored(first, peer.device))
    }


def authored(peer: Peer, device: str) -> list[int]:
    """The stamps of a device's changes that a laptop holds."""
    return [change[2] for change in peer.journal() if change[3] == device]  # type: ignore[misc]


def folded(peer: Peer) -> dict[tuple[str, str], dict[str, Any]]:
    """The records, from the set of changes in one go, without the tables."""
    changes: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for row in peer.db.execute("SELECT * FROM journal ORDER BY random()"):
        change = change_of(row)
        changes[change.key].append(change)
    records = {key: fold(KINDS[key[0]], made) for key, made in changes.items() if key[0] in KINDS}
    return {key: fields for key, fields in records.items() if fields}


def rows(peer: Peer) -> dict[tuple[str, str], dict[str, Any]]:
    """The records, from the tables."""
    found = {}
    for kind in KINDS.values():
        for row in peer.db.execute(f"SELECT * FROM {kind.name}"):  # noqa: S608 - our own names
            fields = from_row(kind, row)
            found[kind.name, str(fields.pop("id"))] = fields
    return found
