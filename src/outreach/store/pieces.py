"""Many ids in one query: in pieces that fit, with a question mark for each."""

from collections.abc import Collection, Iterator, Sequence

_CHUNK = 500  # ids in one query; SQLite allows 32,766


def chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """`ids` in pieces that fit one query."""
    return (ids[i : i + _CHUNK] for i in range(0, len(ids), _CHUNK))


def marks(values: Collection[object]) -> str:
    """As many question marks as there are values."""
    return ",".join("?" * len(values))
