"""`outreach sync`, as people and scripts see it."""

import json
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from outreach.sync.folder import Folder
from outreach.sync.segment import Place, assemble, hash_of, head_of
from tests.conftest import Laptop


@pytest.fixture
def share(tmp_path: Path) -> Path:
    return tmp_path / "share"


@pytest.fixture
def three(tmp_path: Path) -> list[Laptop]:
    laptops = [Laptop(tmp_path / name) for name in ("fang", "lin", "mei")]
    for laptop in laptops:
        laptop.home.mkdir()
        (laptop.home / "settings.toml").write_text(f'laptop = "{laptop.home.name}"\n', encoding="utf-8")
    return laptops


def listed(laptop: Laptop) -> Any:
    return laptop.json("list")


def test_three_laptops_share_a_folder(three: list[Laptop], share: Path) -> None:
    fang, lin, mei = three
    fang.shop("老王超市")
    made = fang.run("sync", share, "--init")
    assert made.out.splitlines() == ["Sent 3 changes.", "Nothing new from the others."]
    assert "is your team's shared folder now" in made.err
    assert lin.run("sync", share).out.splitlines() == ["Nothing to send.", "Received 3 changes: fang 3."]
    lin.now = "2026-11-24T10:00:00+08:00"
    lin.run("visit", "lwcs", "signed-up")
    assert lin.run("sync").out.splitlines() == ["Sent 1 change.", "Nothing new from the others."]
    assert "Received 4 changes: fang 3, lin 1." in mei.run("sync", share).out
    fang.run("sync")
    assert listed(fang) == listed(lin) == listed(mei)
    assert listed(mei)["merchants"][0]["status"] == "signed_up"
    exports = {laptop.json("sync")["export_sha256"] for laptop in three}
    assert len(exports) == 1


def test_as_json(three: list[Laptop], share: Path) -> None:
    fang, lin, _mei = three
    fang.shop("老王超市")
    first = fang.json("sync", share, "--init")
    assert {k: first[k] for k in ("format", "sent", "received", "set_aside", "dry_run")} == {
        "format": "outreach/sync/1", "sent": 3, "received": 0, "set_aside": [], "dry_run": False,
    }  # fmt: skip
    second = lin.json("sync", share)
    assert [(f["name"], f["changes"]) for f in second["from"]] == [("fang", 3)]
    assert [n["code"] for n in second["notices"]] == ["joined"]
    assert second["folder"] == str(share)
    assert second["export_sha256"] == first["export_sha256"]


def test_what_is_set_aside_is_named_and_the_exit_code_says_so(three: list[Laptop], share: Path) -> None:
    fang, lin, _mei = three
    fang.shop("老王超市")
    fang.run("sync", share, "--init")
    (path,) = share.glob("changes/*/*.jsonl")
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    name = path.relative_to(share).as_posix()
    ran = lin.run("sync", share, code=3)
    assert f"Set aside until the next sync: {name}: only a part of it has arrived" in ran.out
    (item,) = lin.json("sync", code=3)["set_aside"]
    assert (item["file"], item["reason"], item["lines"]) == (name, "torn", [])
    path.write_bytes(whole)
    assert "Received 3 changes" in lin.run("sync").out


def test_a_line_that_cannot_be_read_is_named_and_the_others_are_taken_in(three: list[Laptop], share: Path) -> None:
    fang, lin, _mei = three
    fang.run("sync", share, "--init")
    lines = ['{"fields":{"name":"老王超市"},"id":"m1","kind":"merchant","stamp":5}\n', "nonsense\n"]
    body = "".join([*lines, lines[0].replace("m1", "m2")]).encode()
    head = head_of(body, 3, device="00000000zz", name="far", number=1, previous=None, export=None)
    place = Place("00000000zz", 1, hash_of(head, body)[:16])
    Folder(share).write_segment(place, assemble(head, body), "00000000zz")
    ran = lin.run("sync", share, code=3)
    assert "Received 2 changes: far 2." in ran.out
    assert f"Set aside until the next sync: {place.file}, line 2: it is not written as outreach writes" in ran.out
    (item,) = lin.json("sync", code=3)["set_aside"]
    assert (item["file"], item["reason"], item["lines"]) == (place.file, "malformed", [2])


