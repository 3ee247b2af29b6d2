"""Finding among two hundred merchants: by name, part, pinyin, initials, phone, place and mark; and what is suggested."""

import sqlite3
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from outreach.domain.change import Draft
from outreach.store.connection import open_database
from outreach.store.finding import NAMED, Tier, find, find_exact, nearest, same_name
from outreach.store.journal import record

SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗"
TRADES = ("粮油", "水果", "五金", "早点", "理发", "蔬菜", "药店", "杂货", "肉铺", "面点")
VILLAGES = {"c1": "皮村", "c2": "东沙各庄", "c3": "北山", "c4": "上冲"}
SPECIAL: dict[str, dict[str, str]] = {
    "wang1": {"name": "老王超市", "community": "c1", "phone": "138-0013 5678", "address": "村口西侧"},
    "wang2": {"name": "老王超市", "community": "c2", "phone": "13900000000"},
    "wang3": {"name": "老王超市二店", "community": "c1"},
    "zeng": {"name": "曾记面馆", "community": "c3", "category": "饭馆"},
    "noodles": {"name": "重庆小面", "community": "c4"},
    "mian": {"name": "蘭州麵館", "community": "c3", "landmark": "小学对面"},
    "kfc": {"name": "ＡＢＣ便利店", "community": "c4"},
    "seven": {"name": "7-11", "community": "c4"},
    "percent": {"name": "100%纯粮_酒坊", "community": "c2"},
    "bracket": {"name": "[red]x[/red]", "community": "c2"},
    "duplicate": {"name": "阿芳水果铺", "community": "c1", "merged_into": "fang"},
    "fang": {"name": "芳姐鲜果", "community": "c1"},
    "gone": {"name": "已经搬走的店", "community": "c1", "removed": "yes"},
    "nowhere": {"name": "路边煎饼摊"},
}


