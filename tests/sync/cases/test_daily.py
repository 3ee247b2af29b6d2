"""SYNC-CASES B: what breaks in daily use. docs/sync.md says where the cases that are not here are tested."""

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from outreach.domain.acts import community_id, mark_id
from outreach.errors.sharing import IdentityUnreadable
from outreach.store.journal import unshared
from outreach.sync import exchange
from outreach.sync.folder import Folder
from outreach.sync.identity import is_moved_by_others
from outreach.sync.result import Reason, Remark, SyncResult
from outreach.sync.rollup import MANY
from tests.sync.conftest import Peer, Team
from tests.sync.strangers import ZZ, faults, line, made, names, put, remarks, waiting
from tests.sync.views import FaultyFolder

COPIES = [
    "{stem}.sync-conflict-20261124-101112-ABCDEFG.jsonl",  # Syncthing
    "{stem} (conflicted copy).jsonl",
    "{stem} (林晓's conflicted copy 2026-11-24).jsonl",  # Dropbox
    "{stem} (冲突副本).jsonl",
    "{stem}(冲突副本 2026-11-24).jsonl",  # Nutstore
    "{stem}-DESKTOP-AB12.jsonl",  # OneDrive
    "{stem} (1).jsonl",
    "{stem} - 副本.jsonl",  # Windows
    "{name}~",
    "~${name}",
    "{name}.tmp",
    "{name}.part",
    ".{name}.swp",
    "{upper}",
    "desktop.ini",
    "Thumbs.db",
    ".DS_Store",
    "._{name}",
]


@pytest.mark.parametrize("copy", COPIES)
def test_14_a_copy_that_a_sync_program_made_is_counted_and_passed_over(team: Team, copy: str) -> None:
    fang, lin, _mei = team.three()
    fang.shop("老王超市")
    fang.sync()
    (path,) = fang.own_files()
    stray = path.with_name(copy.format(stem=path.stem, name=path.name, upper=path.name.upper()))
    shutil.copy(path, stray)
    for peer in (fang, lin):
        result = peer.sync()
        assert remarks(result) == [(Remark.STRAYS, 1)]
        assert result.set_aside == ()
        assert names(peer) == {"老王超市"}
    assert stray.exists(), "and nobody deletes it"
    assert len({peer.device for peer in (fang, lin)}) == 2


def test_14_a_second_version_of_a_number_is_another_writer_and_both_are_kept(team: Team) -> None:
    fang, lin, _mei = team.three()
    fang.shop("老王超市")
    fang.sync()
    was = fang.device
    put(team, was, line("m9", name="克隆"), number=1)
    assert remarks(fang.sync()) == [(Remark.NEW_IDENTITY, 0)]
    assert fang.device != was
    lin.sync()
    assert names(fang) == names(lin) == {"老王超市", "克隆"}


def sync_with(peer: Peer, folder: Folder) -> SyncResult:
    return exchange.sync(peer.db, folder, exchange.laptop_of(peer.db, peer.name, peer.home))


@pytest.mark.parametrize("number", [errno.EBUSY, errno.EACCES, errno.ENOSPC, errno.EXDEV, errno.EROFS, errno.EIO])
@pytest.mark.parametrize("step", range(6))
def test_15_whatever_the_folder_refuses_waits_and_goes_the_next_time(team: Team, number: int, step: int) -> None:
    fang, lin, _mei = team.three()
    lin.shop("重庆小面")
    lin.sync()
    fang.shop("老王超市")
    with suppress(IdentityUnreadable):  # where it is the identity file: nothing was done
        sync_with(fang, FaultyFolder(team.share, faults={step: number}))
    fang.sync()
    lin.sync()
    assert names(fang) == names(lin) == {"老王超市", "重庆小面"}
    assert unshared(fang.db) == 0
    assert faults([fang, lin]) == []


