"""What is known of each Chinese character: its readings and its simplified form. Knows no names and no query.

From `characters.dat`, which scripts/build/characters.py makes, for pypinyin and OpenCC cost 30 ms to load. It holds numbers of
four bytes, the lowest first: how many characters there are, their code points in order, and the place of each one's text among
the texts that follow. A text is `simplified<TAB>readings<LF>`, each empty where it is the character itself.
"""

from bisect import bisect_left
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".dat")


def simplified(character: str) -> str:
    """麵 is 面; what is simple already, or not Chinese, is itself."""
    return _known(character)[0] or character


def readings(character: str) -> str:
    """曾 is ceng/zeng, all readings without tones; what has none is itself."""
    return _known(character)[1] or character


@cache
def _known(character: str) -> tuple[str, str]:
    table = _table()
    count = _number(table, 0)
    place = bisect_left(range(count), ord(character), key=lambda i: _number(table, 1 + i))
    if place == count or _number(table, 1 + place) != ord(character):
        return "", ""
    start = 4 * (1 + 2 * count) + _number(table, 1 + count + place)
    simple, _tab, said = table[start : table.index(b"\n", start)].decode("utf-8").partition("\t")
    return simple, said


@cache
def _table() -> bytes:
    return FILE.read_bytes()


def _number(table: bytes, index: int) -> int:
    return int.from_bytes(table[4 * index : 4 * index + 4], "little")
