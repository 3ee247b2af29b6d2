"""One at a time, and free again when its holder ends, however it ends."""

import multiprocessing
import os
import signal
import sys
from pathlib import Path

import pytest

from outreach.errors.sharing import SyncRunning
from outreach.store.lock import alone


def test_the_second_is_refused_while_the_first_runs_and_not_after(tmp_path: Path) -> None:
    with alone(tmp_path):
        with pytest.raises(SyncRunning), alone(tmp_path, patience=0.05):
            pass
        with alone(tmp_path.parent):
            pass  # another laptop's home
    with alone(tmp_path, patience=0):
        pass


def hold_and_die(home: Path) -> None:
    with alone(home):
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_holder_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=hold_and_die, args=(tmp_path,))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    with alone(tmp_path, patience=0):
        pass
