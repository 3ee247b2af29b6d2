"""Tries the ranking and its advice in made-up worlds, beside simpler orders; docs/scoring.md says what it came to.

.venv/bin/python scripts/simulate.py             print the tables: every scenario, a hundred seeds, about six minutes
.venv/bin/python scripts/simulate.py --write     and put them into docs/scoring.md
.venv/bin/python scripts/simulate.py --quick     a few seeds of two scenarios, some seconds
"""

import argparse
from collections.abc import Mapping
from pathlib import Path

from outreach.domain.rules import Rules
from simulation.page import NEEDED, bars, per_visit, sign_ups
from simulation.results import FIRST, REPORTING, scores

DOC = Path(__file__).resolve().parents[1] / "docs" / "scoring.md"
QUICK_SEEDS, QUICK_SCENARIOS = range(1, 7), ("cited", "no-effect")


def quick() -> str:
    """A small table that a test can print again."""
    return sign_ups(scores(QUICK_SEEDS, Rules(), QUICK_SCENARIOS))


def whole() -> dict[str, str]:
    """Every table of the document, by the name of its place there."""
    now, first = scores(REPORTING, Rules()), scores(REPORTING, FIRST, policies=NEEDED)
    return {"sign-ups": sign_ups(now), "per-visit": per_visit(now), "bars": bars(now, first), "quick": quick()}


def put(text: str, tables: Mapping[str, str]) -> str:
    """The document with these tables in their places."""
    for name, table in tables.items():
        begin, end = f"<!-- simulated: {name} -->\n", "<!-- end -->"
        before, rest = text.split(begin, 1)
        text = f"{before}{begin}{table}\n{end}{rest.split(end, 1)[1]}"
    return text


def main() -> None:
    """Print, or write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    said = parser.parse_args()
    tables = {"quick": quick()} if said.quick else whole()
    print("\n\n".join(tables.values()))
    if said.write:
        DOC.write_text(put(DOC.read_text(encoding="utf-8"), tables), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
