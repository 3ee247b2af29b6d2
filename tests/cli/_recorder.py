"""Records visits one after another and is killed, over and over; notes down what it had confirmed by then.

    python _recorder.py SEED VISITS <HOMES

HOMES: data folders, a line each, one life each; a folder may come again. Everything is imported once, by a visit in a place of
its own; each life is a fork, which runs the real command and confirms each visit through a pipe until SIGKILL hits it, at a
random moment of about the first VISITS visits. Writes one JSON line per life: {"home", "confirmed": [notes], "status"}.
"""

import json
import os
import random
import signal
import sys
import tempfile
import time
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from itertools import count

from outreach.cli.main import main

SHOP = "老王超市"


def live(home: str, life: int) -> None:
    """Visit the shop until death. The first visit of a home brings the shop along."""
    os.environ["OUTREACH_HOME"] = home
    for number in count():
        visit(f"{life}-{number}", f"标记{number % 7}")


def visit(note: str, mark: str) -> None:
    """One visit, with a note that tells it from all others; to a new shop if there is none."""
    words = ["visit", SHOP, "pending", "--note", note, "--tag", mark, "--follow-up", "3d"]
    if main(words):
        main([*words, "--new", "--community", "皮村"])


def warm_up() -> float:
    """Visits somewhere else, so that a life begins with everything imported; and how many seconds one takes here."""
    with tempfile.TemporaryDirectory() as place, redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        os.environ["OUTREACH_HOME"] = place
        visit("the first", "标记")
        start = time.perf_counter()
        visit("the second", "标记")
        return time.perf_counter() - start


def confirmed_by(home: str, life: int, delay: float) -> tuple[bytes, int]:
    """What one life said until it was killed after so many seconds, and how it ended."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(writing, 1)
        os.closerange(3, 64)
        live(home, life)
        os._exit(1)
    os.close(writing)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        return pipe.read(), status


def run(homes: list[str], seed: int, visits: float) -> None:
    """One life per home named, each of up to so many visits."""
    longest = visits * warm_up()
    chance = random.Random(seed)
    for life, home in enumerate(homes):
        said, status = confirmed_by(home, life, chance.uniform(0, longest))
        whole = said[: said.rfind(b"\n") + 1].decode()
        confirmed = [line.rsplit(" · ", 1)[1] for line in whole.splitlines() if line.startswith("Recorded")]
        sys.stdout.write(json.dumps({"home": home, "confirmed": confirmed, "status": status}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    run(sys.stdin.read().splitlines(), int(sys.argv[1]), float(sys.argv[2]))
