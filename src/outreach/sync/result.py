"""What a sync came to, as plain values. Words for them are found where they are shown."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum, auto
from pathlib import Path

from outreach.domain.disagreement import Disagreement
from outreach.sync.clocks import Finding


class Reason(StrEnum):
    """Why a file waits. It is tried again at the next sync."""

    EMPTY = auto()  # nothing in it
    TORN = auto()  # only a part has arrived
    ALTERED = auto()  # not the bytes that its name promises
    FOREIGN = auto()  # no segment, or one that belongs elsewhere
    MALFORMED = auto()  # whole, but not as any version writes it
    TOO_NEW = auto()  # of a newer version, or sealed in a way this one cannot open
    UNREADABLE = auto()  # the folder or the disk refused to give it
    DAMAGED = auto()  # gone from the folder, and this laptop's journal cannot give it back either
    NOT_WRITABLE = auto()  # what this laptop would put there


class Remark(StrEnum):
    """What happened beside the exchange itself."""

    JOINED = auto()  # the first sync with this folder
    NEW_IDENTITY = auto()  # somebody else writes under this laptop's id, so it has a new one from now on
    REFILLED = auto()  # segments were gone from the folder or damaged there, and were put back
    STRAYS = auto()  # files lie among the segments that are none
    HOME_IS_MOVED = auto()  # the laptop's own data lies where a sync program moves it
    EXPORT_KEPT = auto()  # outreach.json holds more than is known here
    EXPORT_MENDED = auto()  # outreach.json covered the same changes, in other bytes


class Stage(StrEnum):
    """Where a sync stands, for whoever shows its progress."""

    READING = auto()
    SEALING = auto()
    WRITING = auto()
    EXPORTING = auto()
    ROLLING = auto()


Progress = Callable[[Stage, int, int], None]  # the stage that starts, the how-manieth of its files, of how many


@dataclass(frozen=True, slots=True)
class Laptop:
    """This laptop: its id, what it is called, its data folder, what its clock says (ms since 1970, 0: not known).

    `entropy`: a source of that many random bytes, for the id that it takes where another writes under its own.
    """

    device: str
    name: str
    home: Path
    clock: int = 0
    entropy: Callable[[int], bytes] = field(default=os.urandom, compare=False)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Changes that came from another laptop."""

    device: str
    name: str
    changes: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file that waits. `file` is relative to the shared folder; `why` is what the system said, if it said anything.

    `lines`: only these lines of it wait, the others were taken in.
    """

    file: str
    reason: Reason
    why: str = ""
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A remark; `count` where it is about a number of things."""

    remark: Remark
    count: int = 0


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What was sent and received, in changes. `export_sha256`: of outreach.json as this laptop would write it.

    `disagreements`: by the kind of their records. `clocks`: whose clock is off, and who was not heard of for weeks.
    In a rehearsal everything is what would be, and there is no export.
    """

    folder: Path
    sent: int
    arrivals: tuple[Arrival, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    notices: tuple[Notice, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    clocks: tuple[Finding, ...] = ()
    export_sha256: str | None = None
    rehearsal: bool = False

    @property
    def received(self) -> int:
        """How many changes came."""
        return sum(arrival.changes for arrival in self.arrivals)
