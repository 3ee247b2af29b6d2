"""`outreach priority` and `why`, as a supervisor runs them."""

import re

import pytest

from outreach.cli.screen import width
from tests.conftest import Laptop

MONTH_AGO, EVENING = "2026-10-20T15:00:00+08:00", "2026-11-23T19:30:00+08:00"
SHOP = "老周粮油店"


@pytest.fixture
def story(laptop: Laptop) -> Laptop:
    """An owner talked for 40 minutes and did not join; a month later a young mother spoke to him, and others asked."""
    laptop.now = MONTH_AGO
    laptop.shop(SHOP, "pending", "--minutes", "40", "--why", "suspects-scam")
    laptop.shop("老王超市", "signed-up")
    laptop.shop("重庆小面", "refused", "--why", "too-much-trouble")
    laptop.shop("单记拉面", "refused", "--firm", community="上冲")
    laptop.run("merchant", "add", "小芳水果", "--community", "上冲")
    laptop.run("parent", "add", "燕子", "--community", "皮村", "--phone", "13811112222", "--consent-on", "2026-10-01")
    laptop.now = EVENING
    laptop.run("refer", "燕子", SHOP)
    laptop.run("refer", "刘姐", SHOP, "--kind", "asked", "--new")
    laptop.now = "2026-11-24T09:00:00+08:00"
    return laptop


def test_the_owner_whom_a_mother_spoke_to_comes_first_and_she_goes_along(story: Laptop) -> None:
    found = story.json("priority")
    assert (found["format"], found["as_of"]) == ("outreach/priority/1", "2026-11-24")
    first = found["merchants"][0]
    assert (first["rank"], first["name"], first["community"], first["status"], first["score"]) == (
        1,
        SHOP,
        "皮村",
        "pending",
        56,
    )
    assert [(t["code"], t["points"]) for t in first["terms"]] == [
        ("status", 20), ("introduced", 30), ("asked", 4), ("scam_with_introducer", 0), ("neighbour", 2),
    ]  # fmt: skip
    advice = first["advice"]
    assert (advice["approach"], [p["alias"] for p in advice["parents"]]) == ("accompanied", ["燕子"])
    assert (advice["not_before"], advice["text"]) == (
        "2026-11-24",
        "Go together with 燕子, who spoke to the owner on 11-23 Mon.",
    )


def test_the_next_day_and_not_the_same_evening(story: Laptop) -> None:
    story.now = EVENING
    found = {m["name"]: m["advice"] for m in story.json("priority")["merchants"]}
    assert (found[SHOP]["not_before"], found[SHOP]["open"]) == ("2026-11-24", False)
    assert found[SHOP]["text"] == "From 11-24 Tue, go together with 燕子, who spoke to the owner on 11-23 Mon."


def test_the_table_and_the_number_of_those_that_had_better_wait(story: Laptop) -> None:
    lines = story.run("priority", "--top", "2").out.splitlines()
    assert lines == [
        "Whom to visit next, as of 2026-11-24 Tue",
        "#  Score  Merchant    Community  Status       Advice",
        "1  56     老周粮油店  皮村       pending      Go together with 燕子, who spoke to the owner on 11-23 Mon.",
        "2  25     小芳水果    上冲       not visited  Go alone: nobody has been there yet.",
        "May be visited now: 3; better wait: 1",
        "",
        "The communities",
        "  皮村: Go together with 燕子. May be visited now: 2 (with a parent 1, worker",
        "    alone 1); better wait: 0.",
        "  上冲: May be visited now: 1 (worker alone 1); better wait: 1.",
    ]


def test_each_term_is_explained_by_a_sentence(story: Laptop) -> None:
    lines = story.run("priority", "--explain", "--top", "1").out.splitlines()[1:9]
    assert lines == [
        "1. 老周粮油店 · 皮村 · pending · score 56",
        "    → Go together with 燕子, who spoke to the owner on 11-23 Mon.",
        "     +20  Pending: the owner is thinking it over.",
        "     +30  燕子 introduced the project to the owner (11-23 Mon).",
        "      +4  1 more parent asked the owner to join.",
        "       0  The owner suspects a scam, and 燕子 can speak for the project.",
        "      +2  老王超市 in the same community joined on 10-20 Tue; the owner can ask",
        "          there.",
    ]


