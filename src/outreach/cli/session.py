"""Everything impure that a command may touch, in one object: clock, chance, environment, streams, settings, database."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, TextIO

from outreach.cli.screen import HARMFUL, clean, fit_of, wrap
from outreach.domain.text import NAME
from outreach.domain.text import clean as clean_text
from outreach.errors.typed import BadClock
from outreach.settings import Settings, home, load

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    import typer

    from outreach.domain.acts import Maker
    from outreach.domain.change import Draft
    from outreach.store.journal import Act


class Session:
    """One run of the program. OUTREACH_NOW, an instant with its offset, stands in for the clock (tests, documents)."""

    def __init__(self, environ: Mapping[str, str] | None = None, *, asks: bool = True) -> None:
        """`asks`: whether questions may be asked; not where JSON is wanted."""
        self.environ = os.environ if environ is None else environ
        self.asks = asks

    @cached_property
    def home(self) -> Path:
        """The laptop's data folder."""
        return home(self.environ)

    @cached_property
    def settings(self) -> Settings:
        """What a person set."""
        return load(self.home, self.environ)

    @cached_property
    def db(self) -> sqlite3.Connection:
        """The database, opened when first asked for."""
        from outreach.store.connection import open_database

        return open_database(self.home)

    def now(self) -> datetime:
        """The local time, with its offset."""
        said = self.environ.get("OUTREACH_NOW")
        if not said:
            return datetime.now().astimezone().replace(microsecond=0)
        try:
            moment = datetime.fromisoformat(said)
        except ValueError:
            raise BadClock from None
        if moment.tzinfo is None:
            raise BadClock
        return moment

    def now_ms(self) -> int:
        """The time in milliseconds since 1970."""
        if self.environ.get("OUTREACH_NOW"):
            return int(self.now().timestamp() * 1000)
        return int(datetime.now().astimezone().timestamp() * 1000)

    def today(self) -> date:
        """The laptop's local day."""
        return self.now().date()

    @cached_property
    def maker(self) -> Maker:
        """Makes ids; by the true clock, so that they sort as they were made even where OUTREACH_NOW stands still."""
        from outreach.domain.acts import Maker  # not for commands that only read

        return Maker(time.time_ns() // 1_000_000, os.urandom)

    @property
    def worker(self) -> str | None:
        """Who sits at the laptop, if that was said."""
        return clean_text(self.settings.worker, most=NAME) or None

    @property
    def interactive(self) -> bool:
        """Whether someone can be asked."""
        return self.asks and sys.stdin.isatty() and sys.stdout.isatty()

    def writing(self) -> AbstractContextManager[None]:
        """For looking before writing: nobody else writes until it ends. All of it is kept, or nothing."""
        from outreach.store.connection import transaction

        return transaction(self.db)

    def record(self, drafts: Sequence[Draft], label: str) -> Act:
        """Write these drafts as one act of this laptop."""
        from outreach.store.journal import record

        return record(self.db, drafts, now=self.now_ms(), label=label, worker=self.worker)


def session_of(ctx: typer.Context) -> Session:
    """The session that the command runs in."""
    found = ctx.obj
    assert isinstance(found, Session)
    return found


def say(*lines: str) -> None:
    """A result, to standard output. A line stays one line, whatever people typed in it."""
    show(_laid_out(lines, sys.stdout))


def tell(*lines: str) -> None:
    """Anything that is not the result, to standard error."""
    with suppress(OSError):  # who cannot be told has the exit status
        sys.stderr.write(_laid_out(lines, sys.stderr) + "\n")
        sys.stderr.flush()


def _laid_out(lines: Sequence[str], stream: TextIO) -> str:
    """Cleaned, and on a terminal broken between words rather than within them."""
    fit = fit_of(stream)
    harmless = map(clean, lines)
    return "\n".join(harmless if fit is None else (part for line in harmless for part in wrap(line, fit)))


def show(text: str) -> None:
    """A result that was laid out from cleaned cells and may carry colour of ours."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def show_json(document: Mapping[str, object]) -> None:
    """One JSON document, UTF-8 whatever the console's code page; what would command a terminal is written as \\uXXXX."""
    import json

    data = HARMFUL.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(document, ensure_ascii=False, indent=1))
    sys.stdout.buffer.write(data.encode("utf-8", "replace") + b"\n")
    sys.stdout.flush()
