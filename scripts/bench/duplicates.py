"""How long it takes to look for duplicates among ten thousand merchants. Run: .venv/bin/python scripts/bench/duplicates.py"""

import random
import sys
import time

from outreach.domain.likeness import Shop, pairs

SHOPS, COMMUNITIES, LIMIT = 10_000, 60, 10.0  # seconds
SYLLABLES, ENDINGS = "王李张刘陈杨小大老福兴隆家乐美好来友万客", ("超市", "便利店", "水果店")


def made(count: int) -> list[Shop]:
    """Made-up shops, always the same."""
    dice = random.Random(1)
    names = ("".join(dice.choices(SYLLABLES, k=dice.choice([2, 3, 3, 4]))) + dice.choice(ENDINGS) for _ in range(count))
    return [Shop(str(i), name, f"c{i % COMMUNITIES}", str(12_000_000_000 + i)) for i, name in enumerate(names)]


def main() -> int:
    """Say how long it took; 1 where that was too long."""
    shops = made(SHOPS)
    begun = time.perf_counter()
    found = pairs(shops)
    took = time.perf_counter() - begun
    sys.stdout.write(f"{len(shops)} merchants, {len(found)} pairs: {took:.2f} s (at most {LIMIT:g})\n")
    return int(took > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
