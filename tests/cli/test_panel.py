"""The parents' panel in a real pseudo-terminal: a key for an opinion, a number, and what was recorded."""

import sys
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.conftest import NOW, Laptop

pexpect = pytest.importorskip("pexpect", reason="pexpect (no pseudo-terminals on Windows)")
if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

ENTER, CTRL_C = "\r", "\x03"
ASKED, HOW_MANY = "家长们怎么看？", "几位家长这样说："


class Panel:
    """A terminal, 80 columns wide, with a meeting in it."""

    def __init__(self, laptop: Laptop, *words: str) -> None:
        own = laptop.env(OUTREACH_WORKER="陈督导", TERM="xterm")
        command = ["-m", "outreach", "panel", *words]
        self.child = pexpect.spawn(sys.executable, command, env=own, encoding="utf-8", dimensions=(30, 80), timeout=15)

    def press(self, after: str, keys: str) -> None:
        self.child.expect_exact(after)
        self.child.send(keys)

    def ends(self, text: str) -> None:
        self.child.expect_exact(text)
        self.child.expect(pexpect.EOF)
        self.child.close()
        assert self.child.exitstatus == 0


@pytest.fixture
def hall(laptop: Laptop) -> Laptop:
    """Two pending shops of 皮村, one that was refused there, one pending elsewhere."""
    laptop.lang, laptop.now = "zh", "2026-11-10T10:00:00+08:00"
    laptop.shop("老王超市", "pending", "--why", "must-ask-family")
    laptop.shop("重庆小面", "pending")
    laptop.shop("单记拉面", "refused")
    laptop.shop("小芳水果", "pending", community="上冲")
    laptop.run("parent", "add", "刘姐", "--community", "皮村", "--phone", "13811112222")
    laptop.run("parent", "add", "燕子", "--community", "皮村")
    laptop.now = NOW
    return laptop


@pytest.fixture
def panel(hall: Laptop) -> Iterator[Panel]:
    panel = Panel(hall, "--community", "皮村")
    yield panel
    panel.child.close(force=True)


def opinions(laptop: Laptop, shop: str) -> Counter[tuple[str, object]]:
    """How often each view was recorded, by whom or by how many."""
    return Counter((o["view"], o.get("parent_alias") or o.get("count")) for o in laptop.json("show", shop)["opinions"])


def test_a_key_and_a_number_for_each_opinion_several_for_a_shop_and_on_to_the_next(hall: Laptop, panel: Panel) -> None:
    panel.child.expect_exact("皮村家长会，共 2 家商户。")
    panel.child.expect_exact("1/2  老王超市 · 待定 · 要问家里人")
    panel.press(ASKED, "1")
    panel.press(HOW_MANY, "5" + ENTER)
    panel.child.expect_exact("已记下：老王超市 · 优先 · 5 位家长")
    panel.press("（已有：优先 5）", "4")
    panel.press(HOW_MANY, ENTER)
    panel.press("（已有：优先 5、存疑 1）", ENTER)
    panel.child.expect_exact("2/2  重庆小面 · 待定")
    panel.press(ASKED, "3")
    panel.press(HOW_MANY, "刘姐、燕子" + ENTER)
    panel.press("（已有：靠谱 2）", ENTER)
    panel.ends("记下了 2 家商户的家长意见。")
    assert opinions(hall, "老王超市") == Counter({("first", 5): 1, ("doubtful", 1): 1})
    assert opinions(hall, "重庆小面") == Counter({("reliable", "刘姐"): 1, ("reliable", "燕子"): 1})


def test_back_again_and_the_same_view_again_replaces_what_was_said_in_this_meeting(hall: Laptop, panel: Panel) -> None:
    panel.press(ASKED, "1")
    panel.press(HOW_MANY, "5" + ENTER)
    panel.press("（已有：优先 5）", ENTER)
    panel.press("2/2", "b")
    panel.child.expect_exact("1/2  老王超市")
    panel.press("（已有：优先 5）", "1")
    panel.press(HOW_MANY, "3" + ENTER)
    panel.press("（已有：优先 3）", "q")
    panel.ends("记下了 1 家商户的家长意见。")
    assert opinions(hall, "老王超市") == Counter({("first", 3): 1})


def test_undo_takes_back_the_last_answer_and_nothing_from_before_the_meeting(hall: Laptop, panel: Panel) -> None:
    panel.press(ASKED, "u")
    panel.child.expect_exact("这次家长会还没有记下什么。")
    panel.press(ASKED, "2")
    panel.press(HOW_MANY, "4" + ENTER)
    panel.press("（已有：缓一缓 4）", "u")
    panel.child.expect_exact("已撤回：家长意见 老王超市 缓一缓")
    panel.press(ASKED, "u")
    panel.child.expect_exact("这次家长会还没有记下什么。")
    panel.press(ASKED, CTRL_C)
    panel.ends("记下了 0 家商户的家长意见。")
    assert opinions(hall, "老王超市") == Counter()
    assert "燕子" in hall.run("parent", "list").out


