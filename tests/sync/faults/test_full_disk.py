"""A full disk, the shared one or the laptop's own: it is said, nothing is lost, and with room again all goes its way."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Laptop, Ran
from tests.sync.faults.conftest import agree, busy_day, shops, sound
from tests.sync.faults.disks import PAGE, disk, fill, mount, use_up_names
from tests.sync.views import files_of, is_whole

Three = tuple[Laptop, Laptop, Laptop]


@pytest.fixture
def stick(share: Path) -> Iterator[Path]:
    """A stick of a quarter of a megabyte that takes forty files."""
    share.mkdir()
    with disk(share, "size=256k,nr_inodes=40"):
        yield share


def in_order(stick: Path) -> None:
    """What lies there is whole, and nothing is half-written."""
    assert all(is_whole(file, data) for file, data in files_of(stick).items())
    assert not list(stick.rglob("*.tmp"))


@pytest.mark.parametrize("pages", [0, 1, 4, 6, 8, 12])
def test_a_full_stick(three: Three, stick: Path, pages: int) -> None:
    """With room for nothing, for a part of the segment, for the segment but not the export, and for both."""
    fang, lin, _mei = three
    fang.run("sync", stick, "--init")
    lin.run("sync", stick)
    busy_day(fang, 60)
    ballast = fill(stick, leaving=pages * PAGE)
    ran = fang.run("sync", code=None)
    said_to_be_full(ran, may_fit=pages > 3)
    in_order(stick)
    lin.run("sync", code=None)
    in_order(stick)
    ballast.unlink()
    agree(fang, lin)
    assert len(shops(lin)) == 60


def said_to_be_full(ran: Ran, *, may_fit: bool) -> None:
    """Exit 3 and what waits and why; or nothing of it, where it fits."""
    assert ran.code in ((0, 3) if may_fit else (3,))
    if ran.code:
        assert "it cannot be written; what was to go there waits here (no space is left on the disk)" in ran.out
    assert ran.err == ""


@pytest.mark.parametrize("names", [0, 1, 2, 3])
def test_a_stick_that_takes_no_more_files(three: Three, stick: Path, names: int) -> None:
    fang, lin, _mei = three
    fang.run("sync", stick, "--init")
    busy_day(fang, 5)
    ballast = use_up_names(stick, leaving=names)
    said_to_be_full(fang.run("sync", code=None), may_fit=names > 1)
    in_order(stick)
    for path in [*ballast.iterdir()]:
        path.unlink()
    lin.run("sync", stick)
    agree(fang, lin)
    assert len(shops(lin)) == 5


@pytest.mark.parametrize("pages", [0, 1])
def test_a_full_stick_cannot_be_made_the_shared_folder_and_later_can(three: Three, stick: Path, pages: int) -> None:
    fang, lin, _mei = three
    busy_day(fang, 5)
    ballast = fill(stick, leaving=pages * PAGE)
    ran = fang.run("sync", stick, "--init", code=1)
    assert "cannot be made a shared folder (no space is left on the disk)" in ran.err
    assert not (stick / "outreach-team.json").exists()
    ballast.unlink()
    fang.run("sync", stick, "--init")
    lin.run("sync", stick)
    agree(fang, lin)


def test_a_stick_that_is_filled_up_to_the_brim_by_the_team_itself(three: Three, stick: Path) -> None:
    """Nothing but their own records on it: each goes on recording, and what does not fit waits."""
    fang, lin, _mei = three
    fang.run("sync", stick, "--init")
    lin.run("sync", stick)
    for laptop in (fang, lin):
        busy_day(laptop, 400)
    codes = [laptop.run("sync", code=None).code for laptop in (fang, lin, fang, lin)]
    assert set(codes) <= {0, 3}
    assert 3 in codes
    in_order(stick)
    assert any(laptop.json("sync", code=None)["set_aside"] for laptop in (fang, lin))
    assert sound(fang)
    assert sound(lin)
    mount("-o", "remount,size=4m", str(stick))  # all of it copied to a bigger one
    agree(fang, lin)
    assert len(shops(lin)) == 800


# The laptop's own disk


@pytest.fixture
def small(three: Three) -> Iterator[Laptop]:
    """A laptop with eight megabytes for its data."""
    _fang, _lin, mei = three
    (mei.home / "settings.toml").unlink()
    with disk(mei.home, "size=8m,mode=700"):
        (mei.home / "settings.toml").write_text('laptop = "mei"\n', encoding="utf-8")
        yield mei


@pytest.mark.parametrize("kilobytes", [0, 16, 64, 256, 1024])
def test_a_full_laptop(three: Three, small: Laptop, share: Path, kilobytes: int) -> None:
    """It has something to send, and much to take in."""
    fang, _lin, _mei = three
    fang.run("sync", share, "--init")
    small.run("sync", share)
    busy_day(fang, 1500)
    fang.run("sync")
    busy_day(small, 30)
    before = files_of(share)
    ballast = fill(small.home, leaving=kilobytes * 1024)
    for _time in range(2):
        one_sentence(small.run("sync", code=None))
    assert before.items() <= files_of(share).items()
    ballast.unlink()
    assert len(shops(small)) >= 30
    agree(fang, small)
    assert len(shops(fang)) == 1530


def one_sentence(ran: Ran) -> None:
    """Done; or refused, with one sentence that says what is full."""
    assert ran.code in (0, 1)
    if ran.code:
        assert re.fullmatch(r"[^\n]*(is full|no space is left on the disk)[^\n]*\n", ran.err), ran.err
        assert not re.search(r"sqlite|Errno|Error", ran.err)


def test_a_first_sync_on_a_full_laptop(three: Three, small: Laptop, share: Path) -> None:
    fang, _lin, _mei = three
    busy_day(fang, 1500)
    fang.run("sync", share, "--init")
    small.run("list")
    ballast = fill(small.home, leaving=256 * 1024)
    one_sentence(small.run("sync", share, code=1))
    ballast.unlink()
    assert small.json("list")["merchants"] == [], "all of it or nothing"
    small.run("sync", share)
    agree(fang, small)
    assert len(shops(small)) == 1500
