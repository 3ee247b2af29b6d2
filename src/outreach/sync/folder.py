"""The shared folder on disk: what lies where, listing it, and writing a file whole or not at all.

Knows no database and no content. Absence means nothing here: what is not listed is not listed, and nothing is ever deleted
but this laptop's own leftovers. Files get the folder's usual permissions, so that everyone who shares it can read them.
"""

import errno
import os
import re
import time
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from outreach.faults import why
from outreach.sync.segment import Place, place_of

CHANGES = "changes"
EXPORT = "outreach.json"
IDENTITY = "outreach-team.json"
_DEVICE = re.compile(r"[0-9a-z]{8,40}")
_IN_WRITING = re.compile(r"\.(.+\.)?[0-9a-z]{8,40}\.tmp")
_PLACEHOLDER = re.compile(r"\.(.+)\.icloud")  # what iCloud Drive leaves of a file that it has not fetched
_HELD = {errno.EACCES, errno.EBUSY, errno.EPERM, errno.ETXTBSY}
_PAUSES = (0.1, 0.2, 0.4)  # an antivirus or a sync program may hold a fresh file for a moment (Windows)


@dataclass(frozen=True)
class Listing:
    """The segments that lie in the folder, by place, with their sizes in bytes; and what could not be listed, and why.

    `pending`: segments that are announced, but not fetched. `strays`: files in the laptops' folders that are none of ours.
    """

    sizes: Mapping[Place, int]
    unlisted: Mapping[str, str] = field(default_factory=dict)
    pending: frozenset[Place] = frozenset()
    strays: tuple[str, ...] = ()

    def can_see(self, device: str) -> bool:
        """Whether the folder of a device was listed, or there is none."""
        return not {CHANGES, f"{CHANGES}/{device}"} & self.unlisted.keys()


@dataclass
class _Found:
    sizes: dict[Place, int] = field(default_factory=dict)
    unlisted: dict[str, str] = field(default_factory=dict)
    pending: set[Place] = field(default_factory=set)
    strays: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Folder:
    """A folder that reaches every laptop. Paths within it are relative, with slashes. Every method raises OSError."""

    root: Path

    def is_there(self) -> bool:
        """Whether anything is mounted there."""
        return os.path.isdir(self.root)  # pathlib's own raises where a drive is gone

    def read(self, file: str) -> bytes:
        """The whole of a file."""
        return (self.root / file).read_bytes()

    def open(self, file: str) -> BinaryIO:
        """A file, to be read piece by piece."""
        return (self.root / file).open("rb")

    def listing(self) -> Listing:
        """What lies in the folder. Anything whose name is not exactly a segment's is passed over, and counted."""
        found = _Found()
        for device in self._devices(found):
            try:
                self._look(device, found)
            except OSError as error:
                found.unlisted[f"{CHANGES}/{device}"] = why(error)
        return Listing(found.sizes, found.unlisted, frozenset(found.pending), tuple(sorted(found.strays)))

    def _devices(self, found: _Found) -> list[str]:
        try:
            with os.scandir(self.root / CHANGES) as entries:
                return sorted(e.name for e in entries if _DEVICE.fullmatch(e.name) and e.is_dir())
        except FileNotFoundError:
            return []
        except OSError as error:
            found.unlisted[CHANGES] = why(error)
            return []

    def _look(self, device: str, found: _Found) -> None:
        with os.scandir(self.root / CHANGES / device) as entries:
            for entry in entries:
                waits = _PLACEHOLDER.fullmatch(entry.name)
                place = place_of(device, waits[1] if waits else entry.name)
                if place is None or not entry.is_file():
                    found.strays.append(f"{CHANGES}/{device}/{entry.name}")
                elif waits:
                    found.pending.add(place)
                else:
                    found.sizes[place] = entry.stat().st_size

    def try_writing(self, device: str) -> None:
        """Raises OSError where this laptop cannot write its segments."""
        beside = self._folder_of(device) / f".{device}.tmp"
        beside.unlink(missing_ok=True)
        beside.open("xb").close()
        beside.unlink()

    def write_segment(self, place: Place, data: bytes, owner: str) -> None:
        """Put a segment in its place. `owner`: this laptop's id."""
        self._folder_of(place.device)
        self.write_whole(place.file, [data], owner)

    def _folder_of(self, device: str) -> Path:
        """A laptop's folder. The shared folder itself is never made here: without it, something else is mounted there."""
        self._insist()
        for folder in (self.root / CHANGES, self.root / CHANGES / device):
            folder.mkdir(exist_ok=True)
        return self.root / CHANGES / device

    def _insist(self) -> None:
        if not os.path.isfile(self.root / IDENTITY):
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))

    def write_whole(self, file: str, pieces: Iterable[bytes], owner: str) -> None:
        """Write beside, flush to the disk, rename: the file is there in full or not at all. `owner`: this laptop's id.

        The name beside is this laptop's own and always the same, so whatever a lost run left behind is used up by the next.
        Nothing is written where the team's identity is gone: a stick was pulled out, and this is the empty place where it was.
        """
        self._insist()
        target = self.root / file
        beside = target.with_name(f".{target.name}.{owner}.tmp")
        beside.unlink(missing_ok=True)
        try:
            with beside.open("xb") as opened:  # never through a link that somebody put there
                opened.writelines(pieces)
                opened.flush()
                os.fsync(opened.fileno())
            _rename(beside, target)
        except BaseException:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
        _flush_folder(target.parent)

    def create(self, file: str, data: bytes) -> None:
        """Make a small file that must not be there yet (FileExistsError)."""
        path = self.root / file
        opened = path.open("xb")
        try:
            with opened:
                opened.write(data)
                opened.flush()
                os.fsync(opened.fileno())
        except BaseException:
            path.unlink()  # now that it is closed, for Windows takes away no file that is open
            raise
        _flush_folder(path.parent)

    def remove(self, file: str) -> None:
        """Take away a file of this laptop's own, if it is there."""
        (self.root / file).unlink(missing_ok=True)


def is_leftover(stray: str, owners: Collection[str]) -> bool:
    """Whether a stray file is what a lost run of the laptop with these ids left behind."""
    return stray.endswith(tuple(f".{owner}.tmp" for owner in owners))


def is_in_writing(stray: str) -> bool:
    """Whether some laptop is writing that file, or was when it was lost: its owner clears it away."""
    return _IN_WRITING.fullmatch(stray.rpartition("/")[2]) is not None


def _rename(source: Path, target: Path) -> None:
    for pause in _PAUSES:
        try:
            source.replace(target)
        except OSError as error:
            if error.errno not in _HELD:
                raise
            time.sleep(pause)
        else:
            return
    source.replace(target)


def _flush_folder(folder: Path) -> None:
    with suppress(OSError):  # Windows has no such thing, some network drives refuse it
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
