"""How long finding takes among 10,000 merchants: own work, in one process, against reading every name once.

    .venv/bin/python scripts/bench/finding.py

The budget is 20 ms on the project's development machine; the ratio says what holds on any.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from startup import fill

from outreach.store.connection import open_database
from outreach.store.finding import NAMED, find, find_exact, nearest

ROUNDS = 15
QUERIES = {
    "name as typed": "老王超市0008",
    "part of a name": "周粮油店0013",
    "full pinyin": "laowangchaoshi0008",
    "initials": "lwcs0008",
    "initials, 1,250 fit": "lwcs",
    "mixed": "laowcs0008",
    "other reading": "zengjzp0010",
    "traditional, full-width": "單記拉麵００１２",
    "phone tail": "000123",
    "two letters": "cs",
    "community and name": "社区07 lwcs",
}


def median_ms(work: Callable[[], object]) -> float:
    """The middle of some rounds, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def main() -> None:
    """Print a row per query."""
    with tempfile.TemporaryDirectory() as place:
        fill(Path(place))
        db = open_database(Path(place))
        floor = median_ms(lambda: db.execute("SELECT * FROM lookup").fetchall())
        print(f"reading every name once    {floor:6.1f} ms")
        for what, query in QUERIES.items():
            own = median_ms(lambda query=query: find(db, query))  # type: ignore[misc]
            print(f"{what:24}   {own:6.1f} ms   ratio {own / floor:5.2f}   {len(find(db, query))} found   {query}")
        print(f"{'exactly as typed':24}   {median_ms(lambda: find_exact(db, '老王超市0008', NAMED)):6.1f} ms")
        print(f"{'nearest, nothing found':24}   {median_ms(lambda: nearest(db, '老汪超巿9999', NAMED)):6.1f} ms")
        db.close()


if __name__ == "__main__":
    main()
