"""Writes data/sample/push.jsonl, a made-up push of three workers in four villages, the same bytes every time.

`python3 scripts/make_sample.py`. The story stands in scripts/sample/*.txt; phones, places, hours and times are drawn with
a fixed seed. Nothing is written unless every check in scripts/sample/checks.py holds.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from sample.checks import check
from sample.diary import keep_diary
from sample.dice import Dice
from sample.notation import read_deeds, read_villages
from sample.tally import describe

SEED = 8916
STORY = Path(__file__).resolve().parent / "sample"
TARGET = Path(__file__).resolve().parents[1] / "data" / "sample" / "push.jsonl"
HEADER = {
    "format": "outreach/sample/1",
    "made_up": True,
    "workers": {"lin": "林晓", "zhao": "赵敏", "chen": "陈立"},
}


def main() -> None:
    """Makes, checks, writes, and says what was made."""
    acts = keep_diary(read_villages(STORY), read_deeds(STORY), Dice(SEED))
    check(acts)
    TARGET.write_bytes(_lines([HEADER, *acts]).encode("utf-8"))
    _say("\n".join(describe(acts)))


def _lines(values: Iterable[object]) -> str:
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


def _say(text: str) -> None:
    """Prints, also where the terminal has no Chinese characters."""
    print(text.encode(sys.stdout.encoding, "backslashreplace").decode(sys.stdout.encoding))


if __name__ == "__main__":
    main()
