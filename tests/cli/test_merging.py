"""`merchant merge` and `unmerge`: one shop that was recorded twice."""

import sys
from pathlib import Path

import pytest

from tests.conftest import Laptop

pexpect = pytest.importorskip("pexpect")


def two(laptop: Laptop, *more: str) -> None:
    laptop.shop("老王超市", "pending")
    laptop.now = "2026-11-24T10:00:00+08:00"
    laptop.shop("汪记便利店", "signed_up")
    laptop.run("tag", "汪记便利店", "有冷柜")
    laptop.run("merchant", "edit", "汪记便利店", "--phone", "12000012345", *more)


def names(laptop: Laptop, *words: str) -> list[str]:
    return [m["name"] for m in laptop.json(*words)["merchants"]]


def test_visits_and_marks_follow_and_both_names_find_it(laptop: Laptop) -> None:
    two(laptop)
    ran = laptop.run("merchant", "merge", "老王超市", "汪记便利店")
    assert ran.out == "Recorded: 汪记便利店 is part of 老王超市 now; both names find it\n"
    assert names(laptop, "list") == ["老王超市"]
    for words in ("老王超市", "汪记便利店", "wjbld"):
        assert [m["name"] for m in laptop.json("find", words)["matches"]] == ["老王超市"]
    shown = laptop.json("show", "wjbld")
    assert [v["outcome"] for v in shown["visits"]] == ["signed_up", "pending"]
    assert [t["label"] for t in shown["tags"]] == ["有冷柜"]
    assert shown["merchant"]["phone"] == "12000012345"
    assert [m["name"] for m in shown["merged"]] == ["汪记便利店"]
    assert "Also recorded as: 汪记便利店" in laptop.run("show", "lwcs").out
    assert "汪记便利店" not in laptop.run("priority").out + laptop.run("due").out + laptop.run("report").out


def test_it_is_taken_apart_weeks_later_or_undone_at_once(laptop: Laptop) -> None:
    two(laptop)
    laptop.run("merchant", "merge", "老王超市", "汪记便利店")
    laptop.run("undo")
    assert len(names(laptop, "list")) == 2
    assert "phone" not in laptop.json("show", "老王超市")["merchant"]
    laptop.run("merchant", "merge", "老王超市", "汪记便利店")
    laptop.now = "2026-12-20T10:00:00+08:00"
    laptop.run("visit", "lwcs", "refused")
    laptop.run("merchant", "unmerge", "汪记便利店")
    assert [v["outcome"] for v in laptop.json("show", "汪记便利店")["visits"]] == ["signed_up"]
    assert [v["outcome"] for v in laptop.json("show", "老王超市")["visits"]] == ["refused", "pending"]
    assert "phone" not in laptop.json("show", "老王超市")["merchant"]
    assert laptop.json("show", "汪记便利店")["merchant"]["phone"] == "12000012345"


@pytest.mark.parametrize(("keep", "phone"), [((), "120 0001-2345"), (("--keep", "phone=B"), "12000012345")])
def test_one_phone_typed_in_two_ways_is_no_question(laptop: Laptop, keep: tuple[str, ...], phone: str) -> None:
    two(laptop, "--address", "东街1号")
    laptop.run("merchant", "edit", "老王超市", "--phone", "120 0001-2345", "--address", "东街 １号")
    laptop.run("merchant", "merge", "老王超市", "汪记便利店", *keep)
    assert laptop.json("show", "老王超市")["merchant"]["phone"] == phone


@pytest.mark.parametrize(("keep", "phone"), [("A", "12000099999"), ("b", "12000012345")])
def test_where_they_differ_somebody_says_whose_value_stays(laptop: Laptop, keep: str, phone: str) -> None:
    two(laptop)
    laptop.run("merchant", "edit", "老王超市", "--phone", "12000099999")
    said = laptop.run("merchant", "merge", "老王超市", "汪记便利店", code=2).err
    assert "phone: A 12000099999 | B 12000012345" in said
    assert len(names(laptop, "list")) == 2
    laptop.run("merchant", "merge", "老王超市", "汪记便利店", "--keep", keep)
    assert laptop.json("show", "老王超市")["merchant"]["phone"] == phone


def test_on_a_terminal_each_difference_is_asked_about(laptop: Laptop) -> None:
    two(laptop)
    laptop.run("merchant", "edit", "老王超市", "--phone", "12000099999")
    words = ["-m", "outreach", "merchant", "merge", "老王超市", "汪记便利店"]
    terminal = pexpect.spawn(sys.executable, words, env=laptop.env(TERM="xterm"), encoding="utf-8", dimensions=(24, 80))
    terminal.expect("which is right")
    terminal.expect("12000012345")
    terminal.send("2")
    terminal.expect("both names find it")
    terminal.expect(pexpect.EOF)
    assert laptop.json("show", "老王超市")["merchant"]["phone"] == "12000012345"


