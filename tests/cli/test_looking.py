"""Looking: `find`, `list`, `show`, and today's page."""

import re
import sys

import pytest

from outreach.cli.screen import width
from tests.conftest import NOW, Laptop


@pytest.fixture
def village(laptop: Laptop) -> Laptop:
    """Four shops in two villages, as a morning leaves them."""
    laptop.shop("老王超市", "signed-up", "--category", "超市", "--phone", "12000015678", "--by", "林晓", "--at", "11-20")
    laptop.shop("曾记粥铺", "pending", "--category", "早餐店", "--why", "suspects-scam", "--by", "林晓", "--at", "11-23")
    laptop.shop("重庆小面", "refused", "--category", "面馆", "--by", "赵敏", "--at", "11-24", community="北山村")
    laptop.run("merchant", "add", "小芳水果", "--community", "北山村", "--address", "东街8号")
    laptop.run("tag", "曾记粥铺", "潜在伙伴")
    return laptop


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("老王超市", "老王超市"),
        ("王超", "老王超市"),
        ("laowcs", "老王超市"),
        ("ＬＷＣＳ", "老王超市"),
        ("cengji", "曾记粥铺"),
        ("zengji", "曾记粥铺"),
        ("cqxm", "重庆小面"),
        ("重慶小麵", "重庆小面"),
        ("5678", "老王超市"),
        ("潜在", "曾记粥铺"),
        ("东街", "小芳水果"),
        ("北山 水果", "小芳水果"),
    ],
)
def test_one_is_found_by_whatever_is_remembered(village: Laptop, words: str, found: str) -> None:
    assert [m["name"] for m in village.json("find", *words.split())["matches"]] == [found]


def test_all_that_fit_are_listed_with_what_they_are(village: Laptop) -> None:
    village.run("parent", "add", "小芳妈", "--community", "北山村")
    assert [(m["kind"], m["name"], m["community"]) for m in village.json("find", "小芳")["matches"]] == [
        ("merchant", "小芳水果", "北山村"),
        ("parent", "小芳妈", "北山村"),
    ]
    assert village.run("find", "小芳").out.splitlines() == [
        "Kind      Name      Community  Place",
        "merchant  小芳水果  北山村     东街8号",
        "parent    小芳妈    北山村",
    ]


@pytest.mark.parametrize("sort", ["community", "name", "status", "visits", "last-visit"])
def test_the_table_and_the_json_are_the_same_list(village: Laptop, sort: str) -> None:
    rows = village.run("list", "--sort", sort, "--limit", "3").out.splitlines()[1:-1]
    named = [m["name"] for m in village.json("list", "--sort", sort, "--limit", "3")["merchants"]]
    assert [row.split()[0] for row in rows] == named


def test_a_list_that_was_cut_says_of_how_many(village: Laptop) -> None:
    assert village.run("list", "--limit", "3").out.endswith("\n3 of 4 merchants\n")
    assert village.run("list", "--limit", "4").out.endswith("\n4 merchants\n")


def test_nothing_found_names_the_nearest_and_ends_with_1(village: Laptop) -> None:
    ran = village.run("find", "老汪朝市", code=1)
    assert ran.err == "Nothing here is called “老汪朝市”. Did you mean 老王超市?\n"
    assert village.json("find", "什么都没有")["matches"] == []


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ((), ["重庆小面", "小芳水果", "老王超市", "曾记粥铺"]),
        (("--status", "pending"), ["曾记粥铺"]),
        (("--status", "已加入"), ["老王超市"]),
        (("--community", "bsc"), ["重庆小面", "小芳水果"]),
        (("--category", "面馆"), ["重庆小面"]),
        (("--tag", "潜在伙伴"), ["曾记粥铺"]),
        (("--worker", "林晓", "--since", "yesterday"), ["曾记粥铺"]),
        (("--until", "11-22"), ["老王超市"]),
        (("--sort", "last-visit", "--limit", "2"), ["重庆小面", "曾记粥铺"]),
        (("--sort", "last_visit", "--limit", "2"), ["重庆小面", "曾记粥铺"]),
        (("--sort", "最近走访", "--limit", "2"), ["重庆小面", "曾记粥铺"]),
        (("--sort", "次数", "--limit", "1"), ["曾记粥铺"]),
        (("--sort", "status"), ["曾记粥铺", "重庆小面", "老王超市", "小芳水果"]),
        (("--sort", "name"), ["曾记粥铺", "重庆小面", "老王超市", "小芳水果"]),
    ],
)
def test_lists_are_filtered_and_sorted(village: Laptop, words: tuple[str, ...], names: list[str]) -> None:
    found = [m["name"] for m in village.json("list", *words)["merchants"]]
    assert sorted(found) == sorted(names)
    if "--sort" in words and "name" not in words:
        assert found == names


def test_a_list_is_a_table_that_aligns_in_chinese(village: Laptop) -> None:
    village.lang = "zh"
    assert village.run("list", "--community", "皮村").out.splitlines() == [
        "商户      社区  类别    状态    走访  最近走访    标记",
        "曾记粥铺  皮村  早餐店  待定    1     2026-11-23  潜在伙伴",
        "老王超市  皮村  超市    已加入  1     2026-11-20",
        "共 2 家商户",
    ]


def test_show_tells_everything_about_one(village: Laptop) -> None:
    village.run("parent", "add", "燕子", "--community", "皮村")
    village.run("refer", "燕子", "曾记粥铺", "--kind", "asked")
    village.run("opinion", "曾记粥铺", "first", "--count", "3")
    text = village.run("show", "zengji").out
    for part in ("曾记粥铺 · 皮村 · pending", "suspects a scam", "燕子", "asked the owner to join", "潜在伙伴", "3 parents"):
        assert part in text
    found = village.json("show", "zengji")
    assert set(found) >= {"format", "merchant", "visits", "referrals", "tags", "opinions"}
    assert (found["merchant"]["status"], found["merchant"]["community"]) == ("pending", "皮村")


def test_today_s_page_says_what_is_due_whom_to_visit_and_what_is_not_shared(village: Laptop) -> None:
    village.now = "2026-11-22T09:00:00+08:00"
    village.run("tag", "老王超市", "送核销牌", "--due", "today")
    village.now = NOW
    text = village.run(OUTREACH_WORKER="林晓").out
    assert text.startswith("2026-11-24 Tue · 林晓\n")
    assert "1 follow-up is due" in text
    assert "送核销牌" in text
    assert "小芳水果" in text, "nobody has been there yet"
    assert "not shared yet" in text


def test_the_first_page_says_how_to_begin(laptop: Laptop) -> None:
    laptop.lang = "zh"
    text = laptop.run().out
    assert "outreach visit" in text
    assert "outreach demo" in text


def test_a_long_field_is_folded_on_a_terminal(laptop: Laptop) -> None:
    pexpect = pytest.importorskip("pexpect")
    laptop.shop("老王超市", "pending", "--address", "村口大槐树往里走第三个路口左转" * 6)
    env = laptop.env(TERM="xterm", NO_COLOR="1")
    command = ["-m", "outreach", "show", "lwcs"]
    child = pexpect.spawn(sys.executable, command, env=env, encoding="utf-8", dimensions=(40, 80), timeout=15)
    child.expect(pexpect.EOF)
    lines = str(child.before).splitlines()
    assert max(map(width, lines)) <= 80
    (first,) = (i for i, line in enumerate(lines) if "address" in line)
    left = width(lines[first].partition("村")[0])
    assert re.match(r" +", lines[first + 1])[0] == " " * left  # type: ignore[index]
