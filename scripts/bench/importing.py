"""How long an import of many shops with a visit each takes, as ratios to two floors, all in one run.

    .venv/bin/python scripts/bench/importing.py [--rows 100000] [--rounds 3]

The bare floor: the CSV read by Python's csv, and its rows put as they are into one table without an index. The floor of the
schema: the CSV read, and what the import leaves in each of our tables put there by one `executemany` a table, keys and indexes
kept. Then the import into an empty laptop; the same file once more, which changes nothing; and taking the import back. In one
process, in turn, by the processor's seconds, the collector set as the program sets it. Aim: 4 times a floor, for the import.
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
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path

from outreach.domain.acts import Maker
from outreach.exchange.entries import entries
from outreach.exchange.files import read
from outreach.exchange.headers import recognise
from outreach.exchange.importer import Options
from outreach.exchange.run import Sheet, Who, run
from outreach.exchange.values import Reading
from outreach.store.connection import bulk, open_database, transaction
from outreach.store.undo import undo

AIM = 4.0
NOW = datetime.fromisoformat("2026-11-24T09:00:00+08:00")
HEADER = ("店名", "社区", "地址", "电话", "类别", "走访日期", "结果", "走访人", "备注")
OUTCOMES = ("待定", "已加入", "拒绝", "未见到负责人")


def rows(number: int) -> Iterator[tuple[str, ...]]:
    """Shops, each with a visit."""
    for i in range(number):
        shop = (f"老王超市{i:06}", f"第{i % 40}村", f"东街{i}号", f"138{i:08}", "超市")
        yield (*shop, f"2026-{1 + i % 10:02}-{1 + i % 28:02}", OUTCOMES[i % 4], f"社工{i % 12:02}", "过两天再来")


def write(path: Path, number: int) -> None:
    """A list as an office keeps it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(chain([HEADER], rows(number)))


def floor(path: Path, home: Path) -> None:
    """Read the file, and one `executemany` of its rows, to the disk."""
    db = sqlite3.connect(home / "floor.db")
    db.execute(f"CREATE TABLE row ({','.join(f'c{i}' for i in range(len(HEADER)))})")
    with path.open(encoding="utf-8-sig", newline="") as file:
        db.executemany(f"INSERT INTO row VALUES ({','.join('?' * len(HEADER))})", csv.reader(file))  # noqa: S608 - marks
    db.commit()
    db.close()


TABLES = ("journal", "community", "merchant", "visit", "standing", "lookup", "act")


def floor_of_schema(path: Path, source: sqlite3.Connection, home: Path) -> None:
    """Read the file, and put what is in the tables of `source` into those of an empty laptop."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for _row in csv.reader(file):
            pass
    db = open_database(home)
    with bulk(db), transaction(db):
        for table in TABLES:
            cursor = source.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own names
            marks = ",".join("?" * len(cursor.description))
            db.executemany(f"INSERT INTO {table} VALUES ({marks})", cursor)  # noqa: S608 - our own names
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
    """The processor's seconds of both floors, the import, the second import and the undo."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        db = open_database(home)
        later = int(NOW.timestamp() * 1000) + 1
        bare = seconds(lambda: floor(path, home))
        first = seconds(lambda: take(db, path))
        schema = seconds(lambda: floor_of_schema(path, db, home / "other"))
        times = [bare, schema, first, seconds(lambda: take(db, path)), seconds(lambda: undo(db, now=later, worker=None))]
        db.close()
    return times


def seconds(work: Callable[[], object]) -> float:
    """How long that kept the processor."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    """Print the seconds and the ratios to both floors."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    said = parser.parse_args()
    gc.freeze()
    gc.set_threshold(100_000)  # as in outreach.cli.main
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "list.csv"
        write(path, said.rows)
        taken = [round_of(path) for _ in range(said.rounds)]
    names = ("bare floor", "floor of the schema", "import", "the same again", "undo")
    medians = [statistics.median(times) for times in zip(*taken, strict=True)]
    for name, each in zip(names, medians, strict=True):
        print(f"{name:20} {each:7.2f} s   x bare {each / medians[0]:6.2f}   x schema {each / medians[1]:6.2f}")
    print(f"aim {AIM}; memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MiB")


if __name__ == "__main__":
    main()
