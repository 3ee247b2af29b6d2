"""The registers: add, edit, remove, restore, list, show; and `settings`, `doctor`."""

import sqlite3

import pytest

from outreach.domain.records import KINDS
from tests.conftest import Laptop


def test_every_field_of_a_merchant_has_its_option(laptop: Laptop) -> None:
    said = {
        "category": "超市", "address": "东街3号", "landmark": "菜市场旁", "owner": "王老板", "phone": "12000015678",
        "wechat": "lw-12000", "lat": "39.9214", "lon": "116.5830", "hours": "7:00-22:00",
    }  # fmt: skip
    words = [word for name, value in said.items() for word in (f"--{name}", value)]
    laptop.run("merchant", "add", "老王超市", "--community", "皮村", *words)
    found = laptop.json("show", "老王超市")["merchant"]
    assert {k: found[k] for k in said} == said | {"lat": 39_921_400, "lon": 116_583_000}
    options = {f.name for f in KINDS["merchant"].fields} - {"name", "removed", "merged_into"}
    assert options == {*said, "community", "datum"}


def test_an_edit_says_from_what_to_what_and_an_empty_value_clears(laptop: Laptop) -> None:
    laptop.run("merchant", "add", "老王超市", "--phone", "1", "--community", "皮村")
    ran = laptop.run("merchant", "edit", "lwcs", "--phone", "2", "--community", "北山村")
    assert ran.out == "Recorded: merchant 老王超市 · community 皮村 → 北山村; phone 1 → 2\n"
    laptop.run("merchant", "edit", "lwcs", "--phone", "")
    assert "phone" not in laptop.json("show", "lwcs")["merchant"]
    assert "Nothing changed" in laptop.run("merchant", "edit", "lwcs", "--community", "北山村").out
    assert "at least one field" in laptop.run("merchant", "edit", "lwcs", code=2).err
    laptop.run("merchant", "edit", "lwcs", "--name", "老王便利店")
    assert [m["name"] for m in laptop.json("find", "lwbld")["matches"]] == ["老王便利店"]


@pytest.mark.parametrize("kind", ["merchant", "parent", "community"])
def test_what_is_removed_is_off_the_lists_and_comes_back_whole(laptop: Laptop, kind: str) -> None:
    laptop.run(kind, "add", "老王家")
    laptop.run(kind, "remove", "老王家")
    assert laptop.json("find", "老王家")["matches"] == []
    assert "Nothing here is called" in laptop.run(kind, "remove", "老王家", code=1).err
    laptop.run(kind, "restore", "老王家")
    assert [m["kind"] for m in laptop.json("find", "老王家")["matches"]] == [kind]
    assert "not removed" in laptop.run(kind, "restore", "老王家", code=1).err


def test_what_was_removed_is_no_dead_end(laptop: Laptop) -> None:
    laptop.shop("老王超市")
    laptop.shop("老王 面馆")
    assert "outreach merchant restore 老王超市" in laptop.run("merchant", "remove", "lwcs").out
    laptop.run("merchant", "remove", "老王 面馆")
    hint = "老王超市 was removed. To bring it back: outreach merchant restore 老王超市\n"
    for words in (["show", "lwcs"], ["visit", "王超", "pending"], ["find", "老王超市"]):
        assert laptop.run(*words, code=1).err.endswith(hint)
    assert '"老王 面馆"' in laptop.run("show", "老王 面馆", code=1).err
    assert "fits 2" in laptop.run("merchant", "restore", "老王", code=1).err
    laptop.run("merchant", "restore", "lwcs")
    assert [m["name"] for m in laptop.json("list")["merchants"]] == ["老王超市"]
    laptop.lang = "zh"
    assert "老王 面馆已被移除。要恢复请用" in laptop.run("show", "面馆", code=1).err


def test_a_removed_community_says_what_it_leaves_behind(laptop: Laptop) -> None:
    laptop.shop("老王超市")
    laptop.run("parent", "add", "燕子", "--community", "皮村")
    laptop.run("community", "add", "北山村")
    assert len(laptop.run("community", "remove", "北山村").out.splitlines()) == 1
    said = laptop.run("community", "remove", "皮村").out
    assert said.endswith("Shops without a community now: 1; parents: 1; places: 0. outreach undo takes it back.\n")
    laptop.run("undo")
    assert laptop.json("list")["merchants"][0]["community"] == "皮村"
    laptop.lang = "zh"
    assert (
        "有 1 家商户、1 位家长、0 个资源点现在没有社区了；outreach undo 可以撤回。"
        in laptop.run("community", "remove", "皮村").out
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "燕子"], "There is the parent 燕子: outreach parent show 燕子\n"),
        (["history", "皮村"], "There is the community 皮村: outreach community show 皮村\n"),
        (["parent", "show", "老王超市"], "There is the merchant 老王超市: outreach show 老王超市\n"),
        (["visit", "老王超市", "pending", "--with", "小芳妈"], "If she is new: outreach parent add NAME\n"),
    ],
)
def test_what_is_of_another_kind_is_pointed_to(laptop: Laptop, words: list[str], said: str) -> None:
    laptop.shop("老王超市")
    laptop.run("parent", "add", "燕子")
    assert laptop.run(*words, code=1).err.endswith(said)


