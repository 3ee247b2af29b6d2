"""The interview in a real pseudo-terminal: it asks what is missing, refuses what does not fit, keeps each answer at once."""

import sys
from typing import Any

import pytest

from tests.conftest import Laptop

pexpect = pytest.importorskip("pexpect", reason="pexpect (no pseudo-terminals on Windows)")
if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

ENTER, ESC, CTRL_C = "\r", "\x1b", "\x03"


@pytest.fixture
def village(laptop: Laptop) -> Laptop:
    """A village of which all but three things are known."""
    laptop.lang = "zh"
    laptop.run(
        "community", "add", "皮村", "--city", "北京", "--district", "朝阳区", "--history", "老村", "--surroundings", "五环外",
        "--school", "一所", "--clinic", "一家", "--market", "早市", "--supermarket", "远", "--supermarket-metres", "2800",
        "--livelihoods", "打工", "--organisations", "村委会", "--networks", "房东", "--problems", "路灯少", "--needs", "托管",
        "--strengths", "热心", "--plans", "走访",
    )  # fmt: skip
    return laptop


def begun(laptop: Laptop, *steps: tuple[str, str]) -> Any:
    """An interview in which one waits for a text and types, over and over."""
    command = ["-m", "outreach", "community", "interview", "皮村"]
    own = laptop.env(OUTREACH_WORKER="林晓", TERM="xterm")
    child: Any = pexpect.spawn(sys.executable, command, env=own, encoding="utf-8", dimensions=(30, 80), timeout=15)
    for text, keys in steps:
        child.expect_exact(text)
        child.send(keys)
    return child


def interview(laptop: Laptop, *steps: tuple[str, str]) -> str:
    """As `begun`; everything that was said after the last, to a good end."""
    child = begun(laptop, *steps)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    said: str = child.before
    return said


@pytest.mark.parametrize(("typed", "kept"), [("1.3万", 13_000), ("13,000", 13_000), ("约4100人", 4100)])
def test_by_hand_numbers_are_understood_as_in_the_interview(village: Laptop, typed: str, kept: int) -> None:
    village.run("community", "edit", "皮村", "--population", typed)
    assert known(village)[0] == kept
    refused = village.run("community", "edit", "皮村", "--population", "4100户", code=2).err
    assert refused == "人口：请填数字，如 4100、13,000、约300 或 1.3万；“4100户”不是。\n"


def known(laptop: Laptop) -> tuple[Any, ...]:
    """Population, migrants and families as they are recorded."""
    record = laptop.json("community", "show", "皮村")["community"]
    return tuple(record.get(name) for name in ("population", "migrants", "families"))


def test_it_asks_what_is_missing_and_enter_skips_and_undo_takes_answers_back_one_by_one(village: Laptop) -> None:
    said = interview(village, ("1/3 人口：", "很多" + ENTER), ("如 4100、13,000、约300 或 1.3万", "2万" + ENTER),
                     ("2/3 外来人口：", "不知道" + ENTER),
                     ("3/3 住户数：", "１２０" + ENTER))  # fmt: skip
    assert "已记下：社区 皮村 · 人口、住户数" in said
    assert "还没有回答：外来人口" in said
    assert "outreach undo 撤回最后一个回答" in said
    assert known(village) == (20000, None, 120)
    village.run("undo")
    assert known(village) == (20000, None, None)
    village.run("undo")
    assert known(village) == (None, None, None)


def test_the_word_undo_takes_the_last_answer_back_and_asks_again_but_nothing_from_before(village: Laptop) -> None:
    said = interview(village, ("1/3", "撤回" + ENTER), ("还没有回答过什么", ""), ("1/3", "2000" + ENTER), ("2/3", ENTER),
                     ("3/3", "undo" + ENTER), ("已撤回", ""), ("1/3", "20000" + ENTER), ("2/3", ESC))  # fmt: skip
    assert "已记下：社区 皮村 · 人口" in said
    assert known(village) == (20000, None, None)


def test_what_was_answered_before_the_power_went_is_kept_and_not_asked_again(village: Laptop) -> None:
    child = begun(village, ("1/3 人口：", "20000" + ENTER), ("2/3 外来人口：", "18"))
    child.kill(9)
    assert known(village) == (20000, None, None)
    interview(village, ("1/2 外来人口：", "18000" + ENTER), ("2/2 住户数：", "120" + ENTER))
    assert known(village) == (20000, 18000, 120)


@pytest.mark.parametrize("key", [ESC, CTRL_C])
def test_stopping_keeps_what_was_answered(village: Laptop, key: str) -> None:
    said = interview(village, ("1/3 人口：", "20000" + ENTER), ("2/3 外来人口：", "半截" + key))
    assert "还没有回答：外来人口、住户数" in said
    assert known(village) == (20000, None, None)


def test_with_nothing_answered_nothing_is_recorded(village: Laptop) -> None:
    before = village.run("history").out
    assert "已记下" not in interview(village, ("1/3 人口：", ESC))
    assert village.run("history").out == before


def test_without_a_terminal_it_says_what_is_missing_and_how_to_answer(village: Laptop) -> None:
    refused = village.run("community", "interview", "皮村", code=2).err
    assert "outreach community edit 皮村" in refused
    assert "人口、外来人口、住户数" in refused
    village.run("community", "edit", "皮村", "--population", "1", "--migrants", "1", "--families", "1")
    assert "没有缺的" in village.run("community", "interview", "皮村").out
