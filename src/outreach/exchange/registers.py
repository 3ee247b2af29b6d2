"""Which merchant or parent a row is, or is about: by our id, by the source's key, by name (docs/decisions/0015-imports.md)."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from outreach.domain.change import Fields
from outreach.domain.ids import natural_id
from outreach.domain.merging import beyond
from outreach.domain.naming import folded
from outreach.domain.records import KINDS, REMOVED
from outreach.domain.text import natural_key
from outreach.exchange.entry import Entry
from outreach.exchange.matching import differ, match
from outreach.store.imports import Namesake, namesakes, records_by_id, removed_ones

_UUID = "(?:uuid:)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_WORLDWIDE = re.compile(f"{_UUID}|amap:[0-9a-z]{{10}}", re.IGNORECASE).fullmatch
_OF_A_FORM = re.compile(rf"{_UUID}(?:/[^/]*\[\d+\])+", re.IGNORECASE).fullmatch


def worldwide_id(kind: str, key: str | None) -> str | None:
    """The id of what a source calls by a key that nobody else gives (a UUID, Amap's); None of any other key.

    A number that counts the rows of one village's list counts those of the next one's too.
    """
    return _of_key(kind, key) if key and _WORLDWIDE(key) else None


def repeat_id(kind: str, key: str | None) -> str | None:
    """The id of a repeat of a form by its key, as ODK writes it: uuid:…/visits[2]. None of any other key."""
    return _of_key(kind, key) if key and _OF_A_FORM(key) else None


def _of_key(kind: str, key: str) -> str:
    return natural_id("imported", kind, natural_key(key).removeprefix("uuid:"))


class Register:
    """The records of a kind that have names, as an import sees them. `taken`: ids that a row is already, or made."""

    def __init__(self, db: sqlite3.Connection, kind: str) -> None:
        self._db, self.kind = db, kind
        self._named = str(KINDS[kind].named)
        self._same: dict[str, list[Namesake]] = {}
        self._parts: dict[str, Fields] = {}
        self._removed: dict[str, list[Namesake]] = defaultdict(list)
        for one in removed_ones(db, kind):
            self._removed[folded(one.name)].append(one)
        self._ids: set[str] = set()
        self._keys: dict[str, str] = {}
        self._keyed: set[str] = set()
        self._made: set[str] = set()
        self._folded: dict[str, str] = {}
        self.taken: set[str] = set()

    def prepare(self, some: Iterable[Fields], ids: Iterable[str | None] = (), keys: Iterable[str | None] = ()) -> None:
        """Look up, all at once, what the next rows may be; what was looked up before is forgotten."""
        keyed = (worldwide_id(self.kind, key) for key in keys)
        self._keyed = set(records_by_id(self._db, self.kind, [i for i in keyed if i]))
        names = {str(fields[self._named]) for fields in some if fields.get(self._named)}
        self._folded = {name: folded(name) for name in names}
        self._same = namesakes(self._db, self.kind, self._folded.values())
        self._parts = records_by_id(self._db, self.kind, (one.part for same in self._same.values() for one in same if one.part))
        self._ids = set(records_by_id(self._db, self.kind, [i for i in ids if i]))

    def identify(self, entry: Entry) -> None:
        """Give a row of this kind the id of its record; holds it where another row is that record already."""
        if not entry.fields.get(self._named) and not entry.id:
            entry.refuse("missing", field=self._named)
            return
        wanted = _wanted(str(entry.fields.get(self._named) or ""), entry.fields)
        entry.id = entry.id or self._by_key(entry, wanted) or self._by_name(entry, wanted)
        if entry.id is None:
            return
        if entry.held or entry.id in self.taken:
            entry.held = True
            entry.doubt("twice", name=wanted.name)
            return
        self._note(entry.id, wanted, entry.key)

    def _by_key(self, entry: Entry, wanted: Namesake) -> str | None:
        """Of a row with a worldwide key: the record of that key, else one of its name that nothing tells apart, else new."""
        own = worldwide_id(self.kind, entry.key)
        if own is None or own in self._keyed:
            return own
        others = [one for one in self._same.get(self._fold(wanted.name), ()) if one.id not in self._keyed]
        one = match(wanted, others, self.taken).one
        if one is None or differ(wanted, one):
            return own
        entry.fields = self._more(one, entry.fields)
        return one.id

    def _by_name(self, entry: Entry, wanted: Namesake) -> str | None:
        """The record that is called so, or a new one; None where several are, which is refused."""
        same = self._same.get(self._fold(wanted.name), ())
        parts = [one for one in same if one.part and not (entry.again or one.part in self.taken)]
        if part := next((one.part for one in parts if not self._more(one, entry.fields)), None):
            return part
        found = match(wanted, same, {one.id for one in same} if entry.again else self.taken)
        if found.several:
            entry.refuse("several", name=wanted.name)
            return None
        entry.held = found.taken
        if found.one is None:
            return self._unlisted(wanted)
        entry.fields = self._more(found.one, entry.fields)
        return found.one.id

    def _more(self, one: Namesake, said: Fields) -> Fields:
        """What is said beyond what was settled, where that record was merged into another one."""
        return beyond(self._parts[one.part], said) if one.part else said

    def about(self, entry: Entry, fields: Fields, *, new: bool) -> str | None:
        """The id of the record that a row is about; where there is none and none may be `new`, the row is refused.

        What a merge settled is taken out of `fields`.
        """
        said = fields.get("id")
        if isinstance(said, str) and (said in self._ids or said in self._keys):
            return self._keys.get(said, said)
        name = fields.get(self._named) or said
        if not isinstance(name, str):
            entry.refuse("missing", field=self.kind)
            return None
        wanted = _wanted(name, fields)
        found = match(wanted, self._same.get(self._fold(name), ()))
        if found.several:
            entry.refuse(f"several_{self.kind}s", name=name)
            return None
        if found.one:
            for settled in fields.keys() - self._more(found.one, fields).keys():
                del fields[settled]
            return found.one.id
        if not new:
            return self._renamed(entry, wanted)
        fields[self._named] = name
        made = self._unlisted(wanted)
        self._made.add(made)
        self._note(made, wanted, None)
        return made

    def _renamed(self, entry: Entry, wanted: Namesake) -> str | None:
        """The one that an import made by that name and that is called otherwise now; else the row is refused."""
        first = self._named_id(wanted)
        if any(not one.get(REMOVED) for one in records_by_id(self._db, self.kind, [first]).values()):
            return first
        entry.refuse(f"no_{self.kind}", name=wanted.name)
        return None

    def is_new(self, record: str) -> bool:
        """Whether a row about it was the first to name it."""
        return record in self._made

    def _unlisted(self, wanted: Namesake) -> str:
        """The id of one of which nobody on the lists is called so: a removed one, which is to stay so, else a new one."""
        own = self._named_id(wanted)
        gone = self._removed.get(self._fold(wanted.name), ())
        known = None if any(one.id == own for one in gone) else match(wanted, gone, self.taken).one
        return known.id if known else own

    def _named_id(self, wanted: Namesake) -> str:
        """The id of one that has only its name: the same from the same list, on every laptop."""
        return natural_id(
            "imported", self.kind, natural_key(wanted.name), wanted.community or "", natural_key(wanted.address or "")
        )

    def _fold(self, name: str) -> str:
        return self._folded.get(name) or folded(name)

    def _note(self, record: str, wanted: Namesake, key: str | None) -> None:
        self._same.setdefault(self._fold(wanted.name), []).append(Namesake(record, *wanted[1:]))
        self._ids.add(record)
        self.taken.add(record)
        if key:
            self._keys[key] = record


def _wanted(name: str, fields: Fields) -> Namesake:
    return Namesake("", name, fields.get("community"), fields.get("address"), fields.get("phone"))
