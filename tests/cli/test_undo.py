"""`undo` takes back whole acts, one after another, and `history` tells the story."""

from pathlib import Path

import pytest

from tests.conftest import Laptop


def test_a_visit_with_its_new_shop_mark_and_follow_up_is_one_act(laptop: Laptop) -> None:
    laptop.shop("老王超市", "pending", "--tag", "有冷柜", "--follow-up", "today")
    ran = laptop.run("undo")
    assert ran.out.startswith("Taken back: ")
    marks = ("mark 老王超市 有冷柜", "follow-up 11-24 Tue")
    for part in ("community 皮村", "merchant 老王超市", "visit 老王超市 pending", *marks):
        assert part in ran.out
    assert laptop.json("list")["merchants"] == []
    assert laptop.json("due")["follow_ups"] == []
    assert laptop.json("community", "list")["communities"] == []
    assert "nothing to take back" in laptop.run("undo", code=1).err


def test_again_and_again_each_value_before_comes_back(laptop: Laptop) -> None:
    laptop.shop("老王超市", "pending", "--phone", "1")
    for phone in ("2", "3", ""):
        laptop.run("merchant", "edit", "lwcs", "--phone", phone)
    seen = []
    for _ in range(3):
        laptop.run("undo")
        seen.append(laptop.json("show", "lwcs")["merchant"].get("phone"))
    assert seen == ["3", "2", "1"]


def test_undo_between_new_work(laptop: Laptop) -> None:
    laptop.shop("老王超市")
    laptop.run("tag", "lwcs", "甲")
    laptop.run("undo")
    laptop.run("tag", "lwcs", "乙")
    laptop.run("undo")
    assert laptop.json("list")["merchants"][0]["tags"] == []
    laptop.run("undo")
    assert laptop.json("list")["merchants"] == []


def test_undoing_done_opens_the_follow_up_as_it_was(laptop: Laptop) -> None:
    laptop.shop("老王超市", "pending", "--follow-up", "11-20")
    before = laptop.json("due")
    laptop.run("done", "lwcs")
    laptop.run("undo")
    assert laptop.json("due") == before


def test_a_shop_that_others_built_on_stays(laptop: Laptop) -> None:
    laptop.run("community", "add", "皮村")
    laptop.run("merchant", "add", "老王超市", "--community", "皮村")
    laptop.run("visit", "lwcs", "pending")
    laptop.run("undo")
    laptop.run("undo")
    assert laptop.json("list")["merchants"] == []
    laptop.run("merchant", "restore", "老王超市")
    assert len(laptop.json("list")["merchants"]) == 1


def test_history_says_who_changed_what_from_what(laptop: Laptop) -> None:
    laptop.shop("老王超市", "pending", "--phone", "12000000001")
    laptop.run("merchant", "edit", "lwcs", "--phone", "12000000002", OUTREACH_WORKER="林晓")
    last = laptop.json("history", "lwcs")["changes"][-1]
    assert last["fields"] == {"phone": {"from": "12000000001", "to": "12000000002"}}
    assert (last["worker"], last["created"], last["about"]) == ("林晓", False, "老王超市")
    line = laptop.run("history", "lwcs").out.splitlines()[-1]
    assert "林晓  this one" in line
    assert "phone 12000000001 → 12000000002" in line
    assert "2026-11-24 09:00" in line


def test_history_of_one_shop_leaves_out_the_others(laptop: Laptop) -> None:
    laptop.shop("老王超市")
    laptop.shop("重庆小面")
    assert {c["about"].split()[0] for c in laptop.json("history", "cqxm")["changes"]} == {"重庆小面"}
    assert len(laptop.json("history", "--limit", "2")["changes"]) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["merchant", "edit", "lwcs", "--phone", "2"],
            "Taken back: merchant 老王超市 · phone 2 → 1 (recorded 2026-11-24 09:00)\n",
        ),
        (["merchant", "edit", "lwcs", "--phone", ""], "Taken back: merchant 老王超市 · phone (none) → 1 (recorded "),
        (["merchant", "remove", "lwcs"], "Taken back: merchant 老王超市, restored (recorded "),
        (["untag", "lwcs", "有冷柜"], "Taken back: mark 老王超市 有冷柜, put back on (recorded "),
        (["done", "lwcs"], "Taken back: mark 老王超市 follow-up 11-27 Fri, open again (recorded "),
        (
            ["tag", "lwcs", "跟进", "--due", "5d"],
            "Taken back: mark 老王超市 follow-up 11-29 Sun · due 2026-11-29 → 2026-11-27 (",
        ),
        (["parent", "edit", "燕子", "--phone", "120000002"], "Taken back: parent 燕子 · phone *** → *** (recorded "),
        (["parent", "edit", "燕子", "--alias", "小燕"], "Taken back: parent 小燕 · alias 小燕 → 燕子 (recorded "),
    ],
)
def test_undo_says_what_is_so_again(laptop: Laptop, words: list[str], said: str) -> None:
    laptop.run("parent", "add", "燕子", "--phone", "120000001")
    laptop.shop("老王超市", "pending", "--phone", "1", "--tag", "有冷柜", "--follow-up", "3d")
    laptop.run(*words)
    assert laptop.run("undo").out.startswith(said)


