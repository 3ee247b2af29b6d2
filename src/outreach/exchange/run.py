"""One import: all sheets of a file taken in as one act, or nothing; or only to see what would come of it."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from outreach.domain.acts import Maker
from outreach.domain.likeness import Pair, Shop
from outreach.exchange.entry import Entry
from outreach.exchange.fates import Outcome, Remark
from outreach.exchange.importer import ORDER, Importer, Options
from outreach.store.batches import Writer
from outreach.store.connection import bulk, rehearsed, transaction
from outreach.store.imports import LABEL
from outreach.store.likely import Likely, all_shops, likely_pairs, likely_same_of_all

AMONG = 10_000  # new shops that are compared with each other: a second, or some where all names are nearly the same
COMPARED = 100_000  # new shops that are compared with those that were here,
ALL = 150_000  # where there are not more than so many in all: twelve seconds, half a minute where all are of one community


@dataclass(frozen=True)
class Sheet:
    """Rows of one kind as they come from a file. `left_out`, `private`: columns that are not read, by their headers.

    `imported_with`: options that were said of it, as they are typed.
    """

    name: str
    kind: str
    header: tuple[str, ...]
    entries: Iterable[Entry]
    left_out: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    imported_with: str = ""


class Who(NamedTuple):
    """Who imports, and when: `now` in ms since 1970."""

    now: int
    worker: str | None
    maker: Maker


def run(
    db: sqlite3.Connection,
    sheets: Sequence[Sheet],
    who: Who,
    options: Options,
    *,
    rehearse: bool = False,
    progress: Callable[[int], object] = lambda _rows: None,
) -> list[Outcome]:
    """Take in the sheets, what others point to first. Whatever reading a file may raise leaves everything as it was."""
    outcomes = []
    with bulk(db), rehearsed(db) if rehearse else transaction(db):
        before = {shop.id for shop in all_shops(db)}
        writer = Writer(db, now=who.now, label=LABEL, worker=who.worker)
        importer = Importer(db, writer, who.maker, options, compared=COMPARED if before else AMONG)
        for sheet in sorted(sheets, key=lambda sheet: ORDER.index(sheet.kind)):
            outcome = Outcome(sheet.name, sheet.kind, sheet.header, sheet.left_out, sheet.private, sheet.imported_with)
            importer.take(sheet.entries, outcome, progress)
            outcomes.append(outcome)
        if not before and any(outcome.uncompared for outcome in outcomes):
            _leave(importer)
        elif importer.fresh:
            _compare(db, importer, before)
        importer.stated.tell()
    return outcomes


def _compare(db: sqlite3.Connection, importer: Importer, before: set[str]) -> None:
    """Doubt the new shops that may be one that was here before, or one of the file. They are taken in: a person decides."""
    fresh = importer.fresh
    if len(before) + len(fresh) > ALL:
        _leave(importer)
        return
    new = [shop for shop in all_shops(db) if shop.id in fresh and shop.id not in before]
    known = {record: likely[0] for record, likely in likely_same_of_all(db, new).items()}
    for record, likely in (_among(db, importer, new) | known).items():
        outcome, finding = fresh[record]
        outcome.doubt(finding, Remark("alike", {"name": likely.shop.name, "own": finding.name, "why": likely.why}))
        outcome.likely.append(Pair(likely.shop.id, record, likely.why))


def _leave(importer: Importer) -> None:
    """Too many to be compared with others, or with all others."""
    for outcome, _finding in importer.fresh.values():
        outcome.uncompared += 1


def _among(db: sqlite3.Connection, importer: Importer, new: Sequence[Shop]) -> dict[str, Likely]:
    """The new shops that may be one of an earlier row, with the first such."""
    if len(new) > AMONG:
        _leave(importer)
        return {}
    row = {record: place for place, record in enumerate(importer.fresh)}
    by_id = {shop.id: shop for shop in new}
    found: dict[str, Likely] = {}
    for pair in likely_pairs(db, new):
        earlier, later = sorted((pair.one, pair.other), key=row.__getitem__)
        found.setdefault(later, Likely(by_id[earlier], pair.why))
    return found
