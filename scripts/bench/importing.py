"""How long an import of many shops with a visit each takes, as a ratio to reading the file and one `executemany` of its rows.

    .venv/bin/python scripts/bench/importing.py [--rows 100000] [--rounds 3]

All is timed in one process, in turn, the collector set as the program sets it: the CSV read by Python's csv, and its rows put
as they are into one table without an index (the floor); the import into an empty laptop; the same file once more, which changes
nothing; and taking the import back. Aim: 4 for the first import.
"""

import argparse
import csv
import gc
import os
import resource
import sqlite3
import statistics
import tempfile
import time
from datetime import datetime
from pathlib import Path

from outreach.domain.acts import Maker
from outreach.exchange.entries import entries
from outreach.exchange.files import read
from outreach.exchange.headers import recognise
from outreach.exchange.importer import Options
from outreach.exchange.run import Sheet, Who, run
from outreach.exchange.values import Reading
from outreach.store.connection import open_database
from outreach.store.undo import undo

AIM = 4.0
NOW = datetime.fromisoformat("2026-11-24T09:00:00+08:00")
HEADER = ("店名", "社区", "地址", "电话", "类别", "走访日期", "结果", "走访人", "备注")
OUTCOMES = ("待定", "已加入", "拒绝", "未见到负责人")


def write(path: Path, rows: int) -> None:
    """A list as an office keeps it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for i in range(rows):
            shop = (f"老王超市{i:06}", f"第{i % 40}村", f"东街{i}号", f"138{i:08}", "超市")
            writer.writerow((*shop, f"2026-{1 + i % 10:02}-{1 + i % 28:02}", OUTCOMES[i % 4], f"社工{i % 12:02}", "过两天再来"))


def floor(path: Path, home: Path) -> None:
    """Read the file, and one `executemany` of its rows, to the disk."""
    db = sqlite3.connect(home / "floor.db")
    db.execute(f"CREATE TABLE row ({','.join(f'c{i}' for i in range(len(HEADER)))})")
    with path.open(encoding="utf-8-sig", newline="") as file:
        db.executemany(f"INSERT INTO row VALUES ({','.join('?' * len(HEADER))})", csv.reader(file))  # noqa: S608 - marks
    db.commit()
    db.close()


def take(db: sqlite3.Connection, path: Path) -> dict[str, int]:
    """Import the file as the command does."""
    (table,) = read(path)
    found = recognise("", table.header, {})
    assert found is not None
    sheet = Sheet("list", found.kind, table.header, entries(table, found, Reading(NOW, {})))
    who = Who(int(NOW.timestamp() * 1000), "林晓", Maker(0, os.urandom))
    (outcome,) = run(db, [sheet], who, Options())
    return {fate.value: n for fate, n in outcome.counts.items()}


def round_of(path: Path) -> list[float]:
    """Seconds of the floor, the import, the second import and the undo."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        db = open_database(home)
        times = []
        for work in (
            lambda: floor(path, home),
            lambda: take(db, path),
            lambda: take(db, path),
            lambda: undo(db, now=int(NOW.timestamp() * 1000) + 1, worker=None),
        ):
            started = time.perf_counter()
            work()
            times.append(time.perf_counter() - started)
        db.close()
    return times


def main() -> None:
    """Print the seconds and the ratios to the floor."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    said = parser.parse_args()
    gc.freeze()
    gc.set_threshold(100_000)  # as in outreach.cli.main
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "list.csv"
        write(path, said.rows)
        rounds = [round_of(path) for _ in range(said.rounds)]
    names = ("read + executemany", "import", "the same again", "undo")
    medians = [statistics.median(times) for times in zip(*rounds, strict=True)]
    for name, seconds in zip(names, medians, strict=True):
        print(f"{name:20} {seconds:7.2f} s   ratio {seconds / medians[0]:6.2f}")
    print(f"aim of the import {AIM}; memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MiB")


if __name__ == "__main__":
    main()
