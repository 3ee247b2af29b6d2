"""Sharing N visits, against plain JSON files (the floor) and against other ways to replicate records, in one run.

    .venv/bin/pip install -r requirements/bench.in
    .venv/bin/python scripts/bench/sync_peers.py [--sizes 1000,100000] [--rounds 3] [--only ours,loro]

The steps are in peers/work.py, each a process of its own, so what a peer keeps is loaded from the disk each time, as by a
command. Rounds run all peers, in a random order, and a ratio is to the floor of the same round, so a machine whose speed
drifts slows both. `sync`: push and a fresh device's pull. `MiB`: the peak of the larger of the two processes. `bytes`: in
the shared folder per visit, without the export, and as a ratio to the visits as plain JSON. `+100`: record, share and take in
100 more, on top of N. `export`: what the making of outreach.json added to each of the two (no peer has one).

`cpu`: the same ratio in seconds of the processor, which hold on a busy machine, but leave out the waiting for the disk.

Every one flushes to the disk what a step has done, as a tool must whose users pull plugs and sticks.
"""

import argparse
import importlib.util
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PEERS = {
    "floor": ("peers.floor", "orjson"),
    "ours": ("peers.ours", "outreach"),
    "sqlite-utils": ("peers.by_sqlite_utils", "sqlite_utils"),
    "pycrdt": ("peers.by_pycrdt", "pycrdt"),
    "loro": ("peers.by_loro", "loro"),
}
FIRST, MORE = ("push", "pull"), ("inc_push", "inc_pull")
Run = dict[str, dict[str, Any]]
Round = dict[str, Run]
SYNC, ADDED, BYTES, TOP = 3.0, 5.0, 1.5, 1.5  # the budgets, as ratios


def step(module: str, *words: str) -> dict[str, Any]:
    """A step in a process of its own: what it says, and its peak memory in MiB (`ru_maxrss` is in KiB, on macOS in bytes)."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen([sys.executable, "-m", module, *words], stdout=out, cwd=HERE)
        _pid, status, use = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{module} {' '.join(words)}: exit {process.returncode}")
        out.seek(0)
        peak = use.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
        return {**json.loads(out.read()), "peak": peak}


def shared_bytes(work: Path) -> int:
    """How much lies in the shared folder, but for the export."""
    files = (path for path in (work / "shared").rglob("*") if path.is_file() and path.name != "outreach.json")
    return sum(path.stat().st_size for path in files)


def run_peer(name: str, count: int) -> Run:
    """All steps of a peer."""
    with tempfile.TemporaryDirectory() as place:
        work, module = Path(place), PEERS[name][0]
        done = {"input": step("peers.work", str(count), place)}
        for what in ("seed", *FIRST, *(["meet"] if name == "ours" else []), *MORE, "check"):
            done[what] = step(module, what, place)
            if what == "push":
                done[what]["bytes"] = shared_bytes(work)
    wanted = {key: done["input"][key] for key in ("count", "sha256")}
    if {key: done["check"][key] for key in wanted} != wanted:
        raise SystemExit(f"{name}: the fresh device does not hold the input")
    return done


def seconds(run: Run, steps: Sequence[str], clock: str = "s") -> float:
    """The time of these steps, the export's not counted. `clock`: "s", or "cpu" for the processor's."""
    apart = {"s": "export", "cpu": "export_cpu"}[clock]
    return float(sum(run[s][clock] - run[s].get(apart, 0.0) for s in steps))


def export_seconds(run: Run, steps: Sequence[str]) -> float:
    """The export's time in these steps."""
    return float(sum(run[s].get("export", 0.0) for s in steps))


def middle(rounds: Sequence[Round], value: Callable[[Round], float]) -> float:
    """The median of a figure over the rounds."""
    return statistics.median(map(value, rounds))