def test_undoing_a_restore_removes_again_and_chinese_says_the_same(laptop: Laptop) -> None:
    laptop.lang = "zh"
    laptop.run("parent", "add", "燕子")
    laptop.run("parent", "remove", "燕子")
    laptop.run("parent", "restore", "燕子")
    assert laptop.run("undo").out == "已撤回：家长 燕子，重新移除（2026-11-24 09:00 记的）\n"
    assert laptop.run("undo").out == "已撤回：家长 燕子，已恢复（2026-11-24 09:00 记的）\n"
    assert laptop.run("undo").out == "已撤回：家长 燕子（2026-11-24 09:00 记的）\n"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Nothing was taken back: the phone of merchant 老王超市 was changed again on another laptop since.\n"),
        ("zh", "没有撤回：商户 老王超市 的电话后来在另一台电脑上又改过。\n"),
    ],
)
def test_what_another_laptop_changed_since_is_not_taken_back_and_that_is_said(tmp_path: Path, lang: str, said: str) -> None:
    mine, other = Laptop(tmp_path / "mine", lang), Laptop(tmp_path / "other")
    (shared := tmp_path / "shared").mkdir()
    mine.shop("老王超市", "pending", "--phone", "1")
    mine.run("merchant", "edit", "老王超市", "--phone", "2")
    mine.run("sync", shared, "--init")
    other.run("sync", shared)
    other.run("merchant", "edit", "老王超市", "--phone", "3")
    other.run("sync")
    mine.run("sync")
    ran = mine.run("undo")
    assert (ran.out, ran.err) == ("", said)
    assert mine.json("show", "老王超市")["merchant"]["phone"] == "3"


def test_what_others_have_come_to_use_stays_and_is_named(tmp_path: Path) -> None:
    mine, other = Laptop(tmp_path / "mine"), Laptop(tmp_path / "other")
    (shared := tmp_path / "shared").mkdir()
    mine.shop("老王超市")
    mine.run("sync", shared, "--init")
    other.run("sync", shared)
    other.run("visit", "老王超市", "signed-up")
    other.run("sync")
    mine.run("sync")
    ran = mine.run("undo")
    assert ran.out == "Taken back: visit 老王超市 pending (recorded 2026-11-24 09:00)\n"
    assert "merchant 老王超市 stays: others have used or changed it since." in ran.err
    assert "community 皮村 stays" in ran.err, "the shop that stays is there"


@pytest.mark.parametrize("doings", [["edit"], ["edit", "visit"]])
def test_an_imported_shop_that_another_laptop_changed_stays_with_its_name(tmp_path: Path, doings: list[str]) -> None:
    mine, other = Laptop(tmp_path / "mine"), Laptop(tmp_path / "other", "zh")
    (shared := tmp_path / "shared").mkdir()
    (file := tmp_path / "shops.csv").write_text("商户,社区,电话\n甲店,皮村,120\n乙店,皮村,121\n", "utf-8")
    mine.run("import", file)
    mine.run("sync", shared, "--init")
    other.run("sync", shared)
    words = {"edit": ["merchant", "edit", "甲店", "--hours", "8-22"], "visit": ["visit", "甲店", "signed-up"]}
    for doing in doings:
        other.run(*words[doing])
    other.run("sync")
    mine.run("sync")
    ran = mine.run("undo")
    assert ran.err.count("stays: others have used or changed it since.") == 2, "the shop and its community"
    assert "乙店" in ran.out
    mine.run("sync")
    other.run("sync")
    for laptop in (mine, other):
        listed = laptop.json("list")["merchants"]
        assert [(m["name"], m["community"], m["visits"]) for m in listed] == [("甲店", "皮村", len(doings) - 1)]
        assert laptop.json("show", "甲店")["merchant"]["phone"] == "120"


def test_history_leaves_out_what_did_not_change_and_says_what_came_back(laptop: Laptop) -> None:
    laptop.shop("老王超市", "pending", "--tag", "有冷柜")
    laptop.run("tag", "老王超市", "有冷柜", "--note", "新的")
    assert laptop.run("history", "老王超市").out.splitlines()[-1].endswith("  mark 老王超市 有冷柜    note 新的")
    doings = (["untag", "老王超市", "有冷柜"], ["merchant", "remove", "老王超市"], ["merchant", "restore", "老王超市"])
    for hour, words in enumerate(doings, 10):
        laptop.now = f"2026-11-24T{hour}:00:00+08:00"
        laptop.run(*words)
    said = [line.rsplit("  ", 1)[1] for line in laptop.run("history").out.splitlines()[-3:]]
    assert said == ["removed", "removed", "brought back"]
    laptop.lang = "zh"
    assert [line.rsplit("  ", 1)[1] for line in laptop.run("history").out.splitlines()[-2:]] == ["已移除", "已恢复"]
