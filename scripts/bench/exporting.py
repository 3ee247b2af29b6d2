"""How long `outreach export visits.csv` takes on very many visits, as a ratio to `sqlite3 -csv` of the same rows, in one run.

    .venv/bin/python scripts/bench/exporting.py [--merchants 10000] [--visits 1000000] [--home FOLDER] [--rounds 3]

`sqlite3 -csv` is a process, too; it writes the same columns of the same rows to a file, names for ids, codes as they are. Of
the export, the whole process counts, its start and the flushing to the disk. The most memory it needed is printed for all and
for a tenth of them (`--since`). Filling takes two minutes and half a gigabyte; --home keeps it for another run. Needs the
program `sqlite3`.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from multiprocessing import Process
from pathlib import Path

from report import fill

from outreach.store.connection import FILE, open_database

BUDGET = 2.0
ROWS = """
SELECT v.id, m.name, m.id, c.name, v.visited_at, v.outcome, v.firm, v.by, v.approach, v."with", v.met,
  v.minutes, v.reasons, v.note
FROM visit v JOIN merchant m ON m.id = v.merchant LEFT JOIN community c ON c.id = m.community WHERE v.live = 1
"""


def measured(command: list[str], target: Path, **env: str) -> tuple[float, int]:
    """How many seconds a process takes whose output goes to a file, and the most memory it needed, in MiB."""
    with target.open("wb") as file:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=file, env=os.environ | env)
        _pid, status, used = os.wait4(process.pid, 0)
        took = time.perf_counter() - started
    if status:
        raise SystemExit(f"{command[0]} failed")
    return took, used.ru_maxrss // 1024


def filled(home: Path, merchants: int, visits: int) -> None:
    """Make the database."""
    db = open_database(home)
    fill(db, merchants, visits)
    db.close()


def main() -> None:
    """Print both, their ratio, and the memory."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--merchants", type=int, default=10_000)
    parser.add_argument("--visits", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--home", type=Path)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        home, csv, log = said.home or Path(place), Path(place) / "visits.csv", Path(place) / "out"
        if not (home / FILE).exists():
            filling = Process(target=filled, args=(home, said.merchants, said.visits))  # its memory is not the export's
            filling.start()
            filling.join()
        env = {"OUTREACH_HOME": str(home), "OUTREACH_NOW": "2026-11-24T09:00:00+08:00", "OUTREACH_LANG": "zh"}
        ours = [sys.executable, "-m", "outreach", "export", str(csv), "--kind", "visits", "--force"]
        theirs = ["sqlite3", "-csv", str(home / FILE), ROWS]
        few, least = measured([*ours, "--since", "2026-08-07"], log, **env)
        rounds = [(measured(theirs, Path(place) / "peer.csv"), measured(ours, log, **env)) for _ in range(said.rounds)]
        peer, own = (statistics.median(took for took, _most in runs) for runs in zip(*rounds, strict=True))
        most = max(memory for _peer, (_took, memory) in rounds)
        print(f"sqlite3 -csv     {peer:6.2f} s   {(Path(place) / 'peer.csv').stat().st_size >> 20} MiB")
        print(f"outreach export  {own:6.2f} s   {csv.stat().st_size >> 20} MiB   ratio {own / peer:5.2f}   budget {BUDGET}")
        print(f"most memory      {most} MiB for all of them, {least} MiB for a tenth ({few:.2f} s)")


if __name__ == "__main__":
    main()
