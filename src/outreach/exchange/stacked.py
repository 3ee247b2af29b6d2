"""Where the table of a sheet ends, for people write another one below it, or its header again on each page. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from outreach.exchange.headers import is_header
from outreach.exchange.table import Cell, Row, titles


def parted(rows: Iterable[Row], header: tuple[str, ...]) -> Iterator[tuple[Row, bool]]:
    """The rows under a header, each with whether it is of another table: that one's title, its header, or below it.

    The header written again is nobody's row. Raises what reading the rows raises.
    """
    title: Row | None = None  # a row of one cell, of which the next row tells what it is
    own = _written(header)
    other = False
    for row in rows:
        again = titles(row.cells[:1]) == header[:1] and _written(row.cells) == own
        other = other or (not again and is_header(row.cells))
        if title:
            yield title, other
        alone = not other and sum(cell not in (None, "") for cell in row.cells) == 1
        title = row if alone else None
        if not (alone or again):
            yield row, other
    if title:
        yield title, False


def _written(cells: Sequence[Cell]) -> list[str]:
    """A header, however many empty cells stand behind it."""
    found = list(titles(cells))
    while found and not found[-1]:
        found.pop()
    return found
