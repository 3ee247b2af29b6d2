"""A new shop that may be a known one: offered on a terminal, spoken of without; of two that are not one nobody asks again."""

import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Laptop

pexpect = pytest.importorskip("pexpect")
NEW = ("visit", "老汪便利店", "pending", "--new", "--community", "皮村")


def on_terminal(laptop: Laptop, *words: str) -> Any:
    return pexpect.spawn(
        sys.executable, ["-m", "outreach", *words], env=laptop.env(TERM="xterm", OUTREACH_WORKER="林晓"), encoding="utf-8",
        dimensions=(24, 80),
    )  # fmt: skip


def answered(laptop: Laptop, *words: str, expect: str, key: str) -> str:
    """What is said from the question on, once that key was pressed."""
    terminal = on_terminal(laptop, *words)
    terminal.expect(expect)
    before = str(terminal.before)
    terminal.send(key)
    terminal.expect(pexpect.EOF)
    return before + str(terminal.before)


def names(laptop: Laptop) -> set[str]:
    return {shop["name"] for shop in laptop.json("list")["merchants"]}


def pairs(laptop: Laptop, *more: str) -> int:
    return len(laptop.json("merchant", "duplicates", *more)["pairs"])


def test_it_is_this_one_and_the_visit_is_recorded_there(laptop: Laptop) -> None:
    laptop.run("merchant", "add", "老王超市", "--community", "皮村", "--address", "村口", "--phone", "12000012345")
    said = answered(laptop, *NEW, "--phone", "120 0001 2345", expect="Which one is it", key="1")
    assert "same phone" in said
    assert "村口" in said
    assert "12000012345" not in said, "contacts are not shown"
    assert "Not kept" not in said, "the phone is known already, however it was typed"
    assert names(laptop) == {"老王超市"}
    assert [v["outcome"] for v in laptop.json("show", "老王超市")["visits"]] == ["pending"]


def test_what_was_typed_of_a_shop_that_is_known_and_differs_is_said_not_to_be_kept(laptop: Laptop) -> None:
    laptop.run("merchant", "add", "老王超市", "--community", "皮村", "--address", "东街1号", "--phone", "12000012345")
    more = ("--phone", "120-0001-2345", "--address", "西街2号", "--category", "超市")
    said = answered(laptop, *NEW, *more, expect="Which one is it", key="1")
    assert "Not kept: kind of shop, address." in said


def test_it_is_a_new_shop_and_nobody_is_asked_again(laptop: Laptop) -> None:
    laptop.shop("老王超市")
    answered(laptop, *NEW, expect="Which one is it", key="2")
    assert names(laptop) == {"老王超市", "老汪便利店"}
    assert (pairs(laptop), pairs(laptop, "--all")) == (0, 1)
    laptop.run("undo")
    assert names(laptop) == {"老王超市"}


def test_stop_records_nothing(laptop: Laptop) -> None:
    laptop.shop("老王超市")
    assert "Nothing was recorded." in answered(laptop, *NEW, expect="Which one is it", key="3")
    added = ("merchant", "add", "老汪便利店", "--community", "皮村")
    assert "known already" in answered(laptop, *added, expect="Which one is it", key="1")
    assert names(laptop) == {"老王超市"}


def test_without_a_terminal_it_is_recorded_and_the_likely_one_named(laptop: Laptop) -> None:
    laptop.shop("老王超市")
    ran = laptop.run(*NEW)
    assert ran.out.startswith("Recorded: 老汪便利店")
    told = "老汪便利店 may be 老王超市 · 皮村 (sounds the same). If they are one: outreach merchant merge 老王超市 老汪便利店"
    assert told in ran.err
    assert "may be" in laptop.run("merchant", "add", "老望超市", "--community", "皮村").err
    assert "may be" not in laptop.run("merchant", "add", "老李超市", "--community", "皮村").err
    laptop.lang = "zh"
    assert "可能就是" in laptop.run("merchant", "add", "老忘超市", "--community", "皮村").err


def test_street_mode_offers_it_too(laptop: Laptop) -> None:
    laptop.shop("老王超市")
    terminal = on_terminal(laptop, "visit")
    for expected, typed in (
        ("Shop:", "+老汪便利店\r"), ("Community:", "\r"), ("Kind of shop:", "\r"), ("Phone:", "\r"), ("Which one is it", "1"),
        ("how did it go", "1"), ("Note:", "\r"), ("Recorded: 老王超市", ""), ("Shop:", "\r"),
    ):  # fmt: skip
        terminal.expect(expected)
        terminal.send(typed)
    terminal.expect(pexpect.EOF)
    assert names(laptop) == {"老王超市"}