def test_why_is_a_paragraph_to_read_aloud_then_the_terms_then_what_would_change_it(story: Laptop) -> None:
    lines = story.run("why", "lzlyd").out.splitlines()
    assert lines[:2] == [
        "老周粮油店 is in 皮村. Pending since 10-20 Tue, after 1 visit, the last on 10-20",
        "Tue. The owner's worry: suspects a scam. On 11-24 Tue it is number 1 of 4, with",
    ]
    headings = [lines.index(heading) for heading in ("How the score of 56 comes about", "What would change it")]
    assert headings == sorted(headings)
    assert "   +30  燕子 introduced the project to the owner (11-23 Mon)." in lines
    story.lang = "zh"
    assert story.run("why", "lzlyd").out.startswith("老周粮油店在皮村。从 10-20 周二起待定，去过 1 次")


def test_what_would_change_it_is_what_the_list_says_once_it_is_so(story: Laptop) -> None:
    document = story.json("why", "小芳水果")
    turn = next(turn for turn in document["changes"] if turn["code"] == "introduced")
    assert (turn["points"], turn["rank"], turn["day"]) == (30, 2, "2026-11-25")
    assert turn["text"].startswith("If a parent introduced the project to the owner today, then from 11-25 Wed: +30 points")
    story.run("refer", "刘姐", "小芳水果")
    then = story.json("why", "小芳水果", "--as-of", "2026-11-25")["merchant"]
    assert (then["rank"], then["score"]) == (turn["rank"], turn["score"])
    held = story.json("why", "重庆小面")
    assert held["story"] in " ".join(story.run("why", "重庆小面").out.split())


def test_why_says_the_same_as_the_ranking(story: Laptop) -> None:
    ranked = story.json("priority")["merchants"]
    for entry in ranked:
        why = story.json("why", entry["name"])
        assert (why["format"], why["merchant"], why["of"]) == ("outreach/why/1", entry, len(ranked))


def test_one_that_has_joined_needs_no_visit_to_win_it(story: Laptop) -> None:
    assert "老王超市" not in story.run("priority").out
    assert story.run("why", "老王超市").out.splitlines() == [
        "老王超市 is in 皮村. Signed up since 10-20 Tue, after 1 visit, the last on 10-20",
        "Tue. What to do: Has signed up: keep in touch.",
    ]
    assert story.json("why", "老王超市")["merchant"]["score"] is None


def test_one_community(story: Laptop) -> None:
    found = story.json("priority", "--community", "上冲")["merchants"]
    assert [(m["rank"], m["name"]) for m in found] == [(1, "小芳水果"), (2, "单记拉面")]


def test_as_of_an_earlier_day_it_comes_out_as_it_did_then(story: Laptop) -> None:
    now = story.json("priority")
    story.now = "2026-11-25T10:00:00+08:00"
    story.run("visit", SHOP, "signed-up")
    story.run("merchant", "edit", "小芳水果", "--name", "小芳水果店")
    story.run("parent", "edit", "燕子", "--active", "no")
    story.shop("新来的店")
    assert story.json("priority", "--as-of", "yesterday") == now
    assert story.json("why", SHOP, "--as-of", "2026-11-24")["merchant"] == now["merchants"][0]
    assert SHOP not in story.run("priority").out
    refused = story.run("why", "新来的店", "--as-of", "2026-11-24", code=1)
    assert refused.err == "新来的店 was not recorded yet on 2026-11-24.\n"


