"""`undo` takes back whole acts, one after another, and `history` tells the story."""

from tests.conftest import Laptop


def test_a_visit_with_its_new_shop_mark_and_follow_up_is_one_act(laptop: Laptop) -> None:
    laptop.shop("老王超市", "pending", "--tag", "有冷柜", "--follow-up", "today")
    ran = laptop.run("undo")
    assert ran.out.startswith("Taken back: ")
    marks = ("mark 老王超市 有冷柜", "follow-up 11-24 Tue")
    for part in ("community 皮村", "merchant 老王超市", "visit 老王超市 pending", *marks):
        assert part in ran.out
    assert laptop.json("list")["merchants"] == []
    assert laptop.json("due")["follow_ups"] == []
    assert laptop.json("community", "list")["communities"] == []
    assert "nothing to take back" in laptop.run("undo", code=1).err


def test_again_and_again_each_value_before_comes_back(laptop: Laptop) -> None:
    laptop.shop("老王超市", "pending", "--phone", "1")
    for phone in ("2", "3", ""):
        laptop.run("merchant", "edit", "lwcs", "--phone", phone)
    seen = []
    for _ in range(3):
        laptop.run("undo")
        seen.append(laptop.json("show", "lwcs")["merchant"].get("phone"))
    assert seen == ["3", "2", "1"]


def test_undo_between_new_work(laptop: Laptop) -> None:
    laptop.shop("老王超市")
    laptop.run("tag", "lwcs", "甲")
    laptop.run("undo")
    laptop.run("tag", "lwcs", "乙")
    laptop.run("undo")
    assert laptop.json("list")["merchants"][0]["tags"] == []
    laptop.run("undo")
    assert laptop.json("list")["merchants"] == []


def test_undoing_done_opens_the_follow_up_as_it_was(laptop: Laptop) -> None:
    laptop.shop("老王超市", "pending", "--follow-up", "11-20")
    before = laptop.json("due")
    laptop.run("done", "lwcs")
    laptop.run("undo")
    assert laptop.json("due") == before


def test_a_shop_that_others_built_on_stays(laptop: Laptop) -> None:
    laptop.run("community", "add", "皮村")
    laptop.run("merchant", "add", "老王超市", "--community", "皮村")
    laptop.run("visit", "lwcs", "pending")
    laptop.run("undo")
    laptop.run("undo")
    assert laptop.json("list")["merchants"] == []
    laptop.run("merchant", "restore", "老王超市")
    assert len(laptop.json("list")["merchants"]) == 1


def test_history_says_who_changed_what_from_what(laptop: Laptop) -> None:
    laptop.shop("老王超市", "pending", "--phone", "12000000001")
    laptop.run("merchant", "edit", "lwcs", "--phone", "12000000002", OUTREACH_WORKER="林晓")
    last = laptop.json("history", "lwcs")["changes"][-1]
    assert last["fields"] == {"phone": {"from": "12000000001", "to": "12000000002"}}
    assert (last["worker"], last["created"], last["about"]) == ("林晓", False, "老王超市")
    line = laptop.run("history", "lwcs").out.splitlines()[-1]
    assert "林晓  this one" in line
    assert "phone 12000000001 → 12000000002" in line
    assert "2026-11-24 09:00" in line


def test_history_of_one_shop_leaves_out_the_others(laptop: Laptop) -> None:
    laptop.shop("老王超市")
    laptop.shop("重庆小面")
    assert {c["about"].split()[0] for c in laptop.json("history", "cqxm")["changes"]} == {"重庆小面"}
    assert len(laptop.json("history", "--limit", "2")["changes"]) == 2
