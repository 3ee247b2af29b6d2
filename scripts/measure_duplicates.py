"""How often likeness is right, by kind of pair, on tests/fixtures/duplicates.csv. The tables of docs/duplicates.md.

    .venv/bin/python scripts/measure_duplicates.py [--lang en|zh] [--held-out no] [--wrong]

A third of the pairs is held out: rules are made by looking at the others only (--held-out no), figures are of this third.
"""

import argparse
import csv
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from outreach.domain.likeness import Shop, pairs
from outreach.domain.proportion import wilson
from outreach.domain.proximity import spot

PAIRS = Path(__file__).resolve().parents[1] / "tests" / "fixtures" / "duplicates.csv"
CLASSES: Mapping[str, str] = {
    "typo": "写错、漏字、多字",
    "homophone": "同音字",
    "traditional": "繁体字",
    "suffix": "后缀不同或没写",
    "place in front": "前面带村名",
    "width and digits": "全角、空格、符号",
    "branch mark forgotten": "没写分店",
    "renamed": "改了名，电话没变",
    "same phone and name nearly": "电话相同，名称相近",
    "moved": "搬了家，电话没变",
    "branches of a chain": "连锁店的两家分店",
    "a chain without marks": "连锁店，没写分店",
    "neighbour with another surname": "邻居，姓不同",
    "one owner's name, two trades": "同名不同行",
    "names with words in common": "名称有相同的字",
    "same name elsewhere": "别的社区的同名店",
    "one owner, two shops": "一个老板两家店，同一个电话",
    "homophones that are two": "同音但不是一家",
    "numbers apart": "编号不同",
    "others of one street": "同一条街的别的店",
}
HEADS = {
    "en": ("kind of pair", "one shop?", "listed", "yes", "no"),
    "zh": ("哪种情况", "是一家吗", "列了出来", "是", "不是"),
}


class Labelled(NamedTuple):
    """Two shops as people might have recorded them, whether they are one, and what kind of case that is."""

    one: Shop
    other: Shop
    same: bool
    kind: str
    held_out: bool

    @property
    def listed(self) -> bool:
        """Whether they would be offered as one."""
        return bool(pairs([self.one, self.other]))


def labelled() -> list[Labelled]:
    """All pairs of the file."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return [
            Labelled(_shop(row, "a"), _shop(row, "b"), row["same"] == "yes", row["class"], row["held_out"] == "yes")
            for row in csv.DictReader(file)
        ]


def _shop(row: Mapping[str, str], side: str) -> Shop:
    name, community, phone, lat, lon = (row[f"{side}_{f}"] or None for f in ("name", "community", "phone", "lat", "lon"))
    place = spot(int(lat), int(lon)) if lat and lon else None
    return Shop(side, name or "", community, phone, place, community)


def precision_and_recall(some: Iterable[Labelled]) -> tuple[str, str]:
    """Of those listed, how many are one; of those that are one, how many are listed; each with Wilson's interval."""
    some = list(some)
    right = sum(pair.listed and pair.same for pair in some)
    return _share(right, sum(p.listed for p in some)), _share(right, sum(p.same for p in some))


def _share(part: int, whole: int) -> str:
    low, high = wilson(part, whole)
    return f"{part / whole:.2f} ({low:.2f}–{high:.2f}; {part}/{whole})"


def table(some: Iterable[Labelled], lang: str) -> str:
    """A row for each kind of pair: how many of them are listed."""
    some = list(some)
    kind, one, listed, yes, no = HEADS[lang]
    lines = [f"| {kind} | {one} | {listed} |", "| --- | --- | --- |"]
    for name, chinese in CLASSES.items():
        those = [pair for pair in some if pair.kind == name]
        answer = yes if those[0].same else no
        share = _share(sum(pair.listed for pair in those), len(those))
        lines.append(f"| {name if lang == 'en' else chinese} | {answer} | {share} |")
    return "\n".join(lines)


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lang", choices=HEADS, default="en")
    parser.add_argument("--held-out", choices=("yes", "no"), default="yes")
    parser.add_argument("--wrong", action="store_true", help="list the pairs that are judged wrongly, too")
    chosen = parser.parse_args()
    some = [pair for pair in labelled() if pair.held_out == (chosen.held_out == "yes")]
    precision, recall = precision_and_recall(some)
    sys.stdout.write(f"{table(some, chosen.lang)}\n\nprecision {precision}, recall {recall}, {len(some)} pairs\n")
    for pair in some if chosen.wrong else ():
        if pair.listed != pair.same:
            sys.stdout.write(f"{pair.kind}: {pair.one.name} / {pair.other.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
