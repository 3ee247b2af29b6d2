"""What parents do and say: `refer`, `opinion`."""

from tests.conftest import Laptop


def test_a_mother_introduces_the_project_to_an_owner(laptop: Laptop) -> None:
    laptop.shop("老周粮油店")
    laptop.run("parent", "add", "燕子", "--community", "皮村", "--phone", "12000000001")
    ran = laptop.run("refer", "燕子", "lzlyd", "--at", "yesterday", "--note", "您加入了我们就不用跑远路")
    assert ran.out == "Recorded: 燕子 → 老周粮油店 · introduced the project\n"
    (referral,) = laptop.json("show", "lzlyd")["referrals"]
    assert (referral["kind"], referral["at"], referral["parent_alias"]) == ("introduced", "2026-11-23", "燕子")
    assert referral["note"] == "您加入了我们就不用跑远路"


def test_a_new_parent_belongs_to_the_village_she_spoke_in(laptop: Laptop) -> None:
    laptop.shop("老周粮油店")
    assert "--new" in laptop.run("refer", "阿芳", "lzlyd", code=1).err
    laptop.run("refer", "阿芳", "lzlyd", "--new", "--kind", "请")
    (parent,) = laptop.json("parent", "list")["parents"]
    (community,) = laptop.json("community", "list")["communities"]
    assert (parent["alias"], parent["community"]) == ("阿芳", community["id"])
    assert "already recorded" in laptop.run("refer", "阿芳", "lzlyd", "--new", code=1).err


def test_a_parent_brings_in_another(laptop: Laptop) -> None:
    laptop.run("parent", "add", "燕子")
    laptop.run("parent", "add", "刘姐")
    assert "燕子 → 刘姐" in laptop.run("refer", "燕子", "刘姐").out
    assert "cannot introduce herself" in laptop.run("refer", "燕子", "燕子", code=1).err


def test_parents_say_by_name_or_by_number(laptop: Laptop) -> None:
    laptop.shop("老周粮油店")
    laptop.run("parent", "add", "燕子")
    laptop.run("opinion", "lzlyd", "reliable", "--parent", "燕子")
    laptop.run("opinion", "lzlyd", "优先", "--count", "4")
    said = laptop.json("show", "lzlyd")["opinions"]
    told = {(o["view"], o.get("parent_alias"), o.get("count")) for o in said}
    assert told == {("reliable", "燕子", None), ("first", None, 4)}
    for words in ([], ["--parent", "燕子", "--count", "2"]):
        assert "--parent" in laptop.run("opinion", "lzlyd", "first", *words, code=2).err
    assert "1 to" in laptop.run("opinion", "lzlyd", "first", "--count", "0", code=2).err


def test_no_contact_of_a_parent_is_shown_unless_asked_for(laptop: Laptop) -> None:
    laptop.run("parent", "add", "燕子", "--phone", "12000000001", "--consent-on", "today", "--consent-how", "当面")
    laptop.shop("老周粮油店")
    laptop.run("refer", "燕子", "lzlyd")
    for words in (["parent", "list"], ["parent", "show", "燕子"], ["show", "lzlyd"], ["find", "燕子"], ["history"]):
        assert "12000000001" not in laptop.run(*words).out + laptop.run(*words, "--json").out
    for words in (["parent", "show", "燕子"], ["history"]):
        assert "12000000001" in laptop.run(*words, "--with-contacts").out
    assert laptop.run("parent", "edit", "燕子", "--phone", "12000000002").out == "Recorded: parent 燕子 · phone *** → ***\n"


def test_a_parent_who_asks_another_one_asks_her_to_take_part(laptop: Laptop) -> None:
    for alias in ("燕子", "刘姐"):
        laptop.run("parent", "add", alias)
    assert "燕子 → 刘姐 · asked her to take part" in laptop.run("refer", "燕子", "刘姐", "--kind", "asked").out
    laptop.lang = "zh"
    assert "燕子 → 刘姐 · 请她参加" in laptop.run("refer", "燕子", "刘姐", "--kind", "asked").out
