"""The reader in docs/: 50 lines that know nothing of this program fold a shared folder into the records of outreach.json."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from outreach.domain.records import KINDS
from outreach.sync.rollup import MANY
from tests.sync.conftest import NOON, Team
from tests.sync.strangers import ZZ, line, put

ROOT = Path(__file__).parents[2]


def read(share: Path) -> Any:
    """What the reader says of a folder."""
    command = [sys.executable, "-S", "docs/read_folder.py", str(share), "data/schema/outreach.schema.json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def busy(team: Team) -> None:
    """A folder of three laptops and a stranger, with everything in it that a reader may stumble over."""
    fang, lin, mei = team.three()
    for number in range(MANY + 1):  # enough for a roll-up, and one more sync to take the small ones away
        fang.note("merchant", f"m{number}", name=f"店{number}", lat=number, hours="8-22")
        fang.sync()
    assert any('"replaces":[' in path.read_text(encoding="utf-8") for path in fang.own_files())
    fang.note("visit", "v1", merchant="m1", visited_at="2026-11-24T15:30:00+08:00", outcome="pending", reasons=["other"])
    fang.note("community", "c1", name="皮村")
    lin.sync()
    lin.note("merchant", "m2", removed=True)
    lin.note("merchant", "m3", hours=None, phone="13800001111")
    lin.note("parent", "p1", alias="刘姐", phone="13911112222", active=True)
    lin.clock, mei.clock = iter([NOON + 99]), iter([NOON + 99] * 3)
    lin.note("merchant", "m4", name="甲", phone="1")  # a tie with Mei's
    mei.note("merchant", "m4", name="乙", phone="2")
    mei.note("merchant", "later", hours="all day")  # edited here, made elsewhere; and one that is never made
    mei.note("merchant", "never", hours="all day")
    newer = line("m5", 2**50, kind="merchant", lat="north", mood="?"), line("g1", kind="gathering", place="?")
    put(team, ZZ, line("later", hours=7, name="晚到的店"), *newer)
    put(team, ZZ, '{"fields":{"name":1.5},"id":"m6","kind":"merchant","stamp":9999999999999}', line("e\u0301"), number=2)
    for peer in (fang, lin, mei) * 2:
        peer.sync()


def test_the_reader_in_the_documents_agrees_with_the_export(team: Team) -> None:
    busy(team)
    found = read(team.share)
    assert found == {kind.plural: team.document[kind.plural] for kind in KINDS.values()}
    assert [m["id"] for m in found["merchants"] if m["id"] in ("m2", "later", "never")] == ["later"]
    assert found["parents"] == [{"active": True, "alias": "刘姐", "id": "p1"}]
    assert len(found["merchants"]) >= MANY


def test_a_folder_of_one_laptop_that_was_damaged_gives_the_rest(team: Team) -> None:
    fang, _lin, _mei = team.three()
    for name in ("甲", "乙"):
        fang.shop(name)
        fang.sync()
    first, _second = fang.own_files()
    first.write_bytes(first.read_bytes()[:-20])
    assert [m["name"] for m in read(team.share)["merchants"]] == ["乙"]
