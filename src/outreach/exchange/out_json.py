"""Records as JSON, in the form of the shared `outreach.json` (data/schema), so that they can be taken in again."""

import sqlite3
from collections.abc import Iterator
from itertools import islice
from typing import IO

from outreach.domain.change import Fields
from outreach.domain.form import Kind
from outreach.domain.records import REMOVED
from outreach.exchange.out_wording import Order
from outreach.store.chosen import as_far_as_chosen, condition_of
from outreach.store.export import FORMAT, live_records, pieces

_TOGETHER = 1000  # records that are written at once


def write_json(db: sqlite3.Connection, file: IO[bytes], order: Order) -> dict[str, int]:
    """Write the kinds of the order and say how many records of each. `covers` is empty: it is nobody's whole."""
    numbers = dict.fromkeys((kind.plural for kind in order.kinds), 0)
    lists = {kind.plural: _counted(_records(db, kind, order), kind, numbers) for kind in order.kinds}
    text = pieces({"format": FORMAT, "covers": {}}, lists)
    while data := "".join(islice(text, _TOGETHER)).encode():
        file.write(data)
    return numbers


def _records(db: sqlite3.Connection, kind: Kind, order: Order) -> Iterator[Fields]:
    fields = tuple(f for f in kind.fields if f.name != REMOVED and (order.contacts or not f.contact))
    return live_records(db, kind, fields, condition_of(kind, order.wanted), as_far_as_chosen)


def _counted(records: Iterator[Fields], kind: Kind, numbers: dict[str, int]) -> Iterator[Fields]:
    for record in records:
        numbers[kind.plural] += 1
        yield record
