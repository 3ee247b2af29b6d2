"""A sheet of somebody's file, as it was read: a header and rows of cells, whatever kind of file it was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

Cell = str | int | float | bool | date | datetime | time | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row under the header. `number`: as a person counts them in the file, the header's among them, from 1."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A sheet; a file of text has one, without a name. `rows` come one by one, and may raise what reading a file raises."""

    name: str
    header: tuple[str, ...]
    rows: Iterable[Row]
