"""One act of very many changes, written batch by batch in the transaction that is open: what an import records.

What is written and folded is what `outreach.store.journal.record` would write. Records of which
nothing is known yet, as most are, are handled by column (docs/decisions/0012-changes-by-column.md).
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from outreach.domain.change import Draft, Fields, canonical, next_stamp
from outreach.domain.form import Form
from outreach.domain.plain import Block, Row, names
from outreach.domain.records import KINDS
from outreach.store.connection import device_of
from outreach.store.journal import INSERT
from outreach.store.pieces import chunks, marks
from outreach.store.tables import Key, lines_of, refold_all

_WRITTEN = (Form.WORDS, Form.REFERENCES, Form.FLAG)  # as JSON


class Writer:
    """Writes one act, which begins with the first change. `now` in ms; `label` is the command; `undoes` an act's id."""

    def __init__(self, db: sqlite3.Connection, *, now: int, label: str, worker: str | None, undoes: int | None = None) -> None:
        self._db, self._now, self._worker = db, now, worker
        self._head = (now, label, worker, undoes)
        self._device = device_of(db)
        self._act: int | None = None

    def write(self, drafts: Iterable[Draft]) -> None:
        """Append these drafts and fold them; of one record, one change. Needs an open transaction."""
        wanted = _one_each(drafts)
        if not wanted:
            return
        act = self.begin()
        newest = _newest(self._db, wanted)
        texts = {key: canonical(fields) for key, fields in wanted.items()}
        stamps = {key: next_stamp(self._now, newest.get(key)) for key in wanted}
        self._db.executemany(
            INSERT,
            ((None, *key, stamps[key], self._device, self._worker, text, act, newest.get(key)) for key, text in texts.items()),
        )
        rows = ((key, (None, texts[key], fields, stamps[key])) for key, fields in wanted.items() if key not in newest)
        blocks = _blocks(rows, self._worker)
        refold_all(self._db, _histories(self._db, newest), plain=blocks)

    def begin(self) -> int:
        """The act's id; it begins now, if it has not begun yet."""
        if self._act is None:
            sql = "INSERT INTO act (at, label, worker, undoes) VALUES (?, ?, ?, ?)"
            self._act = self._db.execute(sql, self._head).lastrowid
        return int(self._act or 0)


def _one_each(drafts: Iterable[Draft]) -> dict[Key, Fields]:
    wanted: dict[Key, Fields] = {}
    for kind, record, fields in drafts:
        key = kind, record
        wanted[key] = wanted[key] | fields if key in wanted else fields
    return wanted


def _newest(db: sqlite3.Connection, keys: Iterable[Key]) -> dict[Key, int]:
    """The latest stamp of each of these records that is known."""
    found: dict[Key, int] = {}
    wanted = set(keys)
    for ids in chunks(sorted({record for _kind, record in wanted})):
        sql = f"SELECT kind, id, max(stamp) FROM journal WHERE id IN ({marks(ids)}) GROUP BY id, kind"  # noqa: S608 - marks only
        found |= {(kind, record): stamp for kind, record, stamp in db.execute(sql, ids) if (kind, record) in wanted}
    return found


def _histories(db: sqlite3.Connection, keys: Iterable[Key]) -> dict[Key, Sequence[Any]]:
    by_kind: dict[str, list[str]] = {}
    for kind, record in sorted(keys):
        by_kind.setdefault(kind, []).append(record)
    return {
        (kind, record): lines
        for kind, ids in by_kind.items()
        for part in chunks(ids)
        for record, lines in lines_of(db, kind, part).items()
    }


_New = tuple[Key, tuple[None, str, Mapping[str, Any], int]]


def _blocks(new: Iterable[_New], worker: str | None) -> Iterator[Block]:
    """The first changes of records, by kind, in the form in which a sync reads them."""
    rows: dict[str, list[Row]] = {}
    for (kind, record), (base, text, fields, stamp) in new:
        values = list(map(fields.get, _columns(kind)))
        for place, form in _not_texts(kind):
            if values[place] is not None:
                values[place] = canonical(values[place]) if form in _WRITTEN else str(values[place])
        rows.setdefault(kind, []).append((base, text, *values, record, stamp, worker))
    return (Block(kind, list(range(len(some))), some) for kind, some in rows.items())


@cache
def _columns(kind: str) -> Sequence[str]:
    return names(KINDS[kind])


@cache
def _not_texts(kind: str) -> Sequence[tuple[int, Form]]:
    """Which of the columns have values that are not texts, and of which form."""
    forms = {field.name: field.form for field in KINDS[kind].fields}
    return [(i, forms[name]) for i, name in enumerate(_columns(kind)) if forms[name] in (*_WRITTEN, Form.NUMBER, Form.DEGREES)]
