"""Two processes on one laptop are normal: two syncs at once, and somebody recording meanwhile."""

import multiprocessing
import threading
from pathlib import Path

import pytest

from outreach.domain.change import Draft
from outreach.store.connection import open_database
from outreach.store.journal import record, unshared
from outreach.store.lock import alone
from outreach.sync import exchange
from outreach.sync.folder import Folder
from outreach.sync.result import Stage
from outreach.sync.rollup import MANY
from tests.sync.conftest import NOON, Peer, Team, shop_id


def sync(home: Path, share: Path) -> None:
    db = open_database(home)
    exchange.sync(db, Folder(share), exchange.laptop_of(db, home.name, home))
    db.close()


def test_several_syncs_of_one_laptop_at_once(team: Team) -> None:
    fang, lin, _mei = team.three()
    for i in range(20):
        fang.shop(f"店{i}")
        fang.sync()
    for i in range(20):
        lin.shop(f"林店{i}")
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=sync, args=(lin.home, lin.share)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * 4
    lin.sync()
    assert (len(lin.own_files()), unshared(lin.db), len(lin.journal())) == (1, 0, 40)
    assert len(lin.db.execute("SELECT * FROM journal").fetchall()) == 40
    fang.sync()
    assert fang.tables() == lin.tables()
    assert not list(team.share.rglob("*.tmp"))


def test_recording_goes_on_while_another_sync_runs(team: Team) -> None:
    fang, _lin, _mei = team.three()
    with alone(fang.home):
        fang.shop("老王超市")
    assert fang.sync().sent == 1


@pytest.mark.parametrize("stage", Stage)
def test_what_is_recorded_during_a_sync_is_in_its_segment_or_waits(team: Team, stage: Stage) -> None:
    """And the export never shows a record whose change was not sealed."""
    fang, lin, _mei = team.three()
    before = MANY - 1 if stage is Stage.ROLLING else 0
    for number in range(before):
        fang.shop(f"店{number}")
        fang.sync()
    lin.shop("老王超市")
    lin.sync()
    fang.shop("重庆小面")

    steps: list[Stage] = []

    def meanwhile(now: Stage, _done: int, _of: int) -> None:
        steps.append(now)
        if now is stage:
            note_in_another_connection(fang, "小芳水果")

    fang.sync(progress=meanwhile)
    assert [step for step in steps if step is stage]
    sealed = "小芳水果" in "".join(p.read_text(encoding="utf-8") for p in fang.own_files())
    assert sealed is (unshared(fang.db) == 0)
    assert ("小芳水果" in team.export.decode()) is sealed
    assert team.document["covers"][fang.device]["changes"] == before + 1 + sealed
    fang.sync()
    lin.sync()
    assert lin.tables() == fang.tables()
    assert lin.journal() == fang.journal()
    assert unshared(fang.db) == 0


def note_in_another_connection(peer: Peer, name: str) -> None:
    def work() -> None:
        db = open_database(peer.home)
        record(db, [Draft("merchant", shop_id(name), {"name": name})], now=NOON, label="test")
        db.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
