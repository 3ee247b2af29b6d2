"""Bad input: kept exactly and shown harmlessly, or refused with a sentence, exit 1 or 2, and nothing written."""

import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from outreach.domain.change import Draft
from outreach.domain.text import clean_name
from outreach.errors.typed import NotText
from outreach.store.finding import find
from outreach.store.journal import record
from outreach.store.merchants import list_merchants
from tests.conftest import Laptop, Ran

# What no terminal may get from data: controls but for the line's end; marks that turn the writing direction; separators.
HARMFUL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
HALF = "\udcff"  # what Python makes of a byte that is not UTF-8
SURROGATE = "\udced\udca0\udc80"  # the three bytes of U+D800
HUGE = "9" * 5_000

NAMES = {
    "markup": "[red]x[/red]",
    "closing": "[/]",
    "link": "[link=file:///etc/passwd]点我[/link]",
    "colour": "\x1b[31m红店\x1b[0m",
    "title": "\x1b]0;标题\x07铃铛店",
    "c1": "\x9b31m小店",
    "turned": "左\u202e右店",
    "isolated": "\u2066中\u2069间店",
    "marks": "前\u200e后\u200f店",
    "separators": "上\u2028下\u2029店",
    "formula": "=1+1",
    "hyperlink": '=HYPERLINK("http://x.example","点")',
    "minus": "-2+3",
    "at": "@SUM(A1)",
    "family": "👨\u200d👩\u200d👧\u200d👦全家店",
    "flag": "🏳\ufe0f\u200d🌈彩虹店",
    "braces": "{name}{0}{}店",
    "percent": "%s%d%店",
    "sql": "'; DROP TABLE merchant; --",
    "html": "<script>alert(1)</script>",
    "astral": "𠮷野家",
    "zero-width": "隐\u200b身店",
    "ligature": "ﷺ店",
    "long": "长" * 120,
}
NOT_NAMES = {
    "empty": "", "spaces": "   ", "wide-spaces": "\u3000\u3000", "tabs": "\t\n", "zero-width": "\u200b", "turning": "\u202e",
    "escape": "\x1b", "filler": "\u3164", "half": HALF, "half-within": f"老王{HALF}超市", "surrogate": SURROGATE,
    "too-long": "长" * 121,
}  # fmt: skip
HOME = {"merchant": ("老王超市", "老王面馆", "小周理发"), "parent": ("刘姐", "刘大姐")}


def harmless(text: str) -> bool:
    """Whether a terminal does nothing but show it."""
    return HARMFUL.search(text) is None


def journal(laptop: Laptop) -> Any:
    """Everything that was ever recorded."""
    return laptop.json("history", "--limit", "1000")


