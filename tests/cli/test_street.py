"""Street mode in a real pseudo-terminal, with Chinese typed as an input method commits it."""

import json
import re
import sys
from collections.abc import Iterator

import pytest

from outreach.cli.screen import width
from tests.conftest import NOW, Laptop

pexpect = pytest.importorskip("pexpect", reason="pexpect (no pseudo-terminals on Windows)")
if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

YESTERDAY = "2026-11-23T15:00:00+08:00"
ENTER = "\r"
CTRL_C = "\x03"
CTRL_D = "\x04"
CLEAR = "\x01\x0b"  # to the line's beginning, and all after it is gone
DOWN = "\x1b[B"
SHOP = "商户："


class Street:
    """A terminal with street mode running in it, and a count of the keys pressed, names aside."""

    def __init__(self, laptop: Laptop, *words: str, **env: str) -> None:
        command = ["-m", "outreach", *(words or ("visit",))]
        own = laptop.env(**{"OUTREACH_WORKER": "林晓", "TERM": "xterm"} | env)
        self.child = pexpect.spawn(sys.executable, command, env=own, encoding="utf-8", dimensions=(40, 80), timeout=15)
        self.keys = 0

    def expect(self, text: str) -> None:
        self.child.expect_exact(text)

    def name(self, text: str) -> None:
        """Type a name (not counted) and Enter."""
        self.expect(SHOP)
        self.child.send(text + ENTER)
        self.keys += 1

    def press(self, after: str, keys: str) -> None:
        """Press keys when `after` has been asked."""
        self.expect(after)
        self.child.send(keys)
        self.keys += len(keys)

    def ends(self) -> None:
        self.expect(SHOP)
        self.child.send(ENTER)
        self.child.expect(pexpect.EOF)
        self.child.close()


@pytest.fixture
def known(laptop: Laptop) -> Laptop:
    laptop.lang, laptop.now = "zh", YESTERDAY
    laptop.shop("老王超市", "not-met")
    laptop.shop("重庆小面", "not-met")
    laptop.now = NOW
    return laptop


@pytest.fixture
def street(known: Laptop) -> Iterator[Street]:
    street = Street(known)
    yield street
    street.child.close(force=True)


def visits(laptop: Laptop, shop: str) -> list[dict[str, object]]:
    found = json.loads(laptop.run("show", shop, "--json").out)["visits"]
    assert isinstance(found, list)
    return found


def test_known_shop_pending_with_a_reason_and_a_follow_up_takes_12_keys_at_most(known: Laptop, street: Street) -> None:
    street.name("laowcs")
    street.press("老王超市，结果：", "2")
    street.press("顾虑：", "1" + ENTER)
    street.press("何时跟进：", "3" + ENTER)
    street.press("备注：", ENTER)
    street.expect("已记下：老王超市 · 待定（怀疑是骗子） · 跟进 11-27 周五")
    street.ends()
    assert street.keys <= 12
    visit = visits(known, "老王超市")[0]
    assert (visit["outcome"], visit["reasons"], visit["by"]) == ("pending", ["suspects_scam"], "林晓")
    assert [f["due"] for f in known.json("due", "--days", 3)["follow_ups"]] == ["2026-11-27"]


def test_new_shop_signed_up_takes_20_keys_at_most_and_goes_to_the_community_just_used(known: Laptop, street: Street) -> None:
    street.name("小芳水果")
    street.press("新商户：小芳水果", "1")
    street.press("社区：", ENTER)
    street.press("类别：", ENTER)
    street.press("电话：", ENTER)
    street.press("小芳水果，结果：", "1")
    street.press("备注：", ENTER)
    street.expect("已记下：小芳水果 · 已加入")
    street.ends()
    assert street.keys <= 20
    (shop,) = (m for m in known.json("list")["merchants"] if m["name"] == "小芳水果")
    assert (shop["community"], shop["status"]) == ("皮村", "signed_up")


def test_a_closed_shop_takes_8_keys_at_most(street: Street) -> None:
    street.name("cqxm")
    street.press("结果：", "4")
    street.press("何时跟进：", ENTER)
    street.expect("已记下：重庆小面 · 未见到负责人")
    street.ends()
    assert street.keys <= 8


