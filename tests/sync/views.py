"""A folder as sync programs, sticks and shares treat it: each laptop has its own view of it, and a view can be spoilt.

The views are real folders; what is injected into a laptop's own reading and writing comes in as a subclass of the real folder.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from outreach.sync.folder import EXPORT, IDENTITY, Folder, Listing
from outreach.sync.segment import place_of

ERRORS = (errno.EBUSY, errno.EACCES, errno.ENOSPC, errno.EIO)


class Killed(BaseException):
    """The process ended here."""


@dataclass(frozen=True)
class FaultyFolder(Folder):
    """A folder some of whose operations fail. `faults`: by how many operations come first, an errno, or what is to happen."""

    faults: Mapping[int, int | str] = field(default_factory=dict)
    count: list[int] = field(default_factory=lambda: [0])

    def _step(self) -> str | None:
        fault = self.faults.get(self.count[0])
        self.count[0] += 1
        if fault == "killed":
            raise Killed
        if isinstance(fault, int):
            raise OSError(fault, os.strerror(fault))
        return fault

    def read(self, file: str) -> bytes:
        """Reads, or fails."""
        self._step()
        return super().read(file)

    def listing(self) -> Listing:
        """Lists, or is killed; what cannot be listed is said by the real folder."""
        try:
            self._step()
        except OSError as error:
            return Listing({}, {"changes": error.strerror or ""})
        return super().listing()

    def write_whole(self, file: str, pieces: Iterable[bytes], owner: str) -> None:
        """Writes, fails, or leaves half of it under the true name, as a stick that is pulled out does."""
        fault = self._step()
        super().write_whole(file, pieces, owner)
        if fault == "torn":
            path = self.root / file
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        self._step()

    def remove(self, file: str) -> None:
        """Removes, or fails."""
        self._step()
        super().remove(file)


def files_of(view: Path) -> dict[str, bytes]:
    """Everything that lies in a view under a segment's name, whole or not, by relative path."""
    found = (p for p in sorted(view.glob("changes/*/*")) if p.is_file() and place_of(p.parent.name, p.name))
    return {p.relative_to(view).as_posix(): p.read_bytes() for p in found}


def is_whole(file: str, data: bytes) -> bool:
    """Whether a segment's bytes are what its name promises."""
    return Path(file).stem.partition("-")[2] == hashlib.sha256(data).hexdigest()[:16]


def put(view: Path, file: str, data: bytes) -> None:
    """Lay a file into a view."""
    path = view / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


SPOIL: dict[str, Callable[[bytes], bytes]] = {
    "truncated": lambda data: data[: len(data) * 2 // 3],
    "zeroed": lambda data: b"\0" * len(data),
    "emptied": lambda _data: b"",
    "altered": lambda data: data[:-9] + b"?" + data[-8:],
    "lengthened": lambda data: data + b"{}\n",
}
COPIES = (
    "{stem} (conflicted copy).jsonl",
    "{stem} (冲突副本).jsonl",
    "{stem}.sync-conflict-20261124-101112-ABCDEFG.jsonl",
    "{name}~",
    ".{name}.tmp",
    "desktop.ini",
)


def carry(source: Path, target: Path, chosen: Iterable[str]) -> None:
    """Copy these files from one view to another, over what is there."""
    for file in chosen:
        if (source / file).is_file():
            put(target, file, (source / file).read_bytes())
    for file in (EXPORT, IDENTITY):
        if (source / file).is_file():
            shutil.copy(source / file, target / file)


def heal(views: list[Path]) -> None:
    """Deliver everything: every view gets every whole file that is in any, and loses what is damaged in all."""
    whole: dict[str, bytes] = {}
    for view in views:
        whole |= {file: data for file, data in files_of(view).items() if is_whole(file, data)}
    identity = next(path.read_bytes() for view in views if (path := view / IDENTITY).exists())
    for view in views:
        for placeholder in view.glob("changes/*/.*.icloud"):
            placeholder.unlink()
        for file, data in files_of(view).items():
            if whole.get(file) != data:
                (view / file).unlink()
        for file, data in whole.items():
            put(view, file, data)
        (view / IDENTITY).write_bytes(identity)


def snapshot(view: Path) -> dict[str, Any]:
    """What lies in a view, to be restored later."""
    return files_of(view)


def restore(view: Path, taken: Mapping[str, bytes]) -> None:
    """The view as it was then: what came since is gone."""
    shutil.rmtree(view / "changes", ignore_errors=True)
    for file, data in taken.items():
        put(view, file, data)
