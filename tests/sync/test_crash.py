"""A sync may die anywhere: after the next one, all is as if it had not. The processes here are real, and really killed."""

import multiprocessing
import os
import signal
import sys
from pathlib import Path

import pytest

from outreach.store.connection import open_database
from outreach.store.journal import unshared
from outreach.sync import exchange
from outreach.sync.folder import Folder
from outreach.sync.incoming import take_in
from outreach.sync.result import Stage
from outreach.sync.rollup import MANY
from tests.sync.conftest import Peer, Team, shop_id
from tests.sync.strangers import faults, files, given_back

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
STEPS = [(stage, done) for stage in Stage for done in ((0, 1, 2) if stage is Stage.READING else (0,))]


def sync_and_die(home: Path, share: Path, stage: Stage, done: int) -> None:
    """Sync, and be killed where that step begins."""

    def die(now: Stage, number: int, _of: int) -> None:
        if (now, number) == (stage, done):
            os.kill(os.getpid(), signal.SIGKILL)

    db = open_database(home)
    exchange.sync(db, Folder(share), exchange.laptop_of(db, home.name, home), die)


def killed(peer: Peer, stage: Stage, done: int) -> None:
    """Run that in a process of its own."""
    process = multiprocessing.get_context("spawn").Process(target=sync_and_die, args=(peer.home, peer.share, stage, done))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL


def prepared(team: Team, before: int = 0) -> tuple[Peer, Peer]:
    """Three segments wait for Lin, and two changes of Lin's wait to go, who has sent `before` segments already."""
    fang, lin, _mei = team.three()
    for number in range(before):
        lin.shop(f"店{number}")
        lin.sync()
    for shop in ("老王超市", "重庆小面", "小芳水果"):
        fang.shop(shop)
        fang.sync()
    lin.shop("兰州拉面")
    lin.note("visit", "v1", merchant=shop_id("兰州拉面"), outcome="pending", visited_at="2026-11-24")
    return fang, lin


@pytest.mark.parametrize(("stage", "done"), STEPS)
def test_killed_at_any_step_nothing_is_lost_or_doubled(team: Team, stage: Stage, done: int) -> None:
    before = MANY - 1 if stage is Stage.ROLLING else 0
    fang, lin = prepared(team, before)
    killed(lin, stage, done)
    result = lin.sync()
    assert result.set_aside == ()
    for peer in (fang, lin, fang):
        assert peer.sync().set_aside == ()
    assert (len(lin.journal()), unshared(lin.db)) == (5 + before, 0)
    assert fang.journal() == lin.journal()
    assert fang.tables() == lin.tables()
    assert len(lin.own_files()) == 1
    assert not list(team.share.rglob("*.tmp"))
    assert team.document["covers"][lin.device]["changes"] == 2 + before
    assert faults([fang, lin]) == []
    assert given_back(fang) == given_back(lin) == files(team)


def test_killed_between_the_parts_that_are_taken_away_the_rest_goes_the_next_time(team: Team) -> None:
    fang, lin = prepared(team, MANY - 1)
    lin.sync()
    *old, new = lin.own_files()
    assert len(old) == MANY
    for path in old[::2]:
        path.unlink()  # this far it had come
    lin.sync()
    assert lin.own_files() == [new]
    fang.sync()
    assert fang.journal() == lin.journal()


def test_between_sealing_and_writing_the_same_bytes_go_out(team: Team) -> None:
    _fang, lin = prepared(team)
    killed(lin, Stage.WRITING, 0)
    assert (unshared(lin.db), lin.own_files()) == (0, [])
    (row,) = lin.db.execute("SELECT hash, published FROM segment WHERE device = ?", (lin.device,)).fetchall()
    assert row["published"] == 0
    lin.shop("晚来的店")  # recorded after the crash: goes into the next segment
    result = lin.sync()
    assert result.sent == 3
    first, second = lin.own_files()
    assert first.name == f"000001-{row['hash'][:16]}.jsonl"
    assert "晚来的店" not in first.read_text(encoding="utf-8")
    assert "晚来的店" in second.read_text(encoding="utf-8")


def test_killed_while_taking_in_a_segment_takes_all_of_it_the_next_time(team: Team) -> None:
    """The transaction that absorbs is cut off in the middle: neither the changes nor the seen-set have moved."""
    fang, lin, _mei = team.three()
    for i in range(50):
        fang.shop(f"店{i}")
    fang.sync()
    process = multiprocessing.get_context("spawn").Process(target=absorb_and_die, args=(lin.home, lin.share))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert lin.journal() == set()
    assert lin.db.execute("SELECT count(*) FROM segment").fetchone()[0] == 0
    assert lin.sync().received == 50


def absorb_and_die(home: Path, share: Path) -> None:
    """Take in the only segment, and be killed when half of its changes are in the journal."""
    db = open_database(home)
    db.create_function("die", 0, lambda: os.kill(os.getpid(), signal.SIGKILL))
    db.execute("CREATE TEMP TRIGGER half AFTER INSERT ON journal WHEN NEW.seq = 25 BEGIN SELECT die(); END")
    folder = Folder(share)
    take_in(db, folder, folder.listing(), exchange.quiet)
