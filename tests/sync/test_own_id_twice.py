"""One id, one writer. A disk that was copied, or restored from a backup, makes two of a laptop: both histories are kept."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from outreach.store.connection import open_database
from outreach.store.journal import former_ids, unshared
from outreach.sync.result import Arrival, Remark, Stage
from tests.sync.conftest import Peer, Team
from tests.sync.strangers import ZZ, faults, files, given_back, line, names, put, remarks

NEW = [(Remark.NEW_IDENTITY, 0)]


def note(peer: Peer, name: str) -> None:
    """Record a shop with an id as real ones are."""
    peer.note("merchant", f"m{name.encode().hex()}", name=name)


@pytest.fixture
def pair(team: Team) -> Iterator[tuple[Peer, Peer, Peer]]:
    """A laptop, its copy, and another one. Before the copy was made, two changes were shared and two were not."""
    fang, lin, _mei = team.three()
    note(fang, "甲")
    note(fang, "乙")
    fang.sync()
    note(fang, "丙")
    note(fang, "丁")
    with copied(team, fang) as copy:
        yield fang, copy, lin


@contextmanager
def copied(team: Team, peer: Peer) -> Iterator[Peer]:
    """A second laptop with the same disk."""
    home = team.place / f"{peer.name}-copy"
    peer.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(peer.home, home)
    copy = Peer(home, open_database(home), team.share, team.clock)
    try:
        yield copy
    finally:
        copy.db.close()


def agree(team: Team, *peers: Peer) -> None:
    """All hold the same, are sound, and could fill an empty folder with all there is."""
    for _round in range(2):
        for peer in peers:
            assert peer.sync().set_aside == ()
    first, *others = peers
    for other in others:
        assert other.journal() == first.journal()
        assert other.tables() == first.tables()
    assert len({peer.sync().export_sha256 for peer in peers}) == 1
    assert faults(peers) == []
    for peer in peers:
        assert remarks(peer.sync()) == []
        assert len({change[:5] for change in peer.journal()}) == peer.db.execute("SELECT count(*) FROM journal").fetchone()[0]
        assert given_back(peer).items() <= files(team).items()


def test_a_segment_of_mine_that_i_did_not_write_is_taken_in_and_i_go_on_under_a_new_id(team: Team) -> None:
    fang, lin, _mei = team.three()
    was = fang.device
    put(team, was, line("克隆"), number=9)
    note(fang, "老王超市")
    result = fang.sync()
    assert (remarks(result), result.set_aside) == (NEW, ())
    assert (result.sent, result.arrivals) == (1, (Arrival(was, "far away", 1),))
    assert fang.device != was
    assert former_ids(fang.db) == [was]
    assert names(fang) == {"克隆", "老王超市"}
    assert lin.sync().received == 2
    assert set(team.document["covers"]) == {was, fang.device}
    assert remarks(fang.sync()) == []
    agree(team, fang, lin)


def test_nothing_to_send_and_still_a_new_id(team: Team) -> None:
    """Else the next thing that is recorded here would go out under the id of both."""
    fang, lin, _mei = team.three()
    was = fang.device
    put(team, was, line("克隆"))
    assert remarks(fang.sync()) == NEW
    note(fang, "老王超市")
    assert fang.sync().sent == 1
    assert (team.share / "changes" / fang.device).is_dir()
    assert fang.device != was
    agree(team, fang, lin)


def test_a_copied_disk_whose_copy_syncs_first(team: Team, pair: tuple[Peer, Peer, Peer]) -> None:
    fang, copy, lin = pair
    was = fang.device
    note(copy, "副本的店")
    note(fang, "原来的店")
    assert copy.sync().sent == 3  # 丙, 丁 and its own
    result = fang.sync()
    assert remarks(result) == NEW
    assert (result.sent, result.received) == (1, 3)  # what both held unsealed came back, so only its own goes out
    assert (copy.device, fang.device != was) == (was, True)
    assert len(fang.own_files()) == 1
    assert unshared(fang.db) == 0
    agree(team, fang, copy, lin)
    assert len(lin.journal()) == 6
    assert team.document["covers"][was]["changes"] == 5
    assert team.document["covers"][fang.device]["changes"] == 1


def test_two_that_sync_through_different_folders_and_meet_later(team: Team, pair: tuple[Peer, Peer, Peer]) -> None:
    """Both sealed the same changes: they are there once, whoever reads which segment first."""
    fang, copy, lin = pair
    was = fang.device
    shutil.copytree(team.share, team.place / "stick")
    copy.share = team.place / "stick"
    note(copy, "副本的店")
    note(fang, "原来的店")
    assert (copy.sync().sent, fang.sync().sent) == (3, 3)
    copy.share = team.share
    lin.sync()
    assert remarks(copy.sync()) == [*NEW, (Remark.REFILLED, 1)]
    assert remarks(fang.sync()) == NEW
    agree(team, fang, copy, lin)
    assert len(lin.journal()) == 6
    assert names(lin) == {"甲", "乙", "丙", "丁", "副本的店", "原来的店"}
    assert len({fang.device, copy.device, was}) == 3  # each saw the other's under its id, and neither keeps it


def test_a_copy_with_several_segments_brings_back_what_was_not_sealed_once(team: Team, pair: tuple[Peer, Peer, Peer]) -> None:
    """What was unsealed in both is in an older one of the copy's segments; the newest is read first."""
    fang, copy, lin = pair
    copy.sync()
    for name in ("副本的店", "副本的二店"):
        note(copy, name)
        copy.sync()
    note(fang, "原来的店")
    result = fang.sync()
    assert (result.sent, result.received) == (1, 4)
    agree(team, fang, copy, lin)
    assert len(lin.journal()) == 7


