"""What becomes of the rows of a file: new, changed, the same, doubtful or refused, and why. Codes and facts, no words."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto
from operator import attrgetter
from typing import Any, NamedTuple

from outreach.domain.change import Fields
from outreach.domain.likeness import Pair
from outreach.exchange.table import Cell


class Fate(StrEnum):
    """What becomes of a row. Doubtful: it was taken in, but a person should look at it. Refused: it was not taken in."""

    NEW = auto()
    CHANGED = auto()
    SAME = auto()
    DOUBTFUL = auto()
    REFUSED = auto()


class Remark(NamedTuple):
    """Something to say about a row."""

    code: str
    facts: dict[str, Any]


class TakenAs(NamedTuple):
    """What a cell said, and the value of its field that it was taken for, where that is not plain but holds for all rows."""

    kind: str
    field: str
    text: str
    value: Any


class Step(NamedTuple):
    """A field's value before and after."""

    before: Any
    after: Any


class Settled(NamedTuple):
    """What a record comes to. `written`: the fields to write. `kept`: what stays as it is here.

    `gone`: it was removed here, and stays so. `earlier`: the fields of `kept` of which an earlier row of the file spoke.
    """

    fate: Fate
    written: Fields
    changed: Mapping[str, Step]
    kept: Mapping[str, Step]
    gone: bool = False
    earlier: Collection[str] = ()

    @property
    def steps(self) -> Mapping[str, Step]:
        """What changes of it; all that is written of a new one."""
        return self.changed or {name: Step(None, value) for name, value in self.written.items()}


@dataclass(slots=True)
class Finding:
    """A row and what becomes of it. `number`: as a person counts rows; `id`: of the record it is, where it is one.

    `parts`: what it comes to, its own record and those that come along, by what goes before the names of their fields.
    """

    number: int
    fate: Fate
    kind: str
    name: str = ""
    id: str | None = None
    parts: dict[str, Settled] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    cells: tuple[Cell, ...] = ()

    def join(self, one: Settled, prefix: str = "") -> None:
        """A record that the row brings."""
        self.parts[prefix] = one
        if one.fate is not Fate.SAME and self.fate is not Fate.NEW:
            self.fate = one.fate

    @property
    def steps(self) -> dict[str, Step]:
        """What changes, field by field; where that is another record's, its kind stands before: `merchant.phone`."""
        return {prefix + name: step for prefix, one in self.parts.items() for name, step in one.steps.items()}


MOST = 10_000  # new and changed rows that are kept to be shown,
PROBLEMS = 50_000  # and rows to be looked at: what a person can still go through, and a bound on memory


@dataclass
class Outcome:
    """What a sheet came to. `plain`: the first new and changed rows. `problems`: the first that a person should look at.

    `also`: how many records came along, by kind; `communities`: the new ones, names by id.
    `imported_with`: options that were said of the sheet, as they are typed.
    `doubted`: what the doubtful rows came to, for they were taken in.
    `likely`: the new shops that may be one that was known, or one of an earlier row, which comes first.
    `uncompared`: how many new shops were too many to be compared with those that were here; `unstated`: of how many rows what
    they say of a shop's status was not looked at, for there were too many; `unvisited`: how many new shops have a
    status there, and no visit. `taken_as`: in how many rows that were taken in.
    """

    sheet: str
    kind: str
    header: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    imported_with: str = ""
    counts: Counter[Fate] = field(default_factory=Counter)
    also: Counter[str] = field(default_factory=Counter)
    communities: dict[str, str] = field(default_factory=dict)
    doubted: Counter[Fate] = field(default_factory=Counter)
    likely: list[Pair] = field(default_factory=list)
    uncompared: int = 0
    unstated: int = 0
    unvisited: int = 0
    taken_as: Counter[TakenAs] = field(default_factory=Counter)
    plain: list[Finding] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)

    def add(self, finding: Finding) -> None:
        """Count a row, and keep it where it says something."""
        self.counts[finding.fate] += 1
        if finding.remarks:
            self._set_apart(finding)
        elif finding.fate is not Fate.SAME and len(self.plain) < MOST:
            self.plain.append(finding)

    def doubt(self, finding: Finding, remark: Remark) -> None:
        """Say something more about a row that was counted and taken in."""
        if not finding.remarks:
            self._set_apart(finding)
            self.doubted[finding.fate] += 1
        finding.remarks = (*finding.remarks, remark)
        self.counts[finding.fate] -= 1
        finding.fate = Fate.DOUBTFUL
        self.counts[finding.fate] += 1

    def _set_apart(self, finding: Finding) -> None:
        if len(self.problems) < PROBLEMS:
            self.problems.append(finding)

    @property
    def findings(self) -> list[Finding]:
        """The rows that are kept, as they come in the file."""
        plain = (finding for finding in self.plain if not finding.remarks)
        return sorted([*plain, *self.problems], key=attrgetter("number"))

    @property
    def set_aside(self) -> int:
        """How many rows were not taken in."""
        return self.counts[Fate.REFUSED]

    @property
    def not_kept(self) -> int:
        """How many rows to be looked at there are beyond those that are kept."""
        return self.counts[Fate.REFUSED] + self.counts[Fate.DOUBTFUL] - len(self.problems)
