"""What stands before the own columns of a workbook of rows to look at, and what these rows were imported with. No printing.

What was said of a file on the command line is true of its rows when they were mended, too; so it goes with them.
"""

import shlex
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from outreach.exchange.header_words import PROBLEM_HEADS
from outreach.exchange.table import Table
from outreach.exchange.values import text_of

HEADS = ("Imported with", "导入时用了")  # of the column that comes third, where there is something to say
_NEW_SHOPS = "--new-shops"


class With(NamedTuple):
    """Options of an import that are true of a file's rows."""

    community: str | None = None
    datum: str | None = None
    new_shops: bool = False

    def or_else(self, other: "With") -> "With":
        """This, and what the other says beyond it."""
        return With(self.community or other.community, self.datum or other.datum, self.new_shops or other.new_shops)

    def __str__(self) -> str:
        """As they are typed, if any. It begins with a letter, lest a spreadsheet takes it for a formula."""
        pairs = (("--community", self.community), ("--datum", self.datum))
        words = [word for option, value in pairs if value for word in (option, value)]
        words += [_NEW_SHOPS] if self.new_shops else []
        return " ".join(["import", *map(_quoted, words)]) if words else ""


def ahead(header: Sequence[str]) -> int:
    """How many columns come before the row's own; 0 where these are no rows to look at."""
    if tuple(header[:2]) not in PROBLEM_HEADS:
        return 0
    return 3 if header[2:3] and header[2] in HEADS else 2


def imported_with(table: Table) -> With:
    """What the rows were imported with; where nothing is said, or nothing that makes sense, nothing."""
    if ahead(table.header) <= 2:  # noqa: PLR2004 - the third is where it says so
        return With()
    texts = (text_of(row.cells[2]) for row in table.rows if len(row.cells) > 2 and row.cells[2])  # noqa: PLR2004
    return _read(next(texts, ""))


def _quoted(word: str) -> str:
    """Only where it must be, for shlex.quote puts quotation marks around Chinese."""
    return word if word.replace("-", "").isalnum() else shlex.quote(word)


def _read(text: str) -> With:
    try:
        words = shlex.split(text)
    except ValueError:
        return With()
    said = dict(pairwise([*words, ""]))
    return With(said.get("--community"), said.get("--datum"), _NEW_SHOPS in words)
