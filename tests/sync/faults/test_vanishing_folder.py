"""A shared folder that goes away in the middle of a sync, at each of its stages: pulled out, renamed, its share disconnected.

What the sync says is one of our sentences or a file that is set aside; nothing is lost; and nothing is written to what is in
the folder's place then: an empty mount point, on the laptop's own disk.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from outreach.errors import OutreachError
from outreach.store.check import examine
from outreach.sync.result import Stage, SyncResult
from tests.sync.conftest import Peer, Team, shop_id
from tests.sync.faults.disks import disk, unplug
from tests.sync.faults.dying import MANY

STEPS = [(stage, done) for stage in Stage for done in ((0, 1) if stage is Stage.READING else (0,))]
Step = tuple[Stage, int]
steps = pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step[0]} {step[1]}")


@pytest.fixture
def stick(team: Team) -> Iterator[Path]:
    """The team's folder on a disk of its own."""
    team.share.mkdir()
    with disk(team.share, "size=1m") as place:
        yield place


def prepared(team: Team) -> tuple[Peer, Peer]:
    """Lin is about to roll up, has two changes to send, and two files of Fang's to take in."""
    fang, lin, _mei = team.three()
    for number in range(MANY - 1):
        lin.shop(f"店{number}")
        lin.sync()
    for shop in ("老王超市", "重庆小面"):
        fang.shop(shop)
        fang.sync()
    lin.shop("兰州拉面")
    lin.note("visit", "v1", merchant=shop_id("兰州拉面"), outcome="pending", visited_at="2026-11-24")
    return fang, lin


def interrupted(peer: Peer, step: Step, happens: Callable[[], object]) -> SyncResult | None:
    """A sync in the middle of which something happens, once; None where it ended with a sentence."""
    happened: list[Step] = []

    def progress(stage: Stage, done: int, _of: int) -> None:
        if (stage, done) == step and not happened:
            happened.append(step)
            happens()

    try:
        return peer.sync(progress=progress, many=MANY)
    except OutreachError:  # and nothing else: it has a sentence
        return None
    finally:
        assert happened == [step]


def nothing_lost(peer: Peer, before: set[tuple[object, ...]]) -> None:
    """All that was recorded is there, and doctor is content."""
    assert before <= peer.journal()
    assert [finding for finding in examine(peer.db) if not finding.ok] == []


def all_goes_round(fang: Peer, lin: Peer) -> None:
    """The folder is back: everything reaches everyone."""
    for peer in (lin, fang, lin):
        result = peer.sync()
        assert result.set_aside == ()
    assert (fang.journal(), fang.tables()) == (lin.journal(), lin.tables())
    assert len(fang.journal()) == MANY - 1 + 4
    assert not list(lin.share.rglob("*.tmp"))
    assert fang.sync().export_sha256 == lin.sync().export_sha256


@steps
def test_it_is_renamed_away(team: Team, step: Step) -> None:
    """Somebody tidies up. Whoever syncs meanwhile makes no new folder under the old name."""
    fang, lin = prepared(team)
    before = lin.journal()
    away = team.share.with_name("tidied away")
    result = interrupted(lin, step, lambda: team.share.rename(away))
    assert not os.path.lexists(team.share)
    assert result is None or result.set_aside
    nothing_lost(lin, before)
    with pytest.raises(OutreachError, match="is not there"):
        lin.sync()
    away.rename(team.share)
    all_goes_round(fang, lin)


@steps
def test_it_is_pulled_out(team: Team, stick: Path, step: Step) -> None:
    """The mount point stays behind, an empty folder that could be written to. It stays empty."""
    fang, lin = prepared(team)
    before = lin.journal()
    stays = os.open(stick, os.O_RDONLY)  # the disk goes on living, as the real one does in somebody's pocket
    try:
        result = interrupted(lin, step, lambda: unplug(stick))
        assert list(stick.iterdir()) == []
        assert result is None or result.set_aside
        nothing_lost(lin, before)
        with pytest.raises(OutreachError, match="emptied, or another disk"):
            lin.sync()
        lin.share = fang.share = Path(shutil.copytree(f"/proc/self/fd/{stays}", team.place / "again"))  # plugged in elsewhere
        all_goes_round(fang, lin)
    finally:
        os.close(stays)


@steps
def test_what_it_held_is_deleted(team: Team, step: Step) -> None:
    """All of it, by somebody's hand. Filled again on purpose, it has everything again."""
    fang, lin = prepared(team)
    before = lin.journal()

    def empty() -> None:
        for path in sorted(team.share.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()

    interrupted(lin, step, empty)
    nothing_lost(lin, before)
    with suppress(OutreachError):
        lin.found()
    all_goes_round(fang, lin)
