"""The basic-situation report: ten headings, what is recorded with where it comes from, the rest blank with what to ask."""

from pathlib import Path

import pytest

from tests.conftest import Laptop
from tests.report.browser import CHROMIUM, page

PHONE = "13833334444"
MARKUP = "<script>alert(1)</script>"


@pytest.fixture
def village(laptop: Laptop) -> Laptop:
    """A village with three visits at two shops, a clinic, a trained parent, and one note of two lines."""
    laptop.shop("老王超市", "pending", "--category", "超市", "--why", "suspects-scam", "--phone", PHONE)
    laptop.run("visit", "老王超市", "signed-up", OUTREACH_WORKER="林晓")
    laptop.shop("小芳水果", "pending", "--category", "水果店", "--why", "suspects-scam")
    laptop.shop("外村店", "refused", community="上冲")
    laptop.run("place", "add", "卫生站", "--kind", "clinic", "--community", "皮村", "--last-checked", "yesterday")
    laptop.run("parent", "add", "刘姐", "--community", "皮村", "--trained-on", "yesterday", "--phone", "13911112222")
    laptop.run("refer", "刘姐", "老王超市", "--kind", "introduced")
    laptop.run("community", "edit", "皮村", "--history", f"第一行\n{MARKUP}", "--families", "120", OUTREACH_WORKER="赵敏")
    return laptop


def facts(laptop: Laptop) -> dict[str, dict[str, tuple[str, str]]]:
    """By heading and by what: what is recorded, and where it comes from."""
    document = laptop.json("community", "report", "皮村")
    return {h["code"]: {f["what"]: (f["recorded"], f["from"]) for f in h["facts"]} for h in document["headings"]}


def test_each_figure_says_where_it_comes_from(village: Laptop) -> None:
    found = facts(village)
    assert list(found) == [
        "history", "surroundings", "population", "organisations", "networks", "resources", "problems", "needs", "strengths",
        "plans",
    ]  # fmt: skip
    visits = "from 3 visits, as of 2026-11-24"
    assert found["population"]["families living there"] == ("120", "赵敏, 2026-11-24")
    assert found["surroundings"]["Shops by kind"] == ("2 in all: 超市 1, 水果店 1", visits)
    assert found["surroundings"]["clinic (a place)"] == ("卫生站", "checked 2026-11-23")
    village.run("place", "edit", "卫生站", "--relation", "known", "--source", "村委会")
    assert facts(village)["surroundings"]["clinic (a place)"] == ("卫生站, relation: known", "村委会; checked 2026-11-23")
    assert found["networks"]["Parent volunteers"][0] == "1, 1 of them trained"
    assert found["networks"]["Parents' introductions"][0] == "1, by 1 parent"
    assert found["resources"]["Redemption points"] == ("1 in all: 老王超市", visits)
    assert found["strengths"]["Where merchants stand"] == ("2 in all: signed up 1, pending 1", visits)
    assert found["strengths"]["What holds back those that have not joined"] == (
        "suspects a scam 1 (of each shop what it said last)", visits
    )  # fmt: skip


def test_what_nobody_recorded_is_a_blank_with_what_to_ask(village: Laptop) -> None:
    headings = {h["code"]: h for h in village.json("community", "report", "皮村")["headings"]}
    assert (headings["needs"]["facts"], len(headings["needs"]["to_ask"])) == ([], 1)
    assert headings["needs"]["to_ask"][0].startswith("To ask: ")
    village.lang = "zh"
    said = village.run("community", "report", "皮村").out
    assert said.startswith("皮村社区基本情况报告\n")
    assert "八、需求\n可以问：感觉性、表达性、规范性、比较性需求各有哪些？" in said
    assert "据走访记录 3 次，截至 2026-11-24" in said


def test_a_worry_is_one_of_a_shop_that_has_not_joined_and_said_it_last(village: Laptop) -> None:
    village.run("visit", "小芳水果", "pending", "--why", "must-ask-family", "--why", "owner-away")
    village.run("visit", "小芳水果", "not-met")
    village.shop("老李面馆", "refused", "--why", "owner-away")
    said = facts(village)["strengths"]["What holds back those that have not joined"][0]
    assert said == "the owner is away 2, must ask the family 1 (of each shop what it said last)"
    village.lang = "zh"
    said = facts(village)["strengths"]["还没加入的商户的顾虑"][0]
    assert said == "负责人不在 2 家、要问家里人 1 家（每家只算最近一次说的）"


