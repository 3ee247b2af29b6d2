"""`kill -9` at any moment: every visit whose confirmation was printed is there, the database opens, and doctor is content."""

import json
import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from outreach.store.check import examine
from outreach.store.connection import open_database
from tests.conftest import Laptop

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no fork and no SIGKILL")
RECORDER = Path(__file__).with_name("_recorder.py")


def lives(laptop: Laptop, homes: list[Path], *, seed: int, visits: int) -> list[dict[str, Any]]:
    """Let the recorder live once in each of these homes, for as long as so many visits take at most."""
    command = [sys.executable, str(RECORDER), str(seed), str(visits)]
    said = "\n".join(map(str, homes))
    done = subprocess.run(command, input=said, env=laptop.env(), capture_output=True, text=True, encoding="utf-8", check=True)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [life["status"] for life in found] == [signal.SIGKILL] * len(homes), "each was killed, none ended by itself"
    return found


def notes(laptop: Laptop) -> list[str]:
    """The notes of all visits that are there, the latest first."""
    return [visit["note"] for visit in laptop.json("show", "老王超市")["visits"]]


def test_two_hundred_kills_lose_no_confirmed_visit(laptop: Laptop) -> None:
    laptop.shop("老王超市", "pending", "--note", "before")
    found = lives(laptop, [laptop.home] * 220, seed=20261124, visits=5)
    confirmed = [note for life in found for note in life["confirmed"]]
    kept = notes(laptop)
    assert set(confirmed) <= set(kept)
    assert len(kept) == len(set(kept))
    assert len(kept) - 1 - len(confirmed) <= len(found), "at most one visit per life was kept but not yet confirmed"
    assert sum(bool(life["confirmed"]) for life in found) > 50, "the kills came too early to prove anything"
    assert laptop.json("doctor")["ok"]
    assert laptop.json("list")["merchants"][0]["visits"] == len(kept)


def test_a_visit_is_kept_whole_or_not_at_all(laptop: Laptop) -> None:
    """With its marks and its follow-up: one act, one transaction. On a busy machine lives are short, so there are more."""
    laptop.shop("老王超市", "pending", "--note", "before")
    sql = "SELECT group_concat(DISTINCT j.kind) FROM act LEFT JOIN journal j ON j.act = act.id GROUP BY act.id ORDER BY act.id"
    kinds: list[set[str]] = []
    for seed in range(7, 17):
        lives(laptop, [laptop.home] * 40, seed=seed, visits=5)
        with closing(open_database(laptop.home)) as db:
            kinds = [set(str(row[0]).split(",")) for row in db.execute(sql)]
        if len(kinds) > 20:
            break
    assert len(kinds) > 20
    assert all(made == {"visit", "tag"} for made in kinds[1:])


def test_killed_while_it_starts_for_the_first_time(laptop: Laptop, tmp_path: Path) -> None:
    """Every home is killed once in its first moments, then used again: it opens, and has what was confirmed."""
    homes = [tmp_path / f"home{number}" for number in range(30)]
    found = lives(laptop, [*homes, *homes], seed=48, visits=8)
    for first, second in zip(found[:30], found[30:], strict=True):
        confirmed = {*first["confirmed"], *second["confirmed"]}
        with closing(open_database(Path(first["home"]))) as db:
            kept = {row["note"] for row in db.execute("SELECT note FROM visit WHERE live = 1")}
            assert confirmed <= kept
            assert all(finding.ok for finding in examine(db))


def test_killed_between_two_commands_nothing_is_locked(laptop: Laptop) -> None:
    """A dead process's lock and its half-written log are no obstacle to the next."""
    laptop.shop("老王超市", "pending", "--note", "before")
    lives(laptop, [laptop.home] * 5, seed=3, visits=3)
    assert laptop.run("visit", "老王超市", "signed-up", "--note", "after").out.endswith("after\n")
    assert "after" in notes(laptop)
