"""Places: what a community has besides shops, kept like the other registers; one place on two laptops is one."""

from pathlib import Path

from tests.conftest import Laptop


def test_a_place_is_kept_shown_found_changed_and_brought_back(laptop: Laptop) -> None:
    laptop.run("community", "add", "皮村")
    said = laptop.run(
        "place", "add", "皮村卫生站", "--kind", "clinic", "--community", "皮村", "--offers", "量血压", "--last-checked", "today"
    )
    assert said.out == "Recorded: place 皮村卫生站 · added\n"
    assert "皮村卫生站" in laptop.run("find", "pcwsz").out
    laptop.run("place", "edit", "pcwsz", "--hours", "08:00-17:00", "--kind", "学校")
    shown = laptop.json("place", "show", "皮村卫生站")["place"]
    assert (shown["kind"], shown["hours"], shown["last_checked"]) == ("school", "08:00-17:00", "2026-11-24")
    assert "school" in laptop.run("place", "show", "皮村卫生站").out
    assert laptop.json("community", "show", "皮村")["places"][0]["name"] == "皮村卫生站"
    assert "量血压" in laptop.run("community", "show", "皮村").out
    laptop.run("place", "remove", "皮村卫生站")
    assert laptop.json("place", "list")["places"] == []
    laptop.run("place", "restore", "皮村卫生站")
    laptop.run("undo")
    laptop.run("undo")
    assert laptop.run("place", "list").out.endswith("1 place\n")
    assert laptop.run("place", "list", OUTREACH_LANG="zh").out.endswith("共 1 个资源点\n")


def test_the_kinds_are_a_closed_set_that_is_told(laptop: Laptop) -> None:
    refused = laptop.run("place", "add", "庙", "--kind", "temple", code=2)
    assert "community-centre (community centre)" in refused.err
    assert laptop.run("place", "add", "庙", "--lat", "91", code=2).err
    assert laptop.json("place", "list")["places"] == []


def test_how_close_the_team_is_and_who_said_so_are_kept_and_shown(laptop: Laptop) -> None:
    laptop.run("place", "add", "活动中心", "--community", "皮村", "--relation", "known", "--source", "村委会介绍")
    laptop.run("place", "edit", "活动中心", "--relation", "合作")
    shown = laptop.json("place", "show", "活动中心")["place"]
    assert (shown["relation"], shown["source"]) == ("cooperating", "村委会介绍")
    assert "cooperating" in laptop.run("place", "show", "活动中心").out
    assert "cooperating" in laptop.run("community", "show", "皮村").out
    assert "relation cooperating → (none)" in laptop.run("place", "edit", "活动中心", "--relation", "").out
    assert "stranger, known, cooperating, trusted" in laptop.run("place", "add", "--help").out.replace("\n", " ").replace(
        "│", ""
    )
    assert "trusted (trusted)" in laptop.run("place", "edit", "活动中心", "--relation", "friends", code=2).err


def test_a_phone_number_in_the_source_is_pointed_out(laptop: Laptop) -> None:
    said = laptop.run("place", "add", "活动中心", "--community", "皮村", "--source", "王姐 13800138000").err
    assert said.startswith("A phone number is in the source")
    assert laptop.run("place", "edit", "活动中心", "--source", "一位家长").err == ""


def test_one_name_may_be_a_school_and_a_clinic_but_not_two_schools(laptop: Laptop) -> None:
    laptop.run("place", "add", "同心", "--kind", "school", "--community", "皮村")
    laptop.run("place", "add", "同心", "--kind", "clinic", "--community", "皮村")
    laptop.run("place", "add", "同心", "--kind", "school", "--community", "东村")
    assert "already recorded" in laptop.run("place", "add", "同心", "--kind", "school", "--community", "皮村", code=1).err
    assert len(laptop.json("place", "list")["places"]) == 3


def test_one_place_recorded_on_two_laptops_is_one(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    lin, chen = Laptop(tmp_path / "lin"), Laptop(tmp_path / "chen")
    for laptop, more in ((lin, ("--hours", "8-17")), (chen, ("--offers", "量血压"))):
        laptop.run("place", "add", "皮村卫生站", "--kind", "clinic", "--community", "皮村", *more)
    lin.run("sync", share, "--init")
    chen.run("sync", share)
    lin.run("sync")
    (one,) = lin.json("place", "list")["places"]
    assert (one["hours"], one["offers"]) == ("8-17", "量血压")
    assert chen.json("place", "list")["places"] == [one]


def test_a_community_that_is_removed_says_how_many_places_it_leaves(laptop: Laptop) -> None:
    laptop.run("place", "add", "卫生站", "--kind", "clinic", "--community", "皮村")
    assert "places: 1." in laptop.run("community", "remove", "皮村").out


def test_a_kind_that_two_set_differently_is_told_with_the_command_that_puts_the_other_back(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    lin, chen = Laptop(tmp_path / "lin"), Laptop(tmp_path / "chen", now="2026-11-24T10:00:00+08:00")
    lin.run("place", "add", "同心", "--community", "皮村")
    lin.run("sync", share, "--init")
    chen.run("sync", share)
    lin.run("place", "edit", "同心", "--kind", "community-centre")
    chen.run("place", "edit", "同心", "--kind", "school")
    lin.run("sync")
    said = chen.run("sync", code=None)
    (command,) = [line.strip() for line in (said.out + said.err).splitlines() if "outreach place edit" in line]
    words = command[command.index("place edit") :].split()
    chen.run(*(word.strip("'") for word in words[:5]))
    assert chen.json("place", "show", "同心")["place"]["kind"] == "community_centre"