def test_a_laptop_restored_from_a_backup(team: Team) -> None:
    """Its own later segments are news to it."""
    fang, lin, _mei = team.three()
    was = fang.device
    note(fang, "甲")
    fang.sync()
    with copied(team, fang) as restored:
        note(fang, "乙")
        fang.sync()
        note(fang, "丙")
        fang.sync()
        result = restored.sync()
        assert (remarks(result), result.received) == (NEW, 2)
        note(restored, "丁")
        restored.sync()
        agree(team, restored, lin)
        assert names(lin) == {"甲", "乙", "丙", "丁"}
        assert team.document["covers"][was]["changes"] == 3


def test_the_same_state_twice_is_no_second_writer(team: Team) -> None:
    """A backup that is as new as the laptop was: its segments are its own, byte for byte."""
    fang, _lin, _mei = team.three()
    note(fang, "甲")
    fang.sync()
    with copied(team, fang) as restored:
        assert remarks(restored.sync()) == []
        note(restored, "乙")
        assert (restored.sync().sent, restored.device) == (1, fang.device)


def test_an_identity_is_lost_once_for_any_number_of_segments(team: Team) -> None:
    fang, lin, _mei = team.three()
    was = fang.device
    for number in range(1, 4):
        put(team, was, line(f"克隆{number}"), number=number)
    assert remarks(fang.sync()) == NEW
    put(team, was, line("克隆4"), number=4)  # under the former id: from another laptop now, like any
    assert remarks(fang.sync()) == []
    assert former_ids(fang.db) == [was]
    put(team, fang.device, line("克隆5"))
    assert remarks(fang.sync()) == NEW
    assert len(former_ids(fang.db)) == 2
    agree(team, fang, lin)


def test_what_was_sealed_and_never_written_goes_out_under_the_former_id(team: Team) -> None:
    fang, lin, _mei = team.three()
    was = fang.device
    note(fang, "甲")

    def lights_out(stage: Stage, _done: int, _of: int) -> None:
        if stage is Stage.WRITING:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fang.sync(progress=lights_out)
    put(team, was, line("克隆"), number=7)
    result = fang.sync()
    assert (remarks(result), result.sent) == (NEW, 1)
    assert len(list((team.share / "changes" / was).iterdir())) == 2
    assert fang.own_files() == []
    agree(team, fang, lin)


def test_two_histories_under_one_id_are_both_kept(team: Team) -> None:
    fang, lin, _mei = team.three()
    for name in ("甲", "乙"):
        put(team, ZZ, line(name))
    assert fang.sync().received == 2
    assert names(fang) == {"甲", "乙"}
    assert team.document["covers"][ZZ] == {"changes": 2, "newest": 5}
    agree(team, fang, lin)
