"""`outreach demo`: the sample on three laptops, and what it leaves to play with."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Laptop


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What the demo printed, and where it left everything."""
    place = tmp_path_factory.mktemp("demo")
    ran = Laptop(place / "unused").process("demo", TMPDIR=str(place), TEMP=str(place))
    (home,) = re.findall(r"OUTREACH_HOME=(\S+)", ran.out)
    assert not (place / "unused").exists()
    return ran.out, Path(home).parent


def test_it_prints_89_visited_16_signed_up(demo: tuple[str, Path]) -> None:
    assert "89 merchants visited: 16 signed up, 58 pending, 15 refused." in demo[0]


def test_three_laptops_hold_the_same_and_are_sound(demo: tuple[str, Path]) -> None:
    lists = []
    for name in ("lin", "zhao", "chen"):
        laptop = Laptop(demo[1] / name)
        lists.append(laptop.json("list", "--sort", "name"))
        assert laptop.json("doctor")["ok"]
        assert laptop.json("sync")["received"] == 0
    assert lists[0] == lists[1] == lists[2]
    assert len(lists[0]["merchants"]) == 89


def test_the_story_is_in_it(demo: tuple[str, Path]) -> None:
    owner = Laptop(demo[1] / "zhao").json("show", "老周粮油店")
    assert owner["merchant"]["status"] == "signed_up"
    assert 40 in [v.get("minutes") for v in owner["visits"]]
    (told,) = (r for r in owner["referrals"] if r["kind"] == "introduced")
    joined = min(v["visited_at"] for v in owner["visits"] if v["outcome"] == "signed_up")
    assert (told["at"][:10], joined[:10]) == ("2026-11-17", "2026-11-18")


def test_two_workers_disagreed_about_a_phone_and_the_later_one_stands(demo: tuple[str, Path]) -> None:
    laptop = Laptop(demo[1] / "chen")
    shop = laptop.json("show", "老张水果店")["merchant"]
    said = [
        c["fields"]["phone"]["to"]
        for c in laptop.json("history", "老张水果店", "--limit", "100")["changes"]
        if "phone" in c["fields"]
    ]
    assert shop["phone"] == said[-1]
    assert len(set(said)) >= 3
    assert laptop.json("find", "张记水果店")["matches"][0]["name"] == "老张水果店"


def test_what_is_shared_has_no_contact_of_a_parent(demo: tuple[str, Path]) -> None:
    shared = json.loads((demo[1] / "shared" / "outreach.json").read_text(encoding="utf-8"))
    assert len(shared["parents"]) == 14
    assert not any("phone" in parent for parent in shared["parents"])


def test_it_plays_on(demo: tuple[str, Path]) -> None:
    laptop = Laptop(demo[1] / "lin", lang="zh")
    assert "到期的跟进" in laptop.run().out
    assert "单记拉面" in laptop.run("why", "单记拉面").out


def test_what_it_proposes_to_look_at_is_there(demo: tuple[str, Path]) -> None:
    laptop = Laptop(demo[1] / "lin")
    proposed = re.findall(r"^  outreach (show|why|community report) (\S+)", demo[0], re.M)
    assert [words for words, _name in proposed] == ["show", "why", "community report"]
    for words, name in proposed:
        laptop.run(*words.split(), name)


def test_each_village_has_a_map_with_a_school_a_clinic_a_market_and_the_far_supermarket(demo: tuple[str, Path]) -> None:
    assert "outreach map --html map.html" in demo[0]
    places = [one for one in Laptop(demo[1] / "chen").json("map")["resources"] if one["kind"] != "merchant"]
    for village in ("皮村", "东沙各庄", "北山村", "上冲"):
        located = {one["kind"] for one in places if one["community"] == village and one["lat"]}
        assert located >= {"school", "clinic", "market", "supermarket"}
    assert [one["name"] for one in places if not one["lat"]] == ["绿田蔬菜合作社"]


def test_it_says_how_to_get_the_command_where_the_shell_has_none(tmp_path: Path) -> None:
    laptop = Laptop(tmp_path / "unused")
    (tmp_path / "outreach").touch(mode=0o755)
    with_command = laptop.process("demo", TMPDIR=str(tmp_path), TEMP=str(tmp_path), PATH=str(tmp_path)).out
    without = laptop.process("demo", TMPDIR=str(tmp_path), TEMP=str(tmp_path), PATH=str(tmp_path / "nothing")).out
    assert "activate" not in with_command
    (line,) = [line.strip() for line in without.splitlines() if "activate" in line]
    assert Path(line.removeprefix(". ").strip("'")).exists()
