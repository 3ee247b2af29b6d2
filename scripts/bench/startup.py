"""How long commands take as whole processes, each as a ratio to `python -c "import typer"` in the same rounds.

    .venv/bin/python scripts/bench/startup.py [--rounds 15]

Rounds run all commands in a random order, so a machine whose speed drifts slows them all. Budgets: DESIGN.md, section 7.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from outreach.domain.acts import Maker, new_record
from outreach.store.connection import open_database
from outreach.store.journal import record

MERCHANTS = 10_000
FLOOR = ("-c", "import typer")
CASES: dict[str, tuple[float | None, tuple[str, ...]]] = {
    "visit MERCHANT pending": (1.6, ("visit", "老王超市0008", "pending", "--why", "suspects-scam", "--follow-up", "3d")),
    "visit NAME --new": (1.6, ("visit", "区家{n}", "pending", "--new", "--community", "社区07", "--follow-up", "3d")),
    "--help": (1.6, ("--help",)),
    "list (10,000 merchants)": (2.2, ("list",)),
    "find lwcs0008 (10,000)": (2.2, ("find", "lwcs0008")),
    "find 老王超市0008 (10,000)": (2.2, ("find", "老王超市0008")),
    "due --days 30 (10,000)": (2.2, ("due", "--days", "30")),
    "today's page (10,000)": (None, ()),  # no budget: it ranks them all
}
_SHOPS = ("老王超市", "重庆小面", "曾记粥铺", "小芳水果", "单记拉面", "老周粮油店", "阿娣菜档", "好日子便利店")


def fill(home: Path) -> None:
    """A laptop with 10,000 merchants in 40 communities, a visit each, and a follow-up on every tenth."""
    db = open_database(home)
    rng = random.Random(1)
    maker = Maker(1_790_000_000_000, rng.randbytes)
    places = [new_record("community", maker.new(), {"name": f"社区{i:02}"}) for i in range(40)]
    drafts = list(places)
    for i in range(MERCHANTS):
        shop = {"name": f"{_SHOPS[i % 8]}{i:04}", "community": rng.choice(places).id, "phone": f"12000{i:06}"}
        merchant = new_record("merchant", maker.new(), shop)
        visit = {"merchant": merchant.id, "visited_at": f"2026-10-{i % 28 + 1:02}", "outcome": "pending", "by": "林晓"}
        drafts += [merchant, new_record("visit", maker.new(), visit)]
        if i % 10 == 0:
            tag = {"merchant": merchant.id, "label": "跟进", "due": "2026-11-20"}
            drafts.append(new_record("tag", maker.new(), tag))
    record(db, drafts, now=maker.now, label="bench")
    db.close()


def timed(command: tuple[str, ...], env: dict[str, str]) -> float:
    """Seconds of one run, its output read as a pipe's."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *command], env=env, check=True, capture_output=True)
    return time.perf_counter() - started


def main() -> None:
    """Print a row per command."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as place:
        cached = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}  # as an installed program runs
        env = cached | {"OUTREACH_HOME": place, "OUTREACH_LANG": "zh", "OUTREACH_WORKER": "林晓"}
        fill(Path(place))
        commands = {"floor": FLOOR} | {name: ("-m", "outreach", *words) for name, (_b, words) in CASES.items()}
        times: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(rounds + 1):
            for name in random.sample(list(commands), len(commands)):
                seconds = timed(tuple(word.replace("{n}", f"{turn:04}") for word in commands[name]), env)
                if turn:  # the first round warms the caches
                    times[name].append(seconds)
    floor = statistics.median(times["floor"])
    print(f"{'import typer':34} {floor * 1000:6.0f} ms   ratio  budget   (median of {rounds})")
    for name, (budget, _words) in CASES.items():
        middle = statistics.median(times[name])
        verdict = f"{budget:5.2f}   {'ok' if middle <= budget * floor else 'OVER'}" if budget else ""
        print(f"{name:34} {middle * 1000:6.0f} ms   {middle / floor:5.2f}  {verdict}".rstrip())


if __name__ == "__main__":
    main()
