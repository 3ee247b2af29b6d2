"""SYNC-CASES 11: versions. What an earlier one wrote is read for ever; what a later one writes is kept, passed on, and folded
in after the upgrade. The later version is a real one: a copy of this program with more in its records, in its own process.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from outreach.store.check import examine
from outreach.store.connection import FILE, SCHEMA, open_database
from outreach.store.journal import unshared
from outreach.sync import exchange
from outreach.sync.export import covers_of
from outreach.sync.folder import Folder
from tests.conftest import Laptop

ROOT = Path(__file__).parents[3]
RELEASED = sorted((ROOT / "tests" / "fixtures").glob("v*"))


@pytest.fixture(params=RELEASED, ids=lambda path: path.name)
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """What a released version wrote."""
    shutil.copytree(request.param, tmp_path / "released")
    return tmp_path / "released"


def records(export: Path) -> Any:
    """The records in an export."""
    document = json.loads(export.read_text(encoding="utf-8"))
    return {name: value for name, value in document.items() if isinstance(value, list) and value}


def sync(home: Path, share: Path) -> Any:
    with closing(open_database(home)) as db:
        return exchange.sync(db, Folder(share), exchange.laptop_of(db, home.name, home))


def is_sound(home: Path) -> bool:
    with closing(open_database(home)) as db:
        return all(finding.ok for finding in examine(db))


def test_a_folder_that_an_earlier_version_wrote_is_read(released: Path, tmp_path: Path) -> None:
    share = released / "share"
    before = {p: p.read_bytes() for p in share.rglob("*.jsonl")}
    (share / "outreach.json").unlink()
    result = sync(tmp_path / "new", share)
    assert (result.set_aside, result.sent) == ((), 0)
    assert sum(arrival.changes for arrival in result.arrivals) == sum(
        c.changes for c in (covers_of(Folder(share)) or {}).values()
    )
    assert records(share / "outreach.json") == records(released / "records.json")
    assert is_sound(tmp_path / "new")
    for path in before:
        path.unlink()
    sync(tmp_path / "new", share)
    assert {p: p.read_bytes() for p in share.rglob("*.jsonl")} == before, "and given back byte for byte"


def test_a_database_that_an_earlier_version_wrote_is_opened_and_goes_on(released: Path, tmp_path: Path) -> None:
    home = tmp_path / "lin"
    home.mkdir()
    shutil.copy(released / FILE, home / FILE)
    with closing(open_database(home)) as db:
        assert unshared(db) == 1
    assert is_sound(home)
    assert sync(home, released / "share").sent == 1
    found = records(released / "share" / "outreach.json")
    expected = records(released / "records.json")
    next(m for m in expected["merchants"] if m["id"] == "01m002")["owner"] = "王建国"
    assert found == expected


@dataclass
class Newer(Laptop):
    """A laptop with a version that is newer than this one."""

    code: Path = Path()
    run = Laptop.process  # this one is no other version

    def env(self, **more: str) -> dict[str, str]:
        """Its program comes first on the path."""
        return super().env(**{"PYTHONPATH": str(self.code)} | more)


NEW_RECORDS = """
GATHERING = Kind("gathering", "gatherings", (Field("name", required=True), Field("place"), _REMOVED))
"""
NEW_STEP = '''

@migrations()
def m999_made_up(db: Database) -> None:
    """A kind, a field; a word of a closed set needs nothing but a step, so that all is folded again."""
    columns = {"id": str, "name": str, "place": str, "removed": int, "live": int}
    db.create_table("gathering", columns, pk="id", not_null={"live"})
    db.table("merchant").add_column("mood", str)
'''


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path.name, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up next version: a new kind, a new field of shops, a new outcome of visits, and the migration for them."""
    code = tmp_path_factory.mktemp("newer")
    package = code / "outreach"
    shutil.copytree(ROOT / "src" / "outreach", package, ignore=shutil.ignore_patterns("__pycache__"))
    known = package / "domain" / "records.py"
    replaced(known, "    NOT_MET = auto()\n", "    NOT_MET = auto()\n    CALLED_BACK = auto()\n")
    replaced(known, '        Field("merged_into"', '        Field("mood"),\n        Field("merged_into"')
    replaced(known, "\n_KINDS = ", f"{NEW_RECORDS}\n_KINDS = ")
    replaced(known, "PLACE)\n", "PLACE, GATHERING)\n")
    replaced(package / "store" / "connection.py", f"SCHEMA = {SCHEMA}", f"SCHEMA = {SCHEMA + 1}")
    with (package / "store" / "migrations.py").open("a", encoding="utf-8") as file:
        file.write(NEW_STEP)
    labels = package / "report" / "labels.py"
    replaced(
        labels, "    (Outcome.NOT_MET", '    (Outcome.CALLED_BACK, Label("called back", "回了电话")),\n    (Outcome.NOT_MET'
    )
    replaced(
        labels,
        '    ("", "hours"):',
        '    ("", "mood"): Label("mood", "态度"),\n    ("", "place"): Label("place", "地点"),\n    ("", "hours"):',
    )
    return code


