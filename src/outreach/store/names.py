"""The index of names: what merchants, parents and communities are found by. A derived table, written with the record."""

import sqlite3
from collections.abc import Sequence

from outreach.domain.form import Kind
from outreach.domain.naming import digits, folded, pinyin_key


def index_names(db: sqlite3.Connection, kind: Kind, ids: Sequence[str]) -> None:
    """Make the index rows of these records again; a record that is not live has none."""
    if kind.named is None:
        return
    sql = f"SELECT * FROM {kind.name} WHERE id IN ({','.join('?' * len(ids))})"  # noqa: S608 - our own name, marks
    rows = [lookup_row(kind, row) for row in db.execute(sql, ids) if row["live"]]
    db.execute(f"DELETE FROM lookup WHERE id IN ({','.join('?' * len(ids))})", ids)  # noqa: S608 - marks only
    db.executemany("INSERT INTO lookup (id, kind, name, folded, pinyin, place, phone) VALUES (?,?,?,?,?,?,?)", rows)


def lookup_row(kind: Kind, record: sqlite3.Row) -> tuple[str, ...]:
    """What a record is found by: its name, folded and in pinyin, its place and kind of shop, its phone's digits."""
    known = set(record.keys())
    place = " ".join(record[f] for f in ("address", "landmark", "category", "city") if f in known and record[f])
    phone = digits(record["phone"] or "") if "phone" in known else ""
    name = record[kind.named or "name"]
    return record["id"], kind.name, name, folded(name), pinyin_key(name), folded(place), phone
