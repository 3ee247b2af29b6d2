"""Which visit, referral, mark, opinion, decision or place a row is: by our id, the source's key, else what it says happened."""

import sqlite3
from collections.abc import Iterable, Mapping

from outreach.domain import acts
from outreach.domain.change import Fields
from outreach.domain.ids import natural_id
from outreach.exchange.calls import Calls
from outreach.exchange.entry import Entry
from outreach.exchange.registers import repeat_id, worldwide_id
from outreach.store.imports import visits_at

_SAYS: Mapping[str, tuple[str, ...]] = {
    "referral": ("parent", "merchant", "to_parent", "kind", "at"),
    "opinion": ("merchant", "parent", "count", "view", "at"),
}
_REPEATED = ("visit", *_SAYS)  # of which a form's repeat is one, and no other the same


class Happenings:
    """Rows of one kind."""

    def __init__(self, db: sqlite3.Connection, kind: str) -> None:
        self._db, self.kind = db, kind
        self.calls = Calls()
        self._taken: set[str] = set()

    def prepare(self, entries: Iterable[Entry]) -> None:
        """Look up, all at once, what the next rows may be."""
        if self.kind == "visit":
            rows = [entry.fields for entry in entries if {"merchant", "visited_at"} <= entry.fields.keys()]
            self.calls.prepare(visits_at(self._db, (fields["merchant"] for fields in rows)), rows)

    def identify(self, entry: Entry) -> None:
        """Give a row its id; holds it where another row is that record already."""
        entry.id = entry.id or worldwide_id(self.kind, entry.key) or self._repeat(entry.key)
        if entry.id is None and self.kind == "visit":
            self.calls.identify(entry)
            return
        entry.id = entry.id or self._natural(entry.fields)
        if entry.id in self._taken:
            entry.hold("twice", name="")
        self._taken.add(entry.id)

    def count(self, entry: Entry) -> None:
        """A row that is kept out, of which the shop and the day are known."""
        if self.kind == "visit" and not (entry.id or entry.key):
            self.calls.count(entry.fields)

    def _repeat(self, key: str | None) -> str | None:
        return repeat_id(self.kind, key) if self.kind in _REPEATED else None

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
