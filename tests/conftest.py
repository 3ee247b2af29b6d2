"""What tests share: a laptop that runs the real command, here or in a process of its own, and a real database."""

import gc
import io
import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from outreach.cli.main import main
from outreach.i18n import language, use
from outreach.store.connection import open_database
from tests.report.browser import Page, page

settings.register_profile("dev", deadline=None, max_examples=100)
settings.register_profile("ci", deadline=None, max_examples=200, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

NOW = "2026-11-24T09:00:00+08:00"  # a Tuesday


@pytest.fixture(autouse=True)
def english() -> None:
    """What a test before this one made of the language is over."""
    use("en")


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Page]:
    """A real browser, with one page."""
    with page(tmp_path / "browser") as opened:
        yield opened


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


@dataclass
class Laptop:
    """A laptop: its data folder, language and clock. `run` runs a command here, `process` in a process of its own."""

    home: Path
    lang: str = "en"
    now: str = NOW

    def env(self, **more: str) -> dict[str, str]:
        """The environment of its processes; nothing of the tester's own language or laptop leaks in."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("OUTREACH_", "LC_", "LANG"))}
        own = {"OUTREACH_HOME": str(self.home), "OUTREACH_LANG": self.lang, "OUTREACH_NOW": self.now, "TZ": "Asia/Shanghai"}
        # pexpect's terminal does not say where its cursor is; without being told, each question waits a second for that.
        return kept | own | {"PYTHONUTF8": "1", "PROMPT_TOOLKIT_NO_CPR": "1"} | more

    def run(self, *words: object, stdin: str | None = None, code: int | None = 0, **env: str) -> Ran:
        """Run `outreach WORDS` in this process and insist on its exit status, unless `code` is None."""
        with inside(self.env(**env), stdin or "") as (out, err):
            status = main([str(word) for word in words])
        return self._ended(Ran(int(status), said(out), said(err)), code)

    def process(self, *words: object, stdin: str | None = None, code: int | None = 0, **env: str) -> Ran:
        """The same in a process of its own, where that is the point: it costs ten times as much."""
        command = [sys.executable, "-m", "outreach", *map(str, words)]
        done = subprocess.run(
            command, env=self.env(**env), input=stdin or "", capture_output=True, text=True, encoding="utf-8", check=False
        )
        return self._ended(Ran(done.returncode, done.stdout, done.stderr), code)

    def _ended(self, ran: Ran, code: int | None) -> Ran:
        assert "Traceback" not in ran.err, ran.err
        assert code is None or ran.code == code, (ran.code, ran.out, ran.err)
        return ran

    def json(self, *words: object, code: int | None = 0, **env: str) -> Any:
        """Run a command with --json and read its one document."""
        return json.loads(self.run(*words, "--json", code=code, **env).out)

    def shop(self, name: str, outcome: str = "pending", *more: str, community: str = "皮村") -> Ran:
        """Record the first visit to a new shop."""
        return self.run("visit", name, outcome, "--new", "--community", community, *more)


@contextmanager
def inside(env: dict[str, str], stdin: str) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    """This process as one that runs with that environment, its output caught; afterwards as it was."""
    assert threading.current_thread() is threading.main_thread(), "two at once need processes"
    streams, spoken, environ = (sys.stdin, sys.stdout, sys.stderr), language(), dict(os.environ)
    out, err, console = io.BytesIO(), io.BytesIO(), os.dup(1)
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8")
    sys.stdout, sys.stderr = (io.TextIOWrapper(to, "utf-8", write_through=True) for to in (out, err))
    _become(env)
    try:
        yield out, err
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.detach()  # lest what was said is closed with it
        sys.stdin, sys.stdout, sys.stderr = streams
        os.dup2(console, 1)  # which `main` closes where it cannot write
        os.close(console)
        _become(environ)
        use(spoken)
        gc.unfreeze()


def _become(environ: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environ)
    if sys.platform != "win32":
        time.tzset()


def said(output: io.BytesIO) -> str:
    """What was written, as a pipe's text."""
    return io.TextIOWrapper(io.BytesIO(output.getvalue()), "utf-8").read()


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    """A laptop that was never used."""
    return Laptop(tmp_path / "home")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """An open, empty database."""
    use("en")
    connection = open_database(tmp_path / "home")
    yield connection
    connection.close()
