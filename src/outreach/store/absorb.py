"""What comes from other laptops, into the journal and folded, in the transaction that is open.

A change is here once: the same line again, in another segment, adds nothing. Most changes are the first and only one of their
record; these are handled by column (`outreach.domain.plain`), the others one by one, with all that is known of their records.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import compress, repeat
from operator import not_
from typing import NamedTuple

from outreach.domain.change import Written
from outreach.domain.plain import Batch, Block
from outreach.store.connection import device_of
from outreach.store.journal import INSERT, last_row, sealed_up_to
from outreach.store.tables import Key, chunks, marks, refold_all, written_of


class Absorbed(NamedTuple):
    """What taking in some changes came to: the rows they got (from `first` to `last` of the journal, if any is `new`).

    `again`: those of the records that more than one laptop has changed.
    """

    new: int
    first: int | None
    last: int | None
    again: frozenset[Key]


def absorb(db: sqlite3.Connection, batch: Batch) -> Absorbed:
    """Append changes that came from elsewhere, but for those already here, and fold them. Needs an open transaction.

    A change of this laptop's own that it had not sealed, and that comes from elsewhere (its disk was copied), is here as a
    received one from then on. Rows have their order, but for gaps where a change was here.
    """
    first = last_row(db) + 1
    ids = {line.id for line in batch.others.values()}.union(*(block.ids for block in batch.plain))
    histories, unsealed = _known(db, ids) if first > 1 else ({}, {})
    old = set(histories)
    blocks, rest = _first_ones(batch, old)
    rows, touched = _join(db, first, rest, histories, unsealed)
    db.executemany(INSERT, rows)
    for block in blocks:
        db.executemany(INSERT, _rows_of(block, batch.device, first))
    refold_all(db, touched, fresh=touched.keys() - old, plain=blocks)
    places = [rows[-1][0]] if rows else []
    places += [first + block.places[-1] for block in blocks]
    new = len(rows) + sum(len(block.rows) for block in blocks)
    again = frozenset(key for key, history in touched.items() if len({line.device for line in history}) > 1)
    return Absorbed(new, first if new else None, max(places, default=None), again)


def _first_ones(batch: Batch, known: set[Key]) -> tuple[list[Block], list[tuple[int, Written]]]:
    """The plain changes that are the first and the only one of their record; and all others, in their order."""
    rest = dict(batch.others)
    elsewhere = {line.key for line in batch.others.values()} | known
    blocks: list[Block] = []
    for block in batch.plain:
        times = Counter(block.ids)
        alone = [times[i] == 1 and (block.kind, i) not in elsewhere for i in block.ids]
        gone = compress(zip(block.places, block.rows, strict=True), map(not_, alone))
        rest |= {place: batch.unfold(block, row) for place, row in gone}
        if any(alone):
            blocks.append(Block(block.kind, [*compress(block.places, alone)], [*compress(block.rows, alone)]))
    return blocks, sorted(rest.items())


_Row = tuple[int, str, str, int, str, str | None, str, None, int | None]  # of the journal


def _join(
    db: sqlite3.Connection,
    first: int,
    lines: Iterable[tuple[int, Written]],
    histories: dict[Key, list[Written]],
    unsealed: "Unsealed",
) -> tuple[list[_Row], dict[Key, list[Written]]]:
    """Those of these changes that are new, as rows; and all changes of the records that they touch."""
    rows: list[_Row] = []
    touched: dict[Key, list[Written]] = {}
    for place, line in lines:
        history = histories.setdefault(line.key, [])
        if (seq := _place_of(line, unsealed.get(line.key, {}))) is not None:
            db.execute("DELETE FROM journal WHERE seq = ?", (seq,))
            history.remove(unsealed[line.key].pop(seq))
        elif any(map(line.says, history)):
            continue
        history.append(line)
        touched[line.key] = history
        rows.append((first + place, line.kind, line.id, line.stamp, line.device, line.worker, line.text, None, line.base))
    return rows, touched


def _rows_of(block: Block, device: str, first: int) -> Iterator[_Row]:
    bases, texts, *_values, ids, stamps, workers = block.columns
    places = (first + place for place in block.places)
    at = (None if base is None else int(base) for base in bases)
    return zip(places, repeat(block.kind), ids, map(int, stamps), repeat(device), workers, texts, repeat(None), at)


def _place_of(line: Written, rows: Mapping[int, Written]) -> int | None:
    """Which of these unsealed rows is that change, under the id that this laptop has, or had when it was recorded."""
    return next((seq for seq, other in rows.items() if other._replace(device=line.device).says(line)), None)


Unsealed = dict[Key, dict[int, Written]]


def _known(db: sqlite3.Connection, ids: Iterable[str]) -> tuple[dict[Key, list[Written]], Unsealed]:
    """The journal of the records with these ids; and which rows of it this laptop has not sealed, by record."""
    device, sealed = device_of(db), sealed_up_to(db)
    histories: dict[Key, list[Written]] = defaultdict(list)
    unsealed: Unsealed = defaultdict(dict)
    for part in chunks(sorted(ids)):  # neighbours lie together: twice as fast
        for row in db.execute(f"SELECT * FROM journal WHERE id IN ({marks(part)})", part):  # noqa: S608 - marks only
            line = written_of(row)
            histories[line.key].append(line)
            if row["act"] is not None and row["device"] == device and row["seq"] > sealed:
                unsealed[line.key][row["seq"]] = line
    return dict(histories), unsealed
