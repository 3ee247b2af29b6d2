"""Marks and follow-ups: `tag`, `untag`, `done`, `due`."""

import pytest

from tests.conftest import Laptop


def labels(laptop: Laptop) -> list[str]:
    found: list[str] = laptop.json("list")["merchants"][0]["tags"]
    return found


def test_marks_are_put_on_and_taken_off(laptop: Laptop) -> None:
    laptop.shop("老王超市")
    laptop.run("tag", "lwcs", "潜在伙伴", "有冷柜", "--note", "下次细谈")
    assert labels(laptop) == ["有冷柜", "潜在伙伴"]
    laptop.run("untag", "lwcs", "有冷柜")
    assert labels(laptop) == ["潜在伙伴"]
    assert "no mark “有冷柜”" in laptop.run("untag", "lwcs", "有冷柜", code=1).err


def test_the_same_mark_twice_is_one_mark(laptop: Laptop) -> None:
    laptop.shop("老王超市")
    laptop.run("tag", "lwcs", "有冷柜")
    laptop.run("tag", "lwcs", "有 冷柜")
    assert len(laptop.json("show", "lwcs")["tags"]) == 1


def test_a_follow_up_is_due_overdue_and_done(laptop: Laptop) -> None:
    laptop.shop("老王超市", "pending", "--follow-up", "friday", "--by", "林晓")
    assert laptop.json("due")["follow_ups"] == []
    (ahead,) = laptop.json("due", "--days", "3")["follow_ups"]
    assert (ahead["merchant"], ahead["label"], ahead["due"], ahead["days_overdue"], ahead["by"]) == (
        "老王超市", "跟进", "2026-11-27", -3, "林晓",
    )  # fmt: skip
    laptop.now = "2026-11-30T09:00:00+08:00"
    assert [f["days_overdue"] for f in laptop.json("due")["follow_ups"]] == [3]
    assert "follow-up 11-27 Fri done" in laptop.run("done", "lwcs").out
    assert laptop.json("due")["follow_ups"] == []
    assert labels(laptop) == []
    assert "no open follow-up" in laptop.run("done", "lwcs", code=1).err


def test_a_follow_up_that_was_done_can_be_set_again(laptop: Laptop) -> None:
    laptop.shop("老王超市", "pending", "--follow-up", "today")
    laptop.run("done", "lwcs")
    laptop.run("visit", "lwcs", "pending", "--follow-up", "today")
    assert len(laptop.json("due")["follow_ups"]) == 1


def test_marking_again_leaves_the_day_and_the_note_that_were_agreed(laptop: Laptop) -> None:
    laptop.shop("老王超市", "pending", "--follow-up", "3d")
    laptop.run("tag", "lwcs", "跟进", "--note", "带宣传单")
    laptop.run("visit", "lwcs", "pending", "--tag", "跟进")
    (follow_up,) = laptop.json("due", "--days", "9")["follow_ups"]
    assert (follow_up["due"], follow_up["note"]) == ("2026-11-27", "带宣传单")
    laptop.run("visit", "lwcs", "pending", "--follow-up", "5d")
    (follow_up,) = laptop.json("due", "--days", "9")["follow_ups"]
    assert (follow_up["due"], follow_up["note"]) == ("2026-11-29", "带宣传单")


def test_a_closed_mark_begins_afresh(laptop: Laptop) -> None:
    laptop.shop("老王超市", "pending", "--follow-up", "today")
    laptop.run("done", "lwcs")
    laptop.run("tag", "lwcs", "跟进")
    assert laptop.json("due", "--days", "9")["follow_ups"] == []
    assert labels(laptop) == ["跟进"]


def test_a_mark_or_a_parent_named_twice_counts_once(laptop: Laptop) -> None:
    laptop.run("parent", "add", "刘姐")
    ran = laptop.shop("老王超市", "pending", "--tag", "有冷柜", "--tag", "有 冷柜", "--tag", "跟进", "--follow-up", "3d",
                      "--with", "刘姐", "--with", "liujie")  # fmt: skip
    assert ran.out.count("有冷柜") == 1
    assert ran.out.count("follow-up") == 1
    shown = laptop.json("show", "lwcs")
    assert len(shown["visits"][0]["with"]) == 1
    assert {t["label"]: t.get("due") for t in shown["tags"]} == {"有冷柜": None, "跟进": "2026-11-27"}


def test_of_several_open_ones_the_label_says_which(laptop: Laptop) -> None:
    laptop.shop("老王超市", "pending", "--follow-up", "today")
    laptop.run("tag", "lwcs", "送核销牌", "--due", "11-24")
    ran = laptop.run("done", "lwcs", code=1)
    assert "送核销牌" in ran.err
    laptop.run("done", "lwcs", "follow-up")
    assert [f["label"] for f in laptop.json("due")["follow_ups"]] == ["送核销牌"]


def test_due_is_a_table_in_chinese(laptop: Laptop) -> None:
    laptop.shop("老王超市", "pending", "--at", "2026-11-19", "--follow-up", "2026-11-20")
    laptop.lang = "zh"
    assert laptop.run("due").out.splitlines() == [
        "到期        已过期  商户      社区  标记  社工  备注",
        "11-20 周五  4 天    老王超市  皮村  跟进",
    ]


@pytest.mark.parametrize(
    "words",
    [
        ["tag", "lwcs", "跟进", "--due", "2026-11-23"],
        ["visit", "lwcs", "pending", "--follow-up", "yesterday"],
        ["visit", "lwcs", "pending", "--at", "2026-11-20", "--follow-up", "2026-11-19"],
    ],
)
def test_a_follow_up_needs_a_day_to_come(laptop: Laptop, words: list[str]) -> None:
    laptop.shop("老王超市")
    assert "has passed; a follow-up needs a day to come, such as 3d or friday." in laptop.run(*words, code=2).err
    laptop.lang = "zh"
    assert "已经过去了；跟进要写以后的日子，如 3d、周五。" in laptop.run(*words, code=2).err
    assert laptop.json("due", "--days", "3660")["follow_ups"] == []
    assert laptop.json("list")["merchants"][0]["visits"] == 1


def test_a_visit_keyed_in_late_may_have_agreed_on_a_day_that_has_passed_since(laptop: Laptop) -> None:
    laptop.shop("老王超市", "pending", "--at", "2026-11-20", "--follow-up", "2026-11-23")
    laptop.run("tag", "lwcs", "送核销牌", "--due", "today")
    assert [(f["label"], f["days_overdue"]) for f in laptop.json("due")["follow_ups"]] == [("跟进", 1), ("送核销牌", 0)]


def test_a_due_day_that_cannot_be_read_has_examples_of_days_to_come(laptop: Laptop) -> None:
    laptop.shop("老王超市")
    said = laptop.run("tag", "lwcs", "跟进", "--due", "哪天", code=2).err
    assert "tomorrow, 3d" in said
    assert "yesterday" not in said
