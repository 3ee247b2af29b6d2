"""`outreach visit --plan`: what was written on a walking list, keyed in fast in the list's order, in a real terminal."""

import sys
from collections.abc import Iterator

import pytest

from tests.conftest import NOW, Laptop

pexpect = pytest.importorskip("pexpect", reason="pexpect (no pseudo-terminals on Windows)")
if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

ENTER, CTRL_C = "\r", "\x03"


class Paper:
    """A terminal with the list in it, and a count of keys."""

    def __init__(self, laptop: Laptop, *words: str) -> None:
        own = laptop.env(OUTREACH_WORKER="林晓", TERM="xterm")
        command = ["-m", "outreach", "visit", "--plan", *words]
        self.child = pexpect.spawn(sys.executable, command, env=own, encoding="utf-8", dimensions=(40, 80), timeout=15)
        self.keys = 0

    def press(self, after: str, keys: str) -> None:
        self.child.expect_exact(after)
        self.child.send(keys)
        self.keys += len(keys)

    def ends(self, text: str) -> None:
        self.child.expect_exact(text)
        self.child.expect(pexpect.EOF)
        self.child.close()
        assert self.child.exitstatus == 0


@pytest.fixture
def walked(laptop: Laptop) -> Laptop:
    """Three shops were on yesterday's list of 林晓."""
    laptop.lang, laptop.now = "zh", "2026-11-23T08:00:00+08:00"
    for number, name in enumerate(("甲店", "乙店", "丙店"), 1):
        laptop.shop(name, "pending", "--at", "2026-11-01")
        laptop.run("merchant", "edit", name, "--address", f"大街{number}号")
    laptop.run("plan", "--community", "皮村", OUTREACH_WORKER="林晓")
    laptop.now = NOW
    return laptop


@pytest.fixture
def paper(walked: Laptop) -> Iterator[Paper]:
    paper = Paper(walked)
    yield paper
    paper.child.close(force=True)


def visits(laptop: Laptop, shop: str) -> list[tuple[object, object, object]]:
    """Those since the list was made."""
    found = laptop.json("show", shop)["visits"]
    return [(v["visited_at"], v["outcome"], v.get("by")) for v in found if v["visited_at"] >= "2026-11-20"]


def test_shop_by_shop_in_the_order_of_the_list_on_the_day_of_the_walk(walked: Laptop, paper: Paper) -> None:
    paper.child.expect_exact("11-23 周一的走访单，共 3 家，已录入 0 家。")
    paper.press("1/3 甲店，结果：", "2")
    paper.press("顾虑：", "1" + ENTER)
    paper.press("何时跟进：", "3" + ENTER)
    paper.press("备注：", ENTER)
    paper.child.expect_exact("已记下：甲店 · 待定（怀疑是骗子）")
    paper.press("2/3 乙店，结果：", ENTER)
    paper.press("3/3 丙店，结果：", "1")
    paper.press("备注：", ENTER)
    paper.ends("共记下 2 次走访。")
    assert paper.keys <= 12
    assert visits(walked, "甲店") == [("2026-11-23", "pending", "林晓")]
    assert visits(walked, "乙店") == []
    assert visits(walked, "丙店") == [("2026-11-23", "signed_up", "林晓")]


def test_begun_again_it_goes_on_where_it_was_left(walked: Laptop, paper: Paper) -> None:
    paper.press("1/3 甲店", "1")
    paper.press("备注：", ENTER)
    paper.press("2/3 乙店", "q")
    paper.ends("共记下 1 次走访。")
    again = Paper(walked)
    again.child.expect_exact("共 3 家，已录入 1 家。")
    again.press("1/2 乙店", "q")
    again.ends("共记下 0 次走访。")


def test_the_last_one_is_taken_back_and_asked_again(walked: Laptop, paper: Paper) -> None:
    paper.press("1/3 甲店", "u")
    paper.child.expect_exact("刚才还没有录入什么。")
    paper.press("1/3 甲店", "1")
    paper.press("备注：", ENTER)
    paper.press("2/3 乙店", "u")
    paper.child.expect_exact("已撤回：走访 甲店")
    paper.press("1/3 甲店", "3")
    paper.press("以后还能再来吗？", CTRL_C)
    paper.child.expect_exact("这一家没有记下。")
    paper.press("1/3 甲店", CTRL_C)
    paper.ends("共记下 0 次走访。")
    assert visits(walked, "甲店") == []


def test_of_several_sheets_ones_own_or_the_one_that_is_named(walked: Laptop) -> None:
    walked.run("plan", "--community", "皮村", "--by", "林晓", "--by", "赵敏", "--limit", "2")
    mine = Paper(walked)
    mine.child.expect_exact("共 2 家")
    mine.press("1/2", "q")
    mine.ends("共记下 0 次走访。")
    hers = Paper(walked, "--by", "赵敏")
    hers.child.expect_exact("共 1 家")
    hers.press("1/1", "4")
    hers.press("何时跟进：", ENTER)
    hers.ends("共记下 1 次走访。")
    nobody = Paper(walked, "--by", "陈立")
    nobody.child.expect_exact("林晓 / 赵敏")
    nobody.child.expect(pexpect.EOF)
    nobody.child.close()
    assert nobody.child.exitstatus == 2


def test_a_shop_that_was_removed_since_is_left_out(walked: Laptop) -> None:
    walked.run("merchant", "remove", "乙店")
    paper = Paper(walked)
    paper.child.expect_exact("共 2 家")
    paper.press("1/2 甲店", ENTER)
    paper.press("2/2 丙店", ENTER)
    paper.ends("共记下 0 次走访。")


def test_without_a_list_or_a_terminal_it_says_what_to_do(laptop: Laptop, walked: Laptop) -> None:
    assert "MERCHANT OUTCOME" in walked.run("visit", "--plan", "--lang", "en", code=2).err
    assert "甲店" in walked.run("visit", "甲店", "--plan", code=2).err
    for broken in ("", "{}", '{"day": "x", "pages": []}', "\ud800".encode("utf-8", "surrogatepass").decode("latin1")):
        (laptop.home / "plan.json").write_text(broken, encoding="utf-8")
        assert "outreach plan" in laptop.run("visit", "--plan", code=1).err
    (laptop.home / "plan.json").unlink()
    assert "outreach plan" in laptop.run("visit", "--plan", code=1).err
