"""`outreach backtest`, as a supervisor runs it: what can be judged, what cannot yet, and what is said of little."""

import re

import pytest

from tests.conftest import Laptop

SHOP = "老周粮油店"


@pytest.fixture
def autumn(laptop: Laptop) -> Laptop:
    """Two shops met in September; one joins two weeks after a mother spoke to him; seen in late November."""
    laptop.now = "2026-09-02T15:00:00+08:00"
    laptop.shop(SHOP, "pending")
    laptop.shop("老王超市", "pending")
    laptop.shop("单记拉面", "pending", community="上冲")
    laptop.now = "2026-09-13T19:30:00+08:00"
    laptop.run("refer", "燕子", SHOP, "--new")
    laptop.now = "2026-09-15T10:00:00+08:00"
    laptop.run("visit", SHOP, "signed-up")
    laptop.now = "2026-09-29T10:00:00+08:00"
    laptop.run("visit", "老王超市", "refused")
    laptop.now = "2026-11-24T09:00:00+08:00"
    return laptop


def shares(found: dict[str, object]) -> dict[str, tuple[object, object]]:
    lines = found["orders"]
    assert isinstance(lines, list)
    return {line["order"]: (line["named"], line["signed_up"]) for line in lines}


def test_each_sunday_the_first_named_and_who_joined(autumn: Laptop) -> None:
    found = autumn.json("backtest", "--top", "1")
    assert (found["format"], found["from"], found["to"]) == ("outreach/backtest/1", "2026-09-06", "2026-09-27")
    assert shares(found) == {
        "advice": (4, 1), "recent": (4, 0), "oldest": (4, 0), "public_sum": (4, 0), "random": (4, 0.667),
    }  # fmt: skip
    weeks = [(week["as_of"], week["candidates"], week["signed_up"]) for week in found["weeks"]]
    assert weeks == [("2026-09-06", 3, 1), ("2026-09-13", 3, 1), ("2026-09-20", 2, 0), ("2026-09-27", 2, 0)]
    assert (found["enough"], found["better"]) == (False, None)


def test_one_community_and_some_weeks(autumn: Laptop) -> None:
    assert shares(autumn.json("backtest", "--community", "上冲", "--weeks", "2"))["advice"] == (2, 0)
    assert autumn.json("backtest", "--since", "2026-09-15")["from"] == "2026-09-20"


def test_little_is_said_to_be_little(autumn: Laptop) -> None:
    out = autumn.run("backtest").out.replace("\n", " ")
    assert "Too little to judge by: 1 merchant signed up in these weeks, and it takes at least 30." in out
    assert "not what caused it" in out
    assert "not what caused it" in out.replace("\n", " ")
    autumn.lang = "zh"
    assert "还不足以判断" in autumn.run("backtest").out


def test_what_is_recorded_later_changes_no_earlier_week(autumn: Laptop) -> None:
    before = autumn.json("backtest", "--top", "2")
    autumn.run("visit", "单记拉面", "signed-up")
    autumn.run("merchant", "edit", "老王超市", "--name", "王记超市", "--community", "上冲")
    autumn.run("parent", "edit", "燕子", "--active", "no")
    autumn.run("opinion", "单记拉面", "first", "--count", "9")
    after = autumn.json("backtest", "--top", "2")
    assert after["weeks"][:4] == before["weeks"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_too_little_and_one_week_are_each_a_sentence(laptop: Laptop, lang: str) -> None:
    laptop.lang = lang
    empty = laptop.run("backtest", code=1)
    laptop.shop(SHOP, "pending")
    one_week = laptop.run("backtest", code=1)
    laptop.now = "2026-12-01T09:00:00+08:00"
    laptop.run("visit", SHOP, "signed-up")
    too_short = laptop.run("backtest", "--json", code=1)
    for said, day in ((empty, ""), (one_week, "2026-11-24"), (too_short, "2026-12-27")):
        assert said.out == ""
        assert said.err.count("\n") == 1
        assert day in said.err
    assert len({empty.err, one_week.err, too_short.err}) == 3


@pytest.mark.parametrize(
    ("words", "code"),
    [(["--top", "0"], 2), (["--weeks", "0"], 2), (["--since", "someday"], 2), (["--community", "无此村"], 1)],
)
def test_what_cannot_be_understood_is_refused_with_a_sentence(autumn: Laptop, words: list[str], code: int) -> None:
    refused = autumn.run("backtest", *words, code=code)
    assert words[1] in refused.err
    assert refused.out == ""


def test_a_village_without_shops_has_nobody_to_name(autumn: Laptop) -> None:
    autumn.run("community", "add", "北山村")
    assert autumn.run("backtest", "--community", "北山村").out == "No merchant could have been named in those weeks.\n"


def test_no_name_of_a_parent_or_a_shop_is_in_it(autumn: Laptop) -> None:
    for how in ([], ["--json"]):
        assert not re.search("燕子|老周", autumn.run("backtest", *how).out)
