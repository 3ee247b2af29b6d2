"""The work that every peer does: the made-up visits, the steps, the report of a step.

    python -m peers.work N FOLDER      (in scripts/bench) writes the input of a run
    python -m peers.NAME STEP FOLDER   does a step and prints one line of JSON

  seed      device A comes to hold N visits, written by four devices
  push      A puts them into the shared place
  pull      a fresh device B reads the shared place until it can count and look up visits
  meet      (not timed) A takes in what it does not have yet; only ours has such a step
  inc_push  A records 100 new visits and shares them
  inc_pull  B takes them in
  check     (not timed) what B holds: how many visits, and the sha256 of all of them

`s` is the time of a step without the interpreter's start and the imports, `cpu` the processor's; `export` and `export_cpu` the
parts of them that a peer counts apart.
"""

import hashlib
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from outreach.domain.ids import new_id

Row = dict[str, Any]
Steps = Mapping[str, Callable[[Path], Mapping[str, Any] | None]]
FIELDS = ("id", "device", "name", "place", "visited_at", "status", "rating", "note")
NEW = 100
DEVICES = 4
NOON = 1_795_500_000_000  # 2026-11-24, ms since 1970
PLACES = ("朝阳社区", "和平里", "西湖村", "东风镇", "桃源乡", "新华街", "南关屯", "北山寨")
STATUSES = ("完成", "待跟进", "未遇", "转介")
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平"
_WORDS = (
    "今天见到本人", "家里有老人", "需要转介社工站", "血压偏高", "同意下次再访", "电话打不通", "孩子上学有困难",
    "已经发放物资", "要帮忙联系医院", "spoke with neighbour", "no one at home", "left a card",
)  # fmt: skip


def make_visits(count: int, seed: int) -> Iterator[Row]:
    """As in the team's peer benchmark, with ids as this program makes them."""
    rng = random.Random(seed)
    for i in range(count):
        day = f"2026-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}T{rng.randint(8, 18):02}:{rng.randint(0, 59):02}:00+08:00"
        yield {
            "id": new_id(NOON + i, rng.randbytes(10)),
            "device": f"dev{i % DEVICES}",
            "name": rng.choice(_SURNAMES) + "".join(rng.choices(_GIVEN, k=2)),
            "place": rng.choice(PLACES),
            "visited_at": day,
            "status": rng.choice(STATUSES),
            "rating": rng.randint(1, 5),
            "note": "，".join(rng.choices(_WORDS, k=rng.randint(2, 6))) + "。",
        }


def write_lines(path: Path, rows: Iterable[Row]) -> None:
    """Each row as plain JSON."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)


def keep(path: Path, data: bytes) -> None:
    """Write a file and flush it to the disk: what a step has done is there after a power cut, whoever did it."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def read_lines(path: Path) -> list[Row]:
    """The rows of such a file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def visits(work: Path) -> list[Row]:
    """What device A holds at first."""
    return read_lines(work / "input.jsonl")


def new_visits(work: Path) -> list[Row]:
    """What it records later."""
    return read_lines(work / "new.jsonl")


def an_id(work: Path) -> str:
    """The id of a visit that must be found."""
    with (work / "input.jsonl").open(encoding="utf-8") as file:
        return str(json.loads(file.readline())["id"])


def shared(work: Path) -> Path:
    """The shared place."""
    place = work / "shared"
    place.mkdir(exist_ok=True)
    return place


def digest(rows: Iterable[Row]) -> str:
    """The sha256 of what all visits say, whoever wrote them."""
    told = [json.dumps({name: row[name] for name in FIELDS if name != "device"}) for row in sorted(rows, key=lambda r: r["id"])]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def content(rows: list[Row]) -> Row:
    """The answer to `check`."""
    return {"count": len(rows), "sha256": digest(rows)}


def run(steps: Steps) -> None:
    """Do the step that the command line names and print what came of it."""
    step, work = sys.argv[1], Path(sys.argv[2])
    started, computed = time.perf_counter(), time.process_time()
    told = steps[step](work) or {}
    print(json.dumps({"s": time.perf_counter() - started, "cpu": time.process_time() - computed, **told}))


def main() -> None:
    """Write the input of a run, and print what B has to hold in the end."""
    count, work = int(sys.argv[1]), Path(sys.argv[2])
    work.mkdir(parents=True, exist_ok=True)
    first, later = list(make_visits(count, seed=1)), list(make_visits(NEW, seed=2))
    write_lines(work / "input.jsonl", first)
    write_lines(work / "new.jsonl", later)
    print(json.dumps({"s": 0, "cpu": 0, "plain": (work / "input.jsonl").stat().st_size, **content(first + later)}))


if __name__ == "__main__":
    main()
