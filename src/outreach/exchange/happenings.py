"""Which visit, referral, mark, opinion, decision or place a row is: by our id, the source's key, else what it says happened."""

import sqlite3
from collections.abc import Iterable, Mapping

from outreach.domain import acts
from outreach.domain.change import Fields
from outreach.domain.ids import natural_id
from outreach.exchange.entry import Entry
from outreach.exchange.registers import worldwide_id
from outreach.store.imports import Call, visits_at

_SAYS: Mapping[str, tuple[str, ...]] = {
    "visit": ("merchant", "visited_at", "by"),
    "referral": ("parent", "merchant", "to_parent", "kind", "at"),
    "opinion": ("merchant", "parent", "count", "view", "at"),
}


class Happenings:
    """Rows of one kind. A visit is the one that is known at that shop, at that time, by that worker, if there is one."""

    def __init__(self, db: sqlite3.Connection, kind: str) -> None:
        self._db, self.kind = db, kind
        self._visits: dict[Call, str] = {}
        self._taken: set[str] = set()

    def prepare(self, entries: Iterable[Entry]) -> None:
        """Look up, all at once, what the next rows may be."""
        if self.kind == "visit":
            self._visits = visits_at(self._db, (entry.fields["merchant"] for entry in entries if "merchant" in entry.fields))

    def identify(self, entry: Entry) -> None:
        """Give a row its id; holds it where another row is that record already."""
        entry.id = entry.id or worldwide_id(self.kind, entry.key) or self._known(entry.fields) or self._natural(entry.fields)
        if entry.id in self._taken:
            entry.held = True
            entry.doubt("twice", name="")
        self._taken.add(entry.id)

    def _known(self, fields: Fields) -> str | None:
        return self._visits.get((fields["merchant"], fields["visited_at"], fields.get("by"))) if self.kind == "visit" else None

    def _natural(self, fields: Fields) -> str:
        if self.kind == "place":
            return acts.place_id(fields)
        if self.kind == "tag":
            return acts.mark_id(fields["merchant"], fields["label"])
        if self.kind == "separation":
            return acts.separation_id(fields["merchant"], fields["other"])
        if self.kind == "override":
            return acts.override_id(fields.get("merchant") or fields["community"])
        return natural_id("imported", self.kind, *(str(fields.get(name) or "") for name in _SAYS[self.kind]))