def test_what_cannot_be_merged_is_refused_in_a_sentence(laptop: Laptop) -> None:
    two(laptop)
    assert "one shop" in laptop.run("merchant", "merge", "老王超市", "lwcs", code=1).err
    assert "A or B" in laptop.run("merchant", "merge", "老王超市", "汪记便利店", "--keep", "C", code=2).err
    assert "Nothing was merged" in laptop.run("merchant", "unmerge", "老王超市", code=1).err
    laptop.shop("小王超市")
    for name in ("汪记便利店", "小王超市"):
        laptop.run("merchant", "merge", "老王超市", name)
    assert "Say which one" in laptop.run("merchant", "unmerge", "老王超市", code=1).err
    laptop.lang = "zh"
    assert "请用全名说明是哪一家" in laptop.run("merchant", "unmerge", "老王超市", code=1).err


def test_what_is_one_shop_is_removed_and_comes_back_as_one_under_either_name(laptop: Laptop) -> None:
    two(laptop)
    laptop.run("merchant", "merge", "老王超市", "汪记便利店")
    before = laptop.json("show", "老王超市")
    for name in ("汪记便利店", "老王超市"):
        laptop.run("merchant", "remove", "汪记便利店")
        assert names(laptop, "list") == []
        laptop.run("merchant", "restore", name)
        assert laptop.json("show", "老王超市") == before
    laptop.run("merchant", "remove", "老王超市")
    laptop.run("undo")
    assert laptop.json("show", "汪记便利店") == before


def test_a_shop_is_not_lost_with_the_one_it_was_merged_into_while_that_was_removed_elsewhere(tmp_path: Path) -> None:
    mine, other = Laptop(tmp_path / "mine"), Laptop(tmp_path / "other")
    (shared := tmp_path / "shared").mkdir()
    two(mine)
    mine.run("sync", shared, "--init")
    other.run("sync", shared)
    mine.run("merchant", "merge", "老王超市", "汪记便利店")
    other.run("merchant", "remove", "老王超市")
    for laptop in (other, mine, other):
        laptop.run("sync")
    for laptop in (mine, other):
        assert [(m["name"], m["status"], m["visits"]) for m in laptop.json("list")["merchants"]] == [
            ("汪记便利店", "signed_up", 1)
        ]
        assert [m["name"] for m in laptop.json("find", "汪记便利店")["matches"]] == ["汪记便利店"]
        assert "汪记便利店" in laptop.run("report", "--week", "this").out
        laptop.run("doctor")
    other.run("merchant", "restore", "老王超市")
    assert names(other, "list") == ["老王超市"], "of which it is part again"


def test_of_each_field_somebody_says_whose_value_stays(laptop: Laptop) -> None:
    two(laptop, "--hours", "8-20", "--owner", "汪")
    laptop.run("merchant", "edit", "老王超市", "--phone", "12000099999", "--hours", "9-21")
    merge = ("merchant", "merge", "老王超市", "汪记便利店")
    said = laptop.run(*merge, "--keep", "phone=B", code=2).err
    assert "opening hours: A 9-21 | B 8-20" in said
    assert "12000012345" not in said
    assert "no field" in laptop.run(*merge, "--keep", "colour=B", code=2).err
    assert "A or B" in laptop.run(*merge, "--keep", "phone=C", code=2).err
    laptop.run(*merge, "--keep", "A", "--keep", "电话=b")
    shown = laptop.json("show", "老王超市")["merchant"]
    assert (shown["phone"], shown["hours"], shown["owner"]) == ("12000012345", "9-21", "汪")


OWN, AMAP = (39_900_000, 116_400_000, None), (39_918_598, 116_413_759, "gcj02")


@pytest.mark.parametrize(
    ("keep", "place"),
    [(["A"], OWN), (["A", "lat=B"], AMAP), (["A", "lon=b"], AMAP)],
)
def test_a_place_is_one_thing_with_the_map_that_it_was_read_from(
    laptop: Laptop, keep: list[str], place: tuple[int, int, str | None]
) -> None:
    laptop.shop("老王超市")
    laptop.run("merchant", "edit", "老王超市", "--lat", "39.9", "--lon", "116.4")
    laptop.shop("汪记便利店")
    laptop.run("merchant", "edit", "汪记便利店", "--lat", "39.92", "--lon", "116.42", "--datum", "gcj02")
    said = laptop.run("merchant", "merge", "老王超市", "汪记便利店", code=2).err
    assert "latitude, longitude: A 39.900000 116.400000 | B 39.918598 116.413759 GCJ-02" in said
    laptop.run("merchant", "merge", "老王超市", "汪记便利店", *(word for side in keep for word in ("--keep", side)))
    shown = laptop.json("show", "老王超市")["merchant"]
    assert (shown["lat"], shown["lon"], shown.get("datum")) == place