def test_a_copied_laptop_is_told_of_its_new_id(three: list[Laptop], share: Path) -> None:
    fang, _lin, mei = three
    fang.shop("老王超市")
    fang.run("sync", share, "--init")
    shutil.rmtree(mei.home)
    shutil.copytree(fang.home, mei.home)
    for laptop in (mei, fang):
        laptop.shop("重庆小面")
    mei.run("sync")
    ran = fang.run("sync")
    assert ran.out.splitlines()[0] == "Sent 2 changes."
    assert "This laptop goes on under a new id" in ran.err
    assert [n["code"] for n in mei.json("sync")["notices"]] == []
    assert listed(fang) == listed(mei)


def test_a_dry_run_changes_nothing(three: list[Laptop], share: Path) -> None:
    fang, lin, _mei = three
    fang.shop("老王超市")
    assert "Would send 3 changes." in fang.run("sync", share, "--init", "--dry-run").out
    assert not share.exists()
    fang.run("sync", share, "--init")
    before = {p: p.read_bytes() for p in share.rglob("*") if p.is_file()}
    lin.run("community", "add", "皮村")
    ran = lin.run("sync", share, "--dry-run")
    assert ran.out.splitlines() == ["Would send 1 change.", "Would receive 3 changes: fang 3."]
    assert {p: p.read_bytes() for p in share.rglob("*") if p.is_file()} == before
    assert listed(lin)["merchants"] == []
    assert "No shared folder is known yet" in lin.run("sync", code=1).err


def test_every_refusal_is_a_sentence(three: list[Laptop], share: Path, tmp_path: Path) -> None:
    fang, lin, mei = three
    assert "No shared folder is known yet" in fang.run("sync", code=1).err
    assert "is not there" in fang.run("sync", share, code=1).err
    share.mkdir()
    assert "is not a shared folder" in fang.run("sync", share, code=1).err
    fang.run("sync", share, "--init")
    assert "already" in lin.run("sync", share, "--init", code=1).err
    mei.run("sync", tmp_path / "another", "--init")
    assert "another team" in mei.run("sync", share, code=1).err
    (share / "outreach-team.json").write_text("{", encoding="utf-8")
    assert "cannot be read" in fang.run("sync", code=1).err
    (share / "outreach-team.json").unlink()
    assert "is gone" in fang.run("sync", code=1).err
    assert "own data" in lin.run("sync", lin.home, "--init", code=1).err
    assert lin.run("sync", share, "more", code=2).out == ""


def test_a_folder_may_be_named_in_any_way(three: list[Laptop], tmp_path: Path) -> None:
    fang, _lin, _mei = three
    (tmp_path / "社工 组").mkdir()
    fang.run("sync", f"{tmp_path}/社工 组/../社工 组/共享", "--init")
    assert fang.json("sync")["folder"] == f"{tmp_path}/社工 组/共享"


def test_others_names_come_out_harmless(three: list[Laptop], share: Path) -> None:
    fang, lin, _mei = three
    (fang.home / "settings.toml").write_text('laptop = "\\u001b[2J[red]方"\n', encoding="utf-8")
    fang.shop("老王超市")
    fang.run("sync", share, "--init")
    out = lin.run("sync", share).out
    assert "\x1b" not in out
    assert "[2J[red]方 3" in out


def test_the_laptops_data_stays_private_and_the_shared_files_do_not(three: list[Laptop], share: Path) -> None:
    fang, _lin, _mei = three
    fang.shop("老王超市")
    fang.run("sync", share, "--init")
    assert stat.S_IMODE((fang.home / "outreach.db").stat().st_mode) == 0o600
    for path in share.rglob("*"):
        assert path.stat().st_mode & stat.S_IRGRP, path


def test_a_shared_folder_can_be_read_by_any_program(three: list[Laptop], share: Path) -> None:
    fang, _lin, _mei = three
    fang.shop("老王超市", "pending", "--phone", "13800001111")
    fang.run("sync", share, "--init")
    document = json.loads((share / "outreach.json").read_text(encoding="utf-8"))
    assert document["merchants"][0] | {"id": "", "community": ""} == {
        "id": "", "community": "", "name": "老王超市", "phone": "13800001111",
    }  # fmt: skip
    assert [visit["outcome"] for visit in document["visits"]] == ["pending"]
