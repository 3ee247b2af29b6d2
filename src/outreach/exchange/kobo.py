"""KoboToolbox and ODK workbooks: a sheet of repeats, whose rows name the row they belong to, gets that row's columns too."""

from collections.abc import Iterator, Mapping, Sequence

from outreach.exchange.table import Cell, Row, Table

_INDEX, _OF_INDEX, _OF_TABLE = "_index", "_parent_index", "_parent_table_name"
_OF_PLACES = ("_latitude", "_longitude")


def joined(tables: Sequence[Table]) -> Sequence[Table]:
    """The tables, those of repeats widened."""
    by_name = {table.name: table for table in tables}
    return [_widened(table, by_name, {table.name}) for table in tables]


def _parents(table: Table) -> set[str]:
    """The names of the sheets that a sheet's rows belong to; nothing where it holds no repeats."""
    if not {_OF_INDEX, _OF_TABLE} <= set(table.header):
        return set()
    place = table.header.index(_OF_TABLE)
    return {str(row.cells[place]) for row in table.rows if place < len(row.cells) and row.cells[place]}


def _widened(table: Table, by_name: Mapping[str, Table], seen: set[str]) -> Table:
    names = [name for name in sorted(_parents(table)) if name in by_name and name not in seen]
    if len(names) != 1:
        return table
    parent = _widened(by_name[names[0]], by_name, seen | {names[0]})
    places = [i for i, name in enumerate(parent.header) if _is_wanted(name) and name not in table.header]
    header = (*table.header, *(parent.header[i] for i in places))
    return Table(table.name, header, _Joined(table, parent, places))


def _is_wanted(name: str) -> bool:
    """Answers come along, and places; what the server notes of a form would be the same for each of its repeats."""
    return bool(name) and (not name.startswith("_") or name.endswith(_OF_PLACES))


class _Joined:
    def __init__(self, table: Table, parent: Table, places: Sequence[int]) -> None:
        self._table, self._parent, self._places = table, parent, places

    def __iter__(self) -> Iterator[Row]:
        index = self._parent.header.index(_INDEX) if _INDEX in self._parent.header else -1
        above = {_number(row.cells, index): row.cells for row in self._parent.rows}
        wide = len(self._table.header)
        place = self._table.header.index(_OF_INDEX)
        for row in self._table.rows:
            own = (*row.cells, *(None,) * (wide - len(row.cells)))
            cells = above.get(_number(row.cells, place), ())
            yield Row(row.number, (*own, *(cells[i] if i < len(cells) else None for i in self._places)))


def _number(cells: Sequence[Cell], place: int) -> int | None:
    cell = cells[place] if 0 <= place < len(cells) else None
    return int(cell) if isinstance(cell, int | float) else int(cell) if isinstance(cell, str) and cell.isdecimal() else None
