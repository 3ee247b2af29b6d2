"""Records as rows of a table for people: names instead of ids, words instead of codes. Within `chosen.choosing`.

Everything is worked out by SQLite, so that a million visits cost little time and no memory.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from outreach.domain.form import Field, Form, Kind
from outreach.domain.guarding import FIRST
from outreach.domain.records import REMOVED, VISIT, Outcome, Reason
from outreach.store.chosen import as_far_as_chosen, condition_of
from outreach.store.merchants import Filter

SHOP, SHOP_ID, SHOP_PLACE = "merchant", "merchant.id", "merchant.community"
STANDING = ("status", "visits", "last_visit")  # of a shop, from its visits; not read back
LISTED = "、"  # between the members of a list
_CALLED_SO = {"community", "parent"}  # kinds that a cell names; of shops, which often have one name, the id stands beside
_FREE = (Form.TEXT, Form.NOTE)  # forms in whose cells anything may stand


class Words(NamedTuple):
    """What codes are called, by their set; what true and false are."""

    said: Mapping[type[StrEnum], Mapping[str, str]]
    yes: str
    no: str


class _Cell(NamedTuple):
    """The expression for a column. `first`: where it needs guarding, what a risky text in it begins with."""

    sql: str
    values: tuple[object, ...] = ()
    first: str | None = None


def columns_of(kind: Kind, *, contacts: bool) -> list[str]:
    """The columns of a kind's table: its fields by name; of a shop that it is about, name, id and community."""
    found = ["id"]
    for field in kind.fields:
        if field.name == REMOVED or (field.contact and not contacts):
            continue
        found.append(field.name)
        if field.name == SHOP:
            found.append(SHOP_ID)
            found += [] if kind.field("community") or kind.field("other") else [SHOP_PLACE]
    return [*found, *STANDING] if kind.name == SHOP else found


def rows_of(
    db: sqlite3.Connection,
    kind: Kind,
    columns: list[str],
    wanted: Filter,
    words: Words,
    guard: Callable[[str], str] | None = None,
) -> Iterator[tuple[Any, ...]]:
    """The chosen records by id; visits, of which there are many, as they lie. Free texts go through `guard`.

    Days and moments are as recorded, places in degrees.
    """
    _offer(db, words, guard)
    cells = [_cell(kind, name, words) for name in columns]
    sql = ",".join(_guarded(cell) if guard else cell.sql for cell in cells)
    condition = condition_of(kind, wanted)
    about = "LEFT JOIN chosen_merchant s ON s.id = t.merchant" if kind.field(SHOP) else ""
    order, read = ("", "NOT INDEXED") if kind is VISIT else ("ORDER BY t.id", "")
    cursor = db.cursor()
    cursor.row_factory = None
    query = f"SELECT {sql} FROM {kind.name} t {read} {about} WHERE {condition.sql} {order}"  # noqa: S608 - our own names
    return cursor.execute(query, [*(value for cell in cells for value in cell.values), *condition.values])


def _guarded(cell: _Cell) -> str:
    """A quick look at the first letter, before the function that looks at all: that costs as much as the rest of a row."""
    if cell.first is None:
        return cell.sql
    first = cell.first.replace("'", "''")
    return f"iif({cell.sql} GLOB '[{first}]*', guarded({cell.sql}), {cell.sql})"


def _offer(db: sqlite3.Connection, words: Words, guard: Callable[[str], str] | None) -> None:
    """Lists as SQL functions; there are few different ones, and each is worked out once."""
    safe = guard or str
    reasons, known = words.said[Reason], dict[str, str]()
    called = dict(db.execute("SELECT id, shown FROM chosen_parent").fetchall())

    def joined(text: str, names: Mapping[str, str]) -> str:
        if text not in known:
            known[text] = safe(LISTED.join(names.get(one, one) for one in json.loads(text)))
        return known[text]

    db.create_function("guarded", 1, safe, deterministic=True)
    db.create_function("said_reasons", 1, lambda text: text and joined(text, reasons), deterministic=True)
    db.create_function("said_parents", 1, lambda text: text and joined(text, called), deterministic=True)


def _cell(kind: Kind, name: str, words: Words) -> _Cell:
    if name in _DIRECT:
        return _DIRECT[name]
    field = kind.field(name)
    if field is None:
        return _standing(name, words)
    if field.words:
        return _coded(f't."{name}"', words.said[field.words])
    return _READ.get(field.form, _plain)(field, words)


def _plain(field: Field, _words: Words) -> _Cell:
    return _Cell(f't."{field.name}"', (), FIRST if field.form in _FREE else None)


def _coded(sql: str, said: Mapping[str, str]) -> _Cell:
    cases = " WHEN ? THEN ?" * len(said)
    return _Cell(f"CASE {sql}{cases} ELSE {sql} END", tuple(text for pair in said.items() for text in pair))


def _flag(field: Field, words: Words) -> _Cell:
    return _Cell(f'CASE t."{field.name}" WHEN 1 THEN ? WHEN 0 THEN ? END', (words.yes, words.no))


def _degrees(field: Field, _words: Words) -> _Cell:
    return _Cell(f't."{field.name}" / 1000000.0')


def _reference(field: Field, _words: Words) -> _Cell:
    if field.name == SHOP:
        return _Cell("s.name", (), FIRST)
    if field.to in _CALLED_SO:
        return _Cell(f'(SELECT shown FROM chosen_{field.to} WHERE id = t."{field.name}")', (), FIRST)  # noqa: S608 - our own names
    return _Cell(as_far_as_chosen(field), (), _FIRST_OF_IDS)


def _list(field: Field, _words: Words) -> _Cell:
    return _Cell(f"said_{'reasons' if field.form is Form.WORDS else 'parents'}({as_far_as_chosen(field)})")


def _standing(name: str, words: Words) -> _Cell:
    sql = f"(SELECT {name} FROM standing WHERE merchant = t.id AND root = t.id)"  # noqa: S608 - our own names
    return _coded(sql, words.said[Outcome]) if name == "status" else _Cell(sql)


_FIRST_OF_IDS = "".join(c for c in FIRST if not (c.isascii() and c.isalnum()))  # an id is no number, no month and no word
_DIRECT = {
    "id": _Cell("t.id", (), _FIRST_OF_IDS),
    SHOP_ID: _Cell("s.id", (), _FIRST_OF_IDS),
    SHOP_PLACE: _Cell("s.community", (), FIRST),
}
_READ: Mapping[Form, Callable[[Field, Words], _Cell]] = {
    Form.FLAG: _flag,
    Form.DEGREES: _degrees,
    Form.REFERENCE: _reference,
    Form.REFERENCES: _list,
    Form.WORDS: _list,
}
