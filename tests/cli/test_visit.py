"""`outreach visit` from the command line: what is kept, what is said, and what is refused."""

import pytest

from tests.conftest import Laptop


def test_a_first_day_a_new_shop_in_a_new_village(laptop: Laptop) -> None:
    laptop.run("settings", "worker", "林晓")
    ran = laptop.shop("老王超市", "pending", "--why", "suspects-scam", "--follow-up", "3d", "--category", "超市")
    assert ran.out == "Recorded: 老王超市 · pending (suspects a scam) · follow-up 11-27 Fri\n"
    assert ran.err == "New community: 皮村\n"
    (shop,) = laptop.json("list")["merchants"]
    assert (shop["name"], shop["community"], shop["category"], shop["status"]) == ("老王超市", "皮村", "超市", "pending")
    assert (shop["visits"], shop["last_visit"], shop["tags"]) == (1, "2026-11-24T09:00:00+08:00", ["跟进"])


def test_every_field_of_a_visit_is_kept(laptop: Laptop) -> None:
    laptop.run("parent", "add", "刘姐", "--community", "皮村")
    laptop.shop("老周粮油店", "not-met")
    words = ["--minutes", "40", "--met", "owner", "--approach", "accompanied", "--with", "刘姐", "--why", "suspects-scam"]
    words += ["--why", "payment_worry", "--note", "加了微信", "--at", "2026-11-24 08:30", "--by", "林晓", "--tag", "潜在伙伴"]
    laptop.run("visit", "lzlyd", "pending", *words)
    found = laptop.json("show", "老周粮油店")
    visit = next(v for v in found["visits"] if v["outcome"] == "pending")
    parents = laptop.json("parent", "list")["parents"]
    expected = {
        "outcome": "pending",
        "minutes": 40,
        "met": "owner",
        "approach": "accompanied",
        "with": [parents[0]["id"]],
        "reasons": ["suspects_scam", "payment_worry"],
        "note": "加了微信",
        "visited_at": "2026-11-24T08:30:00+08:00",
        "by": "林晓",
    }
    assert {k: visit[k] for k in expected} == expected
    assert [t["label"] for t in found["tags"]] == ["潜在伙伴"]


@pytest.mark.parametrize("typed", ["signed-up", "signed_up", "SIGNED-UP", "已加入", "signed up"])
def test_an_outcome_is_typed_in_either_language(laptop: Laptop, typed: str) -> None:
    laptop.shop("老王超市", typed)
    assert laptop.json("list")["merchants"][0]["status"] == "signed_up"


@pytest.mark.parametrize(("typed", "status"), [("已", "signed_up"), ("未见", "not_met"), ("拒", "refused")])
def test_the_beginning_of_just_one_chinese_word_will_do(laptop: Laptop, typed: str, status: str) -> None:
    laptop.shop("老王超市", typed)
    assert laptop.json("list")["merchants"][0]["status"] == status


def test_the_beginning_of_two_words_or_a_letter_will_not(laptop: Laptop) -> None:
    laptop.shop("老王超市")
    laptop.lang = "zh"
    for typed in ("嫌怀", "要", "怕收", "s", "suspects"):
        ran = laptop.run("visit", "lwcs", "pending", "--why", typed, code=None)
        assert (ran.code, "怀疑是骗子 suspects-scam、附近没有店加入" in ran.err) == (
            (0, False) if typed in ("要", "怕收") else (2, True)
        )


def test_a_word_in_two_says_how_it_is_typed(laptop: Laptop) -> None:
    laptop.shop("老王超市")
    assert "a word such as signed-up has a hyphen" in laptop.run("visit", "lwcs", "signed", "up", code=2).err


def test_a_firm_no_and_why_stand_in_one_bracket(laptop: Laptop) -> None:
    words = ("--firm", "--why", "too-much-trouble")
    assert "refused (firm; too much trouble)" in laptop.shop("老王超市", "refused", *words).out
    laptop.lang = "zh"
    assert "拒绝（坚决；嫌麻烦）" in laptop.run("visit", "lwcs", "拒绝", *words).out


def test_status_is_the_latest_outcome_not_met_aside(laptop: Laptop) -> None:
    laptop.shop("老王超市", "not-met", "--at", "11-01")
    assert laptop.json("list")["merchants"][0]["status"] == "not_met"
    laptop.run("visit", "lwcs", "pending", "--at", "11-02")
    laptop.run("visit", "lwcs", "not-met", "--at", "11-03")
    shop = laptop.json("list")["merchants"][0]
    assert (shop["status"], shop["visits"], shop["last_visit"]) == ("pending", 3, "2026-11-03")


