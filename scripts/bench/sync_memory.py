"""How much memory it takes to share very many visits: the peaks of the one who sends and of a fresh laptop that receives.

    .venv/bin/python scripts/bench/sync_memory.py [--visits 1000000]

Each is a whole `exchange.sync`, the export after it, in a process of its own, whose peak the system says (`os.wait4`). The
seconds are split: the export apart. Needs about 2 GB of disk; a million takes some minutes.
"""

import argparse
import sys
import tempfile
from itertools import islice
from pathlib import Path

from peers.ours import drafts, export_apart, laptop, merchants, note
from peers.work import Row, make_visits, run, shared
from sync_peers import step

from outreach.store.connection import open_database
from outreach.sync import exchange
from outreach.sync.folder import Folder

BUDGET = 250  # MiB
_AT_ONCE = 10_000


def seed(work: Path) -> None:
    """The sender records them, some at a time, as years would bring them."""
    rows = make_visits(int((work / "visits").read_text(encoding="utf-8")), seed=1)
    db = open_database(work / "sender")
    note(db, merchants(), 0)
    while part := list(islice(rows, _AT_ONCE)):
        note(db, drafts(part), 0)
    exchange.found(db, Folder(shared(work)), laptop(db, work / "sender"))
    db.close()


def sync(work: Path, name: str) -> Row:
    """A laptop syncs."""
    home, folder = work / name, Folder(shared(work))
    db = open_database(home)
    result = exchange.sync(db, folder, laptop(db, home), export=False)
    assert not result.set_aside
    (count,) = db.execute("SELECT count(*) FROM visit WHERE live = 1").fetchone()
    db.close()
    return {"count": count, **export_apart(home, folder)}


def main() -> None:
    """Print a row per laptop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--visits", type=int, default=1_000_000)
    visits = parser.parse_args().visits
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "visits").write_text(str(visits), encoding="utf-8")
        step("sync_memory", "seed", place)
        print(f"{visits:,} visits     peak MiB  budget    seconds   of them export")
        for name in ("sender", "receiver"):
            told = step("sync_memory", name, place)
            assert told["count"] == visits
            verdict = "ok" if told["peak"] <= BUDGET else "OVER"
            print(f"{name:18}{told['peak']:8.0f} {BUDGET:7} {verdict:5}{told['s']:7.1f} {told['export']:10.1f}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        run({"seed": seed, "sender": lambda work: sync(work, "sender"), "receiver": lambda work: sync(work, "receiver")})
    else:
        main()
