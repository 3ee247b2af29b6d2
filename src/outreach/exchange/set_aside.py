"""The rows of a sheet that a person should look at, as the workbook of such rows holds them. No words, no file."""

from outreach.exchange.fates import Finding, Outcome
from outreach.exchange.header_words import ID
from outreach.exchange.table import Cell

_NUMBERED = ("visit",)  # kinds of which several records may be called the same


def heads_of(outcome: Outcome) -> tuple[str, ...]:
    """The sheet's own, and one for the ids of visits: mended there, a row that was taken in corrects the visit it made."""
    return (*outcome.header, ID) if _adds_ids(outcome) else outcome.header


def cells_of(outcome: Outcome, finding: Finding) -> tuple[Cell, ...]:
    """The row as it was; the id of its visit if it was taken in, and none if it was not."""
    if not _adds_ids(outcome):
        return finding.cells
    wide = len(outcome.header)
    return *finding.cells[:wide], *(None,) * (wide - len(finding.cells)), finding.id if "" in finding.parts else None


def _adds_ids(outcome: Outcome) -> bool:
    return outcome.kind in _NUMBERED and ID not in outcome.header and any("" in one.parts for one in outcome.problems)