def run_newer(code: Path, laptop: Newer, source: str) -> None:
    """Some Python on the newer version."""
    done = subprocess.run(
        [sys.executable, "-c", source], env=laptop.env(), capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert str(code) in done.stdout, "the newer version ran"


NOTES = """
import os
from pathlib import Path
import outreach
from outreach.domain.change import Draft
from outreach.store.connection import open_database
from outreach.store.journal import record
print(outreach.__file__)
db = open_database(Path(os.environ["OUTREACH_HOME"]))
shop = db.execute("SELECT id FROM merchant WHERE name = '老王超市'").fetchone()[0]
record(db, [
    Draft("merchant", shop, {"mood": "friendly", "owner": "王建国"}),
    Draft("gathering", "g1", {"name": "邻里茶会", "place": "皮村"}),
    Draft("visit", "v9", {"merchant": shop, "visited_at": "2026-11-24", "outcome": "called_back"}),
    Draft("visit", "v8", {"merchant": shop, "visited_at": "2026-11-23", "outcome": "refused"}),
], now=1795500000000, label="made up")
record(db, [Draft("visit", "v8", {"outcome": "called_back"})], now=1795500000000, label="made up")
"""


def visits(home: Path) -> dict[str, str | None]:
    with closing(sqlite3.connect(home / FILE)) as db:
        return dict(db.execute("SELECT id, outcome FROM visit WHERE live = 1").fetchall())


Met = tuple[Laptop, Newer, Path]


@pytest.fixture
def met(tmp_path: Path, newer: Path) -> Met:
    """An old laptop that took in what a newer one wrote, and their folder."""
    share = tmp_path / "share"
    old, new = Laptop(tmp_path / "old"), Newer(tmp_path / "new", code=newer)
    old.shop("老王超市", "pending")
    old.run("sync", share, "--init")
    new.run("sync", share)
    run_newer(newer, new, NOTES)
    new.run("sync")
    assert old.run("sync").out.splitlines()[1].startswith("Received 5 changes")
    return old, new, share


def edit_and_sync(old: Laptop) -> None:
    """The old laptop changes the shop that the new one has changed."""
    old.run("merchant", "edit", "老王超市", "--phone", "13800001111")
    old.run("visit", "老王超市", "signed-up")
    old.run("sync")


def test_an_old_laptop_shows_what_it_knows_of_a_newer_ones_records(met: Met) -> None:
    old, _new, _share = met
    assert old.json("show", "老王超市")["merchant"]["owner"] == "王建国"
    assert visits(old.home)["v8"] == "refused", "a word that is not known does not hide the one before it"
    assert "v9" not in visits(old.home)
    assert "Everything is sound." in old.run("doctor").out


def test_an_old_laptop_and_a_new_one_go_back_and_forth_and_lose_nothing(met: Met, newer: Path) -> None:
    old, new, share = met
    edit_and_sync(old)
    copies = {p: p.read_bytes() for p in share.rglob("*.jsonl")}
    for path in copies:
        path.unlink()
    old.run("sync")
    assert {p: p.read_bytes() for p in share.rglob("*.jsonl")} == copies, "an old laptop passes on what it does not know"
    new.run("sync")
    run_newer(newer, new, CHECK)
    fresh = Newer(new.home.with_name("fresh"), code=newer)
    fresh.run("sync", share)
    run_newer(newer, fresh, CHECK)


def test_an_old_laptop_that_is_upgraded_folds_in_what_it_had_kept(met: Met, newer: Path) -> None:
    old, new, _share = met
    edit_and_sync(old)
    upgraded = Newer(old.home, code=newer)
    run_newer(newer, upgraded, CHECK)  # before any sync
    assert "Everything is sound." in upgraded.run("doctor").out
    new.run("sync")
    assert visits(upgraded.home) == visits(new.home)
    assert visits(upgraded.home)["v8"] == "called_back"
    assert upgraded.json("sync")["export_sha256"] == new.json("sync")["export_sha256"]
    assert "newer version" in Laptop(old.home).run("list", code=1).err, "and the older one leaves that database alone"


CHECK = """
import os, sqlite3
from pathlib import Path
import outreach
from outreach.store.connection import open_database
print(outreach.__file__)
db = open_database(Path(os.environ["OUTREACH_HOME"]))
shop = db.execute("SELECT mood, owner, phone FROM merchant WHERE name = '老王超市'").fetchone()
assert tuple(shop) == ("friendly", "王建国", "13800001111"), tuple(shop)
assert [tuple(r) for r in db.execute("SELECT name, place, live FROM gathering")] == [("邻里茶会", "皮村", 1)]
"""


def test_a_segment_of_a_newer_form_is_taken_in_by_the_version_that_can_open_it(tmp_path: Path, newer: Path) -> None:
    """SYNC-CASES 21, 22: a body sealed in another way waits, is named, holds nobody up, and is taken in after the upgrade.

    The newer version "opens" such a body by reading it as it is: what is shown is that nothing was skipped for good.
    """
    code = tmp_path / "opens"
    shutil.copytree(newer, code)
    reading = code / "outreach" / "sync" / "reading.py"
    replaced(reading, "start.sealed != PLAIN", 'start.sealed not in (PLAIN, "made-up")')
    share = tmp_path / "share"
    old, sealer = Laptop(tmp_path / "old"), Newer(tmp_path / "sealer", code=code)
    old.shop("老王超市")
    old.run("sync", share, "--init")
    shutil.copytree(code, tmp_path / "seals")
    replaced(tmp_path / "seals" / "outreach" / "sync" / "segment.py", 'PLAIN = "plain"', 'PLAIN = "made-up"')
    replaced(tmp_path / "seals" / "outreach" / "sync" / "reading.py", '(PLAIN, "made-up")', '(PLAIN, "plain")')
    sealer.code = tmp_path / "seals"
    sealer.run("sync", share)
    sealer.shop("重庆小面")
    sealer.run("sync")
    sealed = next(p for p in share.rglob("*.jsonl") if b'"sealed":"made-up"' in p.read_bytes())
    for _again in range(2):
        ran = old.run("sync", code=3)
        assert f"{sealed.relative_to(share).as_posix()}: a newer outreach wrote it; install the newer version" in ran.out
    old.shop("小芳水果")
    assert "Sent" in old.run("sync", code=3).out, "it holds nobody up"
    upgraded = Newer(old.home, code=code)
    assert "Received" in upgraded.run("sync").out
    assert {m["name"] for m in upgraded.json("list")["merchants"]} == {"老王超市", "重庆小面", "小芳水果"}


def test_there_is_a_fixture_of_this_version() -> None:
    from outreach import __version__

    assert f"v{__version__}" in [path.name for path in RELEASED], "run: .venv/bin/python -m tests.fixtures.make"
    assert os.listdir(RELEASED[0] / "share" / "changes") != []


@pytest.fixture(scope="module")
def before_decisions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This program as it was before people's decisions were kept: without their kind, and a migration less."""
    code = tmp_path_factory.mktemp("older")
    package = code / "outreach"
    shutil.copytree(ROOT / "src" / "outreach", package, ignore=shutil.ignore_patterns("__pycache__"))
    known = package / "domain" / "records.py"
    replaced(known, "OPINION, OVERRIDE, SEPARATION, PLACE)\n", "OPINION)\n")
    for field in (
        "history",
        "surroundings",
        "livelihoods",
        "organisations",
        "networks",
        "problems",
        "needs",
        "strengths",
        "plans",
    ):
        replaced(known, f'        Field("{field}", Form.NOTE),\n', "")
    datum = '        Field("datum", Form.WORD, words=Datum),  # what a person gave the place in; it is kept as WGS-84\n'
    replaced(known, datum, "")
    replaced(package / "store" / "connection.py", f"SCHEMA = {SCHEMA}", "SCHEMA = 3")
    steps = package / "store" / "migrations.py"
    head, found, _step = steps.read_text(encoding="utf-8").partition("@migrations()\ndef m004")
    assert found
    steps.write_text(head.rstrip() + "\n", encoding="utf-8")
    return code


def test_a_decision_passes_through_a_laptop_that_knows_none_and_counts_there_after_its_upgrade(
    before_decisions: Path, tmp_path: Path
) -> None:
    """The middle laptop carries it from the supervisor's stick to the worker's."""
    first, second = tmp_path / "first", tmp_path / "second"
    for stick in (first, second):
        stick.mkdir()
    office, middle = Laptop(tmp_path / "office"), Newer(tmp_path / "middle", code=before_decisions)
    office.shop("老王超市")
    office.run("priority", "--hold", "老王超市", "--until", "2026-12-10", "--note", "市场停业")
    office.run("sync", first, "--init")
    shutil.copytree(first, second, dirs_exist_ok=True)
    shutil.rmtree(second / "changes")
    middle.run("sync", first)
    middle.run("sync", second)
    assert "市场停业" not in (second / "outreach.json").read_text(encoding="utf-8")
    street = Laptop(tmp_path / "street")
    street.run("sync", second)
    for laptop in (street, Laptop(middle.home)):
        (held,) = laptop.json("priority")["merchants"]
        assert (held["advice"]["code"], held["override"]["note"]) == ("held", "市场停业")
    assert is_sound(middle.home)
