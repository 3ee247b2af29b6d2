"""`merchant duplicates`: what may be one shop, with why; and what was merged is no longer asked about."""

from tests.conftest import Laptop


def test_pairs_stand_side_by_side_until_they_are_merged(laptop: Laptop) -> None:
    for name in ("老王超市", "老汪便利店", "老李超市"):
        laptop.shop(name)
    laptop.shop("老王超市2", community="北山村")
    said = laptop.run("merchant", "duplicates").out
    assert "sounds the same" in said
    assert "1 pair that may be one shop\nIf two are one: outreach merchant merge A B\n" in said
    (pair,) = laptop.json("merchant", "duplicates", "--community", "皮村")["pairs"]
    assert {shop["name"] for shop in pair["shops"]} == {"老王超市", "老汪便利店"}
    assert laptop.json("merchant", "duplicates", "--community", "北山村")["pairs"] == []
    laptop.lang = "zh"
    assert "读音相同" in laptop.run("merchant", "duplicates").out
    laptop.run("merchant", "merge", "老王超市 皮村", "老汪便利店")
    assert laptop.json("merchant", "duplicates")["pairs"] == []


def test_two_of_one_name_have_the_same_name_not_another_ending(laptop: Laptop) -> None:
    for community in ("皮村", "东村"):
        laptop.run("merchant", "add", "老王超市", "--community", community, "--lat", "39.9214", "--lon", "116.5830")
    said = laptop.run("merchant", "duplicates").out
    assert "same name, next door" in said
    assert "ending" not in said
