"""SYNC-CASES A: silent loss or divergence. Cases 4, 8, 9, 10, 12 and 13; docs/sync.md says where the others are tested."""

from itertools import permutations

import pytest

from outreach.domain.change import Draft
from outreach.store.journal import record
from outreach.sync import exchange
from outreach.sync.clocks import Clock
from outreach.sync.folder import Folder
from outreach.sync.result import SyncResult
from tests.sync.conftest import NOON, Peer, Team
from tests.sync.strangers import faults, names

HOUR, DAY = 3_600_000, 86_400_000
YEAR = 365 * DAY


def at(peer: Peer, now: int, kind: str, record_id: str, /, **fields: object) -> None:
    """Something recorded while the laptop's clock says `now`."""
    record(peer.db, [Draft(kind, record_id, fields)], now=now, label="test", worker=peer.name)


def sync_at(peer: Peer, now: int) -> SyncResult:
    """A sync while the laptop's clock says `now`."""
    return exchange.sync(peer.db, Folder(peer.share), exchange.laptop_of(peer.db, peer.name, peer.home, now))


def phone(peer: Peer, record_id: str = "m1") -> object:
    row = peer.db.execute("SELECT phone FROM merchant WHERE id = ?", (record_id,)).fetchone()
    return row and row[0]


def settle(*peers: Peer) -> None:
    """Everyone has everything, and is sound."""
    for peer in (*peers, *peers):
        peer.sync()
    assert len({peer.sync().export_sha256 for peer in peers}) == 1
    assert faults(peers) == []


def shared_shop(team: Team) -> tuple[Peer, Peer, Peer]:
    fang, lin, mei = team.three()
    at(fang, NOON, "merchant", "m1", name="老王超市", phone="0")
    settle(fang, lin, mei)
    return fang, lin, mei


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({"phone": "1"}, {"phone": "2"}),
        ({"removed": True}, {"removed": True}),
        ({"removed": True}, {"phone": "2"}),
        ({"phone": "1"}, {"phone": "1"}),
        ({"phone": None}, {"phone": "2"}),
    ],
)
def test_08_at_the_same_stamp_all_decide_alike_whoever_is_first(
    team: Team, mine: dict[str, object], theirs: dict[str, object]
) -> None:
    fang, lin, mei = shared_shop(team)
    at(fang, NOON + 9, "merchant", "m1", **mine)
    at(lin, NOON + 9, "merchant", "m1", **theirs)
    settle(mei, lin, fang)
    assert fang.tables() == lin.tables() == mei.tables()
    later, earlier = (mine, theirs) if fang.device > lin.device else (theirs, mine)
    row = fang.db.execute("SELECT phone, removed FROM merchant").fetchone()
    assert row["phone"] == ({"phone": "0"} | earlier | later)["phone"]
    assert row["removed"] == ({"removed": None} | earlier | later)["removed"]


@pytest.mark.parametrize("ahead", [HOUR, YEAR, 10 * YEAR])
def test_09_an_edit_made_after_seeing_a_value_beats_it_whatever_the_clocks(team: Team, ahead: int) -> None:
    fang, lin, mei = shared_shop(team)
    at(fang, NOON + ahead, "merchant", "m1", phone="of the future")
    settle(fang, lin)
    at(lin, NOON - DAY, "merchant", "m1", phone="the right one")  # with a clock that is a day behind
    settle(fang, lin, mei)
    assert phone(fang) == phone(lin) == phone(mei) == "the right one"


