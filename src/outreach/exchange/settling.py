"""What a file says of some records, beside what is here: what each comes to, and what is to be written of it."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping

from outreach.domain.change import Fields
from outreach.domain.records import REMOVED
from outreach.exchange.comparing import compared, differing
from outreach.exchange.entry import Entry
from outreach.exchange.fates import Fate, Settled
from outreach.store.imports import records_by_id, spoken_of, taken_back

_NOTHING = Settled(Fate.SAME, {}, {}, {})


def hold_again(db: sqlite3.Connection, kind: str, entries: Iterable[Entry]) -> None:
    """Hold what was set aside because an earlier row is that record, where it would change it. (A visit it never changes.)"""
    again = {entry.id: entry for entry in entries if entry.again and entry.id and not (entry.refused or entry.held)}
    for record, before in records_by_id(db, kind, again if kind != "visit" else ()).items():
        if differing(before, again[record].fields):
            again[record].hold("twice", name=again[record].name)


def settle(
    db: sqlite3.Connection,
    kind: str,
    wanted: Mapping[str, Fields],
    *,
    overwrite: bool,
    fill_only: Collection[str] = (),
) -> dict[str, Settled]:
    """By id, what each of these records comes to. Of those in `fill_only`, only what they lack is written."""
    before = records_by_id(db, kind, wanted)
    gone = {record for record, fields in before.items() if fields.get(REMOVED)}
    back = gone if overwrite else taken_back(db, kind, gone)
    unlike = {i: steps for i in before.keys() - gone if (steps := differing(before[i], wanted[i]))}
    spoken = spoken_of(db, kind, unlike)
    found: dict[str, Settled] = {}
    for record, fields in wanted.items():
        if record not in before:
            found[record] = Settled(Fate.NEW, fields, {}, {})
        elif record in gone:
            found[record] = _removed(fields, back=record in back)
        elif record in unlike:
            filling = record in fill_only
            said = spoken.get(record, set())
            earlier = {name for name, step in unlike[record].items() if filling and step.before is not None} - said
            changed, kept = compared(unlike[record], said | earlier, overwrite=overwrite and not filling)
            fate = Fate.CHANGED if changed else Fate.SAME
            written = {name: step.after for name, step in changed.items()}
            found[record] = Settled(fate, written, changed, kept, earlier=earlier)
        else:
            found[record] = _NOTHING
    return found


def _removed(fields: Fields, *, back: bool) -> Settled:
    """It comes back whole where only an import that was taken back had made it."""
    return Settled(Fate.NEW, fields | {REMOVED: None}, {}, {}) if back else _NOTHING._replace(gone=True)