def test_a_visit_keyed_in_late_does_not_change_where_the_shop_stands_now(laptop: Laptop) -> None:
    laptop.shop("老王超市", "signed-up", "--at", "11-20")
    laptop.run("visit", "lwcs", "refused", "--at", "11-10")
    assert laptop.json("list")["merchants"][0]["status"] == "signed_up"


def test_a_firm_no_is_told_from_a_soft_one(laptop: Laptop) -> None:
    ran = laptop.shop("老王超市", "refused", "--firm")
    assert "refused (firm)" in ran.out
    assert laptop.json("list", "--status", "refused")["merchants"][0]["firm"] is True


def test_an_unknown_shop_is_refused_without_new_and_the_nearest_is_named(laptop: Laptop) -> None:
    laptop.shop("老王超市")
    ran = laptop.run("visit", "老汪超市", "pending", code=1)
    assert "“老汪超市”" in ran.err
    assert "老王超市?" in ran.err
    assert "--new" in ran.err
    assert laptop.json("list")["merchants"][0]["visits"] == 1


def test_a_community_called_as_its_committee_is_asked_about(laptop: Laptop) -> None:
    laptop.shop("老王超市")
    ran = laptop.run("visit", "小李菜店", "pending", "--new", "--community", "皮村社区", code=1)
    assert "Did you mean 皮村? If it is new: outreach community add 皮村社区" in ran.err
    laptop.run("community", "add", "皮村社区")
    laptop.run("visit", "小李菜店", "pending", "--new", "--community", "皮村社区")


def test_several_fit_and_all_are_listed_and_the_community_tells_them_apart(laptop: Laptop) -> None:
    laptop.shop("老王超市", "pending", "--address", "东街3号")
    laptop.shop("老王面馆", "pending")
    laptop.shop("老王超市", "pending", community="北山村")
    ran = laptop.run("visit", "老王", "signed-up", code=1)
    assert all(line in ran.err for line in ("老王超市 · 皮村 · 东街3号", "老王面馆 · 皮村", "老王超市 · 北山村"))
    laptop.now = "2026-11-24T10:00:00+08:00"
    laptop.run("visit", "北山村 老王", "signed-up")
    laptop.run("visit", "老王超市", "refused", "--community", "皮村")
    standing = {(m["name"], m["community"]): m["status"] for m in laptop.json("list")["merchants"]}
    assert standing["老王超市", "北山村"] == "signed_up"
    assert standing["老王超市", "皮村"] == "refused"


def test_the_same_shop_twice_on_one_laptop_is_refused_but_not_in_another_village(laptop: Laptop) -> None:
    laptop.shop("美宜佳")
    assert "already recorded" in laptop.run("visit", "美宜佳", "pending", "--new", "--community", "皮村", code=1).err
    laptop.shop("美宜佳", community="北山村")
    assert len(laptop.json("list")["merchants"]) == 2


def test_a_near_miss_of_a_village_is_not_taken_for_a_new_one(laptop: Laptop) -> None:
    laptop.shop("老王超市", community="东沙各庄")
    ran = laptop.run("visit", "小面", "pending", "--new", "--community", "东沙各装", code=1)
    assert "东沙各庄" in ran.err
    assert len(laptop.json("community", "list")["communities"]) == 1


def test_options_for_a_new_shop_without_new_are_refused_and_nothing_is_written(laptop: Laptop) -> None:
    laptop.shop("老王超市")
    assert "--phone" in laptop.run("visit", "老王超市", "pending", "--phone", "12000000000", code=2).err
    assert laptop.json("list")["merchants"][0]["visits"] == 1


def test_own_reasons_come_from_settings(laptop: Laptop) -> None:
    laptop.shop("老王超市")
    own = '[reasons]\nwinter = {zh = "冬天歇业", en = "closed in winter"}\n'
    (laptop.home / "settings.toml").write_text(own, encoding="utf-8")
    assert "closed in winter" in laptop.run("visit", "lwcs", "pending", "--why", "冬天歇业").out


def test_a_visit_says_that_a_follow_up_is_still_open(laptop: Laptop) -> None:
    laptop.shop("老王超市", "pending", "--follow-up", "today")
    ran = laptop.run("visit", "lwcs", "signed-up")
    assert "outreach done 老王超市" in ran.err


