"""The communities that a file names: known ones, and new ones, which are made (docs/decisions/0007-new-communities.md)."""

import sqlite3
from collections.abc import Collection

from outreach.domain import acts
from outreach.domain.acts import Maker
from outreach.domain.change import Draft
from outreach.domain.naming import folded
from outreach.domain.text import natural_key
from outreach.exchange.entry import Entry
from outreach.store.finding import near_communities
from outreach.store.imports import namesakes
from outreach.store.records import get_record, names_of


class Communities:
    """Looks each name up once. `made`: the names, by id, of those that are new and were taken to be written."""

    def __init__(self, db: sqlite3.Connection, maker: Maker) -> None:
        self._db, self._maker = db, maker
        self._ids = set(names_of(db, "community"))
        self._known: dict[str, str | tuple[str, str]] = {}
        self._drafts: list[Draft] = []
        self._new: set[str] = set()
        self._taken: set[str] = set()
        self.made: dict[str, str] = {}

    def place(self, entry: Entry, fields: dict[str, object]) -> None:
        """Put the community's id where its name is; refuses the row where that is not clear."""
        name = fields.get("community")
        if not isinstance(name, str) or name in self._ids:
            return
        found = self._known.get(natural_key(name)) or self._look_up(name)
        if isinstance(found, tuple):
            code, others = found
            entry.refuse(code, name=name, others=others)
        else:
            fields["community"] = found

    def identify(self, entry: Entry) -> None:
        """Give a row of a list of communities the id of its community."""
        name = entry.fields.get("name")
        if entry.id is None and not name:
            entry.refuse("missing", field="name")
            return
        if entry.id is None:
            self.place(entry, {"community": name})
            known = self._known[natural_key(str(name))]
            entry.id = known if isinstance(known, str) else None
        if entry.id in self._taken:
            entry.held = True
            entry.doubt("twice", name=str(name))
        elif entry.id:
            self._taken.add(entry.id)
            self._ids.add(entry.id)
            self._drafts = [draft for draft in self._drafts if draft.id != entry.id]

    def take(self, used: Collection[str]) -> list[Draft]:
        """The drafts of those among `used` (ids) that are not written yet. What only refused rows name is not made."""
        taken = [draft for draft in self._drafts if draft.id in used]
        self._drafts = [draft for draft in self._drafts if draft.id not in used]
        self.made |= {draft.id: str(draft.fields["name"]) for draft in taken}
        return taken

    def _look_up(self, name: str) -> str | tuple[str, str]:
        same = namesakes(self._db, "community", [folded(name)]).get(folded(name), [])
        exact = [one for one in same if one.name == name] or same
        if len(exact) > 1:
            found: str | tuple[str, str] = ("several_communities", "")
        elif exact:
            found = exact[0].id
        else:
            near = [match.name for match in near_communities(self._db, name) if match.name not in self._new]
            found = ("near_community", near[0]) if near else self._make(name)
        self._known[natural_key(name)] = found
        return found

    def _make(self, name: str) -> str:
        draft = acts.community(self._maker, name, get_record(self._db, "community", acts.community_id(name)))
        self._drafts.append(draft)
        self._new.add(name)
        self._ids.add(draft.id)
        return draft.id
