"""What a new laptop finds after years: a team of laptops that record and sync every day, through one folder.

    TMPDIR=/dev/shm .venv/bin/python scripts/bench/sync_years.py [--years 5] [--laptops 10]

Every laptop records ten visits a day, mends each once, and syncs: taking in, sealing, sending, reading back and rolling up as
in `exchange.sync`. Left out, because it would be most of the time and adds no segment: the export. Then a new laptop joins with
all of it. Five years of ten laptops are 18,250 syncs: half an hour and more (one
year shows how many files lie there), less where TMPDIR is in memory.
"""

import argparse
import random
import sqlite3
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from outreach.domain.change import Draft
from outreach.domain.ids import natural_id, new_id
from outreach.store.connection import open_database
from outreach.store.journal import record
from outreach.sync import exchange
from outreach.sync.folder import Folder
from outreach.sync.result import Laptop
from outreach.sync.segment import header_of

BUDGET = 500  # files
DAY = 86_400_000  # ms
BEGIN = 1_767_225_600_000  # 2026-01-01, ms since 1970
VISITS, SHOPS = 10, 2_000
_OUTCOMES = ("signed_up", "pending", "not_met", "refused")


@dataclass
class Tally:
    """What lay in the folder and what was written to it."""

    most: int = 0
    written: Counter[str] = field(default_factory=Counter)
    rolled: Counter[str] = field(default_factory=Counter)
    known: set[str] = field(default_factory=set)

    def look(self, folder: Folder, device: str) -> None:
        """After a sync of that laptop."""
        sizes = folder.listing().sizes
        self.most = max(self.most, len(sizes))
        for place in (p for p in sizes if p.device == device and p.file not in self.known):
            self.known.add(place.file)
            self.written[device] += sizes[place]
            with folder.open(place.file) as file:
                if header_of(file.readline().decode()).replaces:
                    self.rolled[device] += sizes[place]


@dataclass(frozen=True)
class CountingFolder(Folder):
    """Counts what is read: file to bytes."""

    files: dict[str, int] = field(default_factory=dict)

    def read(self, file: str) -> bytes:
        """The whole of a file."""
        data = super().read(file)
        self.files[file] = len(data)
        return data


def work_of(day: int, rng: random.Random) -> tuple[list[Draft], list[Draft]]:
    """A day's visits, and what is mended in them in the evening."""
    visits, mended = [], []
    for hour in range(VISITS):
        visit = new_id(BEGIN + day * DAY + hour * 3_600_000, rng.randbytes(10))
        at = time.strftime("%Y-%m-%d", time.gmtime((BEGIN + day * DAY) / 1000))
        fields = {"merchant": natural_id("merchant", str(rng.randrange(SHOPS))), "visited_at": at, "by": "林晓"}
        visits.append(Draft("visit", visit, {**fields, "outcome": rng.choice(_OUTCOMES), "note": "家里有老人，同意下次再访。"}))
        mended.append(Draft("visit", visit, {"minutes": rng.randint(1, 30), "note": "家里有老人，已经发放物资。"}))
    return visits, mended


def live(years: float, dbs: dict[str, sqlite3.Connection], place: Path, folder: Folder) -> Tally:
    """The years pass."""
    tally, rng = Tally(), random.Random(1)
    for day in range(round(years * 365)):
        now = BEGIN + day * DAY
        for name, db in dbs.items():
            for drafts in work_of(day, rng):
                record(db, drafts, now=now, label="bench", worker="林晓")
            laptop = exchange.laptop_of(db, name, place / name, now)
            assert not exchange.sync(db, folder, laptop, export=False).set_aside
            tally.look(folder, laptop.device)
        if day % 30 == 0:
            print(f"day {day}: {len(folder.listing().sizes)} files", flush=True)
    return tally


def begin(place: Path, laptops: int, folder: Folder) -> dict[str, sqlite3.Connection]:
    """A team, and the shops that it will visit."""
    dbs = {f"laptop{i}": open_database(place / f"laptop{i}") for i in range(laptops)}
    name, first = next(iter(dbs.items()))
    exchange.found(first, folder, Laptop("", name, place / name))
    shops = [Draft("merchant", natural_id("merchant", str(i)), {"name": f"小店{i:04}"}) for i in range(SHOPS)]
    record(first, shops, now=BEGIN, label="bench")
    return dbs


def newcomer(place: Path, folder: Folder, years: float) -> None:
    """A new laptop joins, the export with it. Prints what it read."""
    counting = CountingFolder(folder.root)
    db = open_database(place / "new")
    started = time.perf_counter()
    result = exchange.sync(db, counting, exchange.laptop_of(db, "new", place / "new", BEGIN + round(years * 365) * DAY))
    seconds = time.perf_counter() - started
    db.close()
    verdict = "ok" if len(counting.files) < BUDGET else "OVER"
    size = sum(counting.files.values()) / 2**20
    print(f"a new laptop reads {len(counting.files)} files (budget {BUDGET}: {verdict}), {size:.1f} MiB", end=", ")
    print(f"{result.received:,} changes, {seconds:.1f} s with the export")


def main() -> None:
    """Let the years pass and print what is there."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--years", type=float, default=5)
    parser.add_argument("--laptops", type=int, default=10)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place, folder = Path(name), Folder(Path(name) / "shared")
        dbs = begin(place, chosen.laptops, folder)
        started = time.perf_counter()
        tally = live(chosen.years, dbs, place, folder)
        passed = time.perf_counter() - started
        for db in dbs.values():
            db.close()
        syncs = chosen.laptops * round(chosen.years * 365)
        print(f"{syncs:,} syncs, {passed / syncs * 1000:.0f} ms each; at most {tally.most} files in the folder")
        written, rolled = (max(c.values(), default=0) / 2**20 for c in (tally.written, tally.rolled))
        print(f"written by a laptop at most {written:.1f} MiB, {rolled:.1f} of them roll-ups")
        newcomer(place, folder, chosen.years)


if __name__ == "__main__":
    main()
