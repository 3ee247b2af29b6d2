"""The shared folder on disk: what lies where, listing it, and writing a file whole or not at all.

Knows no database and no content. Absence means nothing here: what is not listed is not listed, and nothing is ever deleted
but this laptop's own leftovers. Files get the folder's usual permissions, so that everyone who shares it can read them.
"""

import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from outreach.sync.segment import Place, place_of

CHANGES = "changes"
EXPORT = "outreach.json"
_DEVICE = re.compile(r"[0-9a-z]{8,40}")
_PAUSES = (0.1, 0.2, 0.4)  # an antivirus or a sync program may hold a fresh file for a moment (Windows)


@dataclass(frozen=True)
class Listing:
    """The segments that lie in the folder, by place, with their sizes in bytes; and what could not be listed, and why."""

    sizes: Mapping[Place, int]
    unlisted: Mapping[str, str]

    def can_see(self, device: str) -> bool:
        """Whether the folder of a device was listed, or there is none."""
        return not {CHANGES, f"{CHANGES}/{device}"} & self.unlisted.keys()


def listing(root: Path) -> Listing:
    """What lies in the folder. Anything whose name is not exactly a segment's is passed over."""
    sizes: dict[Place, int] = {}
    unlisted: dict[str, str] = {}
    for device in _devices(root, unlisted):
        try:
            sizes |= _segments(root, device)
        except OSError as error:
            unlisted[f"{CHANGES}/{device}"] = error.strerror or str(error)
    return Listing(sizes, unlisted)


def _devices(root: Path, unlisted: dict[str, str]) -> list[str]:
    try:
        with os.scandir(root / CHANGES) as entries:
            return sorted(e.name for e in entries if _DEVICE.fullmatch(e.name) and e.is_dir())
    except FileNotFoundError:
        return []
    except OSError as error:
        unlisted[CHANGES] = error.strerror or str(error)
        return []


def _segments(root: Path, device: str) -> Iterator[tuple[Place, int]]:
    with os.scandir(root / CHANGES / device) as entries:
        for entry in entries:
            place = place_of(device, entry.name)
            if place and entry.is_file():
                yield place, entry.stat().st_size


def try_writing(root: Path, device: str) -> None:
    """Raises OSError where this laptop cannot write its segments."""
    beside = _own_folder(root, device) / f".{device}.tmp"
    beside.unlink(missing_ok=True)
    beside.open("xb").close()
    beside.unlink()


def write_segment(root: Path, place: Place, data: bytes) -> None:
    """Put a segment of this laptop in its place. Raises OSError."""
    write_whole(_own_folder(root, place.device) / place.name, [data], place.device)


def _own_folder(root: Path, device: str) -> Path:
    """This laptop's folder. The shared folder itself is never made here: without it, something else is mounted there."""
    for folder in (root / CHANGES, root / CHANGES / device):
        folder.mkdir(exist_ok=True)
    return root / CHANGES / device


def write_whole(target: Path, pieces: Iterable[bytes], owner: str) -> None:
    """Write beside, flush to the disk, rename: the file is there in full or not at all. `owner`: this laptop's id.

    The name beside is this laptop's own and always the same, so whatever a lost run left behind is used up by the next.
    """
    beside = target.with_name(f".{target.name}.{owner}.tmp")
    beside.unlink(missing_ok=True)
    try:
        with beside.open("xb") as file:  # never through a link that somebody put there
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        _rename(beside, target)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    _flush_folder(target.parent)


def create(path: Path, data: bytes) -> None:
    """Make a small file that must not be there yet (FileExistsError, OSError)."""
    with path.open("xb") as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            path.unlink()
            raise
    _flush_folder(path.parent)


def _rename(source: Path, target: Path) -> None:
    for pause in _PAUSES:
        try:
            source.replace(target)
        except PermissionError:
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
