"""Which visit a row is that has no id and no key of its own: by its shop, its moment and its worker.

Of several such rows of one file the k-th is the k-th visit (docs/decisions/0015-imports.md). No SQL, no words.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from outreach.domain.change import Fields
from outreach.domain.ids import natural_id
from outreach.exchange.entry import Entry
from outreach.store.imports import Visited

_Call = tuple[str, str, str | None]  # the shop's id, when, who
_Said = tuple[str, str, str | None, str | None, str | None]  # and what came of it, and the note
_DAY = len("2026-11-24")
_ANY = "\0"  # instead of a note: whatever it is
_Told = tuple[str, str | None, str | None, str | None]  # the shop's id, who, what came of it, and the note


class Calls:
    """Memory: of each row of the file, the id of the visit that it is and what it said."""

    def __init__(self) -> None:
        self._known: dict[_Call, list[Visited]] = {}
        self._claimed: set[_Said] = set()
        self._imported: dict[_Told, list[Visited]] = {}
        self._kept_out: set[_Call] = set()
        self.again = False  # whether a row is a visit of an earlier import
        self._ids: set[str] = set()  # of those that are known
        self._rows: dict[int, int] = {}  # which row of its call one was, by what it said
        self._numbers = Counter[int]()  # of rows of a call
        self._met: set[str] = set()  # visits that rows of the file are
        self._again: set[int] = set()  # what rows said that were set aside before

    def prepare(self, known: Iterable[Visited], rows: Iterable[Fields]) -> None:
        """The visits at the shops of the next rows; under their day too, where they have an hour. What these rows say."""
        self._claimed = {
            (*_call(fields), fields.get("outcome"), note) for fields in rows for note in (fields.get("note"), _ANY)
        }
        self._known, self._imported, self._ids = defaultdict(list), defaultdict(list), set()
        for one in known:
            self._ids.add(one.id)
            if not one.by_hand:
                self._imported[one.root, one.by, one.outcome, one.note].append(one)
            for moment in {one.visited_at, one.visited_at[:_DAY]}:
                self._known[one.root, moment, one.by].append(one)

    def count(self, fields: Fields) -> None:
        """A row that is kept out is one of that day too: mended, it is the visit that it would have been."""
        call = _call(fields)
        self._kept_out.add(call)
        self._numbers[hash(call)] += 1

    def identify(self, entry: Entry) -> None:
        """Give a row its id; holds it where it says what an earlier one says, or may be what was recorded by hand."""
        call = _call(entry.fields)
        said = hash((call, repr(sorted(entry.fields.items()))))
        here = [one for one in self._known.get(call, ()) if one.id not in self._met]
        if entry.mended:
            self._identify_mended(entry, call, said, here)
            return
        if said in self._rows:
            entry.id = _id(call, self._rows[said])
            entry.hold("twice", name="")
            return
        self._numbers[hash(call)] += 1
        place = self._rows[said] = self._numbers[hash(call)]
        if found := self._as_before(entry.fields, call, place, _at(call, here)):
            self._meet(entry, found)
        else:
            entry.id = self._free(call, place)
            self._met.add(entry.id)
            entry.other_days = self._of_other_days(call, entry.fields)
            self._hold_if_recorded(entry, here)

    def _of_other_days(self, call: _Call, fields: Fields) -> tuple[Visited, ...]:
        shop, moment, by = call
        same = self._imported.get((shop, by, fields["outcome"], fields.get("note")), ())
        return tuple(one for one in same if one.id not in self._met and one.visited_at != moment)

    def is_spoken_of(self, one: Visited) -> bool:
        """Whether a row of the file is that visit, or may be, if it had not been kept out."""
        return one.id in self._met or (one.root, one.visited_at, one.by) in self._kept_out

    def _identify_mended(self, entry: Entry, call: _Call, said: int, here: Sequence[Visited]) -> None:
        """A row that was kept out never changes a visit that is here; it is the next one of that day."""
        if said in self._again:
            entry.hold("twice", name="")
            return
        self._again.add(said)
        if found := _said_by(entry.fields, _at(call, here)):
            self._meet(entry, found)
            return
        entry.id = self._free(call, 1)
        self._met.add(entry.id)
        self._hold_if_recorded(entry, here)
        if _at(call, here) and not entry.held:
            entry.doubt("another")

    def _meet(self, entry: Entry, found: Visited) -> None:
        entry.id = found.id
        entry.fields["merchant"] = found.merchant  # which may have been merged since
        self._met.add(found.id)
        self.again |= not found.by_hand

    def _hold_if_recorded(self, entry: Entry, here: Iterable[Visited]) -> None:
        if by_hand := _recorded(entry.fields, here):
            self._met.add(by_hand.id)
            entry.hold("recorded", before=by_hand.visited_at, field="visited_at")

    def _free(self, call: _Call, place: int) -> str:
        """The id of the visit of that number, or of the next that none is yet."""
        while (made := _id(call, place)) in self._met or made in self._ids:
            place += 1
        return made

    def _as_before(self, fields: Fields, call: _Call, place: int, here: Sequence[Visited]) -> Visited | None:
        """What that row was in an earlier import, also at a shop that was merged since; else what is here and may be it."""
        own = [one for one in here if one.id == _id((one.merchant, *call[1:]), place)]
        same = _said_by(fields, own) or _said_by(fields, here)  # by another number where a row before it was kept out then
        own, here = ([one for one in some if not self._is_claimed(one)] for some in (own, here))
        left = here if _id(call, place) in self._met else [one for one in here if one.by_hand]
        return same or next(iter(own), None) or next(iter(left), None)

    def _is_claimed(self, one: Visited) -> bool:
        """Whether one of the next rows says of itself what that visit is: then no other corrects it."""
        call = one.root, one.visited_at, one.by, one.outcome
        notes = {one.note, *((None if one.note else _ANY,) if one.by_hand else ())}
        return any((*call, note) in self._claimed for note in notes)


def _at(call: _Call, here: Iterable[Visited]) -> list[Visited]:
    """Those of that moment; where it is a day, not those with an hour."""
    return [one for one in here if one.visited_at == call[1]]


def _said_by(fields: Fields, here: Iterable[Visited]) -> Visited | None:
    """The visit with that outcome and that note; of one by hand, one of the two may lack the note."""
    note = fields.get("note")
    alike = (one for one in here if one.note == note or (one.by_hand and None in (one.note, note)))
    return next((one for one in alike if one.outcome == fields["outcome"]), None)


def _recorded(fields: Fields, here: Iterable[Visited]) -> Visited | None:
    """For a row that says no hour, what somebody recorded with one on that day, with the same outcome."""
    if len(fields["visited_at"]) > _DAY:
        return None
    with_hour = (one for one in here if len(one.visited_at) > _DAY and one.by_hand)
    return next((one for one in with_hour if one.outcome == fields["outcome"]), None)


def _call(fields: Fields) -> _Call:
    return fields["merchant"], fields["visited_at"], fields.get("by")


@lru_cache(maxsize=1024)  # asked for four times a row, and it is a digest
def _id(call: _Call, place: int) -> str:
    """The id of the visit that the file's k-th row of that call is, on every laptop."""
    shop, moment, by = call
    return natural_id("imported", "visit", shop, moment, by or "", *([str(place)] if place > 1 else []))
