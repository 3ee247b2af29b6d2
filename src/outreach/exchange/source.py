"""Where the text of a table lies: in a file of its own, or packed in a zip. Knows nothing of what the text says."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TextIO, cast

from outreach.errors.importing import FileUnreadable, ZipTorn
from outreach.i18n import _

TORN = (  # what zipfile and zlib raise of bytes that make no sense
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, RuntimeError, ValueError
)  # fmt: skip
_ROOM = 1 << 16


def must_be_a_file(path: Path) -> None:
    """Raises FileUnreadable of what has no end, or is waited for. What is not there, is for whoever opens it to say."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise FileUnreadable(path=path, why=_("it is a pipe or a device, not a file"))


@dataclass(frozen=True)
class Source:
    """A file, or the member of a zip that is called so; it is unpacked as it is read, and nothing lies on the disk for it."""

    path: Path
    member: str = ""
    shown: str = ""

    def __str__(self) -> str:
        return f"{self.path}: {self.shown or self.member}" if self.member else str(self.path)

    @property
    def name(self) -> str:
        """What a person calls it, without the folders that it lies in."""
        return (self.shown or self.member).rpartition("/")[2] or self.path.name

    def state(self) -> tuple[int, int]:
        """What changes when somebody writes there. Raises OSError."""
        found = self.path.stat()
        return found.st_size, found.st_mtime_ns

    def bytes(self) -> BinaryIO:
        """Opened from its start. Raises OSError, ZipTorn; while it is read, too."""
        if not self.member:
            return self.path.open("rb")
        try:
            with zipfile.ZipFile(self.path) as packed:  # what is open in it stays so
                file = packed.open(self.member)
        except TORN as error:
            raise ZipTorn(path=self.path) from error
        return cast(BinaryIO, io.BufferedReader(_Unpacked(self, file), _ROOM))

    def text(self, encoding: str, errors: str) -> TextIO:
        """The same as text, ends of lines as they are."""
        return io.TextIOWrapper(self.bytes(), encoding=encoding, errors=errors, newline="")


class _Unpacked(io.RawIOBase):
    """A member's bytes; no more of them than the zip says, whatever it unpacks to."""

    def __init__(self, source: Source, file: Any) -> None:
        self._source, self._file = source, file

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        try:
            data = self._file.read(len(room))
        except TORN as error:
            raise ZipTorn(path=self._source.path) from error
        room[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()
