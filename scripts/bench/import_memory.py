"""How much memory an import of very many rows takes, and taking it back: peaks of whole processes, as the system tells them.

    .venv/bin/python scripts/bench/import_memory.py [--csv 1000000] [--xlsx 450000] [--undo 100000]

A CSV and a workbook of shops with a visit each, nine columns, into an empty laptop; and `outreach undo` of a CSV. A million
rows take some minutes and 2 GB of disk.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from itertools import chain
from pathlib import Path

import xlsxwriter
from importing import HEADER, rows, write


def write_workbook(path: Path, number: int) -> None:
    """The same list as a workbook."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for i, row in enumerate(chain([HEADER], rows(number))):
            sheet.write_row(i, 0, row)


def peak(home: Path, *words: str) -> str:
    """Seconds of the processor and MiB of one command."""
    env = os.environ | {"OUTREACH_HOME": str(home), "OUTREACH_LANG": "en"}
    running = subprocess.Popen(
        [sys.executable, "-m", "outreach", *words], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _pid, status, used = os.wait4(running.pid, 0)
    assert status == 0, words
    return f"{used.ru_utime + used.ru_stime:8.1f} s {used.ru_maxrss >> 10:6} MiB"


def main() -> None:
    """A line each; 0 rows leaves one out."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--csv", type=int, default=1_000_000)
    parser.add_argument("--xlsx", type=int, default=450_000)
    parser.add_argument("--undo", type=int, default=100_000)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for kind, number, make in (("csv", said.csv, write), ("xlsx", said.xlsx, write_workbook), ("csv", said.undo, write)):
            if number:
                path = place / f"list{number}.{kind}"
                make(path, number)
                print(f"{number:10,} rows of {kind:4} {peak(place / path.name[:-4], 'import', str(path))}", flush=True)
        if said.undo:
            print(f"{'taken back':25} {peak(place / f'list{said.undo}', 'undo')}")


if __name__ == "__main__":
    main()
