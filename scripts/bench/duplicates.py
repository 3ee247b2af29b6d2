"""How long it takes to look for duplicates among ten thousand merchants: all pairs, one new shop at entry; and of a big import.

.venv/bin/python scripts/bench/duplicates.py
"""

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

from outreach.domain.acts import new_record
from outreach.domain.likeness import Shop, between, pairs
from outreach.domain.shopname import parted
from outreach.exchange.run import ALL, COMPARED
from outreach.store.connection import open_database
from outreach.store.journal import record
from outreach.store.likely import likely_same

SHOPS, COMMUNITIES, LIMIT = 10_000, 60, 10.0  # seconds
AT_ENTRY, ROUNDS = 30.0, 80  # milliseconds
IMPORTED, AFTER, VILLAGES = COMPARED, 30.0, 600  # seconds
SYLLABLES, ENDINGS = "王李张刘陈杨小大老福兴隆家乐美好来友万客", ("超市", "便利店", "水果店")


def made(count: int, communities: int = COMMUNITIES) -> list[Shop]:
    """Made-up shops, always the same."""
    dice = random.Random(1)
    names = ("".join(dice.choices(SYLLABLES, k=dice.choice([2, 3, 3, 4]))) + dice.choice(ENDINGS) for _ in range(count))
    return [Shop(str(i), name, f"c{i % communities}", str(12_000_000_000 + i)) for i, name in enumerate(names)]


def at_entry(shops: list[Shop]) -> tuple[float, float]:
    """The middle and the longest of some looks for a new shop among these, in milliseconds: each the shortest of three."""
    with tempfile.TemporaryDirectory() as place:
        db = open_database(Path(place))
        fields = [{"name": shop.name, "community": shop.community, "phone": shop.phone} for shop in shops]
        drafts = [new_record("merchant", shop.id, field) for shop, field in zip(shops, fields, strict=True)]
        record(db, drafts, now=1_795_500_000_000, label="bench")
        times = [min(_look(db, shop) for _again in range(3)) for shop in shops[:ROUNDS]]
        db.close()
    return statistics.median(times), max(times)


def _look(db: sqlite3.Connection, shop: Shop) -> float:
    parted.cache_clear()  # at a door each look is a process of its own
    begun = time.process_time()  # of the processor: others use the machine, too
    likely_same(db, shop._replace(id="new"))
    return (time.process_time() - begun) * 1000


def main() -> int:
    """Say how long it took; 1 where that was too long."""
    shops = made(SHOPS)
    begun = time.perf_counter()
    found = pairs(shops)
    took = time.perf_counter() - begun
    sys.stdout.write(f"{len(shops)} merchants, {len(found)} pairs: {took:.2f} s (at most {LIMIT:g})\n")
    too_long = took > LIMIT
    some = made(ALL, VILLAGES)
    begun = time.perf_counter()
    found = between(some[:IMPORTED], some[IMPORTED:])
    took = time.perf_counter() - begun
    too_long = too_long or took > AFTER
    sys.stdout.write(f"{IMPORTED} beside {ALL - IMPORTED}, {len(found)} pairs: {took:.1f} s (at most {AFTER:g})\n")
    for communities in (COMMUNITIES, 3):
        middle, longest = at_entry(made(SHOPS, communities))
        said = f"{middle:.1f} ms, the longest {longest:.1f} (at most {AT_ENTRY:g})"
        sys.stdout.write(f"a new shop, {communities} communities: {said}\n")
        too_long = too_long or longest > AT_ENTRY
    return int(too_long)


if __name__ == "__main__":
    sys.exit(main())
