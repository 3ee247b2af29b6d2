"""What becomes of the rows of a file: new, changed, the same, doubtful or refused, and why. Codes and facts, no words."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import Any, NamedTuple

from outreach.exchange.table import Cell


class Fate(StrEnum):
    """What becomes of a row. Doubtful: a person should look at it, whether it was taken in or not."""

    NEW = auto()
    CHANGED = auto()
    SAME = auto()
    DOUBTFUL = auto()
    REFUSED = auto()


class Remark(NamedTuple):
    """Something to say about a row. `refuses`: it keeps the row out."""

    code: str
    facts: dict[str, Any]
    refuses: bool = False


class Step(NamedTuple):
    """A field's value before and after."""

    before: Any
    after: Any


@dataclass(slots=True)
class Finding:
    """A row and what becomes of it. `number`: as a person counts rows; `id`: of the record it is, where it is one."""

    number: int
    fate: Fate
    kind: str
    name: str = ""
    id: str | None = None
    steps: dict[str, Step] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    cells: tuple[Cell, ...] = ()


MOST = 50_000  # rows that are kept to be shown: what a person can still go through, and a bound on memory


@dataclass
class Outcome:
    """What a sheet came to. `findings`: the first `MOST` of the rows that are not the same.

    `also`: how many records came along, by kind; `held`: how many of the doubtful rows were not taken in.
    """

    sheet: str
    kind: str
    header: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    counts: Counter[Fate] = field(default_factory=Counter)
    also: Counter[str] = field(default_factory=Counter)
    communities: list[str] = field(default_factory=list)
    held: int = 0
    findings: list[Finding] = field(default_factory=list)

    def add(self, finding: Finding) -> None:
        """Count a row, and keep it where it says something."""
        self.counts[finding.fate] += 1
        if finding.fate is not Fate.SAME and len(self.findings) < MOST:
            self.findings.append(finding)

    def doubt(self, finding: Finding, remark: Remark) -> None:
        """Say something more about a row that was counted."""
        finding.remarks = (*finding.remarks, remark)
        if finding.fate is not Fate.REFUSED:
            self.counts[finding.fate] -= 1
            finding.fate = Fate.DOUBTFUL
            self.counts[finding.fate] += 1

    def first(self, fate: Fate) -> Finding | None:
        """The first row of that fate."""
        return next((finding for finding in self.findings if finding.fate is fate), None)

    @property
    def set_aside(self) -> int:
        """How many rows were not taken in."""
        return self.counts[Fate.REFUSED] + self.held

    @property
    def problems(self) -> list[Finding]:
        """The rows that a person should look at."""
        return [finding for finding in self.findings if finding.fate in (Fate.DOUBTFUL, Fate.REFUSED)]
