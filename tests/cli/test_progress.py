"""Progress is shown to people who wait, and to nobody else."""

import sys
from pathlib import Path

import pytest

from outreach.domain.change import Draft
from outreach.store.connection import open_database
from outreach.store.journal import record
from outreach.sync import exchange
from outreach.sync.folder import Folder
from tests.conftest import Laptop

pexpect = pytest.importorskip("pexpect")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """A shared folder with 24 segments of two other laptops."""
    share = tmp_path / "share"
    for name in ("one", "other"):
        db = open_database(tmp_path / name)
        laptop = exchange.laptop_of(db, name, tmp_path / name)
        if not share.exists():
            exchange.found(db, Folder(share), laptop)
        for number in range(12):  # fewer than are rolled up
            record(db, [Draft("merchant", f"{name}{number}", {"name": f"店{number}"})], now=number, label="test")
            exchange.sync(db, Folder(share), laptop)
        db.close()
    assert len(list(share.glob("changes/*/*.jsonl"))) == 24
    return share


def on_terminal(laptop: Laptop, *words: object) -> str:
    """What a terminal shows of a command that succeeds."""
    command = ["-m", "outreach", *map(str, words)]
    child = pexpect.spawn(sys.executable, command, env=laptop.env(TERM="xterm"), encoding="utf-8", timeout=60)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0, child.before
    return str(child.before)


def test_many_files_show_how_far_it_is(laptop: Laptop, share: Path) -> None:
    shown = on_terminal(laptop, "sync", share)
    assert "Reading" in shown
    assert "Received 24 changes: one 12, other 12." in shown


def test_a_quick_sync_shows_nothing_but_its_result(laptop: Laptop, share: Path) -> None:
    laptop.run("sync", share)
    assert on_terminal(laptop, "sync").splitlines() == ["Nothing to send.", "Nothing new from the others."]


def test_a_pipe_gets_no_progress(laptop: Laptop, share: Path) -> None:
    ran = laptop.run("sync", share)
    assert "Reading" not in ran.out + ran.err
