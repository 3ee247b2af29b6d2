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
from outreach.store.pieces import chunks, marks
from outreach.store.tables import Key, refold_all, written_of


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


class _History:
    """All changes of one record, each once. Whether one is there is looked up, not searched for: there may be thousands."""

    def __init__(self, lines: Iterable[Written] = ()) -> None:
        self.lines: list[Written] = []
        self._first: dict[Written, Written] = {}  # by all that they say but the text
        self._meanings: dict[Written, set[str]] = {}  # of those of which there are more
        for line in lines:
            self.add(line)

    def add(self, line: Written) -> bool:
        """Add a change, unless it is there, if perhaps in another form. Whether it was not."""
        head = line._replace(text="")
        if self._first.setdefault(head, line) is not line:
            meanings = self._meanings.setdefault(head, {self._first[head].meaning})
            if line.meaning in meanings:
                return False
            meanings.add(line.meaning)
        self.lines.append(line)
        return True

    def without(self, line: Written) -> "_History":
        """The same without one of them."""
        return _History(other for other in self.lines if other != line)


_Row = tuple[int, str, str, int, str, str | None, str, None, int | None]  # of the journal


def _join(
    db: sqlite3.Connection,
    first: int,
    lines: Iterable[tuple[int, Written]],
    histories: dict[Key, _History],
    unsealed: "Unsealed",
) -> tuple[list[_Row], dict[Key, list[Written]]]:
    """Those of these changes that are new, as rows; and all changes of the records that they touch."""
    rows: list[_Row] = []
    touched: dict[Key, _History] = {}
    for place, line in lines:
        history = histories.setdefault(line.key, _History())
        own = unsealed.get((line.key, line.stamp), {})
        if (seq := _place_of(line, own)) is not None:
            db.execute("DELETE FROM journal WHERE seq = ?", (seq,))
            history = histories[line.key] = history.without(own.pop(seq))
        if not history.add(line):
            continue
        touched[line.key] = history
        rows.append((first + place, line.kind, line.id, line.stamp, line.device, line.worker, line.text, None, line.base))
    return rows, {key: history.lines for key, history in touched.items()}


def _rows_of(block: Block, device: str, first: int) -> Iterator[_Row]:
    bases, texts, *_values, ids, stamps, workers = block.columns
    places = (first + place for place in block.places)
    at = (None if base is None else int(base) for base in bases)
    return zip(places, repeat(block.kind), ids, map(int, stamps), repeat(device), workers, texts, repeat(None), at)


def _place_of(line: Written, rows: Mapping[int, Written]) -> int | None:
    """Which of these unsealed rows is that change, under the id that this laptop has, or had when it was recorded."""
    head = line._replace(text="")
    alike = (seq for seq, other in rows.items() if other._replace(device=line.device, text="") == head)
    return next((seq for seq in alike if rows[seq].meaning == line.meaning), None)


Unsealed = dict[tuple[Key, int], dict[int, Written]]  # by record and stamp: the rows


def _known(db: sqlite3.Connection, ids: Iterable[str]) -> tuple[dict[Key, _History], Unsealed]:
    """The journal of the records with these ids; and which rows of it this laptop has not sealed."""
    device, sealed = device_of(db), sealed_up_to(db)
    histories: dict[Key, _History] = defaultdict(_History)
    unsealed: Unsealed = defaultdict(dict)
    for part in chunks(sorted(ids)):  # neighbours lie together: twice as fast
        for row in db.execute(f"SELECT * FROM journal WHERE id IN ({marks(part)})", part):  # noqa: S608 - marks only
            line = written_of(row)
            histories[line.key].add(line)
            if row["act"] is not None and row["device"] == device and row["seq"] > sealed:
                unsealed[line.key, line.stamp][row["seq"]] = line
    return dict(histories), unsealed
