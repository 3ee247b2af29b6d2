"""Takes the rows of a file in, batch by batch: finds out which record each is and what it comes to, and writes that.

All of it is one act, in the transaction that is open. Memory: a batch, the ids that the file named, and what is to be shown.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from outreach.domain.acts import Maker
from outreach.domain.change import Draft, Fields
from outreach.domain.merging import same
from outreach.domain.records import KINDS
from outreach.exchange.communities import Communities
from outreach.exchange.entry import Entry
from outreach.exchange.fates import Fate, Finding, Outcome, Remark, Settled
from outreach.exchange.happenings import Happenings
from outreach.exchange.moved import Moved
from outreach.exchange.registers import Register
from outreach.exchange.relations import Relations
from outreach.exchange.settling import hold_again, settle
from outreach.exchange.stated import Stated
from outreach.store.batches import Writer

# what others point to comes first
ORDER = ("community", "place", "parent", "merchant", "visit", "referral", "tag", "opinion", "override", "separation")
TOGETHER = 2_000  # rows


class Options(NamedTuple):
    """`overwrite`: the file's word goes before a person's. `new_shops`: a name alone makes a shop that is not known."""

    overwrite: bool = False
    new_shops: bool = False


class Importer:
    """Takes sheets in, in the order of `ORDER`. `fresh`: the first `compared` merchants made, each with its outcome and row.

    `stated`: what rows said of where shops stand.
    """

    def __init__(self, db: sqlite3.Connection, writer: Writer, maker: Maker, options: Options, *, compared: int) -> None:
        self._db, self._writer, self._options = db, writer, options
        self._communities = Communities(db, maker)
        self._registers = {kind: Register(db, kind) for kind in ("merchant", "parent")}
        self._relations = Relations(self._registers, self._communities, new_shops=options.new_shops)
        self._settled: set[str] = set()
        self._compared = compared
        self.stated = Stated(db)
        self._moved = Moved()
        self.fresh: dict[str, tuple[Outcome, Finding]] = {}

    def take(self, entries: Iterable[Entry], outcome: Outcome, progress: Callable[[int], object] = lambda _n: None) -> None:
        """Take in the rows of a sheet of the outcome's kind. `progress` is told how many rows were read."""
        happenings = Happenings(self._db, outcome.kind)
        made = set(self._communities.made)
        self._moved = Moved()
        for batch in _batches(entries):
            self._batch(batch, outcome, happenings)
            progress(batch[-1].row.number)
        self._moved.tell(happenings.calls, outcome)
        outcome.communities |= {i: name for i, name in self._communities.made.items() if i not in made}

    def _batch(self, entries: Sequence[Entry], outcome: Outcome, happenings: Happenings) -> None:
        self._identify(entries, outcome.kind, happenings)
        self.stated.prepare(entries)
        hold_again(self._db, outcome.kind, entries)
        taken = [entry for entry in entries if not (entry.refused or entry.held)]
        shops = self._settle_shops(taken)
        own = {entry.id: entry.fields for entry in taken if entry.id}
        settled = settle(self._db, outcome.kind, own, overwrite=self._options.overwrite)
        drafts = [Draft("merchant", i, shop.written) for i, shop in shops.items() if shop.written]
        drafts += [Draft(outcome.kind, i, one.written) for i, one in settled.items() if one.written]
        used = {str(draft.fields.get("community")) for draft in drafts}
        self._writer.write([*self._communities.take(used), *drafts])
        for entry in entries:
            self._conclude(entry, outcome, settled, shops)

    def _identify(self, entries: Sequence[Entry], kind: str, happenings: Happenings) -> None:
        """Give every row its id, and the ids of what it points to."""
        self._relations.resolve(KINDS[kind], entries)
        open_ = [entry for entry in entries if not entry.refused]
        if kind in self._registers:
            register = self._registers[kind]
            register.prepare((one.fields for one in open_), (one.id for one in open_), (one.key for one in open_))
            for entry in open_:
                register.identify(entry)
        elif kind == "community":
            for entry in open_:
                self._communities.identify(entry)
        else:
            happened = [entry for entry in entries if not entry.bare and (not entry.refused or entry.seen)]
            happenings.prepare(happened)
            for entry in happened:
                happenings.count(entry) if entry.refused else happenings.identify(entry)

    def _settle_shops(self, entries: Sequence[Entry]) -> dict[str, Settled]:
        """The shops that rows about them bring along. Of several rows the first one counts, the others fill gaps."""
        wanted: dict[str, Fields] = {}
        for entry in entries:
            if entry.shop and (said := entry.about.get("merchant")):
                known = wanted.setdefault(entry.shop, {})
                for name, value in said.items():
                    before = known.setdefault(name, value)
                    if before != value and not same(name, before, value):
                        entry.doubt("differs", kind="merchant", field=name, before=before, after=value)
        done = (
            self._settled | self._registers["merchant"].taken | {entry.shop for entry in entries if entry.again and entry.shop}
        )
        found = settle(self._db, "merchant", wanted, overwrite=self._options.overwrite, fill_only=done)
        self._settled |= wanted.keys()
        return found

    def _conclude(self, entry: Entry, outcome: Outcome, settled: dict[str, Settled], shops: dict[str, Settled]) -> None:
        """Count the row as what it came to."""
        finding = Finding(entry.row.number, Fate.SAME, outcome.kind, entry.name, entry.id, cells=entry.row.cells)
        taken = not (entry.refused or entry.held)
        if taken and entry.shop in shops:
            shop = shops.pop(entry.shop)
            _tell(entry, "merchant", shop)
            finding.join(shop, "merchant.")
            if shop.fate is Fate.NEW:
                outcome.also["merchant"] += 1
                self._note_new(entry.shop, outcome, finding)
        if taken and entry.id in settled:
            one = settled[entry.id]
            _tell(entry, outcome.kind, one)
            finding.join(one)
            if one.fate is Fate.NEW and outcome.kind == "merchant":
                self._note_new(entry.id, outcome, finding)
        _close(finding, entry, outcome)
        if taken:
            self.stated.note(entry, outcome, finding)
            self._moved.note(entry, finding)
            outcome.taken_as.update(entry.taken_as)

    def _note_new(self, shop: str, outcome: Outcome, finding: Finding) -> None:
        if len(self.fresh) < self._compared:
            self.fresh[shop] = outcome, finding
        else:
            outcome.uncompared += 1


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    rest = iter(entries)
    while batch := list(islice(rest, TOGETHER)):
        yield batch


def _tell(entry: Entry, kind: str, one: Settled) -> None:
    """What a person's word stands against, or that of an earlier row."""
    for name, step in one.kept.items():
        entry.doubt("differs" if name in one.earlier else "kept", kind=kind, field=name, before=step.before, after=step.after)
    if one.gone:
        entry.doubt("removed", kind=kind)


def _close(finding: Finding, entry: Entry, outcome: Outcome) -> None:
    remarks: tuple[Remark, ...] = tuple(entry.remarks)
    if entry.refused or entry.held:
        finding.fate = Fate.REFUSED
    elif remarks:
        outcome.doubted[finding.fate] += 1
        finding.fate = Fate.DOUBTFUL
    finding.remarks = remarks
    outcome.add(finding)
