"""Two syncs and ten visits at once on one laptop: real processes, all of which succeed, and nothing of which is lost."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from outreach.store.connection import open_database, set_meta, transaction
from outreach.sync.result import Stage
from tests.conftest import Laptop, Ran
from tests.sync.conftest import Team
from tests.sync.faults.conftest import agree, busy_day, sound

Three = tuple[Laptop, Laptop, Laptop]
VISITS = 10


def at_once(laptop: Laptop, *commands: tuple[str, ...]) -> list[Ran]:
    """Run them side by side; insist that each exits with 0."""
    with ThreadPoolExecutor(len(commands)) as pool:
        return list(pool.map(lambda words: laptop.process(*words, OUTREACH_WORKER="王芳"), commands))


def notes(laptop: Laptop) -> list[str]:
    """The notes of the visits to the one shop, sorted."""
    return sorted(visit["note"] for visit in laptop.json("show", "老王超市")["visits"])


def in_folder(share: Path, note: str) -> int:
    """In how many lines of the folder's segments a note stands."""
    return sum(path.read_text(encoding="utf-8").count(f'"note":"{note}"') for path in share.glob("changes/*/*.jsonl"))


@pytest.mark.parametrize("round_", range(2))
def test_two_syncs_and_ten_visits_at_once(three: Three, share: Path, round_: int) -> None:
    fang, lin, _mei = three
    fang.shop("老王超市", "pending", "--note", f"first {round_}")
    fang.run("sync", share, "--init")
    busy_day(lin, 50)
    lin.run("sync", share)
    visits = [("visit", "老王超市", "pending", "--note", f"note {n}") for n in range(VISITS)]
    ran = at_once(fang, ("sync",), *visits, ("sync",))
    assert all(r.out.startswith("Recorded: 老王超市") and r.err == "" for r in ran[1:-1])
    wanted = sorted([f"first {round_}", *(f"note {n}" for n in range(VISITS))])
    assert notes(fang) == wanted
    fang.run("sync")
    assert [in_folder(share, note) for note in wanted] == [1] * len(wanted)
    assert sound(fang)
    agree(fang, lin)
    assert notes(lin) == wanted


def test_both_syncs_together_receive_once_and_send_once(three: Three, share: Path) -> None:
    fang, lin, _mei = three
    busy_day(fang, 40)
    fang.run("sync", share, "--init")
    busy_day(lin, 30)
    lin.run("sync", share, "--dry-run")
    ran = at_once(lin, *[("sync", str(share))] * 2)
    assert sum("Sent 30 changes." in r.out for r in ran) == 1
    assert sum("Received 40 changes: fang 40." in r.out for r in ran) == 1
    assert len(list(share.glob("changes/*/*.jsonl"))) == 2
    agree(fang, lin)


def being_written(home: Path, begun: Event) -> None:
    """Another terminal's visit, caught in the middle of being written."""
    with closing(open_database(home)) as db, transaction(db):
        set_meta(db, "visit", "of another terminal")
        begun.set()
        time.sleep(0.5)


def test_sealing_waits_for_a_visit_that_is_being_written(team: Team) -> None:
    """SQLite refuses at once, and without its patience, who has read before it wants to write."""
    fang, _lin, _mei = team.three()
    fang.shop("老王超市")
    others: list[Future[None]] = []
    with ThreadPoolExecutor(1) as pool:

        def progress(stage: Stage, _done: int, _of: int) -> None:
            if stage is Stage.SEALING:
                begun = Event()
                others.append(pool.submit(being_written, fang.home, begun))
                begun.wait(10)

        assert fang.sync(progress=progress).sent == 1
    assert [other.result() for other in others] == [None]