@dataclass
class Office(Laptop):
    """A laptop with a few shops and parents; no test that uses it may write anything."""

    recorded: Any = None

    def refused(self, *words: str, codes: tuple[int, ...] = (1, 2), **env: str) -> Ran:
        """Run it; insist on a sentence, on nothing on standard output, and that nothing was written."""
        ran = self.run(*words, code=None, **env)
        before, self.recorded = self.recorded, journal(self)
        assert self.recorded == before
        assert ran.code in codes, ran
        assert ran.out == ""
        assert re.search(r"\w\w+", ran.err), "no sentence"
        assert harmless(ran.err)
        return ran


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office on an ordinary day."""
    laptop = Office(tmp_path_factory.mktemp("office") / "home")
    for name in HOME["merchant"]:
        laptop.shop(name, "pending", "--follow-up", "today")
    for name in HOME["parent"]:
        laptop.run("parent", "add", name)
    laptop.recorded = journal(laptop)
    return laptop


# Names that are kept


@pytest.fixture(scope="module")
def bazaar(tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    """A laptop where every odd name is a shop, a village, a note, a mark, a worker; each with a follow-up due today."""
    laptop = Laptop(tmp_path_factory.mktemp("bazaar") / "home")
    for name in NAMES.values():
        shop = ["--new", "--community", name, "--address", name]
        ran = laptop.run(
            "visit", *shop, "--note", name, "--tag", name[:40], "--by", name, "--follow-up", "today", "--", name, "pending"
        )
        assert ran.out.count("\n") == 1, "one line says what was kept"
        assert harmless(ran.out + ran.err)
    return laptop


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_an_odd_name_is_kept_exactly_wherever_it_was_typed(bazaar: Laptop, name: str) -> None:
    found = json.loads(bazaar.run("show", "--json", "--", name).out)
    assert (found["merchant"]["name"], found["merchant"]["community"], found["merchant"]["address"]) == (name, name, name)
    (visit,) = found["visits"]
    assert (visit["note"], visit["by"]) == (name, name)
    assert {tag["label"] for tag in found["tags"]} == {name[:40], "跟进"}
    assert json.loads(bazaar.run("find", "--json", "--", name).out)["matches"][0]["name"] == name


@pytest.mark.parametrize("command", ["show", "find", "history"])
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_one_odd_name_is_shown_harmlessly(bazaar: Laptop, command: str, name: str) -> None:
    ran = bazaar.run(command, "--", name)
    assert harmless(ran.out + ran.err)
    assert visible(name) in ran.out


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("words", [("list",), ("history", "--limit", "500"), ("due",), (), ("community", "list")], ids=" ".join)
def test_all_odd_names_are_shown_harmlessly(bazaar: Laptop, words: tuple[str, ...], lang: str) -> None:
    ran = bazaar.run("--lang", lang, *words)
    assert harmless(ran.out + ran.err)
    if words:  # today's page shows the first ten only
        assert all(visible(name) in ran.out for name in NAMES.values())


def visible(name: str) -> str:
    """What is to be seen of a name: what would do harm is a �."""
    return HARMFUL.sub("�", name)


def test_a_list_has_a_line_for_each_and_no_more(bazaar: Laptop) -> None:
    assert bazaar.run("list").out.count("\n") == 1 + len(NAMES) + 1


@pytest.mark.parametrize("words", [("list",), ("history", "--limit", "500"), ("due",), ("community", "list")], ids=" ".join)
def test_json_says_all_odd_names_exactly(bazaar: Laptop, words: tuple[str, ...]) -> None:
    said = json.dumps(bazaar.json(*words), ensure_ascii=False)
    assert all(json.dumps(name, ensure_ascii=False) in said for name in NAMES.values())


def test_an_odd_name_can_be_worked_with_and_taken_back(laptop: Laptop) -> None:
    name = NAMES["colour"]
    laptop.shop(name, "pending", "--follow-up", "today")
    laptop.run("refer", "[/]", name, "--new")
    commands = ("opinion {} wait --parent [/]", "done {}", "merchant edit {} --phone {}", "undo")
    for words in (command.split() for command in commands):
        ran = laptop.run(*fill(words, name))
        assert harmless(ran.out + ran.err)
    assert "phone" not in laptop.json("show", name)["merchant"]


def test_a_name_of_two_lines_cannot_pretend_to_be_two_records(laptop: Laptop) -> None:
    ran = laptop.run("visit", "老王\nRecorded: 老张 · signed up", "pending", "--new", code=None)
    assert ran.out.count("\n") <= 1
    if ran.code == 0:
        assert laptop.run("list").out.count("\n") == 3
        assert laptop.run("show", "老王").out.startswith("老王⏎Recorded")


def test_an_odd_name_in_the_settings_is_harmless_too(laptop: Laptop) -> None:
    laptop.run("visit", "老王超市", "pending", "--new", OUTREACH_WORKER=NAMES["colour"])
    for words in (("history",), ("show", "老王超市"), ()):
        assert harmless(laptop.run(*words, OUTREACH_WORKER=NAMES["turned"]).out)
    assert laptop.json("show", "老王超市")["visits"][0]["by"] == NAMES["colour"]


def test_accents_are_kept_in_their_one_form(laptop: Laptop) -> None:
    laptop.shop("Cafe\u0301")
    assert laptop.json("list")["merchants"][0]["name"] == "Café"


# Names that are refused


@pytest.mark.parametrize("name", NOT_NAMES.values(), ids=NOT_NAMES)
def test_what_is_no_name_is_no_shop(office: Office, name: str) -> None:
    office.refused("visit", name, "pending", "--new", "--community", "皮村", codes=(2,))


@pytest.mark.parametrize("name", ["", "   ", HALF, "长" * 121], ids=["empty", "spaces", "half", "too-long"])
@pytest.mark.parametrize(
    "before",
    [
        ("merchant", "add"),
        ("parent", "add"),
        ("community", "add"),
        ("merchant", "edit", "老王超市", "--name"),
        ("visit", "老王超市", "pending", "--tag"),
        ("tag", "老王超市"),
        ("visit", "小面", "pending", "--new", "--community"),
    ],
    ids="-".join,
)
def test_what_is_no_name_is_refused_everywhere(office: Office, before: tuple[str, ...], name: str) -> None:
    if before[-1] == "--community" and name == "":
        pytest.skip("an empty community is none: a new shop need not have one")
    office.refused(*before, name, codes=(2,))


@pytest.mark.parametrize("words", [
    ("refer", "", "老王超市", "--new"),
    ("refer", HALF, "老王超市", "--new"),
    ("find", ""),
    ("find", HALF),
    ("show", " "),
    ("list", "--category", HALF),
    ("visit", "老王超市", "pending", "--note", HALF),
    ("visit", "老王超市", "pending", "--by", HALF),
    ("visit", "小面", "pending", "--new", "--phone", HALF),
    ("parent", "edit", "刘姐", "--phone", SURROGATE),
    ("merchant", "edit", "老王超市", "--address", HALF),
    ("tag", "老王超市", "有冷柜", "--note", HALF),
    (HALF,),
    ("visit", "老王超市", HALF),
    ("--" + HALF,),
], ids=repr)  # fmt: skip
def test_half_a_character_and_nothing_are_refused_in_every_field(office: Office, words: tuple[str, ...]) -> None:
    office.refused(*words)


def test_a_worker_s_name_that_no_file_can_keep_is_refused(office: Office) -> None:
    office.refused("visit", "老王超市", "pending", OUTREACH_WORKER=f"林{HALF}")


def test_a_nul_cannot_be_typed_and_is_refused_where_it_comes_another_way() -> None:
    with pytest.raises(NotText):
        clean_name("老\0王")


@pytest.mark.parametrize("name", ["老\0王", "", 5, ["老王"], {"x": 1}, True], ids=repr)
def test_what_is_no_name_is_kept_in_the_journal_and_shown_nowhere(db: sqlite3.Connection, name: Any) -> None:
    """As it may come from another laptop, or from a version that is not written yet."""
    record(db, [Draft("merchant", "m1", {"name": "老王超市"}), Draft("merchant", "m2", {"name": name})], now=1, label="made up")
    assert [m.name for m in list_merchants(db)] == ["老王超市"]
    assert [m.name for m in find(db, "老王")] == ["老王超市"]
    assert db.execute("SELECT count(*) FROM journal").fetchone()[0] == 2


def test_what_utf8_cannot_say_is_not_written_at_all(db: sqlite3.Connection) -> None:
    drafts = [Draft("merchant", "m1", {"name": "老王超市"}), Draft("merchant", "m2", {"name": "老\ud800王"})]
    with pytest.raises(ValueError, match="surrogates"):
        record(db, drafts, now=1, label="made up")
    assert db.execute("SELECT count(*) FROM journal").fetchone()[0] == 0


# Notes


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_note_of_ten_thousand_characters_is_kept_exactly(laptop: Laptop, lang: str) -> None:
    note = ("店主说：[red]先看看[/red]，\x1b[31m再说\x1b[0m。\n" * 500)[:9_999] + "完"
    assert len(note) == 10_000
    laptop.lang = lang
    ran = laptop.shop("老王超市", "pending", "--note", note, "--follow-up", "today")
    assert ran.out.count("\n") == 1
    assert harmless(ran.out)
    assert laptop.json("show", "老王超市")["visits"][0]["note"] == note
    for words in (("show", "老王超市"), ("history",), ()):
        assert harmless(laptop.run(*words).out)
    changes = laptop.json("history")["changes"]
    assert [c["fields"]["note"]["to"] for c in changes if "note" in c["fields"]] == [note]


def test_a_note_that_is_too_long_is_refused_with_its_length(office: Office) -> None:
    ran = office.refused("visit", "老王超市", "pending", "--note", "聊" * 20_001, codes=(2,))
    assert "20001" in ran.err


# Numbers


@pytest.mark.parametrize("typed", ["-1", "-5", "1.5", "abc", "", " ", "1441", "1e3", "0x10", "∞", "五", "--5", "½", HUGE, HALF])
def test_minutes_that_are_no_number_are_refused(office: Office, typed: str) -> None:
    ran = office.refused("visit", "老王超市", "pending", f"--minutes={typed}", codes=(2,))
    assert "--minutes" in ran.err


@pytest.mark.parametrize(("typed", "wanted"), [("0", None), ("40", 40), ("４０", 40), (" 40 ", 40), ("1440", 1440)])
def test_minutes_that_are_a_number_are_kept(laptop: Laptop, typed: str, wanted: int | None) -> None:
    laptop.shop("老王超市", "pending", "--minutes", typed)
    assert laptop.json("show", "老王超市")["visits"][0].get("minutes") in (wanted, int(typed))


@pytest.mark.parametrize("words", [
    ("opinion", "老王超市", "first", "--count", "0"),
    ("opinion", "老王超市", "first", "--count", "-3"),
    ("due", "--days", "-1"),
    ("due", "--days", HUGE),
    ("list", "--limit", "0"),
    ("list", "--limit", "x"),
    ("history", "--limit", "-1"),
    ("community", "edit", "皮村", "--families", "-1"),
    ("merchant", "edit", "老王超市", "--lat", "90.0001"),
    ("merchant", "edit", "老王超市", "--lat", "nan"),
    ("merchant", "edit", "老王超市", "--lon", "inf"),
    ("merchant", "edit", "老王超市", "--lon", "1e999999999999999999999"),
    ("merchant", "edit", "老王超市", "--lon", HUGE),
    ("merchant", "edit", "老王超市", "--lat", "here"),
    ("parent", "edit", "刘姐", "--active", "maybe"),
], ids=lambda words: " ".join(words)[:50])  # fmt: skip
def test_other_numbers_out_of_bounds_are_refused(office: Office, words: tuple[str, ...]) -> None:
    office.refused(*words, codes=(2,))


# Dates


@pytest.mark.parametrize("typed", [
    "", " ", "2026-02-30", "2026-13-01", "2026-11", "2026-112", "0000-00-00", "31", "soon", "25:00", "9:60", "8:30:99",
    "2026-11-24T25:00", "99999d", "两三天前", "半天", HUGE, HUGE + "d", HALF, "1900-01-01", "[red]today[/red]",
])  # fmt: skip
def test_a_date_that_is_none_is_refused(office: Office, typed: str) -> None:
    office.refused("visit", "老王超市", "pending", "--at", typed, codes=(2,))


@pytest.mark.parametrize("typed", [
    "tomorrow", "明天", "2026-11-25", "2027-01-01", "in 3 days", "三天后", "下周三", "next friday", "09:01", "2026-11-24T09:01",
    "2026-11-24T09:00+07:00", "today 23:59",
])  # fmt: skip
def test_a_visit_in_the_future_is_refused(office: Office, typed: str) -> None:
    ran = office.refused("visit", "老王超市", "pending", "--at", typed, codes=(2,))
    assert "future" in ran.err


def test_this_very_minute_is_not_the_future(laptop: Laptop) -> None:
    laptop.shop("老王超市", "pending", "--at", "09:00")
    assert laptop.json("list")["merchants"][0]["last_visit"] == "2026-11-24T09:00:00+08:00"


@pytest.mark.parametrize("words", [
    ("refer", "刘姐", "老王超市", "--at", "tomorrow"),
    ("opinion", "老王超市", "first", "--count", "3", "--at", "明天"),
    ("parent", "edit", "刘姐", "--consent-on", "2026-11-25"),
    ("parent", "add", "新妈妈", "--trained-on", "someday"),
    ("visit", "老王超市", "pending", "--follow-up", "someday"),
    ("visit", "老王超市", "pending", "--follow-up", ""),
    ("visit", "老王超市", "pending", "--follow-up", "两三天后"),
    ("tag", "老王超市", "跟进", "--due", "2026-02-30"),
    ("tag", "老王超市", "跟进", "--due", ""),
    ("list", "--since", "someday"),
    ("list", "--until", "tomorrow"),
], ids=" ".join)  # fmt: skip
def test_other_dates_that_are_none_or_too_late_are_refused(office: Office, words: tuple[str, ...]) -> None:
    office.refused(*words, codes=(2,))


# Words of closed sets


@pytest.mark.parametrize(
    "typed", ["maybe", "", "wait", "signed", "pending,refused", "未知", "0", "\x1b[31mpending", "pend", HALF]
)
def test_an_unknown_outcome_is_refused_and_the_four_are_named(office: Office, typed: str) -> None:
    ran = office.refused("visit", "老王超市", typed, codes=(2,))
    assert all(word in ran.err for word in ("signed-up", "pending", "refused", "not-met"))


@pytest.mark.parametrize("words", ["pending refused", "pending pending", "pending --firm refused"])
def test_two_outcomes_are_refused(office: Office, words: str) -> None:
    ran = office.refused("visit", "老王超市", *words.split(), codes=(2,))
    assert words.split()[-1] in ran.err


@pytest.mark.parametrize("words", [
    ("visit", "老王超市", "pending", "--why", "bored"),
    ("visit", "老王超市", "pending", "--why", ""),
    ("visit", "老王超市", "pending", "--met", "nobody"),
    ("visit", "老王超市", "pending", "--approach", "wait"),
    ("visit", "老王超市", "pending", "--status", "pending"),
    ("opinion", "老王超市", "great", "--count", "3"),
    ("opinion", "老王超市", "first"),
    ("opinion", "老王超市", "first", "--count", "3", "--parent", "刘姐"),
    ("refer", "刘姐", "老王超市", "--kind", "sang"),
    ("list", "--status", "open"),
    ("list", "--sort", "beauty"),
    ("--lang", "fr", "list"),
    ("lst",),
], ids=" ".join)  # fmt: skip
def test_other_words_that_do_not_fit_are_refused(office: Office, words: tuple[str, ...]) -> None:
    office.refused(*words, codes=(2,))


# Names that fit nothing, or several

WITH_MERCHANT = {
    "visit": ("visit", "{}", "pending"),
    "tag": ("tag", "{}", "有冷柜"),
    "untag": ("untag", "{}", "跟进"),
    "done": ("done", "{}"),
    "opinion": ("opinion", "{}", "first", "--count", "3"),
    "refer": ("refer", "刘姐", "{}"),
    "edit": ("merchant", "edit", "{}", "--phone", "1"),
    "remove": ("merchant", "remove", "{}"),
    "show": ("show", "{}"),
    "history": ("history", "{}"),
}
WITH_PARENT = {
    "with": ("visit", "老王超市", "pending", "--with", "{}"),
    "refer": ("refer", "{}", "老王超市"),
    "opinion": ("opinion", "老王超市", "first", "--parent", "{}"),
    "edit": ("parent", "edit", "{}", "--phone", "1"),
    "remove": ("parent", "remove", "{}"),
    "show": ("parent", "show", "{}"),
}


def fill(words: Sequence[str], name: str) -> list[str]:
    """A command with a name put in."""
    return [word.replace("{}", name) for word in words]


@pytest.mark.parametrize("words", WITH_MERCHANT.values(), ids=WITH_MERCHANT)
def test_an_unknown_shop_is_refused_and_the_nearest_is_named(office: Office, words: tuple[str, ...]) -> None:
    ran = office.refused(*fill(words, "老汪超市"), codes=(1,))
    assert "“老汪超市”" in ran.err
    assert "老王超市" in ran.err


@pytest.mark.parametrize("words", WITH_MERCHANT.values(), ids=WITH_MERCHANT)
def test_an_ambiguous_shop_is_refused_and_all_are_listed(office: Office, words: tuple[str, ...]) -> None:
    ran = office.refused(*fill(words, "lw"), codes=(1,))
    assert all(name in ran.err for name in ("老王超市", "老王面馆"))
    assert "小周理发" not in ran.err


@pytest.mark.parametrize("typed", ["查无此人", "刘"], ids=["unknown", "ambiguous"])
@pytest.mark.parametrize("words", WITH_PARENT.values(), ids=WITH_PARENT)
def test_an_unknown_or_ambiguous_parent_is_refused(office: Office, words: tuple[str, ...], typed: str) -> None:
    ran = office.refused(*fill(words, typed), codes=(1,))
    assert f"“{typed}”" in ran.err


@pytest.mark.parametrize("words", [
    ("find", "完全没有的东西"),
    ("list", "--community", "没有的村"),
    ("community", "edit", "没有的村", "--city", "北京"),
    ("community", "show", "没有的村"),
    ("merchant", "restore", "没有的店"),
    ("merchant", "restore", "老王超市"),
    ("untag", "老王超市", "没有的标记"),
    ("done", "老王超市", "没有的标记"),
    ("merchant", "add", "老王超市", "--community", "皮村"),
    ("visit", "老王超市", "pending", "--new", "--community", "皮村"),
    ("visit", "老王 超市", "pending", "--new", "--community", "皮村"),
    ("refer", "刘姐", "刘姐"),
    ("refer", "刘姐", "老王超市", "--new"),
], ids=" ".join)  # fmt: skip
def test_what_is_not_there_or_there_already_is_refused(office: Office, words: tuple[str, ...]) -> None:
    office.refused(*words, codes=(1,))


def test_one_of_a_name_can_always_be_named(laptop: Laptop) -> None:
    """老王超市 is in two villages, and in one of them there is a 老王超市二店 as well."""
    for name, village in (("老王超市", "皮村"), ("老王超市", "北山"), ("老王超市二店", "皮村")):
        laptop.shop(name, community=village)
    laptop.run("visit", "老王超市", "signed-up", "--community", "皮村")
    laptop.run("tag", "皮村 老王超市", "有冷柜")
    tagged = [(m["name"], m["community"]) for m in laptop.json("list", "--tag", "有冷柜")["merchants"]]
    assert tagged == [("老王超市", "皮村")]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", ["\x1b[31mx", "a\u202eb", "[/]", "{name}", "x\ny", "%s"], ids=repr)
def test_a_refusal_repeats_what_was_typed_harmlessly(office: Office, name: str, lang: str) -> None:
    ran = office.refused("--lang", lang, "visit", name, "pending", codes=(1,))
    assert visible(name).split("\n")[0] in ran.err
