"""Whoever waits for long on a terminal is told what for; a pipe is told nothing."""

import subprocess
import sys

import pytest

pexpect = pytest.importorskip("pexpect")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
PROGRAM = "import time; from outreach.cli.patience import patience\nwith patience('Reading'): time.sleep({})"


@pytest.mark.parametrize(("seconds", "told"), [(2.5, True), (0.1, False)])
def test_a_terminal_is_told_if_it_takes_long(seconds: float, *, told: bool) -> None:
    child = pexpect.spawn(sys.executable, ["-c", PROGRAM.format(seconds)], encoding="utf-8", timeout=30)
    child.expect(pexpect.EOF)
    assert ("Reading" in child.before) is told


def test_a_pipe_is_told_nothing() -> None:
    ran = subprocess.run([sys.executable, "-c", PROGRAM.format(1.3)], capture_output=True, text=True, check=True)
    assert ran.stdout + ran.stderr == ""
