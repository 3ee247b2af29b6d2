"""Files appear whole or not at all, and only what is exactly a segment's name is taken for one."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach.sync.folder import create, listing, try_writing, write_segment, write_whole
from outreach.sync.segment import Place

PLACE = Place("00000000aa", 1, "0123456789abcdef")


def test_a_segment_is_listed_with_its_size(tmp_path: Path) -> None:
    write_segment(tmp_path, PLACE, b"hello\n")
    assert listing(tmp_path).sizes == {PLACE: 6}


def test_nothing_else_is_listed(tmp_path: Path) -> None:
    write_segment(tmp_path, PLACE, b"hello\n")
    own = tmp_path / "changes" / PLACE.device
    for name in ("desktop.ini", "000001-0123456789abcdef (1).jsonl", ".000001-0123456789abcdef.jsonl.00000000aa.tmp"):
        (own / name).touch()
    (own / "000002-0123456789abcdef.jsonl").mkdir()
    for device in ("UPPER00000", "short", "with space0", ".hidden000"):
        (tmp_path / "changes" / device).mkdir()
        (tmp_path / "changes" / device / PLACE.name).touch()
    assert set(listing(tmp_path).sizes) == {PLACE}


def test_a_folder_without_changes_is_empty(tmp_path: Path) -> None:
    found = listing(tmp_path)
    assert not found.sizes
    assert found.can_see(PLACE.device)


def test_what_cannot_be_listed_is_said_not_taken_for_empty(tmp_path: Path) -> None:
    (tmp_path / "changes").touch()
    found = listing(tmp_path)
    assert set(found.unlisted) == {"changes"}
    assert not found.can_see(PLACE.device)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps permissions elsewhere")
def test_others_who_share_the_folder_can_read_what_is_written(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_segment(tmp_path, PLACE, b"hello\n")
        create(tmp_path / "outreach-team.json", b"{}\n")
    finally:
        os.umask(before)
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in tmp_path.rglob("*")}
    assert modes == {"changes": 0o755, PLACE.device: 0o755, PLACE.name: 0o644, "outreach-team.json": 0o644}


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    def failing() -> Iterator[bytes]:
        yield b"half"
        raise OSError(28, "No space left on device")

    target = tmp_path / "outreach.json"
    target.write_bytes(b"before")
    with pytest.raises(OSError, match="No space"):
        write_whole(target, failing(), "aa")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"outreach.json": b"before"}


def test_what_a_lost_run_left_behind_is_used_up(tmp_path: Path) -> None:
    (tmp_path / ".outreach.json.aa.tmp").write_bytes(b"left behind by a power cut")
    write_whole(tmp_path / "outreach.json", [b"a", b"b"], "aa")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"outreach.json": b"ab"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_nothing_is_written_through_somebodys_link(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.write_bytes(b"mine")
    shared = tmp_path / "share"
    shared.mkdir()
    (shared / ".outreach.json.aa.tmp").symlink_to(private)
    write_whole(shared / "outreach.json", [b"new"], "aa")
    assert private.read_bytes() == b"mine"


def test_a_shared_folder_that_went_away_is_not_made_again(tmp_path: Path) -> None:
    gone = tmp_path / "unmounted"
    with pytest.raises(FileNotFoundError):
        write_segment(gone, PLACE, b"x")
    with pytest.raises(FileNotFoundError):
        try_writing(gone, PLACE.device)
    assert not gone.exists()


def test_trying_leaves_no_trace(tmp_path: Path) -> None:
    try_writing(tmp_path, PLACE.device)
    assert not any(p.is_file() for p in tmp_path.rglob("*"))
    (tmp_path / "changes" / "00000000bb").touch()
    with pytest.raises(OSError, match="exists"):
        try_writing(tmp_path, "00000000bb")


def test_a_small_file_is_made_once(tmp_path: Path) -> None:
    create(tmp_path / "a", b"1")
    with pytest.raises(FileExistsError):
        create(tmp_path / "a", b"2")
    assert (tmp_path / "a").read_bytes() == b"1"