def test_refused_firmly_with_two_reasons_and_a_note_in_chinese(known: Laptop, street: Street) -> None:
    street.name("老王")
    street.press("结果：", "3")
    street.press("以后还能再来吗？", "2")
    street.press("顾虑：", "15" + ENTER)
    street.press("何时跟进：", ENTER)
    street.press("备注：", "说“别再来了”，[red]态度坚决" + ENTER)
    street.expect("已记下：老王超市 · 拒绝（坚决；怀疑是骗子、嫌麻烦）")
    street.ends()
    visit = visits(known, "老王超市")[0]
    assert visit["firm"] is True
    assert visit["reasons"] == ["suspects_scam", "too_much_trouble"]
    assert visit["note"] == "说“别再来了”，[red]态度坚决"


def test_ctrl_c_loses_only_the_visit_at_hand(known: Laptop, street: Street) -> None:
    street.name("老王")
    street.press("结果：", "1")
    street.press("备注：", ENTER)
    street.expect("已记下：老王超市 · 已加入")
    street.name("cqxm")
    street.press("结果：", "2")
    street.press("顾虑：", CTRL_C)
    street.expect("这一家没有记下。")
    street.name("cqxm")
    street.press("结果：", "1")
    street.press("备注：", ENTER)
    street.expect("已记下：重庆小面 · 已加入")
    street.ends()
    assert len(visits(known, "老王超市")) == 2
    assert [v["outcome"] for v in visits(known, "重庆小面")] == ["signed_up", "not_met"]


def test_a_slip_is_taken_back_without_leaving(known: Laptop, street: Street) -> None:
    street.name("cqxm")
    street.press("结果：", "1")
    street.press("备注：", ENTER)
    street.expect("已记下")
    street.name("撤回")
    street.expect("已撤回：走访 重庆小面 已加入")
    street.ends()
    assert [v["outcome"] for v in visits(known, "重庆小面")] == ["not_met"]


def test_what_cannot_be_read_is_asked_again_and_nothing_is_lost(street: Street) -> None:
    street.name("cqxm")
    street.press("结果：", "2")
    street.press("顾虑：", "9" + ENTER)
    street.press("请按编号写，如 13", "介绍" + ENTER)
    street.press("请按编号写，如 13", ENTER)
    street.press("何时跟进：", "哪天呢" + ENTER)
    street.press("看不懂日期", "下周三" + ENTER)
    street.press("备注：", ENTER)
    street.expect("跟进 12-02 周三")
    street.ends()


def test_several_fit_and_one_key_picks(known: Laptop) -> None:
    known.shop("老王面馆", "not-met")
    street = Street(known)
    street.name("老王")
    street.press("是哪一家？", "2")
    street.press("结果：", "1")
    street.press("备注：", ENTER)
    street.expect("已记下：老王面馆")
    street.ends()


@pytest.mark.parametrize(("done", "left"), [("1", 0), ("2", 1), (ENTER, 1)])
def test_a_visit_that_a_follow_up_asked_for_may_close_it(known: Laptop, done: str, left: int) -> None:
    known.run("tag", "老王超市", "跟进", "--due", "11-24")
    street = Street(known)
    street.name("老王")
    street.press("结果：", "1")
    street.press("备注：", ENTER)
    street.press("11-24 周二的跟进，这次算办完了吗？", done)
    street.expect("已记下：老王超市")
    street.ends()
    assert len(known.json("due")["follow_ups"]) == left


def test_the_first_day_asks_who_you_are_and_remembers(laptop: Laptop) -> None:
    laptop.lang = "zh"
    street = Street(laptop, OUTREACH_WORKER="")
    street.press("你是谁？", "林晓" + ENTER)
    street.name("+老周粮油店")
    street.press("社区：", "皮村" + ENTER)
    street.press("类别：", "粮油店" + ENTER)
    street.press("电话：", ENTER)
    street.press("结果：", "2")
    street.press("顾虑：", ENTER)
    street.press("何时跟进：", ENTER)
    street.press("备注：", ENTER)
    street.expect("已记下：老周粮油店 · 待定")
    street.ends()
    assert laptop.run("settings", "worker").out == "worker = 林晓\n这台电脑由谁使用\n"
    assert visits(laptop, "老周粮油店")[0]["by"] == "林晓"


