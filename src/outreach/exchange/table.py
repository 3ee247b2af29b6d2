"""A sheet of somebody's file, as it was read: a header and rows of cells, whatever kind of file it was."""

from collections.abc import Iterable, Sequence
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
    """A sheet; a file of text has one, without a name. `rows` come one by one, and may raise what reading a file raises.

    `file`: what the file is called. `alone`: its rows belong to those of another table, which is not here.
    `hidden`: a person who opens the workbook does not see it.
    """

    name: str
    header: tuple[str, ...]
    rows: Iterable[Row]
    file: str = ""
    alone: bool = False
    hidden: bool = False

    @property
    def title(self) -> str:
        """What people call it."""
        return self.name or self.file

    @property
    def called(self) -> str:
        """The name that other tables know it by: a text file's is that of the file, without its ending."""
        return self.name or self.file.rpartition(".")[0]


def titles(cells: Sequence[Cell]) -> tuple[str, ...]:
    """A row as a header. What stands there twice is told apart: 店名, 店名 (C)."""
    found: list[str] = []
    for place, cell in enumerate(cells):
        text = str(cell or "").strip()
        found.append(f"{text} ({letters(place)})" if text and text in found else text)
    return tuple(found)


def letters(place: int) -> str:
    """A column as spreadsheets call it: C, AA."""
    before, own = divmod(place, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + own)