@pytest.mark.parametrize(
    ("off", "told"),
    [
        (HOUR, Clock.AHEAD),
        (YEAR, Clock.AHEAD),
        (2**52 - NOON, Clock.AHEAD),
        (DAY - NOON, Clock.BEHIND),  # 1970
        (-DAY, Clock.BEHIND),
        (0, None),
    ],
)
def test_10_a_clock_that_is_off_stops_nothing_is_told_and_drags_nobody_along(team: Team, off: int, told: Clock | None) -> None:
    fang, lin, mei = team.three()
    at(mei, NOON, "community", "c1", name="皮村")
    sync_at(mei, NOON)
    sync_at(fang, NOON)
    at(fang, NOON + off, "merchant", "m1", name="老王超市", phone="1")
    assert sync_at(fang, NOON + off).sent == 1
    result = sync_at(lin, NOON + HOUR // 60)
    assert (result.received, result.set_aside) == (2, ())
    assert [found.clock for found in result.clocks] == ([told] if told else [])
    assert names(lin) == {"老王超市"}
    at(lin, NOON + 60_000, "merchant", "m2", name="重庆小面")
    (stamp,) = lin.db.execute("SELECT stamp FROM journal WHERE id = 'm2'").fetchone()
    assert stamp == NOON + 60_000, "what has nothing to do with that laptop keeps the right time"
    sync_at(lin, NOON + 60_000)
    settle(fang, lin, mei)


def test_10_a_clock_set_back_on_the_same_laptop_keeps_the_order_of_its_edits(team: Team) -> None:
    fang, lin, _mei = shared_shop(team)
    for now, value in ((NOON + YEAR, "1"), (NOON + DAY, "2"), (0, "3"), (0, "4")):
        at(fang, now, "merchant", "m1", phone=value)
    settle(fang, lin)
    assert phone(fang) == phone(lin) == "4"


def test_12_what_gave_way_is_in_the_journal_is_told_and_can_be_put_back(team: Team) -> None:
    fang, lin, mei = shared_shop(team)
    at(fang, NOON + 5, "merchant", "m1", phone="1", owner="王建国")
    at(lin, NOON + 6, "merchant", "m1", phone="2", wechat="wang")
    lin.sync()
    (told,) = fang.sync().disagreements
    assert (told.field, told.values) == ("phone", ("2", "1"))
    (same,) = lin.sync().disagreements
    assert same == told, "both are told, and the same"
    settle(mei)
    row = mei.db.execute("SELECT phone, owner, wechat FROM merchant").fetchone()
    assert tuple(row) == ("2", "王建国", "wang"), "two fields: both stand"
    kept = {r["fields"] for r in mei.db.execute("SELECT fields FROM journal")}
    assert '{"owner":"王建国","phone":"1"}' in kept
    at(fang, NOON + 7, "merchant", "m1", phone="1")
    settle(fang, lin, mei)
    assert phone(mei) == "1"
    assert fang.sync().disagreements == lin.sync().disagreements == ()


def test_12_the_same_value_recorded_twice_is_no_disagreement(team: Team) -> None:
    fang, lin, _mei = shared_shop(team)
    for peer in (fang, lin):
        at(peer, NOON + 5, "merchant", "m1", phone="1")
    results = [peer.sync() for peer in (fang, lin, fang)]
    assert [r.disagreements for r in results] == [(), (), ()]


def test_13_a_removal_survives_the_longest_absence(team: Team) -> None:
    """Mei is away for nine months with her own edits; meanwhile the shop is removed and everything is rolled up many times."""
    fang, lin, mei = shared_shop(team)
    at(fang, NOON + 1, "merchant", "m2", name="小芳水果")
    settle(fang, lin, mei)
    at(mei, NOON + DAY, "visit", "v1", merchant="m2", outcome="pending", visited_at="2026-11-25")
    at(fang, NOON + DAY, "merchant", "m1", removed=True)
    for week in range(39):
        at(fang, NOON + week * 7 * DAY, "merchant", f"w{week}", name=f"店{week}")
        assert sync_at(fang, NOON + week * 7 * DAY).set_aside == ()
    assert len(fang.own_files()) < 39, "rolled up"
    result = sync_at(mei, NOON + 273 * DAY)
    assert (result.received, result.sent, result.set_aside) == (40, 1, ())
    settle(fang, lin, mei)
    assert names(fang) == names(mei) == {"小芳水果", *(f"店{week}" for week in range(39))}
    assert fang.db.execute("SELECT count(*) FROM visit WHERE live = 1").fetchone()[0] == 1
    fresh = team.peer("new")
    settle(fresh, fang)
    assert "老王超市" not in names(fresh)


def test_13_a_laptop_that_never_comes_back_is_told_of_and_holds_nothing_up(team: Team) -> None:
    fang, lin, mei = shared_shop(team)
    at(mei, NOON, "community", "c1", name="皮村")
    sync_at(mei, NOON)
    sync_at(fang, NOON)
    at(fang, NOON + 300 * DAY, "merchant", "m1", removed=True)
    told = sync_at(fang, NOON + 300 * DAY)
    assert [(f.clock, f.name) for f in told.clocks] == [(Clock.UNHEARD, "mei")]
    assert told.set_aside == ()
    settle(fang, lin)
    assert names(lin) == set()


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_06_an_edit_a_removal_and_a_creation_in_any_order(team: Team, order: tuple[int, ...]) -> None:
    fang, lin, _mei = team.three()
    said: list[dict[str, object]] = [{"name": "老王超市"}, {"phone": "1"}, {"removed": True}]
    for now, fields in enumerate(said):
        at(fang, NOON + now, "merchant", "m1", **fields)
        fang.sync()
    held = {path: path.read_bytes() for path in fang.own_files()}
    for path in held:
        path.unlink()
    for number in order:
        path = list(held)[number]
        path.write_bytes(held[path])
        assert lin.sync().set_aside == ()
        path.unlink(missing_ok=True)
    for path, data in held.items():
        path.write_bytes(data)
    settle(lin, fang)
    assert (names(lin), phone(lin)) == (set(), "1")