def test_taking_back_a_visit_of_before_makes_no_negative_count(street: Street) -> None:
    street.name("撤回")
    street.expect("已撤回")
    street.press(SHOP, ENTER)
    street.expect("这次共记下 0 次走访")


def test_ctrl_d_ends_as_an_empty_name_does(street: Street) -> None:
    street.name("cqxm")
    street.press("结果：", "1")
    street.press("备注：", ENTER)
    street.expect("已记下")
    street.press(SHOP, CTRL_D)
    street.expect("这次共记下 1 次走访")
    street.child.expect(pexpect.EOF)
    street.child.close()
    assert street.child.exitstatus == 0


@pytest.mark.parametrize("escape", ["\x1b[31m", "\x1b[<0;1;1M", "\x1b[M   "])
def test_an_escape_sequence_typed_at_a_prompt_does_no_harm(street: Street, escape: str) -> None:
    street.press(SHOP, f"a{escape}b{CLEAR}cqxm{ENTER}")
    street.press("结果：", escape + "3")
    street.press("以后还能再来吗？", escape + "1")
    street.press("顾虑：", f"a{escape}b{CLEAR}1{ENTER}")
    street.press("何时跟进：", escape + ENTER)
    street.press("备注：", f"甲{escape}乙{ENTER}")
    street.expect("已记下：重庆小面 · 拒绝（怀疑是骗子） · 甲乙")
    street.ends()


def test_a_follow_up_that_is_due_is_spoken_of_on_a_terminal_too(known: Laptop) -> None:
    known.run("tag", "老王超市", "跟进", "--due", "11-24")
    street = Street(known, "visit", "老王超市", "pending")
    street.expect("已记下：老王超市")
    street.expect("outreach done 老王超市")
    street.child.expect(pexpect.EOF)


def test_the_first_visit_from_the_command_line_asks_who_you_are_too(known: Laptop) -> None:
    street = Street(known, "visit", "cqxm", "pending", OUTREACH_WORKER="")
    street.press("你是谁？", "林晓" + ENTER)
    street.expect("outreach settings worker")
    street.expect("已记下：重庆小面 · 待定")
    street.child.expect(pexpect.EOF)
    assert visits(known, "重庆小面")[0]["by"] == "林晓"
    street = Street(known, "visit", "cqxm", "pending", OUTREACH_WORKER="")
    street.expect("已记下：重庆小面 · 待定")
    street.child.expect(pexpect.EOF)
    assert visits(known, "重庆小面")[0]["by"] == "林晓"


def test_an_outcome_left_out_is_asked_by_one_key(known: Laptop) -> None:
    street = Street(known, "visit", "cqxm")
    street.press("重庆小面，结果：", "1")
    street.expect("已记下：重庆小面 · 已加入")
    street.child.expect(pexpect.EOF)


def test_enter_alone_is_no_outcome_and_skips_whether_to_come_again(known: Laptop, street: Street) -> None:
    street.name("cqxm")
    street.press("（按数字）", ENTER + ENTER + "3")
    street.press("以后还能再来吗？", ENTER)
    street.press("顾虑：", ENTER)
    street.press("何时跟进：", ENTER)
    street.press("备注：", ENTER)
    street.expect("已记下：重庆小面 · 拒绝\r\n")
    street.name("老王")
    street.press("结果：", DOWN + DOWN + ENTER)
    street.press("顾虑：", ENTER)
    street.press("何时跟进：", ENTER)
    street.press("备注：", ENTER)
    street.expect("已记下：老王超市 · 待定")
    street.ends()
    assert [v["outcome"] for v in visits(known, "重庆小面")] == ["refused", "not_met"]


def test_enter_alone_is_no_outcome_of_a_visit_given_on_the_command_line(known: Laptop) -> None:
    street = Street(known, "visit", "cqxm")
    street.press("结果：", ENTER + ENTER)
    street.press("（按数字）", CTRL_C)
    street.child.expect(pexpect.EOF)
    assert [v["outcome"] for v in visits(known, "重庆小面")] == ["not_met"]


def test_keys_may_be_full_width_and_reasons_numbers_or_words(known: Laptop, street: Street) -> None:
    street.name("cqxm")
    street.press("结果：", "２")
    street.press("顾虑：", "１、５，嫌麻烦 怕收不到钱" + ENTER)
    street.press("何时跟进：", "３" + ENTER)
    street.press("备注：", ENTER)
    street.expect("已记下")
    street.ends()
    assert visits(known, "重庆小面")[0]["reasons"] == ["suspects_scam", "too_much_trouble", "payment_worry"]