def test_a_day_ahead_shows_whom_the_holds_will_have_let_go(story: Laptop) -> None:
    story.run("visit", "重庆小面", "refused")

    def may_be_visited(day: str) -> list[str]:
        return [m["name"] for m in story.json("priority", "--as-of", day)["merchants"] if m["advice"]["open"]]

    assert "重庆小面" not in may_be_visited("2026-12-07")
    assert "重庆小面" in may_be_visited("2026-12-08")


def test_the_weights_and_holds_of_the_settings_are_used(story: Laptop) -> None:
    (story.home / "settings.toml").write_text(
        '[weights]\nintroduced = 7\nally_labels = ["有冷柜"]\n[holds]\nrefused = 60\n', encoding="utf-8"
    )
    story.run("tag", SHOP, "有冷柜")
    found = {m["name"]: m for m in story.json("priority")["merchants"]}
    assert {t["code"]: t["points"] for t in found[SHOP]["terms"]}.items() >= {("introduced", 7), ("ally", 10)}
    assert found["重庆小面"]["advice"]["not_before"] == "2026-12-19"


@pytest.mark.parametrize("command", [["priority"], ["why", SHOP], ["report"]])
def test_a_setting_that_cannot_be_used_is_named(story: Laptop, command: list[str]) -> None:
    (story.home / "settings.toml").write_text("[weights]\nintroducd = 7\n", encoding="utf-8")
    refused = story.run(*command, code=2)
    assert "weights.introducd" in refused.err
    assert refused.out == ""


def test_a_group_of_settings_that_is_written_as_one_is_named_as_it_must_be_written(story: Laptop) -> None:
    (story.home / "settings.toml").write_text("weights = 3\n", encoding="utf-8")
    assert "[weights]" in story.run("priority", code=2).err


@pytest.mark.parametrize(
    ("words", "code"),
    [(["--top", "0"], 2), (["--top", "x"], 2), (["--as-of", "someday"], 2), (["--community", "无此村"], 1)],
)
def test_what_cannot_be_understood_is_refused_with_a_sentence(story: Laptop, words: list[str], code: int) -> None:
    refused = story.run("priority", *words, code=code)
    assert words[1] in refused.err
    assert refused.out == ""


def test_an_empty_laptop_has_nobody_to_visit(laptop: Laptop) -> None:
    assert laptop.run("priority").out == "No merchant had been recorded by then.\n"
    assert laptop.json("priority")["merchants"] == []


def test_no_phone_is_shown_anywhere(story: Laptop) -> None:
    story.run("merchant", "edit", SHOP, "--phone", "13833334444")
    for command in (["priority", "--explain"], ["why", SHOP], ["report"]):
        for how in ([], ["--json"]):
            assert not re.search("1381111|1383333", story.run(*command, *how).out)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_people_typed_does_nothing_to_the_terminal_and_eighty_columns_are_kept(laptop: Laptop, lang: str) -> None:
    laptop.lang = lang
    nasty = "\x1b[31m[red]老王\u202e超市[/red]很长很长很长很长很长很长很长很长很长很长很长的名字"
    laptop.shop(nasty, "pending", "--why", "suspects-scam", "--tag", "潜在伙伴", community="\x1b[2J村" * 9)
    laptop.run("refer", "\x1b[1m妈妈", nasty, "--new")
    laptop.now = "2026-11-26T09:00:00+08:00"
    for command in (["priority", "--explain"], ["why", nasty], ["report"]):
        out = laptop.run(*command, COLUMNS="80").out
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "[red]" in out
        assert max(map(width, out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "No merchant had been recorded by then."), ("zh", "到那天为止还没有登记商户。")]
)
def test_a_time_before_anything_was_recorded_is_no_success(laptop: Laptop, lang: str, said: str) -> None:
    laptop.shop("老王超市", "signed-up")
    laptop.lang = lang
    assert laptop.run("priority", "--as-of", "2020-01-01").out == said + "\n"
    text = laptop.run("report", "--week", "2026-W40").out
    assert text.endswith(said + "\n")
    assert "█" not in text
    assert said not in laptop.run("priority").out + laptop.run("report").out
