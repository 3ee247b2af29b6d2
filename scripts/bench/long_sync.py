"""The long profile of the state machine of tests/sync/test_machine.py: new random runs until the time is over.

    .venv/bin/python scripts/bench/long_sync.py --minutes 60 [--steps 80]

Ends at the first failure, with the steps that lead to it (pin them as a test), or says how many steps held.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from outreach.i18n import use
from tests.sync.test_machine import Machine, run


def main() -> None:
    """Run until the time is over."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--steps", type=int, default=80)
    chosen = parser.parse_args()
    use("en")
    begun = time.monotonic()
    told = rounds = 0
    while (passed := time.monotonic() - begun) < chosen.minutes * 60:
        run(20, chosen.steps, database=None)
        rounds += 20
        if passed // 60 > told:
            told = int(passed // 60)
            print(f"{told} min: {rounds} runs, {Machine.steps} steps, {Machine.synced} syncs", flush=True)
    print(f"held: {rounds} runs, {Machine.steps} steps, {Machine.synced} syncs in {passed / 60:.0f} minutes")


if __name__ == "__main__":
    main()
