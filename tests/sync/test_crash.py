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
from outreach.sync.result import Stage
from tests.sync.conftest import Peer, Team

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


def prepared(team: Team) -> tuple[Peer, Peer]:
    """Three segments wait for Lin, and two changes of Lin's wait to go."""
    fang, lin, _mei = team.three()
    for shop in ("老王超市", "重庆小面", "小芳水果"):
        fang.shop(shop)
        fang.sync()
    lin.shop("兰州拉面")
    lin.note("visit", "v1", merchant="m-兰州拉面", outcome="pending", visited_at="2026-11-24")
    return fang, lin


@pytest.mark.parametrize(("stage", "done"), STEPS)
def test_killed_at_any_step_nothing_is_lost_or_doubled(team: Team, stage: Stage, done: int) -> None:
    fang, lin = prepared(team)
    killed(lin, stage, done)
    result = lin.sync()
    assert result.set_aside == ()
    for peer in (fang, lin, fang):
        peer.sync()
    assert (len(lin.journal()), unshared(lin.db)) == (5, 0)
    assert fang.journal() == lin.journal()
    assert fang.tables() == lin.tables()
    assert len(lin.own_files()) == 1
    assert not list(team.share.rglob("*.tmp"))


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
    """Take in the only segment, and be killed at its 30th change."""
    from outreach.store import segments
    from outreach.sync.folder import listing
    from outreach.sync.reading import read

    db = open_database(home)
    (place,) = listing(share).sizes
    found = read(place, (share / place.file).read_bytes())

    def some_changes() -> object:
        for number, change in enumerate(found.changes()):
            if number == 30:
                os.kill(os.getpid(), signal.SIGKILL)
            yield change

    segment = segments.Segment(place.device, place.number, found.hash, found.head)
    segments.take_in(db, segment, "fang", some_changes())  # type: ignore[arg-type]
