"""`outreach plan`: whom to visit on a day, in the order of a short walk, on the screen, as JSON and on paper."""

import json
import re
import sqlite3
import sys
from pathlib import Path

import pytest

from outreach.cli.screen import width
from tests.conftest import NOW, Laptop

PHONE = "13833334444"


@pytest.fixture
def street(laptop: Laptop) -> Laptop:
    """A street of five shops, keyed in crosswise; one without coordinates, one on hold; one elsewhere, one of nowhere."""
    laptop.now = "2026-11-10T10:00:00+08:00"
    for name, why, east in (("甲店", "suspects-scam", 4), ("乙店", "must-ask-family", 0), ("丙店", "owner-away", 2)):
        laptop.shop(name, "pending", "--why", why, "--met", "staff", "--note", f"电话 {PHONE} 找小王")
        laptop.run("merchant", "edit", name, "--lat", "39.9", "--lon", f"{116.5 + east / 1000:.6f}", "--phone", PHONE)
        laptop.run("merchant", "edit", name, "--owner", "王建国", "--address", f"大街{east}号", "--landmark", "邮局旁")
    laptop.shop("丁店", "refused")
    laptop.run("merchant", "add", "戊店", "--community", "上冲")
    laptop.run("merchant", "add", "己店")
    laptop.run("parent", "add", "燕子", "--community", "皮村", "--consent-on", "2026-10-01", "--trained-on", "2026-10-05",
               "--phone", "13811112222")  # fmt: skip
    laptop.now = NOW
    laptop.shop("庚店", "pending")
    return laptop


def names(document: dict[str, object]) -> list[list[str]]:
    pages = document["pages"]
    assert isinstance(pages, list)
    return [[stop["name"] for stop in page["stops"]] for page in pages]


def test_the_shops_that_may_be_visited_in_the_order_of_the_street(street: Laptop) -> None:
    found = street.json("plan", "--community", "皮村")
    assert (found["format"], found["day"], found["community"]) == ("outreach/plan/1", "2026-11-24", "皮村")
    assert (found["ready"], found["held"]) == (4, 1)
    (walk,) = names(found)
    assert walk in (["乙店", "丙店", "甲店", "丁店"], ["甲店", "丙店", "乙店", "丁店"])
    stops = {stop["name"]: stop for stop in found["pages"][0]["stops"]}
    assert stops["丙店"]["metres"] in range(160, 180)
    assert stops["丙店"]["where"].startswith("大街2号 · 邮局旁")


def test_each_stop_says_whom_to_speak_to_how_the_last_talk_went_and_what_to_say(street: Laptop) -> None:
    stops = {s["name"]: s for page in street.json("plan")["pages"] for s in page["stops"]}
    scam = stops["甲店"]
    assert scam["advice"]["parents"][0]["alias"] == "燕子"
    assert scam["say"] == ["燕子 speaks first, in her own words.", "Do not explain again that it is genuine."]
    assert scam["speak_to"] == "the owner; last time only staff was there"
    assert scam["last_talk"].startswith("11-10 Tue · pending · suspects a scam · 电话 *** 找小王")
    assert stops["乙店"]["speak_to"] == "the owner and who decides in the family"
    assert list(stops)[-1] == "己店", "one of no community comes last"
    assert stops["己店"]["last_talk"] == "nobody has been there yet"


def test_several_workers_share_the_walk_a_sheet_each(street: Laptop) -> None:
    found = street.json("plan", "--community", "皮村", "--limit", "2", "--by", "林晓", "--by", "赵敏", "--by", "林晓")
    assert [page["worker"] for page in found["pages"]] == ["林晓", "赵敏"]
    assert [len(page["stops"]) for page in found["pages"]] == [2, 2]
    assert [len(walk) for walk in names(street.json("plan", "--limit", "1"))] == [1]


def test_a_day_to_come_is_planned_with_what_will_be_open_then(street: Laptop) -> None:
    (today,), (week_later,) = names(street.json("plan")), names(street.json("plan", "--day", "2026-12-01"))
    assert "庚店" not in today
    assert "庚店" in week_later


def test_no_contact_is_told_unless_asked_for_and_then_the_page_says_so(street: Laptop, tmp_path: Path) -> None:
    private, open_ = tmp_path / "private.html", tmp_path / "open.html"
    street.run("plan", "--html", private)
    street.run("plan", "--html", open_, "--with-contacts")
    secret = re.compile(f"{PHONE}|王建国|13811112222")
    assert not secret.search(private.read_text(encoding="utf-8"))
    assert not secret.search(street.run("plan").out + street.run("plan", "--json").out)
    page = open_.read_text(encoding="utf-8")
    assert PHONE in page
    assert "王建国" in page
    assert "13811112222" not in page, "a parent's phone is on no page"
    assert "keep it with you, and destroy it after use" in page


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--day", "yesterday"], 2, "2026-11-23"),
        (["--day", "2099-01-01"], 2, "2099"),
        (["--day", "someday"], 2, "someday"),
        (["--limit", "0"], 2, "--limit"),
        (["--community", "无此村"], 1, "无此村"),
        (["--by", ""], 2, "name is needed"),
    ],
)
def test_what_cannot_be_planned_is_refused_with_a_sentence(street: Laptop, words: list[str], code: int, said: str) -> None:
    assert said in street.run("plan", *words, code=code).err


