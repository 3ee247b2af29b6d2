"""A sync in a process of its own that is killed at some moment, and what it was doing then. The kernel does the killing."""

import os
import signal
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from outreach.store.connection import open_database
from outreach.sync import exchange
from outreach.sync.folder import Folder
from outreach.sync.result import Stage

STAGES = list(Stage)
MANY = 4  # small segments that are rolled up: few, so that many of the syncs do
ENDED = 0  # exit status of a sync that was quicker than the kill


@dataclass(frozen=True, slots=True)
class Death:
    """How a sync ended: how long it lived (s), whether it was killed, and the stage it had said last, if any."""

    lived: float
    killed: bool
    stage: Stage | None


def sync(home: Path, share: Path, pipe: int) -> None:
    """One whole sync on a freshly opened database, each stage said as one byte."""

    def say(stage: Stage, _done: int, _of: int) -> None:
        os.write(pipe, bytes([STAGES.index(stage)]))

    with closing(open_database(home)) as db:
        exchange.sync(db, Folder(share), exchange.laptop_of(db, home.name, home), say, many=MANY)


def die(home: Path, share: Path, delay: float | None) -> Death:
    """Sync in a child, and `kill -9` it after `delay` seconds, or never. No database of this process may be open."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            sync(home, share, writing)
            status = ENDED
        finally:
            os._exit(status)
    if delay is not None:
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    lived = time.perf_counter() - began
    os.close(writing)
    with open(reading, "rb") as pipe:
        said = pipe.read()
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    assert killed or os.waitstatus_to_exitcode(status) == ENDED, "it ended by itself, and not well"
    return Death(lived, killed, STAGES[said[-1]] if said else None)


def usual(lives: list[Death]) -> float:
    """The median duration (s) of syncs that nobody killed."""
    assert not any(life.killed for life in lives)
    return median(life.lived for life in lives)