def test_a_community_s_facts(laptop: Laptop) -> None:
    laptop.run("community", "add", "皮村", "--city", "北京", "--families", "120", "--supermarket-metres", "1800")
    assert laptop.json("community", "show", "pc")["community"]["supermarket_metres"] == 1800
    assert "皮村  北京" in laptop.run("community", "list").out
    assert laptop.run("community", "list", OUTREACH_LANG="zh").out.endswith("共 1 个社区\n")
    assert laptop.run("parent", "list", OUTREACH_LANG="zh").out == "共 0 位家长\n"
    assert "such as 116.5830" in laptop.run("merchant", "add", "老王超市", "--lon", "x", code=2).err
    assert "such as 39.9214" in laptop.run("merchant", "add", "老王超市", "--lat", "x", code=2).err
    assert "already recorded" in laptop.run("community", "add", "皮 村", code=1).err
    assert (
        "families living there: a number such as 4100"
        in laptop.run("community", "edit", "皮村", "--families", "many", code=2).err
    )


def test_a_community_that_was_removed_and_is_added_again_is_the_same_one(laptop: Laptop) -> None:
    laptop.run("community", "add", "皮村")
    (before,) = laptop.json("community", "list")["communities"]
    laptop.run("community", "remove", "皮村")
    laptop.run("community", "add", "皮村")
    assert laptop.json("community", "list")["communities"] == [before]


def test_a_parent_s_consent_and_training(laptop: Laptop) -> None:
    laptop.run("parent", "add", "刘姐", "--consent-on", "11-20", "--consent-how", "当面说明", "--active", "是")
    laptop.run("parent", "edit", "刘姐", "--trained-on", "yesterday")
    (parent,) = laptop.json("parent", "list")["parents"]
    assert (parent["consent_on"], parent["trained_on"], parent["active"]) == ("2026-11-20", "2026-11-23", True)


def test_settings_are_shown_changed_and_reset(laptop: Laptop) -> None:
    laptop.run("settings", "worker", "林晓")
    assert laptop.run("settings", "worker").out == "worker = 林晓\nwho sits at this laptop\n"
    laptop.run("settings", "weights.introduced", "25")
    assert laptop.json("settings")["settings"]["weights.introduced"] == 25
    said = laptop.run("settings", "weights.introduced", "lots", code=2).err
    assert said.startswith("weights.introduced cannot be “lots”: it needs a whole number")
    assert "settings.toml" not in said
    laptop.run("settings", "weights.introduced", "")
    assert laptop.run("settings", "weights.pending", "-5").out == (
        "weights.pending = -5\npoints: the owner is thinking it over; default 20\n"
    )
    laptop.run("settings", "weights.pending", "")
    assert laptop.json("settings")["settings"]["weights.introduced"] == 30
    assert "no setting wieghts.pending. Did you mean weights.pending?" in laptop.run("settings", "wieghts.pending", code=2).err
    text = (laptop.home / "settings.toml").read_text(encoding="utf-8")
    assert 'worker = "林晓"' in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_all_settings_are_listed_lists_and_own_reasons_among_them(laptop: Laptop, lang: str) -> None:
    laptop.lang = lang
    laptop.run("settings", "worker", "林晓")
    with (laptop.home / "settings.toml").open("a", encoding="utf-8") as file:
        file.write('[reasons]\nwinter = {zh = "冬天歇业", en = "closed"}\n')
    lines = laptop.run("settings").out.splitlines()
    rows = {line.split()[0]: line for line in lines}
    assert rows["weights.ally_labels"].endswith('["潜在伙伴"]')
    assert {"en": "points: a parent spoke to the owner of late", "zh": "分数：最近有家长跟店主说过"}[lang] in rows[
        "weights.introduced"
    ]
    assert rows["weights.introduced"].endswith(" 30")
    assert rows["reasons.winter"].endswith('{"zh": "冬天歇业", "en": "closed"}')
    assert str(laptop.home / "settings.toml") in lines[-1]
    assert laptop.run("settings", "weights.ally_labels", '["常客", "潜在伙伴"]').out.startswith(
        'weights.ally_labels = ["常客", "潜在伙伴"]\n'
    )


