"""Runs the commands that the documents show, so that what is printed there is what they print.

Used from cog blocks (nedbatchelder's cogapp): `python -m cogapp -r -I scripts/docs README.md README.zh.md`.
Everything happens in a sandbox that stands in for a home folder, one per language, at a fixed time: Tuesday 2026-11-24.
"""

import atexit
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import cog  # type: ignore[import-not-found]  # cogapp lends it while it runs

SANDBOX = Path(tempfile.mkdtemp(prefix="outreach-docs-"))
atexit.register(shutil.rmtree, SANDBOX, ignore_errors=True)
ENTER = "\r"
_FIRST = {"lang": "en", "laptop": "lin", "now": "2026-11-24T10:00:00+08:00"}
_SPEAKS = dict(_FIRST)


def use(**said: str) -> None:
    """From here on: lang (zh, en; begins a document), laptop (whose), now (an instant with its offset)."""
    _SPEAKS.update(_FIRST | said if "lang" in said else said)
    (_place() / "stick").mkdir(parents=True, exist_ok=True)  # stands in for a USB stick


def shell(*commands: str) -> None:
    """A console block: each command, and all it says."""
    cog.outl("```console")
    for command in commands:
        cog.outl(f"$ {command}")
        cog.outl(_tidy(_run(command)))
    cog.outl("```")


def head(lines: int, command: str) -> None:
    """A console block with only the first lines of what a command says."""
    cog.outl("```console")
    cog.outl(f"$ {command} | head -{lines}")
    cog.outl(_tidy("\n".join(_run(command).split("\n")[:lines])))
    cog.outl("```")


def street(*keys: tuple[str, str]) -> None:
    """A block with the screen after keys were pressed in street mode: (what to wait for, what to type) pairs."""
    import pexpect
    import pyte

    screen = pyte.Screen(80, 40)
    python, *words = _words("outreach visit")
    child = pexpect.spawn(python, words, env=_env(), encoding="utf-8", dimensions=(40, 80))
    child.logfile_read = _Feed(pyte.Stream(screen))
    for expected, typed in keys:
        child.expect_exact(expected, timeout=20)
        child.send(typed)
    child.expect(pexpect.EOF)
    lines = [re.sub(r"(?<=[^\x00-\xff]) (?=[^\x00-\xff]|$)", "", line).rstrip() for line in screen.display]
    cog.outl("```console\n$ outreach visit\n" + "\n".join(lines).strip("\n") + "\n```")


def demo() -> None:
    """Replay the sample and sit down at the laptop that prints the reports."""
    said = _run("outreach demo")
    found = re.search(r"OUTREACH_HOME=(\S+)", said)
    assert found, said
    use(laptop=str(Path(found[1])))


def _place() -> Path:
    return SANDBOX / _SPEAKS["lang"]


class _Feed:
    """A file for pexpect that draws what comes on a screen."""

    def __init__(self, stream: object) -> None:
        self.write = stream.feed  # type: ignore[attr-defined]

    def flush(self) -> None:
        """Nothing is held back."""


def _words(command: str) -> list[str]:
    return [sys.executable, "-m", *shlex.split(command)]


def _env() -> dict[str, str]:
    laptop = Path(_SPEAKS["laptop"])
    home = laptop if laptop.is_absolute() else _place() / laptop
    own = {"OUTREACH_HOME": str(home), "OUTREACH_LANG": _SPEAKS["lang"], "OUTREACH_NOW": _SPEAKS["now"], "TZ": "Asia/Shanghai"}
    own |= {"OUTREACH_WORKER": "林晓", "COLUMNS": "80", "TMPDIR": str(_place()), "TERM": "xterm", "PYTHONUTF8": "1"}
    return {k: v for k, v in os.environ.items() if not k.startswith("OUTREACH_")} | own


def _run(command: str) -> str:
    done = subprocess.run(
        _words(command), env=_env(), cwd=_place(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        encoding="utf-8", check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode in (0, 1, 3), (command, done.stdout)
    return done.stdout.rstrip("\n")


def _tidy(text: str) -> str:
    return text.replace(str(_place()), "~")
