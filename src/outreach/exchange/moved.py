"""New visits that may be known ones whose day was corrected in a list imported again. They are told, not moved. No words.

A list of only new visits is no such list, though people say the same of a shop twice: a row of it must be known already.
"""

from outreach.exchange.calls import Calls
from outreach.exchange.entry import Entry
from outreach.exchange.fates import PROBLEMS, Finding, Outcome, Remark
from outreach.store.imports import Visited


class Moved:
    """Of the rows of one sheet."""

    def __init__(self) -> None:
        self._rows: list[tuple[Finding, tuple[Visited, ...]]] = []

    def note(self, entry: Entry, finding: Finding) -> None:
        """Keep a row that was taken in, to be looked at when all are read."""
        if entry.other_days and len(self._rows) < PROBLEMS:
            self._rows.append((finding, entry.other_days))

    def tell(self, calls: Calls, outcome: Outcome) -> None:
        """Doubt the rows beside which a visit of another day is left that no row speaks of."""
        told: set[str] = set()
        for finding, others in self._rows if calls.again else ():
            left = (one for one in others if one.id not in told and not calls.is_spoken_of(one))
            if one := next(left, None):
                told.add(one.id)
                outcome.doubt(finding, Remark("moved", {"field": "visited_at", "before": one.visited_at, "id": one.id}))
