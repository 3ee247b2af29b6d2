"""What tests share: a laptop that runs the real command in real processes, and a real database."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from outreach.i18n import use
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
    """A laptop: its data folder, language and clock. `run` starts a real process."""

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
        """Run `outreach WORDS` and insist on its exit status, unless `code` is None."""
        command = [sys.executable, "-m", "outreach", *map(str, words)]
        done = subprocess.run(
            command, env=self.env(**env), input=stdin or "", capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert code is None or done.returncode == code, (done.returncode, done.stdout, done.stderr)
        return Ran(done.returncode, done.stdout, done.stderr)

    def json(self, *words: object, code: int | None = 0, **env: str) -> Any:
        """Run a command with --json and read its one document."""
        return json.loads(self.run(*words, "--json", code=code, **env).out)

    def shop(self, name: str, outcome: str = "pending", *more: str, community: str = "皮村") -> Ran:
        """Record the first visit to a new shop."""
        return self.run("visit", name, outcome, "--new", "--community", community, *more)


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
