"""Rows for tests, as a file would give them, and an import of them."""

import os
import sqlite3
from collections.abc import Iterable
from typing import Any

from outreach.domain.acts import Maker
from outreach.exchange.entry import Entry
from outreach.exchange.fates import Outcome
from outreach.exchange.importer import Options
from outreach.exchange.run import Sheet, Who, run
from outreach.exchange.table import Row

NOW = 1_764_000_000_000


def entry(number: int = 2, *, key: str | None = None, about: dict[str, Any] | None = None, **fields: Any) -> Entry:
    """A row; `about`: what it says of its shop."""
    cells = tuple(str(value) for value in fields.values())
    return Entry(Row(number, cells), dict(fields), key=key, about={"merchant": dict(about)} if about else {})


def take(
    db: sqlite3.Connection,
    kind: str,
    entries: Iterable[Entry],
    *,
    rehearse: bool = False,
    overwrite: bool = False,
    new_shops: bool = False,
) -> Outcome:
    """Import rows of one kind."""
    who = Who(NOW, "林晓", Maker(NOW, os.urandom))
    rows = list(entries)
    for number, row in enumerate(rows, 2):
        row.row = Row(number, row.row.cells)
    sheet = Sheet("list", kind, (), rows)
    return run(db, [sheet], who, Options(overwrite=overwrite, new_shops=new_shops), rehearse=rehearse)[0]


def counts(outcome: Outcome) -> dict[str, int]:
    """How many rows came to what, without those that none came to."""
    return {fate.value: n for fate, n in outcome.counts.items() if n}


def codes(outcome: Outcome) -> list[list[str]]:
    """What was said of the rows of which something was."""
    return [[remark.code for remark in finding.remarks] for finding in outcome.findings if finding.remarks]
