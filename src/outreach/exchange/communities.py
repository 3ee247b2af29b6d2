"""The communities that a file names: known ones, and new ones, which are made (docs/decisions/0007-new-communities.md)."""

import sqlite3
from collections.abc import Collection, Iterable

from outreach.domain import acts
from outreach.domain.acts import Maker
from outreach.domain.change import Draft, Fields
from outreach.domain.namesakes import lying_in, told_apart
from outreach.domain.naming import folded
from outreach.domain.records import REMOVED
from outreach.domain.text import natural_key
from outreach.exchange.entry import Entry
from outreach.exchange.fates import TakenAs
from outreach.store.finding import near_communities, offices
from outreach.store.imports import namesakes
from outreach.store.records import get_record, names_of

_Unclear = tuple[str, list[str]]  # why, and the names of those that may be meant


class Communities:
    """Looks each name up once. `made`: the names, by id, of those that are new and were taken to be written."""

    def __init__(self, db: sqlite3.Connection, maker: Maker) -> None:
        self._db, self._maker = db, maker
        self._names = names_of(db, "community")
        self._known: dict[str, str | _Unclear] = {}
        self._offices = offices(db)
        self._instead: set[str] = set()
        self._drafts: list[Draft] = []
        self._new: set[str] = set()
        self._taken: set[str] = set()
        self.made: dict[str, str] = {}

    def prepare(self, entries: Iterable[Entry]) -> None:
        """Hear which names the next rows say, before any is taken for another."""
        said = (fields.get("community") for entry in entries for fields in (entry.fields, *entry.about.values()))
        new = [name for name in dict.fromkeys(said) if isinstance(name, str) and name not in self._names]
        for name in new:
            self._offices.meet(name)
        for name in sorted(new, key=self._offices.rank):
            if natural_key(name) not in self._known:
                self._look_up(name)

    def place(self, entry: Entry, fields: dict[str, object]) -> None:
        """Put the community's id where its name is; refuses the row where that is not clear."""
        name = fields.get("community")
        if not isinstance(name, str) or name in self._names:
            return
        found = self._known.get(natural_key(name)) or self._look_up(name)
        if isinstance(found, tuple):
            code, others = found
            entry.refuse(code, name=name, others=others)
            return
        fields["community"] = found
        if natural_key(name) in self._instead:
            entry.hear(TakenAs("merchant", "community", name, found))

    def identify(self, entry: Entry) -> None:
        """Give a row of a list of communities the id of its community."""
        name = entry.fields.get("name")
        if entry.id is None and not name:
            entry.refuse("missing", field="name")
            return
        if entry.id is None:
            found = self._listed(self._in_full(entry.fields))
            if isinstance(found, tuple):
                code, others = found
                entry.refuse(code, name=name, others=others)
                return
            entry.id = found
        if entry.id in self._taken:
            entry.held = True
            entry.doubt("twice", name=str(name))
        elif entry.id:
            self._taken.add(entry.id)
            self._names.setdefault(entry.id, str(name or ""))
            self._drafts = [draft for draft in self._drafts if draft.id != entry.id]

    def take(self, used: Collection[str]) -> list[Draft]:
        """The drafts of those among `used` (ids) that are not written yet. What only refused rows name is not made."""
        taken = [draft for draft in self._drafts if draft.id in used]
        self._drafts = [draft for draft in self._drafts if draft.id not in used]
        self.made |= {draft.id: str(draft.fields["name"]) for draft in taken}
        return taken

    def _in_full(self, fields: Fields) -> str:
        """The name that a row says; of several that are called so, with its city or its district."""
        name, several = str(fields["name"]), self._called(str(fields["name"]))
        said = (str(fields[field]) for field in ("city", "district") if fields.get(field))
        telling = [word for word in said if len(several) > 1 and len(lying_in(word, several)) == 1]
        return " ".join([name, *telling[:1]])

    def _called(self, name: str) -> list[Fields]:
        """The known communities of that name, as it is written if any is written so."""
        same = namesakes(self._db, "community", [folded(name)]).get(folded(name), [])
        exact = [one for one in same if one.name == name] or same
        return [record for one in exact if (record := get_record(self._db, "community", one.id))]

    def _meant(self, name: str) -> list[Fields]:
        """Those that a name means; one after which stands its city or its district, as 新村 珠海, means that one."""
        first, *last = name.rsplit(maxsplit=1)
        return self._called(name) or (lying_in(last[0], self._called(first)) if last else [])

    def _look_up(self, name: str) -> str | _Unclear:
        """Of a name that is said of a shop: 皮村社区 is 皮村, if that is the only one it can be."""
        found = self._exactly(name)
        same = self._offices.same(name) if found is None else []
        if len(same) == 1:
            found = same[0]
            self._instead.add(natural_key(name))
            self._offices.add(found, name)
        elif same:
            found = "several_communities", sorted(self._names[one] for one in same)
        found = self._known[natural_key(name)] = found or self._new_or_near(name)
        return found

    def _listed(self, name: str) -> str | _Unclear:
        """Of a name in a list of communities: two names that are not quite the same are two, if the list has both."""
        found = self._known.get(natural_key(name)) or self._exactly(name) or self._new_or_near(name)
        if isinstance(found, str):
            self._known[natural_key(name)] = found
        return found

    def _exactly(self, name: str) -> str | _Unclear | None:
        """The one that is called so, also with its city, or that was when it was imported."""
        meant = self._meant(name)
        if len(meant) > 1:
            names = sorted(told_apart(meant).values())
            apart = not any(natural_key(one) == natural_key(name) for one in names)
            return ("several_communities", names) if apart else ("communities_alike", [])
        first = meant[0] if meant else get_record(self._db, "community", acts.community_id(name))
        return str(first["id"]) if first and not first.get(REMOVED) else None

    def _new_or_near(self, name: str) -> str | _Unclear:
        near = [match.name for match in near_communities(self._db, name) if match.name not in self._new]
        return ("near_community", near[:1]) if near else self._make(name)

    def _make(self, name: str) -> str:
        draft = acts.community(self._maker, name, get_record(self._db, "community", acts.community_id(name)))
        self._drafts.append(draft)
        self._new.add(name)
        self._names[draft.id] = name
        self._offices.add(draft.id, name)
        return draft.id
