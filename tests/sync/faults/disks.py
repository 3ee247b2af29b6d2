"""Disks of a few hundred kilobytes, read-only disks and disks that go away: real mounts, for whoever may make them."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

PAGE = 4096


def mount(*words: str) -> None:
    """Run mount; skips the test where nobody here may."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a disk, and only where there is mount(8)")
    if subprocess.run(["mount", *words], capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")


def unplug(place: Path) -> None:
    """Take a disk away whoever is using it: what is open goes on, the mount point is an empty folder again."""
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextmanager
def disk(place: Path, options: str) -> Iterator[Path]:
    """A disk of its own at `place`, an existing folder. `options`: tmpfs's, such as size=256k."""
    mount("-t", "tmpfs", "-o", options, "tmpfs", str(place))
    try:
        yield place
    finally:
        if os.path.ismount(place):
            unplug(place)


@contextmanager
def write_protected(place: Path) -> Iterator[None]:
    """A stick whose switch is set: nothing in this folder can be written, by anybody."""
    mount("--bind", str(place), str(place))
    try:
        mount("-o", "remount,bind,ro", str(place))
        yield
    finally:
        unplug(place)


def fill(place: Path, *, leaving: int = 0) -> Path:
    """Fill a disk to its last byte but so many; gives the file that does."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"x" * PAGE):
            pass
    os.truncate(ballast, ballast.stat().st_size - leaving)
    return ballast


def use_up_names(place: Path, *, leaving: int = 0) -> Path:
    """Make files until the disk takes no more of them, but for so many, as an old stick does; gives the folder they are in."""
    ballast = place / "ballast"
    ballast.mkdir()
    made = 0
    with suppress(OSError):
        while True:
            (ballast / str(made)).touch()
            made += 1
    for number in range(leaving):
        (ballast / str(number)).unlink()
    return ballast
