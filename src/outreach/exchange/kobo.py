"""KoboToolbox and ODK: a table of repeats, whose rows name the row they belong to, gets that row's columns too.

The tables are the sheets of a workbook, or several text files.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from outreach.exchange.heading import is_form
from outreach.exchange.table import Cell, Row, Table

_INDEX, _OF_INDEX, _OF_TABLE = "_index", "_parent_index", "_parent_table_name"  # as KoboToolbox writes them
_KEY, _OF_KEY = "KEY", "PARENT_KEY"  # as ODK does
_SENDINGS = (("_submission__uuid", "_uuid"), ("_submission__id", "_id"))  # what was sent at once: in a repeat, in its form
_UUID = "_uuid"  # by which a form, and each of its repeats, is known everywhere
_OF_PLACES = ("_latitude", "_longitude")
_NOT_ASKED = "n/a"
_Key = tuple[str, ...]


class _Link(NamedTuple):
    """The table that rows belong to, and by which columns, of theirs and of its own, they are found in it."""

    parent: Table
    own: tuple[str, ...]
    of_parent: tuple[str, ...]


def joined(tables: Sequence[Table]) -> Sequence[Table]:
    """The tables, those of repeats widened; `alone` where what their rows belong to is not among them."""
    tables = [replace(table, rows=_Answered(table.rows)) if is_form(table.header) else table for table in tables]
    links = {id(table): _kobo_link(table, tables) or _odk_link(table, tables) for table in tables}
    return [_widened(table, links, ()) for table in tables]


def _said_of(table: Table) -> set[str]:
    """What the table that the rows belong to is called; nothing where they are no repeats."""
    if not {_OF_INDEX, _OF_TABLE} <= set(table.header):
        return set()
    return {key[0] for key, _row in _keyed(table, (_OF_TABLE,)) if key}


def _kobo_link(table: Table, tables: Sequence[Table]) -> _Link | None:
    """By the table's name, which a form's file begins with; by what was sent at once, where a form is called otherwise."""
    if _OF_INDEX not in table.header:
        return None
    said = _said_of(table)
    others = [other for other in tables if other is not table and _INDEX in other.header]
    forms = [other for other in others if _OF_INDEX not in other.header]
    named = [other for other in others if other.called in said] or [one for one in forms if one.called.startswith(tuple(said))]
    if len(said) > 1 or len(named or forms) != 1:
        return None
    (parent,) = named or forms
    sent = [(own, own if own in parent.header else of_form) for own, of_form in _SENDINGS if own in table.header]
    sent = [(own, theirs) for own, theirs in sent if theirs in parent.header][:1]
    if said and not named and not sent:
        return None
    if sent and parent in forms:  # a form is sent once, and its numbers count anew in each export
        return _Link(parent, *zip(*sent, strict=True))
    return _Link(parent, *zip((_OF_INDEX, _INDEX), *sent, strict=True))


def _odk_link(table: Table, tables: Iterable[Table]) -> _Link | None:
    if _OF_KEY not in table.header:
        return None
    some = next((key for key, _row in _keyed(table, (_OF_KEY,)) if key), ())
    others = (other for other in tables if other is not table and _KEY in other.header)
    holding = (other for other in others if some and some in (key for key, _row in _keyed(other, (_KEY,))))
    return next((_Link(parent, (_OF_KEY,), (_KEY,)) for parent in holding), None)


def _widened(table: Table, links: dict[int, _Link | None], below: tuple[int, ...]) -> Table:
    link = links[id(table)]
    if link is None or id(link.parent) in below:
        return replace(table, alone=bool({_OF_INDEX, _OF_KEY} & set(table.header)))
    parent = _widened(link.parent, links, (*below, id(table)))
    wanted = [name for name in parent.header if _is_wanted(name) and name not in table.header]
    sent = [_UUID] if _UUID in parent.header and _UUID not in table.header else []
    rows = _Joined(table, link._replace(parent=parent), [*wanted, *sent], _short_name(table, link.parent) if sent else None)
    return Table(table.name, (*table.header, *wanted, *sent), rows, file=table.file, alone=parent.alone)


def _short_name(table: Table, parent: Table) -> str:
    """The same in a workbook and in text files of it, which are called form-visits, or form-visits (1) on the second day."""
    name = table.called
    for form in (*sorted(_said_of(table)), parent.called):
        name = name.removeprefix(form)
    return re.sub(r"\s*\(\d+\)$", "", name).lstrip("-_ ")


def _is_wanted(name: str) -> bool:
    """Answers come along, and places; what the server notes of a form would be the same for each of its repeats."""
    return bool(name) and (not name.startswith("_") or name.endswith(_OF_PLACES))


class _Answered:
    """Rows, without what stands where a question was not asked."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            yield row if _NOT_ASKED not in row.cells else replace(row, cells=tuple(_asked(cell) for cell in row.cells))


def _asked(cell: Cell) -> Cell:
    return None if cell == _NOT_ASKED else cell


class _Joined:
    """Memory: of each row that others belong to, the cells that come along, and how many do belong to it.

    `called`: what the rows are called where the last of the wanted is the key of what was sent at once: each row gets one of
    its own, as ODK has: visits[1] of it, visits[2]. An `_index` counts anew in each export.
    """

    def __init__(self, table: Table, link: _Link, wanted: Sequence[str], called: str | None) -> None:
        self._table, self._link, self._wanted, self._called = table, link, wanted, called

    def __iter__(self) -> Iterator[Row]:
        parent = self._link.parent
        places = [parent.header.index(name) for name in self._wanted]
        above = {key: tuple(_cell(row, i) for i in places) for key, row in _keyed(parent, self._link.of_parent) if key}
        wide, nothing = len(self._table.header), (None,) * len(places)
        counted = Counter[_Key]()
        for key, row in _keyed(self._table, self._link.own):
            own = (*row.cells, *(None,) * (wide - len(row.cells)))
            cells = above.get(key, nothing)
            if self._called is not None and cells[-1]:
                counted[key] += 1
                cells = (*cells[:-1], f"{_text(cells[-1])}/{self._called}[{counted[key]}]")
            yield Row(row.number, (*own, *cells))


def _keyed(table: Table, columns: Sequence[str]) -> Iterator[tuple[_Key, Row]]:
    """The rows, each with what it says in those columns; with nothing where it does not say all of it."""
    places = [table.header.index(name) for name in columns]
    for row in table.rows:
        key = tuple(text for place in places if (text := _text(_cell(row, place))))
        yield key if len(key) == len(places) else (), row


def _text(cell: Cell) -> str:
    """A number is the same with and without its point."""
    return "" if cell is None else str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell).strip()


def _cell(row: Row, place: int) -> Cell:
    return row.cells[place] if place < len(row.cells) else None