def test_two_that_are_not_one_are_said_so_once_for_all_laptops(laptop: Laptop, tmp_path: Any) -> None:
    laptop.shop("老王超市")
    laptop.run(*NEW)
    assert pairs(laptop) == 1
    said = laptop.run("merchant", "duplicates", "--not-same", "老汪便利店", "老王超市").out
    assert said == "Recorded: 老汪便利店 and 老王超市 are two shops\n"
    assert (pairs(laptop), pairs(laptop, "--all")) == (0, 1)
    (tmp_path / "share").mkdir()
    laptop.run("sync", tmp_path / "share", "--init")
    office = Laptop(tmp_path / "office")
    office.run("sync", tmp_path / "share")
    assert (pairs(office), pairs(office, "--all")) == (0, 1)
    assert "two shops" in laptop.run("history").out
    laptop.run("undo")
    assert pairs(laptop) == 1
    laptop.run("merchant", "duplicates", "--not-same", "老王超市", "老汪便利店")
    assert pairs(laptop) == 0
    laptop.run("merchant", "merge", "老王超市", "老汪便利店")
    assert pairs(laptop, "--all") == 0, "merging wins"


def test_on_a_terminal_each_pair_is_asked_about(laptop: Laptop) -> None:
    for name in ("老王超市", "老汪便利店", "小芳水果", "小方水果"):
        laptop.shop(name, "pending", "--phone", "12000012345" if "王" in name or "汪" in name else "")
    terminal = on_terminal(laptop, "merchant", "duplicates")
    terminal.expect("one shop")
    terminal.expect("12000012345")  # it is why they may be one
    terminal.expect("Are they one shop")
    terminal.send("2")
    terminal.expect("老王超市 is part of 老汪便利店 now; both names find it")
    terminal.expect("Are they one shop")
    assert "phone" not in str(terminal.before)
    terminal.send("3")
    terminal.expect("are two shops")
    terminal.expect(pexpect.EOF)
    assert len(names(laptop)) == 3
    assert (pairs(laptop), pairs(laptop, "--all")) == (0, 1)


def test_a_pair_of_one_shop_is_refused(laptop: Laptop) -> None:
    laptop.shop("老王超市")
    assert "one shop" in laptop.run("merchant", "duplicates", "--not-same", "老王超市", "lwcs", code=1).err


def test_after_an_import_the_likely_ones_are_shown_side_by_side(laptop: Laptop, tmp_path: Path) -> None:
    laptop.run("merchant", "add", "老王超市", "--community", "皮村", "--address", "村口")
    path = tmp_path / "list.csv"
    path.write_text("店名,社区\n老汪便利店,皮村\n小李菜店,皮村\n", encoding="utf-8")
    assert "side by side" not in on_terminal(laptop, "import", str(path), "--dry-run").read()
    terminal = on_terminal(laptop, "import", str(path))
    terminal.expect("1 pair that may be one shop")
    terminal.expect("Later: outreach merchant duplicates")
    terminal.send("1")
    terminal.expect("Are they one shop")
    assert "村口" in str(terminal.before)
    terminal.send("1")
    terminal.expect(pexpect.EOF)
    assert names(laptop) == {"老王超市", "小李菜店"}


def test_who_wants_to_see_them_later_is_not_asked_of_each(laptop: Laptop, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("店名,社区\n老王超市,皮村\n老汪便利店,皮村\n", encoding="utf-8")
    said = answered(laptop, "import", str(path), expect="Look at them now", key="2")
    assert "Are they one shop" not in said
    assert pairs(laptop) == 1


def test_ctrl_c_at_a_pair_is_later_for_the_import_is_done(laptop: Laptop, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("店名,社区\n老王超市,皮村\n老汪便利店,皮村\n", encoding="utf-8")
    terminal = on_terminal(laptop, "import", str(path))
    terminal.expect("Look at them now")
    terminal.send("1")
    terminal.expect("Are they one shop")
    terminal.send("\x03")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    assert pairs(laptop) == 1
