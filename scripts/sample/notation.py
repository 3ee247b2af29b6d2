"""Reads the plain text in which the push is written down. No chance, no clock, no JSON.

A village file has `key: value` lines, an empty line, then its shops. A shop is
`name category owner address landmark key=value…`; under it, indented, stand its visits, the earliest first:
`laptop day outcome [firm] key=value… : note`. A line of deeds.txt is `laptop day when do key=value… : note`, where
`when` is a time, or `early` (before that day's visits) or `late` (after them). Lines with # are remarks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

VILLAGES = ("picun", "dongshagezhuang", "beishan", "shangchong")


@dataclass(frozen=True)
class Entry:
    """One line: who, on which day, the words, the key=value pairs, and the note after the colon."""

    laptop: str
    day: int
    words: tuple[str, ...]
    pairs: Mapping[str, str]
    note: str

    def items(self, key: str) -> list[str]:
        """The comma-separated values of a key."""
        return self.pairs[key].split(",") if key in self.pairs else []

    def number(self, key: str) -> int | None:
        """The value of a key as a whole number, None where it is not given."""
        return int(self.pairs[key]) if key in self.pairs else None


@dataclass(frozen=True)
class Shop:
    """A merchant, what is known about it, and the visits to it."""

    name: str
    facts: Mapping[str, str]
    visits: tuple[Entry, ...]


@dataclass(frozen=True)
class Village:
    """A community; `centre` is latitude and longitude in micro-degrees."""

    facts: Mapping[str, str]
    centre: tuple[int, int]
    shops: tuple[Shop, ...]

    @property
    def name(self) -> str:
        return self.facts["name"]


def read_villages(folder: Path) -> list[Village]:
    """The four villages, in a fixed order."""
    return [_village((folder / f"{name}.txt").read_text(encoding="utf-8")) for name in VILLAGES]


def read_deeds(folder: Path) -> list[Entry]:
    """Everything but the visits, in the order of the file."""
    lines = (folder / "deeds.txt").read_text(encoding="utf-8").splitlines()
    return [_entry(line) for line in lines if line and not line.startswith("#")]


def _village(text: str) -> Village:
    head, _, rest = text.partition("\n\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    lat, lon = facts.pop("centre").split()
    return Village(facts, (int(lat), int(lon)), tuple(_shop(block) for block in rest.strip().split("\n\n")))


def _shop(block: str) -> Shop:
    head, *visits = block.splitlines()
    words, pairs = _split(head)
    facts = dict(zip(("category", "owner", "address", "landmark"), words[1:], strict=True)) | pairs
    return Shop(words[0], facts, tuple(_entry(line) for line in visits))


def _entry(line: str) -> Entry:
    head, _, note = line.partition(" : ")
    (laptop, day, *words), pairs = _split(head)
    return Entry(laptop, int(day), tuple(words), pairs, note)


def _split(head: str) -> tuple[list[str], dict[str, str]]:
    parts = head.split()
    words = [part for part in parts if "=" not in part]
    return words, dict(part.split("=", 1) for part in parts if "=" in part)