def test_what_was_answered_before_the_power_went_is_kept(hall: Laptop, panel: Panel) -> None:
    panel.press(ASKED, "1")
    panel.press(HOW_MANY, "2" + ENTER)
    panel.child.expect_exact("已记下")
    panel.child.kill(9)
    assert opinions(hall, "老王超市") == Counter({("first", 2): 1})


def test_a_slip_is_asked_again_with_the_reason(panel: Panel) -> None:
    panel.press(ASKED, "1")
    panel.press(HOW_MANY, "0" + ENTER)
    panel.press("1 到 10000", "无此人" + ENTER)
    panel.press("无此人", "５" + ENTER)
    panel.child.expect_exact("5 位家长")
    panel.press(ASKED, "q")
    panel.ends("记下了 1 家商户的家长意见。")


def test_a_parent_of_another_village_is_asked_about(hall: Laptop, panel: Panel) -> None:
    hall.run("parent", "add", "阿芳", "--community", "上冲")
    panel.press(ASKED, "1")
    panel.press(HOW_MANY, "阿芳" + ENTER)
    panel.press("阿芳是上冲的", "2")
    panel.child.expect_exact("没有记下")
    panel.press(ASKED, "1")
    panel.press(HOW_MANY, "刘姐 阿芳" + ENTER)
    panel.press("阿芳是上冲的", "1")
    panel.child.expect_exact("已记下")
    panel.press(ASKED, "q")
    panel.ends("记下了 1 家商户的家长意见。")
    assert opinions(hall, "老王超市") == Counter({("first", "刘姐"): 1, ("first", "阿芳"): 1})


def test_the_same_parents_at_the_next_meeting_are_not_counted_twice(hall: Laptop) -> None:
    hall.run("opinion", "老王超市", "first", "--count", "5", "--at", "2026-11-16")
    hall.run("opinion", "老王超市", "first", "--count", "4", "--at", "2026-11-23")
    hall.run("opinion", "老王超市", "wait", "--count", "1", "--at", "2026-11-23")
    hall.run("opinion", "老王超市", "reliable", "--count", "2", "--at", "2026-11-16")  # another question
    terms = {t["code"]: t["points"] for t in hall.json("why", "老王超市")["merchant"]["terms"]}
    assert (terms["opinions"], terms["opinions_wait"]) == (16, -4)
    hall.run("opinion", "老王超市", "wait", "--count", "3", "--at", "2026-11-24")
    terms = {t["code"]: t["points"] for t in hall.json("why", "老王超市")["merchant"]["terms"]}
    assert (terms["opinions"], terms["opinions_wait"]) == (8, -12)


def test_which_community_is_asked_and_all_means_those_that_refused_too(hall: Laptop) -> None:
    panel = Panel(hall, "--all")
    panel.press("皮村", "2")
    panel.child.expect_exact("皮村家长会，共 3 家商户。")
    panel.press(ASKED, "q")
    panel.ends("记下了 0 家商户的家长意见。")


def test_without_a_terminal_it_says_how_to_record_one_shop(hall: Laptop) -> None:
    refused = hall.run("panel", "--community", "皮村", code=2)
    assert "outreach opinion" in refused.err
    hall.run("opinion", "老王超市", "优先", "--count", "5")
    assert opinions(hall, "老王超市") == Counter({("first", 5): 1})


def test_a_community_without_pending_shops_and_one_that_is_not_known(hall: Laptop) -> None:
    hall.run("community", "add", "空村")
    panel = Panel(hall, "--community", "空村")
    panel.ends("那里没有待定的商户。")
    panel = Panel(hall, "--community", "无此村")
    panel.child.expect_exact("无此村")
    panel.child.expect(pexpect.EOF)
    panel.child.close()
    assert panel.child.exitstatus == 1


def test_names_that_are_markup_do_nothing_to_the_terminal(laptop: Laptop) -> None:
    laptop.lang = "zh"
    laptop.shop("\x1b[2J[red]店\u202e", community="\x1b[31m村")
    panel = Panel(laptop)
    panel.child.expect_exact("[red]店�")
    assert "\x1b[2J" not in panel.child.before
    panel.press(ASKED, "q")
    panel.ends("记下了 0 家商户的家长意见。")