def peer_row(name: str, count: int, rounds: Sequence[Round]) -> str:
    """A peer's line in the table."""

    def of(value: Callable[[Run], float]) -> float:
        return middle(rounds, lambda r: value(r[name]))

    def ratio(steps: Sequence[str], clock: str) -> float:
        return middle(rounds, lambda r: seconds(r[name], steps, clock) / seconds(r["floor"], steps, clock))

    first = rounds[0][name]
    plain = first["seed"].get("plain") or first["input"]["plain"]
    size = of(lambda run: run["push"]["bytes"])
    return (
        f"{name:13}{of(lambda run: run['seed']['s']):8.2f}{of(lambda run: seconds(run, FIRST)):9.3f}"
        f"{ratio(FIRST, 's'):8.2f}{ratio(FIRST, 'cpu'):6.2f}"
        f"{of(lambda run: max(run[s]['peak'] for s in FIRST)):7.0f}{size / count:8.0f}{size / plain:7.2f}"
        f"{of(lambda run: seconds(run, MORE)):9.4f}{ratio(MORE, 's'):8.2f}{ratio(MORE, 'cpu'):6.2f}"
        f"{of(lambda run: export_seconds(run, FIRST)):9.3f}{of(lambda run: export_seconds(run, MORE)):9.3f}"
    )


def table(count: int, names: Sequence[str], rounds: Sequence[Round]) -> str:
    """The figures of a size."""
    head = f"{count:,} visits, median of {len(rounds)}; seconds\n"
    head += "             record     sync  xfloor   cpu    MiB   bytes xplain    +100  xfloor   cpu  export   export"
    return "\n".join([head, *(peer_row(name, count, rounds) for name in names)])


def verdicts(results: Mapping[int, Sequence[Round]]) -> str:
    """The budgets."""
    small, large = min(results), max(results)
    rounds = results[large]

    def ours_to(name: str, steps: Sequence[str], clock: str = "s") -> float:
        return middle(rounds, lambda r: seconds(r["ours"], steps, clock) / seconds(r[name], steps, clock))

    lines = [
        ("first sync, to the floor", SYNC, ours_to("floor", FIRST)),
        ("  in processor time", SYNC, ours_to("floor", FIRST, "cpu")),
        ("+100, to the floor", ADDED, ours_to("floor", MORE)),
        ("shared, to plain JSON", BYTES, rounds[0]["ours"]["push"]["bytes"] / rounds[0]["ours"]["seed"]["plain"]),
    ]
    for name in sorted(rounds[0].keys() - {"floor", "ours"}):
        lines += [(f"first sync, to {name}", 1.0, ours_to(name, FIRST))]
        lines += [("  in processor time", 1.0, ours_to(name, FIRST, "cpu"))]
    for what, clock in ((f"+100 on {large:,}, to on {small:,}", "s"), ("  in processor time", "cpu")):
        pairs = zip(rounds, results[small], strict=True)
        grown = [seconds(a["ours"], MORE, clock) / seconds(b["ours"], MORE, clock) for a, b in pairs]
        lines += [(what, TOP, statistics.median(grown))]
    return "\n".join(
        f"{what:34}{value:7.2f}  budget {most:4.1f}  {'ok' if value <= most else 'OVER'}" for what, most, value in lines
    )


def installed(wanted: Sequence[str]) -> list[str]:
    """Those of the peers that can run; says which cannot."""
    names = [name for name in PEERS if name in wanted or name in ("floor", "ours")]
    for name in [name for name in names if importlib.util.find_spec(PEERS[name][1]) is None]:
        if name == "floor":
            raise SystemExit("the floor needs orjson: pip install -r requirements/bench.in")
        print(f"{name}: not installed, left out")
        names.remove(name)
    return names


def main() -> None:
    """Run the rounds and print a table per size, then the budgets."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="1000,100000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default=",".join(PEERS))
    chosen = parser.parse_args()
    names, sizes = installed(chosen.only.split(",")), list(map(int, chosen.sizes.split(",")))
    results: dict[int, list[Round]] = {size: [] for size in sizes}
    for _ in range(chosen.rounds):
        for size in sizes:
            results[size].append({name: run_peer(name, size) for name in random.sample(names, len(names))})
    for size in sizes:
        print(table(size, names, results[size]), end="\n\n")
    print(verdicts(results))


if __name__ == "__main__":
    main()
