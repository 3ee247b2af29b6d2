"""What rows say of where a shop stands. That comes from its visits, so it is not written; what is not so is told. No words."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from outreach.domain.naming import folded
from outreach.domain.text import natural_key
from outreach.exchange.entry import Entry
from outreach.exchange.fates import PROBLEMS, Fate, Finding, Outcome, Remark
from outreach.store.imports import Stands, namesakes, standings_of

_UNVISITED = ("未走访", "notvisited")  # as `list` says it
_NONE = Stands("", None)
_EACH = 10  # new shops with a status and no visit: of more it is said once, not of each


class _Said(NamedTuple):
    """A row, the shop that it is, and its status as the row has it."""

    outcome: Outcome
    finding: Finding
    shop: str
    status: str

    @property
    def is_new(self) -> bool:
        """Whether the row made the shop."""
        return any(one.fate is Fate.NEW for one in self.finding.parts.values())


class Stated:
    """Keeps the rows that do not say what was so before them, to be looked at again when all visits of the file are in."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._before: dict[str, Stands] = {}
        self._said: list[_Said] = []

    def prepare(self, entries: Iterable[Entry]) -> None:
        """Look up where the shops of the next rows stand."""
        self._before = standings_of(self._db, (entry.id for entry in entries if entry.id and entry.status))

    def note(self, entry: Entry, outcome: Outcome, finding: Finding) -> None:
        """Keep a row that was taken in."""
        if not (entry.id and entry.status) or _is(entry.status, self._before.get(entry.id, _NONE)):
            return
        if len(self._said) < PROBLEMS:
            self._said.append(_Said(outcome, finding, entry.id, entry.status))
        else:
            outcome.unstated += 1

    def tell(self) -> None:
        """Doubt the rows that do not say what is so now."""
        now = standings_of(self._db, (said.shop for said in self._said))
        wrong = [(said, now[said.shop]) for said in self._said if said.shop in now and not _is(said.status, now[said.shop])]
        unvisited = [said for said, stands in wrong if stands.status is None and said.is_new]
        if len(unvisited) > _EACH:  # a table of shops without their visits
            wrong = [(said, stands) for said, stands in wrong if stands.status is not None or not said.is_new]
            for said in unvisited:
                said.outcome.unvisited += 1
        same = namesakes(self._db, "merchant", (folded(stands.name) for _said, stands in wrong))
        for said, stands in wrong:
            alone = len({one.id for one in same.get(folded(stands.name), ())}) == 1
            facts = {"name": stands.name if alone else said.shop, "status": said.status, "stands": stands.status}
            said.outcome.doubt(said.finding, Remark("status", facts))


def _is(status: str, stands: Stands) -> bool:
    return status == stands.status or (stands.status is None and natural_key(status) in _UNVISITED)
