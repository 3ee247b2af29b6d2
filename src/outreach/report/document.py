"""A report laid out once: sections of typed cells, in the reader's language. Renderers add nothing and leave nothing out.

Cells are data: each renderer makes them harmless in its own way. Knows no store and no format.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, auto
from typing import NamedTuple

from outreach.i18n import joined, ngettext
from outreach.report.labels import day_text
from outreach.report.places import Located

Cell = str | int | float | date | tuple[float, float] | tuple[str, ...] | None
MOST = 100  # rows of a list that may be long


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = auto()  # a name or a word
    LONG = auto()  # a sentence
    LINES = auto()  # several sentences
    COUNT = auto()  # a whole number
    CHANGE = auto()  # a whole number with its sign
    DAY = auto()  # a date
    SHARE = auto()  # between 0 and 1
    RANGE = auto()  # two of them


NUMBERS = (Kind.COUNT, Kind.CHANGE, Kind.SHARE, Kind.RANGE)


class Column(NamedTuple):
    """A column: its name in JSON, its heading, what its cells are."""

    code: str
    title: str
    kind: Kind = Kind.TEXT


class Look(StrEnum):
    """How a terminal shows a section, and which picture a page has of it."""

    TABLE = auto()
    BARS = auto()  # the first COUNT as a bar
    STACKED = auto()  # the COUNTs named after outcomes, one upon the other
    RANGES = auto()  # shares with their ranges
    CARDS = auto()  # some lines an entry


@dataclass(frozen=True)
class Section:
    """A table. `empty` is said where it has no rows; `more` rows were left out; `warning` comes before it, `notes` after."""

    code: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    look: Look = Look.TABLE
    empty: str = ""
    warning: str = ""
    notes: tuple[str, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Document:
    """`day`: the day it was seen from. `lead`: sentences at its head. `places`: for a map; none of a document without one."""

    title: str
    day: date
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    contacts: str = ""  # says that contacts are in it
    places: tuple[Located, ...] = field(default=(), repr=False)


def first_of(rows: Sequence[tuple[Cell, ...]], most: int = MOST) -> tuple[tuple[tuple[Cell, ...], ...], int]:
    """So many rows at most, and how many more there are."""
    return tuple(rows[:most]), max(0, len(rows) - most)


def left_out(n: int) -> str:
    """That so many rows more are not shown; nothing where there are none."""
    return ngettext("{n} more is not shown.", "{n} more are not shown.", n).format(n=n) if n else ""


def shown(kind: Kind, cell: Cell, day: date) -> str:
    """A cell as text, seen from the document's day. Text is as it was typed."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return day_text(cell, day)
    if isinstance(cell, tuple):
        return _several(cell)
    if kind is Kind.SHARE:
        return f"{cell:.1%}"
    return f"{cell:+d}" if kind is Kind.CHANGE and cell else str(cell)


def _several(cell: tuple[float, float] | tuple[str, ...]) -> str:
    return joined(part if isinstance(part, str) else "" for part in cell) or "–".join(f"{part:.1%}" for part in cell)