def test_settings_with_slips_are_mended_one_by_one_and_doctor_names_them(laptop: Laptop) -> None:
    file = laptop.home / "settings.toml"
    laptop.run("settings", "worker", "林晓")
    file.write_text("workr = '林'\n[weights]\nintroducd = 3\nopinion_wait = 9\n", encoding="utf-8")
    (check,) = (c for c in laptop.json("doctor", code=1)["checks"] if c["name"] == "settings")
    assert not check["ok"]
    assert "weights.introducd" in check["text"]
    assert "records are sound" in laptop.run("doctor", code=1).out
    assert "weights.introduced" in laptop.run("priority", code=2).err
    half = laptop.run("settings", "weights.introducd", "", code=2).err  # the other slip is still there
    assert "weights.introducd was changed." in half
    assert "weights.opinion_wait" in half
    laptop.run("settings", "weights.opinion_wait", "-2")
    assert "workr" in laptop.run("settings").err
    laptop.run("settings", "workr", "")
    assert laptop.json("doctor")["ok"]
    assert "workr" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(("lang", "said"), [("en", "line 2 is not written as settings are"), ("zh", "第 2 行")])
def test_a_line_that_is_no_setting_is_named_with_its_number(laptop: Laptop, lang: str, said: str) -> None:
    laptop.lang = lang
    laptop.home.mkdir(exist_ok=True)
    (laptop.home / "settings.toml").write_text("worker = '林晓'\nweights introduced 25\n", encoding="utf-8")
    for words in (("settings", "worker", "林"), ("list",)):
        err = laptop.run(*words, code=None).err
        assert "Traceback" not in err
    assert said in laptop.run("settings", "worker", "林", code=1).err
    assert "weights introduced 25" in laptop.run("settings", code=1).err


def test_doctor_proves_that_the_records_are_the_journal_s_and_names_the_first_difference(laptop: Laptop) -> None:
    laptop.shop("老王超市", "pending", "--follow-up", "3d")
    found = laptop.json("doctor")
    assert found["ok"]
    assert [c["name"] for c in found["checks"]] == ["file", "journal", "fold", "standing", "names", "private", "settings"]
    with sqlite3.connect(laptop.home / "outreach.db") as db:
        db.execute("UPDATE merchant SET name = '别的店'")
    db.close()
    found = laptop.json("doctor", code=1)
    (wrong,) = (c for c in found["checks"] if c["name"] == "fold")
    assert not found["ok"]
    assert 'name: "别的店" / "老王超市"' in wrong["text"]


def test_a_community_shows_its_shops_by_standing_and_its_parents(laptop: Laptop) -> None:
    laptop.shop("老王超市", "signed-up")
    laptop.shop("重庆小面")
    laptop.shop("曾记粥铺")
    laptop.shop("别村的店", community="北山村")
    laptop.run("parent", "add", "燕子", "--community", "皮村")
    lines = laptop.run("community", "show", "皮村").out.splitlines()
    assert lines == [
        "  name  皮村", "", "3 merchants", "  signed up    1  老王超市", "  pending      2  曾记粥铺, 重庆小面", "",
        "1 parent volunteer", "  燕子",
    ]  # fmt: skip
    found = laptop.json("community", "show", "皮村")
    assert ([m["status"] for m in found["merchants"]].count("pending"), found["parents"]) == (2, [{"alias": "燕子"}])
    laptop.lang = "zh"
    assert "  待定      2  曾记粥铺、重庆小面" in laptop.run("community", "show", "皮村").out


def test_a_parent_shows_her_introductions_and_where_those_shops_stand_now(laptop: Laptop) -> None:
    laptop.run("parent", "add", "燕子")
    laptop.run("parent", "add", "刘姐")
    laptop.shop("老王超市")
    laptop.run("refer", "燕子", "老王超市", "--kind", "introduced")
    laptop.run("refer", "燕子", "刘姐")
    laptop.run("visit", "老王超市", "signed-up", "--with", "燕子", "--by", "林晓", "--at", "2026-11-24 09:00")
    text = laptop.run("parent", "show", "燕子").out
    assert "11-24 Tue  老王超市  introduced the project  signed up" in text
    assert "11-24 Tue  刘姐" in text
    assert "2026-11-24 09:00  老王超市  signed up  林晓" in text
    found = laptop.json("parent", "show", "燕子")
    assert {r["status"] for r in found["referrals"]} == {"signed_up", None}
    assert [v["merchant"] for v in found["visits"]] == ["老王超市"]
    assert laptop.json("parent", "show", "刘姐")["visits"] == []


def test_an_edit_without_a_field_names_one_of_that_register(laptop: Laptop) -> None:
    laptop.run("place", "add", "卫生站", "--kind", "clinic", "--community", "皮村")
    assert "for example --families." in laptop.run("community", "edit", "皮村", code=2).err
    assert "for example --hours." in laptop.run("place", "edit", "卫生站", code=2).err
