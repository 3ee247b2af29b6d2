"""`outreach priority --pin`, `--hold`, `--release`: a person decides, says why, and it is seen, synced and taken back."""

import re
import sys
from pathlib import Path

import pytest

from tests.conftest import NOW, Laptop

WHY = "房东愿意作保"


@pytest.fixture
def office(laptop: Laptop) -> Laptop:
    """Two shops of a village, one of which must wait, and one of another."""
    laptop.shop("老王超市")
    laptop.shop("重庆小面", "pending", "--at", "2026-11-10")
    laptop.shop("小芳水果", "pending", "--at", "2026-11-01", community="上冲")
    return laptop


def first(laptop: Laptop, *words: str) -> dict[str, object]:
    found: dict[str, object] = laptop.json("priority", *words)["merchants"][0]
    return found


def test_one_that_is_put_first_says_who_when_and_why_and_what_would_be_without(office: Laptop) -> None:
    said = office.run("priority", "--pin", "lwcs", "--note", WHY, "--until", "7d", OUTREACH_WORKER="陈督导")
    assert said.out == "Recorded: 老王超市 · visit first · until 12-01 Tue · 房东愿意作保\n"
    found = first(office)
    assert (found["name"], found["score"]) == ("老王超市", 30)
    assert found["override"] == {
        "of": "merchant", "ruling": "pin", "until": "2026-12-01", "note": WHY, "by": "陈督导", "at": NOW,
    }  # fmt: skip
    advice = found["advice"]
    assert isinstance(advice, dict)
    assert (advice["code"], advice["open"]) == ("pinned", True)
    assert advice["text"] == "Go first, alone: 陈督导 decided so on 11-24 Tue (房东愿意作保)."
    assert advice["otherwise"] == "Wait until 12-01 Tue: the owner needs time to think."
    assert WHY in office.run("priority").out
    assert "Without this decision: Wait until 12-01 Tue" in office.run("why", "lwcs").out
    assert re.search("visit first +2026-12-01 +房东愿意作保 +陈督导", office.run("show", "lwcs").out)
    assert office.json("show", "lwcs")["overrides"][0]["note"] == WHY
    assert "decision 老王超市 visit first" in office.run("history", "lwcs").out


def test_a_whole_community_waits_until_a_day(office: Laptop) -> None:
    office.run("priority", "--hold", "--community", "皮村", "--until", "2026-12-10", "--note", "市场停业")
    found = {m["name"]: m["advice"] for m in office.json("priority")["merchants"]}
    assert [found[n]["not_before"] for n in ("老王超市", "重庆小面", "小芳水果")] == ["2026-12-10", "2026-12-10", "2026-11-08"]
    after = {m["name"]: m["advice"]["code"] for m in office.json("priority", "--as-of", "2026-12-10")["merchants"]}
    assert after["重庆小面"] == "again"
    assert "市场停业" in office.run("show", "重庆小面").out
    assert re.search("11-24 Tue +hold off +2026-12-10 +市场停业", office.run("community", "show", "皮村").out)
    (place,) = (p for p in office.json("priority")["communities"] if p["name"] == "皮村")
    assert (place["code"], place["approach"], place["held"]) == ("decided", "wait", 2)
    assert place["text"] == "Wait until 12-10 Thu: someone decided so on 11-24 Tue (市场停业; on hold: 2)."


def test_an_earlier_day_knows_nothing_of_it_and_a_day_before_its_end_still_does(office: Laptop) -> None:
    before = office.json("priority", "--as-of", "2026-11-23")
    office.run("priority", "--hold", "小芳水果", "--until", "2026-12-10", "--note", "装修")
    assert office.json("priority", "--as-of", "2026-11-23") == before
    office.now = "2026-11-26T09:00:00+08:00"
    office.run("priority", "--release", "小芳水果")
    assert first(office)["name"] == "小芳水果"
    held = {m["name"]: m["advice"]["code"] for m in office.json("priority", "--as-of", "2026-11-25")["merchants"]}
    assert held["小芳水果"] == "held"


def test_undo_and_release_take_it_back(office: Laptop) -> None:
    plain = office.json("priority")
    office.run("priority", "--pin", "老王超市", "--note", WHY)
    assert office.run("undo").out.startswith("Taken back: decision 老王超市 visit first (recorded")
    assert office.json("priority") == plain
    office.run("priority", "--pin", "老王超市", "--note", WHY)
    office.run("priority", "--hold", "老王超市", "--until", "9d", "--note", "改主意了")
    assert "visit first" in office.run("undo").out
    assert first(office)["override"]["note"] == WHY  # type: ignore[index]
    assert office.run("priority", "--release", "老王超市").out == "Recorded: 老王超市 · decided by the score again\n"
    assert office.json("priority") == plain
    assert "老王超市" in office.run("priority", "--release", "老王超市", code=1).err
    office.run("undo")
    assert first(office)["name"] == "老王超市"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--pin"], 2, "--community"),
        (["--pin", "老王超市"], 2, "--note"),
        (["--pin", "老王超市", "--note", " "], 2, "--note"),
        (["--hold", "老王超市", "--note", "x"], 2, "--until"),
        (["--hold", "老王超市", "--note", "x", "--until", "today"], 2, "2026-11-24"),
        (["--hold", "老王超市", "--note", "x", "--until", "yesterday"], 2, "2026-11-23"),
        (["--hold", "老王超市", "--note", "x", "--until", "2099-01-01"], 2, "2099"),
        (["--hold", "--pin", "老王超市", "--note", "x"], 2, "--pin, --hold, --release"),
        (["--note", "x", "老王超市"], 2, "--pin, --hold, --release"),
        (["--release", "老王超市", "--note", "x"], 2, "--release"),
        (["--pin", "老王超市", "--note", "x", "--as-of", "2026-11-20"], 2, "--as-of"),
        (["--pin", "无此店", "--note", "x"], 1, "无此店"),
        (["--hold", "--community", "无此村", "--until", "3d", "--note", "x"], 1, "无此村"),
        (["老王超市"], 2, "outreach why 老王超市"),
    ],
)
def test_what_is_not_whole_is_refused_with_a_sentence_and_nothing_is_recorded(
    office: Laptop, words: list[str], code: int, said: str
) -> None:
    before = office.json("history", "--limit", "99")
    refused = office.run("priority", *words, code=code)
    assert said in refused.err
    assert refused.out == ""
    assert office.json("history", "--limit", "99") == before


