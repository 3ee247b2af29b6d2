"""Commands as whole processes, beside `python -c "import typer"` in the same rounds: a table of how long each takes.

Rounds run all commands in a random order, so a machine whose speed drifts slows them all. On a busy machine the clock counts
what others do; the second ratio is of the seconds that the processors spent. Not for Windows, which does not tell them.
"""

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

FLOOR = ("-c", "import typer")
Cases = Mapping[str, tuple[float | None, tuple[str, ...]]]  # the budget, and the words after `outreach`, by what is printed


def rounds() -> int:
    """How many rounds the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    return int(parser.parse_args().rounds)


def compare(cases: Cases, home: Path, rounds: int, **more: str) -> None:
    """Print a row for each; `{n}` in a word is the number of the round."""
    cached = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}  # as an installed program runs
    env = cached | {"OUTREACH_HOME": str(home), "OUTREACH_LANG": "zh"} | more
    commands = {"import typer": FLOOR} | {name: ("-m", "outreach", *words) for name, (_budget, words) in cases.items()}
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name in random.sample(list(commands), len(commands)):
            seconds = _spent(tuple(word.replace("{n}", f"{turn:04}") for word in commands[name]), env)
            if turn:  # the first round warms the caches
                times[name].append(seconds)
    _show({name: tuple(map(statistics.median, zip(*some, strict=True))) for name, some in times.items()}, cases)


def _spent(command: tuple[str, ...], env: dict[str, str]) -> tuple[float, float]:
    """Seconds of one run, its output read as a pipe's: by the clock, and of the processors."""
    before, started = _children(), time.perf_counter()
    subprocess.run([sys.executable, *command], env=env, check=True, capture_output=True)
    return time.perf_counter() - started, _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _show(middles: Mapping[str, tuple[float, ...]], cases: Cases) -> None:
    floor, busy_floor = middles["import typer"]
    print(f"{'':30} {'clock':>9} {'ratio':>7} {'processors':>11} {'ratio':>7}")
    for name, (clock, busy) in middles.items():
        budget, _words = cases.get(name, (None, ()))
        verdict = f"budget {budget:.1f}  {'ok' if clock <= budget * floor else 'OVER'}" if budget else ""
        columns = f"{clock * 1000:6.0f} ms {clock / floor:7.2f} {busy * 1000:8.0f} ms {busy / busy_floor:7.2f}"
        print(f"{name:30} {columns}  {verdict}".rstrip())