def test_15_a_file_that_is_held_for_a_moment_is_tried_again(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an antivirus does on Windows (WinError 5 and 32, which Python gives as EACCES)."""
    fang, _lin, _mei = team.three()
    fang.shop("老王超市")
    left = [errno.EACCES, errno.EBUSY, errno.EACCES]
    replace = Path.replace

    def held(source: Path, target: Path) -> Any:
        if left:
            raise OSError(code := left.pop(), os.strerror(code))
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", held)
    assert (fang.sync().sent, left) == (1, [])


def test_15_and_trying_ends(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    fang, _lin, _mei = team.three()
    fang.shop("老王超市")
    with monkeypatch.context() as patched:

        def held(_source: Path, _target: Path) -> Any:
            raise OSError(errno.EACCES, "held")

        patched.setattr(Path, "replace", held)
        (item,) = fang.sync().set_aside
    assert (item.reason, item.why) == (Reason.NOT_WRITABLE, "you may not do that there")
    assert [p for p in team.share.rglob("*") if p.name.endswith(".tmp")] == []
    assert fang.sync().sent == 1


def test_18_nothing_came_is_said_and_what_came_is_said_by_laptop(team: Team) -> None:
    fang, lin, mei = team.three()
    assert (fang.sync().arrivals, fang.sync().received) == ((), 0)
    for peer in (fang, lin):
        peer.shop(f"店{peer.name}")
        peer.sync()
    put(team, ZZ, line("m1"), '{"fields":{"name":1.5},"id":"m2","kind":"merchant","stamp":5}')
    place, data = made(ZZ, line("m3"), number=2)
    Folder(team.share).write_segment(place, data[:-1], ZZ)
    result = mei.sync()
    assert [(a.name, a.changes) for a in result.arrivals] == [("fang", 1), ("far away", 1), ("lin", 1)]
    assert sorted(waiting(result).values()) == [Reason.MALFORMED, Reason.TORN]


def test_20_28_a_new_laptop_reads_few_files_after_long_work(team: Team) -> None:
    """A small version of scripts/bench: three laptops, 120 days. Files stay few, and bytes near what the changes need."""
    fang, lin, mei = team.three()
    for day in range(120):
        for peer in (fang, lin, mei):
            peer.note("merchant", f"{peer.name}{day}", name=f"店{day}", address="皮村东街", hours="8-22")
            peer.sync()
    for peer in (fang, lin, mei):
        peer.sync()
    files = list(team.share.rglob("*.jsonl"))
    assert len(files) < 3 * 2 * MANY
    lines = sum(len(path.read_bytes().partition(b"\n")[2]) for path in files)
    assert sum(path.stat().st_size for path in files) < 1.5 * lines
    fresh = team.peer("new")
    read: list[str] = []

    class Counting(Folder):
        def read(self, file: str) -> bytes:
            read.append(file)
            return super().read(file)

    assert sync_with(fresh, Counting(team.share)).received == 360
    assert len(read) <= 2 * len(files) + 1, "each once, and once read back"
    assert fresh.tables() == fang.tables()


@pytest.mark.parametrize("sealed", ["age/1", "aes", ""])
def test_21_22_what_is_sealed_otherwise_waits_is_named_and_holds_nobody_up(team: Team, sealed: str) -> None:
    """Encryption comes later; its place is the header's `sealed`. test_versions.py shows that an upgrade takes it in."""
    fang, lin, _mei = team.three()
    fang.shop("老王超市")
    fang.sync()
    place, data = made(ZZ, line("m1"))
    data = data.replace(b'"sealed":"plain"', f'"sealed":"{sealed}"'.encode())
    Folder(team.share).write_segment(place, data, ZZ)
    for _again in range(2):
        result = lin.sync()
        assert waiting(result) == {place.file: Reason.TOO_NEW}
        assert names(lin) == {"老王超市"}
    assert (team.share / place.file).read_bytes() == data, "and it is left alone"


@pytest.mark.parametrize(
    "where",
    [
        "Dropbox", "OneDrive - 协作者", "Nutstore", "我的坚果云", "Google Drive", "iCloudDrive", "Syncthing", "百度网盘",
        "Nextcloud",
    ],
)  # fmt: skip
def test_23_a_home_that_a_sync_program_moves_is_warned_of(tmp_path: Path, where: str) -> None:
    assert is_moved_by_others(tmp_path / where / "outreach")
    assert not is_moved_by_others(tmp_path / "Documents" / "outreach")


@pytest.mark.parametrize("mark", [".stfolder", ".dropbox.cache", ".nutstore"])
def test_23_and_so_is_one_below_a_sync_programs_mark(tmp_path: Path, mark: str) -> None:
    (tmp_path / "office" / mark).mkdir(parents=True)
    assert is_moved_by_others(tmp_path / "office" / "data" / "outreach")


def test_23_it_is_said_at_every_sync_and_stops_nothing(team: Team) -> None:
    fang, _lin, _mei = team.three()
    (fang.home / ".stfolder").mkdir()
    fang.shop("老王超市")
    for sent in (1, 0):
        result = fang.sync()
        assert (result.sent, (Remark.HOME_IS_MOVED, 0) in remarks(result)) == (sent, True)


def test_25_the_same_mark_and_the_same_community_on_two_laptops_are_one(team: Team) -> None:
    fang, lin, mei = team.three()
    fang.note("merchant", "m1", name="老王超市")
    fang.sync()
    lin.sync()
    for peer, typed, due in ((fang, "皮村", "2026-11-27"), (lin, " 皮村", "2026-11-28")):
        peer.note("community", community_id(typed), name=typed.strip())
        peer.note("tag", mark_id("m1", "跟进"), merchant="m1", label="跟进", due=due)
    for peer in (fang, lin, mei, fang):
        peer.sync()
    for peer in (fang, lin, mei):
        assert [r["name"] for r in peer.db.execute("SELECT name FROM community WHERE live = 1")] == ["皮村"]
        assert [r["due"] for r in peer.db.execute("SELECT due FROM tag WHERE live = 1")] == ["2026-11-28"]


def test_26_what_is_listed_but_cannot_be_read_waits_by_name_and_is_neither_absent_nor_put_back(team: Team) -> None:
    fang, lin, mei = team.three()
    fang.shop("老王超市")
    fang.sync()
    (path,) = fang.own_files()
    data, holder = path.read_bytes(), path.with_name(f".{path.name}.icloud")
    path.rename(holder)
    result = lin.sync()
    assert waiting(result) == {path.relative_to(team.share).as_posix(): Reason.UNREADABLE}
    assert remarks(fang.sync()) == []
    assert not path.exists()
    holder.unlink()
    path.write_bytes(data)
    assert lin.sync().received == 1
    locked = FaultyFolder(team.share, faults={2: errno.EBUSY})
    (item,) = sync_with(mei, locked).set_aside
    assert (item.file, item.reason, item.why) == (
        path.relative_to(team.share).as_posix(), Reason.UNREADABLE, "another program is using it",
    )  # fmt: skip
    assert mei.sync().received == 1


def test_27_nothing_but_segments_and_three_files_ever_appears_in_the_folder(team: Team) -> None:
    """No lock, no marker, no pointer: at every step of every sync."""
    peers = team.three()
    seen: set[str] = set()

    def look(*_step: object) -> None:
        seen.update(p.relative_to(team.share).as_posix() for p in team.share.rglob("*") if p.is_file())

    for day in range(MANY + 2):
        for peer in peers:
            peer.note("merchant", f"{peer.name}{day}", name=f"店{day}")
            peer.sync(progress=look)
            look()
    segments = {file for file in seen if file.startswith("changes/") and file.endswith(".jsonl")}
    assert seen - segments == {"outreach-team.json", "README.txt", "outreach.json"}