def test_a_shop_that_follows_its_community_s_decision_is_released_there(office: Laptop) -> None:
    office.run("priority", "--hold", "--community", "皮村", "--until", "9d", "--note", "市场停业")
    said = office.run("priority", "--release", "老王超市", code=1).err
    assert "outreach priority --release --community 皮村" in said
    office.run("priority", "--release", "--community", "皮村")
    assert "Nobody has decided" in office.run("priority", "--release", "老王超市", code=1).err


def test_about_one_that_has_joined_there_is_nothing_to_decide(office: Laptop) -> None:
    office.run("visit", "老王超市", "signed_up")
    for words in (("--pin",), ("--hold", "--until", "3d")):
        assert "has joined" in office.run("priority", *words, "老王超市", "--note", "x", code=1).err


def test_forty_communities_are_not_all_told_below_the_list(laptop: Laptop) -> None:
    for n in range(14):
        laptop.run("community", "add", f"社区{n:02}")
        laptop.shop(f"小店{n:02}", community=f"社区{n:02}")
    out = laptop.run("priority").out
    assert sum(f"  社区{n:02}: " in out for n in range(14)) == 12
    assert "and 2 more; for one of them: outreach priority --community NAME" in out
    assert len(laptop.json("priority")["communities"]) == 14


def test_on_a_terminal_who_decides_the_day_and_the_reason_are_asked(office: Laptop) -> None:
    pexpect = pytest.importorskip("pexpect", reason="pexpect (no pseudo-terminals on Windows)")
    command = ["-m", "outreach", "priority", "--hold", "老王超市"]
    child = pexpect.spawn(sys.executable, command, env=office.env(TERM="xterm"), encoding="utf-8", timeout=15)
    child.expect_exact("Who are you?")
    child.send("陈督导\r")
    child.expect_exact("Until when:")
    child.send("yesterday\r")
    child.expect_exact("is no day to come")
    child.expect_exact("Until when:")
    child.send("3d\r")
    child.expect_exact("Why:")
    child.send("\r")
    child.expect_exact("Say why")
    child.expect_exact("Why:")
    child.send("等房东回来\r")
    child.expect_exact("Recorded: 老王超市")
    child.expect(pexpect.EOF)
    child.close()
    assert first(office, "--community", "皮村")["name"] == "重庆小面"
    assert office.json("show", "老王超市")["overrides"][0]["by"] == "陈督导"


def test_markup_in_a_reason_is_text(office: Laptop) -> None:
    office.run("priority", "--pin", "老王超市", "--note", "\x1b[31m[red]{since}\u202e<b>")
    for command in (["priority"], ["why", "老王超市"], ["show", "老王超市"]):
        out = office.run(*command).out
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "[red]{since}" in out


def test_two_laptops_that_decide_differently_come_to_one_decision_and_are_told_of_the_other(
    office: Laptop, tmp_path: Path
) -> None:
    share, other = tmp_path / "share", Laptop(tmp_path / "other")
    share.mkdir()
    office.run("sync", share, "--init")
    other.run("sync", share)
    office.run("priority", "--pin", "老王超市", "--note", WHY, OUTREACH_WORKER="陈督导")
    other.now = "2026-11-24T10:00:00+08:00"
    other.run("priority", "--hold", "老王超市", "--until", "2026-12-10", "--note", "市场停业", OUTREACH_WORKER="林晓")
    office.run("sync")
    told = other.run("sync").out
    office.run("sync")
    assert office.json("priority", "--community", "皮村") == other.json("priority", "--community", "皮村")
    assert {m["name"]: m["advice"]["code"] for m in other.json("priority")["merchants"]}["老王超市"] == "held"
    assert "decision 老王超市" in told
    assert re.search("gave way +visit first", told)
    assert "outreach priority --pin 老王超市 --note 房东愿意作保" in told
    assert office.json("doctor")["ok"]
    other.run("priority", "--pin", "老王超市", "--note", WHY)
    other.run("sync")
    office.run("sync")
    assert first(office)["name"] == "老王超市"