def test_street_mode_without_a_terminal_says_what_to_do(laptop: Laptop) -> None:
    assert "outreach visit MERCHANT OUTCOME" in laptop.run("visit", code=2).err
    laptop.shop("老王超市")
    assert "OUTCOME" in laptop.run("visit", "老王超市", code=2).err


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "Recorded: 老王超市 · pending · led by a parent: 刘姐, 燕子 · met staff, 20 min\n"),
        ("zh", "已记下：老王超市 · 待定 · 家长主导：刘姐、燕子 · 见到店员、20 分钟\n"),
    ],
)
def test_who_came_along_and_who_was_met_is_said_and_shown(laptop: Laptop, lang: str, line: str) -> None:
    laptop.shop("老王超市", "not-met")
    laptop.lang = lang
    for name in ("刘姐", "燕子"):
        laptop.run("parent", "add", name)
    words = [
        "--approach",
        "parent-led",
        "--with",
        "刘姐",
        "--with",
        "燕子",
        "--met",
        "staff",
        "--minutes",
        "20",
        "--by",
        "林晓",
    ]
    said = laptop.run("visit", "lwcs", "pending", *words).out
    assert said == line
    assert "林晓 " + " ".join(line.split(" · ", 2)[2].split()) in " ".join(laptop.run("show", "lwcs").out.split())
    visit = next(v for v in laptop.json("show", "lwcs")["visits"] if v["outcome"] == "pending")
    assert (visit["with_alias"], visit["approach"], visit["met"]) == (["刘姐", "燕子"], "parent_led", "staff")


@pytest.mark.parametrize(
    ("words", "said"),
    [(["--with", "刘姐"], "with 刘姐"), (["--approach", "alone"], "worker alone"), (["--met", "owner"], "met the owner")],
)
def test_each_alone_is_said_too(laptop: Laptop, words: list[str], said: str) -> None:
    laptop.run("parent", "add", "刘姐")
    assert laptop.shop("老王超市", "pending", *words).out == f"Recorded: 老王超市 · pending · {said}\n"


def test_a_visit_by_nobody_says_so_until_someone_is_named(laptop: Laptop) -> None:
    assert "Nobody is named yet: outreach settings worker NAME\n" in laptop.shop("老王超市").err
    laptop.lang = "zh"
    assert laptop.run("visit", "lwcs", "待定").err == "还不知道是谁记的：outreach settings worker 你的名字\n"
    laptop.run("settings", "worker", "林晓")
    assert laptop.run("visit", "lwcs", "待定").err == ""


def test_chinese_says_the_same(laptop: Laptop) -> None:
    laptop.lang = "zh"
    ran = laptop.shop("老王超市", "待定", "--why", "怀疑是骗子", "--follow-up", "下周三", "--minutes", "40")
    assert ran.out == "已记下：老王超市 · 待定（怀疑是骗子） · 40 分钟 · 跟进 12-02 周三\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("pending", "--firm"), "goes with refused only"),
        (("signed-up", "--why", "suspects-scam"), "does not go with signed-up"),
        (("not-met", "--met", "owner"), "does not go with not-met"),
    ],
)
def test_what_cannot_be_true_of_one_visit_is_refused(laptop: Laptop, words: tuple[str, ...], said: str) -> None:
    laptop.shop("老王超市", "refused", "--firm", "--why", "other", "--met", "owner")
    assert said in laptop.run("visit", "老王超市", *words, code=2).err
    assert laptop.json("list")["merchants"][0]["visits"] == 1
    laptop.run("visit", "老王超市", "not-met", "--met", "staff")


def test_nought_is_a_number(laptop: Laptop) -> None:
    ran = laptop.shop("老王超市", "pending", "--minutes", "0")
    assert "0 min" in ran.out
    assert laptop.json("show", "老王超市")["visits"][0]["minutes"] == 0
    laptop.run("merchant", "add", "小面", "--lat", "0", "--lon", "0")
    shown = laptop.json("show", "小面")["merchant"]
    assert (shown["lat"], shown["lon"]) == (0, 0)
    laptop.run("community", "add", "北山村", "--families", "0")
    assert laptop.json("community", "show", "北山村")["community"]["families"] == 0
    laptop.run("parent", "add", "刘姐", "--active", "no")
    assert laptop.json("parent", "show", "刘姐")["parent"]["active"] is False


def test_a_day_too_long_ago_is_said_to_be_that(laptop: Laptop) -> None:
    laptop.shop("老王超市")
    assert "more than 20 years away" in laptop.run("visit", "老王超市", "pending", "--at", "1999-01-01", code=2).err
    assert "is not a date" in laptop.run("visit", "老王超市", "pending", "--at", "1999-02-30", code=2).err