@pytest.mark.parametrize(("key", "places"), [("1", ["皮村"]), ("2", ["皮存", "皮村"])])
def test_a_slip_in_a_new_shop_s_community_is_asked_about_at_once(known: Laptop, key: str, places: list[str]) -> None:
    street = Street(known)
    street.name("+小芳水果")
    street.press("社区：", "皮存" + ENTER)
    street.expect("是哪个社区？")
    street.expect("1 皮村")
    street.press("2 新社区：皮存", key)
    street.press("类别：", ENTER)
    street.press("电话：", ENTER)
    street.press("结果：", "1")
    street.press("备注：", ENTER)
    street.expect("已记下：小芳水果 · 已加入")
    street.ends()
    assert sorted(c["name"] for c in known.json("community", "list")["communities"]) == sorted(places)
    assert known.json("list", "--status", "signed-up")["merchants"][0]["community"] == places[0]


def test_a_new_shop_that_is_known_already_is_refused_before_more_is_asked(known: Laptop, street: Street) -> None:
    street.name("+老王超市")
    street.press("社区：", ENTER)
    street.expect("已经登记过了")
    street.expect("这一家没有记下。")
    street.ends()
    assert len(visits(known, "老王超市")) == 1


def test_a_known_shop_s_name_with_a_slip_is_offered_before_a_new_one(known: Laptop, street: Street) -> None:
    street.name("老汪朝市")
    street.expect("没有叫这个名字的商户：")
    street.expect("1 老王超市 · 皮村")
    street.expect("2 新商户：老汪朝市")
    street.press("3 重新输入", "1")
    street.press("老王超市，结果：", "1")
    street.press("备注：", ENTER)
    street.expect("已记下：老王超市")
    street.ends()
    assert len(known.json("list")["merchants"]) == 2


def test_a_removed_shop_is_said_to_be_removed(known: Laptop) -> None:
    known.run("merchant", "remove", "重庆小面")
    street = Street(known)
    street.name("重庆小面")
    street.expect("重庆小面已被移除。要恢复请用 outreach merchant restore 重庆小面")
    street.press("没有叫这个名字的商户：", "2")
    street.ends()


@pytest.mark.parametrize("word", ["撤回", "undo"])
def test_taking_back_what_was_recorded_before_is_no_visit_of_this_walk(known: Laptop, word: str) -> None:
    street = Street(known)
    street.name(word)
    street.expect("已撤回：")
    street.name("+" + word)
    street.press("社区：", CTRL_C)
    street.expect("这一家没有记下。")
    street.expect(SHOP)
    street.child.send(ENTER)
    street.expect("这次共记下 0 次走访。")
    street.child.expect(pexpect.EOF)
    assert len(known.json("list")["merchants"]) == 1


def test_english_says_the_same(laptop: Laptop) -> None:
    laptop.shop("老王超市", "not-met")
    street = Street(laptop)
    street.press("Shop:", "lwcs" + ENTER)
    street.press("老王超市: how did it go?", "1")
    street.press("Note:", ENTER)
    street.expect("Recorded: 老王超市 · signed up")
    street.press("Shop:", CTRL_C)
    street.expect("1 visit recorded.")


def test_on_a_terminal_long_lines_go_on_under_their_beginning(known: Laptop) -> None:
    known.run("community", "edit", "皮村", "--notes", "菜市场在东头，" * 12)
    known.run(
        "merchant", "edit", "老王超市", "--hours", "早七点到晚十点", "--owner", "王老板", "--address", "东街三号菜市场旁边" * 6
    )
    lines = []
    for words in (["community", "show", "皮村"], ["history", "老王超市"], []):
        street = Street(known, *(words or ["--lang", "zh"]))
        street.child.expect(pexpect.EOF)
        lines += [re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip() for line in street.child.before.split("\r\n")]
    assert max(map(width, lines)) <= 80
    assert [line for line in lines if line.startswith(("        菜市场", "        市场"))]
    assert any(line.startswith("2026-11-24 09:00 · 本机 · 商户 老王超市") for line in lines)
    assert any(line.startswith("    ") and "营业时间 早七点到晚十点" in line for line in lines)