def drafts() -> Iterator[Draft]:
    """Four villages, two hundred ordinary shops, the special ones, two parents, two marks."""
    for key, name in VILLAGES.items():
        yield Draft("community", key, {"name": name})
    for number, (surname, trade) in enumerate(product(SURNAMES, TRADES)):
        name = f"{surname}记{trade}店"
        yield Draft(
            "merchant", f"m{number:03}", {"name": name, "community": f"c{number % 4 + 1}", "phone": f"1200000{number:04}"}
        )
    for key, fields in SPECIAL.items():
        said: dict[str, Any] = {k: v for k, v in fields.items() if k != "removed"}
        yield Draft("merchant", key, said | ({"removed": True} if "removed" in fields else {}))
    yield Draft("parent", "p1", {"alias": "刘姐", "community": "c1", "phone": "13700001111"})
    yield Draft("parent", "p2", {"alias": "阿芳", "community": "c2"})
    yield Draft("tag", "t1", {"merchant": "zeng", "label": "有冷柜"})
    yield Draft("tag", "t2", {"merchant": "noodles", "label": "有冷柜", "removed": True})


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A database of a little more than two hundred merchants."""
    db = open_database(Path(tmp_path_factory.mktemp("town")))
    record(db, list(drafts()), now=1_795_000_000_000, label="made up")
    yield db
    db.close()


def ids(town: sqlite3.Connection, words: str, kinds: tuple[str, ...] = NAMED) -> list[str]:
    """What is found, best first."""
    return [match.id for match in find(town, words, kinds)]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("重庆小面", "noodles"),
        ("重庆", "noodles"),
        ("小面", "noodles"),
        ("cqxm", "noodles"),
        ("zqxm", "noodles"),
        ("chongqingxiaomian", "noodles"),
        ("chongqxm", "noodles"),
        ("CQXM", "noodles"),
        ("ｃｑｘｍ", "noodles"),
        ("曾记面馆", "zeng"),
        ("曾記麵館", "zeng"),
        ("cengji", "zeng"),
        ("zengjimg", "zeng"),
        ("zjmg", "zeng"),
        ("兰州面馆", "mian"),
        ("蘭州麵館", "mian"),
        ("兰州", "mian"),
        ("lzmg", "mian"),
        ("abc便利店", "kfc"),
        ("ＡＢＣ", "kfc"),
        ("abcbld", "kfc"),
        ("7-11", "seven"),
        ("5678", "wang1"),
        ("13800135678", "wang1"),
        ("138-0013 5678", "wang1"),
        ("00135678", "wang1"),
        ("100%", "percent"),
        ("_", "percent"),
        ("[red]x[/red]", "bracket"),
        ("[", "bracket"),
        ("煎饼", "nowhere"),
        ("刘姐", "p1"),
        ("liujie", "p1"),
        ("东沙各庄", "c2"),
        ("dsgz", "c2"),
        ("wang1", "wang1"),  # an id
    ],
)
def test_the_first_hit_is_what_was_meant(town: sqlite3.Connection, words: str, wanted: str) -> None:
    assert ids(town, words)[:1] == [wanted]


@pytest.mark.parametrize("number", range(0, 200, 23))
@pytest.mark.parametrize("how", ["name", "part", "pinyin", "phone"])
def test_each_of_two_hundred_is_found(town: sqlite3.Connection, number: int, how: str) -> None:
    surname, trade = list(product(SURNAMES, TRADES))[number]
    row = town.execute("SELECT pinyin FROM lookup WHERE id = ?", (f"m{number:03}",)).fetchone()
    full = "".join(syllable.split("/")[0] for syllable in row["pinyin"].split())
    words = {"name": f"{surname}记{trade}店", "part": f"{surname}记{trade}", "pinyin": full, "phone": f"0000{number:04}"}
    assert f"m{number:03}" in ids(town, words[how])


@pytest.mark.parametrize("words", ["lwcs", "laowcs", "laowangchaoshi", "老王", "王超", "LWCS", "老 王超市"])
def test_all_of_the_same_name_are_listed(town: sqlite3.Connection, words: str) -> None:
    assert set(ids(town, words)) == {"wang1", "wang2", "wang3"}


@pytest.mark.parametrize("words", ["皮村 老王", "老王 皮村", "pc lwcs", "picun 老王", "皮村 lwcs"])
def test_a_community_narrows(town: sqlite3.Connection, words: str) -> None:
    assert set(ids(town, words)) == {"wang1", "wang3"}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("村口 老王", {"wang1"}),  # by its address
        ("饭馆 北山", {"zeng"}),  # by the kind of shop
        ("小学", {"mian"}),  # by the landmark
        ("冷柜", {"zeng"}),  # by a mark in force; one taken off finds nothing
        ("冷柜 zj", {"zeng"}),
        ("皮村 5678", {"wang1"}),
        ("皮村 刘姐", {"p1"}),  # parents too
        ("东沙各庄 冷柜", set()),
    ],
)
def test_further_words_narrow(town: sqlite3.Connection, words: str, wanted: set[str]) -> None:
    assert set(ids(town, words)) == wanted


def test_a_village_s_name_finds_all_that_is_in_it_the_village_first(town: sqlite3.Connection) -> None:
    found = find(town, "皮村")
    assert (found[0].id, found[0].kind) == ("c1", "community")
    assert {match.tier for match in found[1:]} == {Tier.PLACE}
    assert {"wang1", "wang3", "fang", "p1"} <= {match.id for match in found}
    assert "wang2" not in {match.id for match in found}


def test_a_merged_shop_is_found_as_the_one_it_became(town: sqlite3.Connection) -> None:
    for words in ("阿芳水果铺", "afsgp", "阿芳水果", "duplicate"):
        assert [(m.id, m.name) for m in find(town, words)] == [("fang", "芳姐鲜果")]
    assert ids(town, "芳", ("merchant",)) == ["fang"]  # once, though both names fit
    assert [m.id for m in find_exact(town, "阿芳水果铺", ("merchant",))] == ["fang"]


def test_a_removed_shop_is_not_found(town: sqlite3.Connection) -> None:
    assert ids(town, "已经搬走的店") == []
    assert "gone" not in ids(town, "皮村")


@pytest.mark.parametrize(
    "words",
    ["", "   ", "qqqq", "没有的店", "99999999", "12", "%", "*", "老王 没有", "x" * 120, "王 " * 60, "'", '"', "\\", "\x1b[31m"],
)
def test_odd_words_find_what_they_say_or_nothing(town: sqlite3.Connection, words: str) -> None:
    for match in find(town, words):
        row = town.execute("SELECT folded, place, phone FROM lookup WHERE id = ?", (match.id,)).fetchone()
        assert all(any(word in text for text in row) for word in words.split())


def test_the_exact_name_comes_before_the_longer_one(town: sqlite3.Connection) -> None:
    found = find(town, "老王超市")
    assert [m.tier for m in found] == [Tier.EXACT, Tier.EXACT, Tier.BEGINS]


def test_kinds_are_kept_apart(town: sqlite3.Connection) -> None:
    assert ids(town, "阿芳", ("parent",)) == ["p2"]
    assert ids(town, "阿芳", ("merchant",)) == ["fang"]
    assert set(ids(town, "阿芳")) == {"p2", "fang"}


def test_a_hit_says_where_it_is(town: sqlite3.Connection) -> None:
    found = {m.id: m for m in find(town, "老王")}
    assert (found["wang1"].community, found["wang1"].place) == ("皮村", "村口西侧")
    assert (found["wang2"].community, found["wang2"].place) == ("东沙各庄", "")


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("重庆小吃", "重庆小面"),
        ("老王朝市", "老王超市"),
        ("曾记麵馆子", "曾记面馆"),
        ("congqingxiaomian", "重庆小面"),
        ("lanzhoumianguna", "蘭州麵館"),
    ],
)
def test_the_nearest_name_is_suggested(town: sqlite3.Connection, typed: str, wanted: str) -> None:
    assert ids(town, typed) == []
    assert wanted in nearest(town, typed, NAMED)


def test_at_most_three_are_suggested_each_once_and_none_far_off(town: sqlite3.Connection) -> None:
    assert len(nearest(town, "王记粮店", NAMED)) == 3
    assert nearest(town, "老王超是", ("merchant",)).count("老王超市") == 1
    assert nearest(town, "完全不相干的一个名字", NAMED) == []
    assert "重庆小面" not in nearest(town, "重庆小吃", ("parent",))


@pytest.mark.parametrize("name", ["老王 超市", "老王超市", " 老王超市"])
def test_the_same_name_is_known_however_it_is_written(town: sqlite3.Connection, name: str) -> None:
    assert [m.id for m in same_name(town, name, "merchant")] == ["wang1", "wang2"]


def test_a_traditional_name_is_the_same_name(town: sqlite3.Connection) -> None:
    assert [m.name for m in same_name(town, "兰州面馆", "merchant")] == ["蘭州麵館"]


def test_a_renamed_shop_is_found_by_its_new_name_only(db: sqlite3.Connection) -> None:
    record(db, [Draft("merchant", "m1", {"name": "老王超市"})], now=1, label="merchant add")
    record(db, [Draft("merchant", "m1", {"name": "新王便利店"})], now=2, label="merchant edit")
    assert find(db, "lwcs") == []
    assert [m.name for m in find(db, "xwbld")] == ["新王便利店"]