def test_a_file_is_written_whole_or_not_at_all(street: Laptop, tmp_path: Path) -> None:
    target = tmp_path / "plan.html"
    target.write_text("mine", encoding="utf-8")
    assert "--force" in street.run("plan", "--html", target, code=1).err
    assert target.read_text(encoding="utf-8") == "mine"
    street.run("plan", "--html", target, "--force")
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "folder" in street.run("plan", "--html", tmp_path, code=1).err
    assert "no-such" in street.run("plan", "--html", tmp_path / "no-such" / "plan.html", code=1).err
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []


def test_a_list_without_a_shop_says_why(street: Laptop, tmp_path: Path) -> None:
    street.run("priority", "--hold", "--community", "皮村", "--until", "9d", "--note", "市场停业", OUTREACH_WORKER="陈督导")
    said = (
        street.run("plan", "--community", "皮村", "--html", tmp_path / "plan.html").out
        + street.run("plan", "--community", "皮村").out
    )
    assert "皮村: Wait until 12-03 Thu: 陈督导 decided so on 11-24 Tue (市场停业; on hold: 5)." in " ".join(said.split())
    assert "市场停业" in (tmp_path / "plan.html").read_text(encoding="utf-8")
    assert street.json("plan", "--community", "皮村")["communities"][0]["code"] == "decided"


def test_nothing_to_visit_is_a_page_too(laptop: Laptop, tmp_path: Path) -> None:
    assert "No shop is to be visited." in laptop.run("plan").out
    laptop.run("plan", "--html", tmp_path / "plan.html")
    assert "No shop is to be visited." in (tmp_path / "plan.html").read_text(encoding="utf-8")
    assert names(laptop.json("plan")) == [[]]


def test_names_that_are_markup_are_text(laptop: Laptop, tmp_path: Path) -> None:
    nasty = "<script>alert(1)</script>\x1b[31m\u202e{n}&quot;"
    laptop.shop(nasty, "pending", "--at", "2026-11-01", "--note", "<img src=x onerror=alert(1)>", community="<b>村")
    laptop.run("plan", "--html", tmp_path / "plan.html", "--by", "<i>林晓")
    page = (tmp_path / "plan.html").read_text(encoding="utf-8")
    assert not re.search("<script>|<img|<b>村|<i>林|\x1b|\u202e", page)
    assert "&lt;script&gt;" in page
    out = laptop.run("plan").out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_coordinates_off_the_globe_that_came_from_elsewhere_do_not_matter(laptop: Laptop) -> None:
    laptop.shop("甲店", "pending", "--at", "2026-11-01")
    laptop.shop("乙店", "pending", "--at", "2026-11-01")
    db = sqlite3.connect(laptop.home / "outreach.db")
    with db:
        db.execute("UPDATE merchant SET lat = 999999999, lon = 5 WHERE name = '甲店'")
    db.close()
    (walk,) = names(laptop.json("plan"))
    assert sorted(walk) == ["乙店", "甲店"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_keeps_to_eighty_columns_on_a_terminal(street: Laptop, lang: str) -> None:
    pexpect = pytest.importorskip("pexpect", reason="pexpect (no pseudo-terminals on Windows)")
    street.lang = lang
    child = pexpect.spawn(
        sys.executable,
        ["-m", "outreach", "plan"],
        env=street.env(TERM="dumb"),
        encoding="utf-8",
        dimensions=(40, 80),
        timeout=15,
    )
    child.expect(pexpect.EOF)
    child.close()
    assert "甲店" in child.before
    assert max(map(width, child.before.splitlines())) <= 80


def test_the_list_is_remembered_by_ids_only_and_readable_by_its_owner_only(street: Laptop) -> None:
    street.run("plan", "--community", "皮村")
    path = street.home / "plan.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert (kept["day"], len(kept["pages"][0]["stops"])) == ("2026-11-24", 4)
    assert "店" not in path.read_text(encoding="utf-8")
    before = path.read_bytes()
    street.run("plan", "--json")
    assert path.read_bytes() == before, "a document for a program is no paper"


def test_without_a_community_it_keeps_to_what_can_be_walked(street: Laptop) -> None:
    street.run("merchant", "edit", "戊店", "--lat", "22.25", "--lon", "113.53")  # two thousand kilometres away
    found = street.json("plan", "--limit", "50")
    (walk,) = names(found)
    assert set(walk) >= {"甲店", "乙店", "丙店"}
    assert "戊店" not in walk
    assert street.run("plan", "--limit", "50").out.startswith("Walking list 2026-11-24 Tue, 皮村")


def test_no_parent_is_asked_along_twice_in_a_list(street: Laptop) -> None:
    street.now = "2026-11-10T11:00:00+08:00"
    for name in ("辛店", "壬店"):
        street.shop(name, "pending", "--why", "suspects-scam")
    street.now = NOW
    found = street.json("plan", "--community", "皮村", "--limit", "50", "--by", "林晓", "--by", "赵敏")
    along = [alias for page in found["pages"] for stop in page["stops"] for alias in stop["advice"]["parents"]]
    assert [parent["alias"] for parent in along] == ["燕子"]
