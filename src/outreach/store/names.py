"""The index of names: what merchants, parents and communities are found by. A derived table, written with the record."""

import sqlite3
from collections.abc import Mapping, Sequence
from itertools import compress
from typing import Any

from outreach.domain.form import Kind
from outreach.domain.naming import digits, folded, pinyin_key
from outreach.store.pieces import chunks, marks

_PLACE = ("address", "landmark", "category", "city")


def index_names(db: sqlite3.Connection, kind: Kind, records: Mapping[str, Sequence[Any]], *, fresh: bool) -> None:
    """Make the index rows of these records, columns of their table, again; a record that is not live has none.

    `fresh`: they have no index rows yet.
    """
    if kind.named is None:
        return
    for ids in () if fresh else chunks(records["id"]):
        db.execute(f"DELETE FROM lookup WHERE id IN ({marks(ids)})", ids)  # noqa: S608 - marks only
    said = {name: records[name] for name in ("id", kind.named, "phone", *_PLACE) if name in records}
    live = compress(zip(*said.values(), strict=True), records["live"])
    rows = (lookup_row(kind, dict(zip(said, values, strict=True))) for values in live)
    db.executemany("INSERT INTO lookup (id, kind, name, folded, pinyin, place, phone) VALUES (?,?,?,?,?,?,?)", rows)


def lookup_row(kind: Kind, record: Mapping[str, Any]) -> tuple[str, ...]:
    """What a record is found by: its name, folded and in pinyin, its place and kind of shop, its phone's digits."""
    place = " ".join(filter(None, map(record.get, _PLACE)))
    name = record[kind.named or "name"]
    return record["id"], kind.name, name, folded(name), pinyin_key(name), folded(place), digits(record.get("phone") or "")
