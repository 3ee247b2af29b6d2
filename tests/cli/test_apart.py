"""Shops that are called alike: two laptops add one shop on the same day. They are told apart, and each can be named."""

import re
from pathlib import Path

import pytest

from outreach.cli import choosing
from outreach.cli.screen import clean
from outreach.cli.session import Session
from outreach.domain.change import Draft
from outreach.errors.registers import Ambiguous
from tests.conftest import Laptop


def two_laptops(folder: Path, *, fang: tuple[str, ...] = (), lin: tuple[str, ...] = ()) -> Laptop:
    """Both add 老王超市 in 皮村, with these further words, and sync; the second one's laptop."""
    share, laptops = folder / "share", [Laptop(folder / name) for name in ("fang", "lin")]
    for laptop, words in zip(laptops, (fang, lin), strict=True):
        laptop.home.mkdir()
        (laptop.home / "settings.toml").write_text(f'laptop = "{laptop.home.name}"\n', encoding="utf-8")
        laptop.shop("老王超市", "pending", *words)
        laptop.run("sync", share, *(["--init"] if laptop is laptops[0] else []))
    return laptops[1]


def listed(laptop: Laptop) -> list[str]:
    """The lines that tell the shops apart."""
    ran = laptop.run("show", "老王超市", code=1)
    assert "in quotes" in ran.err
    return ran.err.splitlines()[1:]


def test_the_end_of_a_phone_and_the_kind_of_shop_tell_apart(tmp_path: Path) -> None:
    lin = two_laptops(
        tmp_path, fang=("--phone", "12000010008", "--category", "超市"), lin=("--phone", "12000010009", "--category", "便利店")
    )
    assert sorted(listed(lin)) == ["老王超市 · 皮村 · 便利店 · phone …0009", "老王超市 · 皮村 · 超市 · phone …0008"]
    for words, phone in (
        ("老王超市 0008", "12000010008"),
        ("老王超市 便利店", "12000010009"),
        ("老王超市 超市", "12000010008"),
    ):
        assert lin.json("show", words)["merchant"]["phone"] == phone
    lin.run("visit", "老王超市 0009", "signed-up")
    assert {m["status"] for m in lin.json("list")["merchants"]} == {"signed_up", "pending"}


def test_who_was_there_when_and_which_laptop_recorded_it_tell_apart(tmp_path: Path) -> None:
    lin = two_laptops(tmp_path, fang=("--by", "方芳", "--at", "11-20"), lin=("--by", "林晓", "--at", "11-23"))
    assert sorted(listed(lin)) == ["老王超市 · 皮村 · visited 11-20 Fri 方芳", "老王超市 · 皮村 · visited 11-23 Mon 林晓"]
    assert lin.json("show", "老王超市 方芳")["visits"][0]["by"] == "方芳"
    assert lin.json("show", "老王超市 11-23")["visits"][0]["by"] == "林晓"


def test_where_all_is_alike_the_laptop_that_recorded_it_does(tmp_path: Path) -> None:
    lin = two_laptops(tmp_path)
    assert sorted(listed(lin)) == [
        "老王超市 · 皮村 · recorded 2026-11-24 on fang",
        "老王超市 · 皮村 · recorded 2026-11-24 on this laptop",
    ]
    assert lin.json("show", "老王超市 fang")["merchant"]["id"] != lin.json("show", "老王超市 lin")["merchant"]["id"]


def test_in_the_end_a_piece_of_the_id_does(tmp_path: Path) -> None:
    """One of them has nothing of its own to be called by, and both came from one laptop."""
    laptop = Laptop(tmp_path / "home")
    laptop.run("merchant", "add", "老王超市", "--community", "皮村")
    laptop.run("merchant", "add", "老王面馆", "--community", "北山村")
    laptop.run("merchant", "edit", "老王面馆", "--name", "老王超市")
    laptop.run("merchant", "edit", "老王超市 北山村", "--community", "皮村", "--category", "面馆")
    lines = listed(laptop)
    assert len(set(lines)) == 2
    pieces = [re.search(r"#(\w{4})$", line) for line in lines]
    found = {laptop.json("show", f"老王超市 {piece[0]}")["merchant"]["id"] for piece in pieces if piece}
    assert len(found) == 2


def test_they_are_told_apart_in_chinese(tmp_path: Path) -> None:
    lin = two_laptops(tmp_path, fang=("--phone", "12000010008"), lin=("--phone", "12000010009"))
    lin.lang = "zh"
    ran = lin.run("show", "老王超市", code=1)
    assert "引号" in ran.err
    assert "老王超市 · 皮村 · 电话尾号 0008" in ran.err


def test_a_parent_s_phone_tells_nothing(laptop: Laptop) -> None:
    for community in ("皮村", "北山村"):
        laptop.run("parent", "add", "刘姐", "--community", community, "--phone", "12000015678")
    laptop.run("parent", "edit", "刘姐 北山村", "--community", "皮村")
    ran = laptop.run("parent", "show", "刘姐", code=1)
    assert "5678" not in ran.err
    assert len(set(ran.err.splitlines()[1:])) == 2


@pytest.mark.parametrize("kind", ["merchant", "parent", "community"])
def test_a_rename_minds_the_names_that_are_taken(laptop: Laptop, kind: str) -> None:
    place = ("--community", "皮村") if kind != "community" else ()
    option = "--alias" if kind == "parent" else "--name"
    laptop.run(kind, "add", "甲", *place)
    laptop.run(kind, "add", "乙", *place)
    assert "already recorded" in laptop.run(kind, "edit", "乙", option, "甲", code=1).err
    laptop.run(kind, "edit", "乙", option, "丙")


def test_communities_of_one_name_are_meant_by_their_city_or_where_that_is_one_by_their_district(tmp_path: Path) -> None:
    session = Session({"OUTREACH_HOME": str(tmp_path)}, asks=False)
    made = {"北京": "a" * 26, "香洲区": "b" * 26, "斗门区": "c" * 26}
    for place, record_id in made.items():
        where = {"city": "珠海", "district": place} if place.endswith("区") else {"city": place}
        session.record([Draft("community", record_id, {"name": "新村", **where})], "community add")
    with pytest.raises(Ambiguous) as refused:
        choosing.community(session, "新村")
    told = refused.value.sentence(clean)
    assert "city" in told
    assert sorted(told.split("\n")[1:]) == ["新村 · 北京", "新村 · 珠海 · 斗门区", "新村 · 珠海 · 香洲区"]
    assert {place: choosing.community(session, f"新村 {place}").id for place in made} == made