def test_points_beyond_twelve_are_counted_and_kinds_of_shop_are_all_named(laptop: Laptop) -> None:
    for i in range(14):
        if i == 12:
            assert "more" not in facts(laptop)["resources"]["Redemption points"][0]
        laptop.shop(f"小店{chr(0x4E00 + i)}", "signed-up", "--category", f"类{chr(0x4E00 + i)}")
    found = facts(laptop)
    assert found["resources"]["Redemption points"][0].endswith(" and 2 more")
    assert found["surroundings"]["Shops by kind"][0].count("类") == 14


def test_what_people_wrote_of_a_school_and_the_school_are_told_apart_and_numbers_can_be_read(laptop: Laptop) -> None:
    laptop.run("community", "add", "皮村", "--school", "一所打工子弟学校", "--market", "早市", "--population", "20000")
    laptop.run("place", "add", "同心学校", "--kind", "school", "--community", "皮村")
    found = facts(laptop)
    assert {"school", "school (a place)", "market"} <= set(found["surroundings"])
    assert "market (a place)" not in found["surroundings"]
    assert found["population"]["population"][0] == "20,000"


def test_each_hint_is_a_line_of_its_own(laptop: Laptop, tmp_path: Path) -> None:
    laptop.run("community", "add", "空村")
    laptop.run("community", "report", "空村", "--html", tmp_path / "p.html", "--md", tmp_path / "p.md")
    said = laptop.run("community", "report", "空村")
    hints = {h["code"]: h["to_ask"] for h in laptop.json("community", "report", "空村")["headings"]}["population"]
    assert len(hints) == 4
    assert [hint for line in said.out.splitlines() for hint in hints if line and hint.startswith(line)] == hints
    assert all(f"\n> {hint}\n" in (tmp_path / "p.md").read_text(encoding="utf-8") for hint in hints)
    assert (tmp_path / "p.html").read_text(encoding="utf-8").count('class="ask">To ask: ') >= 14


def test_an_empty_community_has_ten_headings_and_nothing_made_up(laptop: Laptop) -> None:
    laptop.run("community", "add", "空村")
    document = laptop.json("community", "report", "空村")
    assert [h["facts"] for h in document["headings"]] == [[]] * 10
    assert all(h["to_ask"] for h in document["headings"])
    laptop.run("community", "report", "没有", code=1)


def test_the_files_hold_no_contact_and_run_nothing(village: Laptop, tmp_path: Path) -> None:
    html, md = tmp_path / "p.html", tmp_path / "p.md"
    village.run("community", "report", "皮村", "--html", html, "--md", md)
    for path in (html, md):
        text = path.read_text(encoding="utf-8")
        assert "第一行" in text
        assert "<script>" not in text
        assert not any(secret in text for secret in (PHONE, "13911112222", "刘姐"))
    assert "there already" in village.run("community", "report", "皮村", "--md", md, code=1).err
    village.run("community", "report", "皮村", "--md", md, "--force")


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
@pytest.mark.parametrize("width", [360, 800])
def test_the_page_fetches_nothing_and_has_lines_to_write_on_only_on_paper(village: Laptop, tmp_path: Path, width: int) -> None:
    path = tmp_path / "p.html"
    village.run("community", "report", "皮村", "--html", path)
    with page(tmp_path / "browser") as browser:
        browser.open(path, width=width)
        assert browser.run("document.querySelectorAll('h2').length") == 10
        assert browser.run("document.documentElement.scrollWidth") <= width
        lines = "[...document.querySelectorAll('.lines')].filter((one) => one.offsetHeight).length"
        assert browser.run(lines) == 0
        browser.call("Emulation.setEmulatedMedia", media="print")
        assert browser.run(lines) == 4
        assert (browser.requests, browser.complaints) == ([path.as_uri()], [])
