"""Files appear whole or not at all, and only what is exactly a segment's name is taken for one."""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach.sync.folder import IDENTITY, Folder, is_leftover
from outreach.sync.segment import Place

PLACE = Place("00000000aa", 1, "0123456789abcdef")
ME = "00000000bb"
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps permissions elsewhere, and links need a privilege")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A shared folder with nothing in it."""
    (tmp_path / "outreach-team.json").write_text("{}", encoding="utf-8")
    return Folder(tmp_path)


def contents(path: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in path.iterdir() if p.name != IDENTITY}


def test_a_segment_is_listed_with_its_size_and_read_as_it_was_written(folder: Folder) -> None:
    folder.write_segment(PLACE, b"hello\n", ME)
    found = folder.listing()
    assert (found.sizes, found.unlisted, found.pending, found.strays) == ({PLACE: 6}, {}, frozenset(), ())
    assert folder.read(PLACE.file) == b"hello\n"


def test_nothing_else_is_listed_and_what_lies_among_segments_is_counted(folder: Folder) -> None:
    folder.write_segment(PLACE, b"hello\n", ME)
    own = folder.root / "changes" / PLACE.device
    strays = ("desktop.ini", "000001-0123456789abcdef (1).jsonl", f".000001-0123456789abcdef.jsonl.{PLACE.device}.tmp")
    for name in strays:
        (own / name).touch()
    (own / "000002-0123456789abcdef.jsonl").mkdir()
    for device in ("UPPER00000", "short", "with space0", ".hidden000"):  # not a laptop's folder: nobody's business
        (folder.root / "changes" / device).mkdir()
        (folder.root / "changes" / device / PLACE.name).touch()
    found = folder.listing()
    assert set(found.sizes) == {PLACE}
    assert set(found.strays) == {f"changes/{PLACE.device}/{name}" for name in (*strays, "000002-0123456789abcdef.jsonl")}


def test_what_icloud_has_not_fetched_is_pending_not_absent(folder: Folder) -> None:
    own = folder.root / "changes" / PLACE.device
    own.mkdir(parents=True)
    (own / f".{PLACE.name}.icloud").touch()
    (own / ".holiday.jpg.icloud").touch()
    found = folder.listing()
    assert (dict(found.sizes), found.pending) == ({}, frozenset({PLACE}))
    assert found.strays == (f"changes/{PLACE.device}/.holiday.jpg.icloud",)


def test_a_folder_without_changes_is_empty(folder: Folder) -> None:
    found = folder.listing()
    assert not found.sizes
    assert found.can_see(PLACE.device)


def test_what_cannot_be_listed_is_said_not_taken_for_empty(folder: Folder) -> None:
    (folder.root / "changes").touch()
    found = folder.listing()
    assert set(found.unlisted) == {"changes"}
    assert not found.can_see(PLACE.device)


def test_leftovers_are_told_by_their_owner() -> None:
    own = f"changes/{ME}"
    assert is_leftover(f"{own}/.{PLACE.name}.{ME}.tmp", [ME])
    assert is_leftover(f"changes/{PLACE.device}/.{PLACE.name}.{ME}.tmp", [ME])  # a segment that it refilled for another
    assert is_leftover(f"{own}/.{ME}.tmp", [ME])
    for other in (f"{own}/.{PLACE.name}.{PLACE.device}.tmp", f"{own}/{PLACE.name}", f"{own}/x.tmp", f"{own}/.0{ME}.tmp"):
        assert not is_leftover(other, [ME]), other


@posix
def test_others_who_share_the_folder_can_read_what_is_written(folder: Folder) -> None:
    before = os.umask(0o022)
    try:
        folder.write_segment(PLACE, b"hello\n", ME)
        folder.create("README.txt", b"{}\n")
    finally:
        os.umask(before)
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in folder.root.rglob("*") if p.name != IDENTITY}
    assert modes == {"changes": 0o755, PLACE.device: 0o755, PLACE.name: 0o644, "README.txt": 0o644}


def test_a_write_that_fails_leaves_what_was_there(folder: Folder) -> None:
    def failing() -> Iterator[bytes]:
        yield b"half"
        raise OSError(28, "No space left on device")

    (folder.root / "outreach.json").write_bytes(b"before")
    with pytest.raises(OSError, match="No space"):
        folder.write_whole("outreach.json", failing(), ME)
    assert contents(folder.root) == {"outreach.json": b"before"}


def test_what_a_lost_run_left_behind_is_used_up(folder: Folder) -> None:
    (folder.root / f".outreach.json.{ME}.tmp").write_bytes(b"left behind by a power cut")
    (folder.root / f".outreach.json.{PLACE.device}.tmp").write_bytes(b"another laptop is writing now")
    folder.write_whole("outreach.json", [b"a", b"b"], ME)
    assert contents(folder.root) == {
        "outreach.json": b"ab", f".outreach.json.{PLACE.device}.tmp": b"another laptop is writing now",
    }  # fmt: skip


@posix
def test_nothing_is_written_through_somebodys_link(folder: Folder) -> None:
    private = folder.root / "private"
    private.write_bytes(b"mine")
    (folder.root / f".outreach.json.{ME}.tmp").symlink_to(private)
    folder.write_whole("outreach.json", [b"new"], ME)
    assert private.read_bytes() == b"mine"


def test_a_shared_folder_that_went_away_is_not_made_again(tmp_path: Path) -> None:
    gone = Folder(tmp_path / "unmounted")
    assert not gone.is_there()
    for _turn in ("unmounted", "an empty mount point"):
        with pytest.raises(OSError, match="No such device"):
            gone.write_segment(PLACE, b"x", ME)
        with pytest.raises(OSError, match="No such device"):
            gone.try_writing(PLACE.device)
        assert not gone.root.exists() or not list(gone.root.iterdir())
        gone.root.mkdir(exist_ok=True)


def test_trying_leaves_no_trace(folder: Folder) -> None:
    folder.try_writing(PLACE.device)
    assert [p.name for p in folder.root.rglob("*") if p.is_file()] == [IDENTITY]
    (folder.root / "changes" / ME).touch()
    with pytest.raises(OSError, match="exists"):
        folder.try_writing(ME)


def test_a_small_file_is_made_once(folder: Folder) -> None:
    folder.create("a", b"1")
    with pytest.raises(FileExistsError):
        folder.create("a", b"2")
    assert folder.read("a") == b"1"


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks there for what is open")
def test_a_small_file_that_cannot_be_written_is_closed_before_it_is_taken_away(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = Path.unlink

    def as_on_windows(path: Path, missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002 - pathlib's own
        opened = {os.path.realpath(f"/proc/self/fd/{number}") for number in os.listdir("/proc/self/fd")}
        if os.path.realpath(path) in opened:
            raise PermissionError(errno.EACCES, "it is open")
        unlink(path, missing_ok)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "unlink", as_on_windows)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="full"):
        folder.create("a", b"1")
    assert contents(folder.root) == {}


def test_taking_away_what_is_gone_already_is_no_error(folder: Folder) -> None:
    folder.write_segment(PLACE, b"hello\n", ME)
    folder.remove(PLACE.file)
    folder.remove(PLACE.file)
    assert folder.listing().sizes == {}
