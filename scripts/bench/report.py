"""How long the weekly report takes on very many visits, as a ratio to one grouped scan of the visits table, in one run.

    .venv/bin/python scripts/bench/report.py [--merchants 10000] [--visits 1000000] [--home FOLDER] [--rounds 5]

The scan is `SCAN`: every row of the table is read and counted by merchant and outcome, and nothing is done with it. Both are
timed in one process, in turn, the page cache warm, the collector set as the program sets it. Filling takes two minutes and half
a gigabyte; --home keeps it for another run. Budget: DESIGN.md, section 7.
"""

import argparse
import gc
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from outreach.domain.acts import Maker
from outreach.domain.change import Change
from outreach.domain.plain import Batch
from outreach.report.contents import document
from outreach.report.weekly import build
from outreach.settings import Settings
from outreach.store.absorb import absorb
from outreach.store.connection import bulk, open_database, transaction

BUDGET = 3.0
NOW = datetime.fromisoformat("2026-11-24T09:00:00+08:00")
DAYS = 3 * 365  # over which the visits are spread
SCAN = "SELECT merchant, outcome, count(*), max(visited_at) FROM visit NOT INDEXED WHERE live = 1 GROUP BY merchant, outcome"
OUTCOMES, ODDS = ("pending", "not_met", "refused", "signed_up"), (60, 20, 15, 5)
REASONS = ("suspects_scam", "no_neighbour_has_joined", "must_ask_family", "too_much_trouble")
_AT_ONCE = 20_000
Fields = dict[str, object]


def records(merchants: int, visits: int) -> Iterator[tuple[str, str, Fields]]:
    """(kind, id, fields) of a made-up programme: communities, parents, shops, and what happened there."""
    rng = random.Random(1)
    new = Maker(1_700_000_000_000, rng.randbytes).new
    places, parents, shops = ([new() for _ in range(n)] for n in (40, 200, merchants))
    for i, place in enumerate(places):
        yield "community", place, {"name": f"社区{i:02}"}
    for i, parent in enumerate(parents):
        yield "parent", parent, {"alias": f"家长{i:03}", "community": rng.choice(places), "consent_on": "2023-01-01"}
    for i, shop in enumerate(shops):
        spot = {"lat": 39_900_000 + rng.randrange(90_000), "lon": 116_400_000 + rng.randrange(90_000)}
        yield "merchant", shop, {"name": f"老王超市{i:05}", "community": rng.choice(places), **spot}
    for i in range(visits):
        outcome = rng.choices(OUTCOMES, ODDS)[0]
        fields: Fields = {
            "merchant": rng.choice(shops),
            "visited_at": _moment(rng),
            "outcome": outcome,
            "by": f"社工{i % 12:02}",
        }
        yield "visit", new(), fields | ({"reasons": [rng.choice(REASONS)]} if outcome == "pending" else {})
    for _ in range(merchants // 3):
        yield "referral", new(), {
            "parent": rng.choice(parents), "merchant": rng.choice(shops), "kind": "introduced", "at": _moment(rng)
        }  # fmt: skip
        due = str((NOW + timedelta(rng.randrange(-20, 20))).date())
        yield "tag", new(), {"merchant": rng.choice(shops), "label": "跟进", "due": due, "at": "2026-11-01"}


def _moment(rng: random.Random) -> str:
    return (NOW - timedelta(minutes=rng.randrange(DAYS * 24 * 60))).isoformat()


def fill(db: sqlite3.Connection, merchants: int, visits: int) -> None:
    """Put it all into a database, as a sync would."""
    changes: list[Change] = []
    with bulk(db):
        for kind, i, fields in records(merchants, visits):
            changes.append(Change(1_700_000_000_000, "a" * 10, kind, i, fields, None, None))
            if len(changes) == _AT_ONCE:
                _absorb(db, changes)
        _absorb(db, changes)


def _absorb(db: sqlite3.Connection, changes: list[Change]) -> None:
    with transaction(db):
        absorb(db, Batch.of(*changes))
    changes.clear()


def seconds(work: Callable[[], object]) -> float:
    """How long it takes once."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    """Print the scan, the report and their ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--merchants", type=int, default=10_000)
    parser.add_argument("--visits", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--home", type=Path)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        home = said.home or Path(place)
        db = open_database(home)
        if not db.execute("SELECT 1 FROM visit LIMIT 1").fetchone():
            fill(db, said.merchants, said.visits)
        settings, day = Settings(home / "settings.toml"), NOW.date()
        gc.freeze()
        gc.set_threshold(100_000)  # as in outreach.cli.main
        rounds = [
            (seconds(lambda: db.execute(SCAN).fetchall()), seconds(lambda: document(build(db, settings, day, NOW), {})))
            for _ in range(said.rounds)
        ]
        scan, report = (statistics.median(times) for times in zip(*rounds, strict=True))
        print(f"one grouped scan  {scan:6.2f} s")
        print(f"the report        {report:6.2f} s   ratio {report / scan:5.2f}   budget {BUDGET}")
        db.close()


if __name__ == "__main__":
    main()
