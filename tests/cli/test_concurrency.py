"""Several processes on one laptop: two terminals, a script, an impatient finger. All wait their turn, none loses anything."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conftest import Laptop, Ran

SHOPS = ["老王超市", "曾记面馆", "重庆小面", "刘记粮油", "小芳水果", "兰州拉面", "阿明五金", "便民药店", "老周理发", "东北饺子"]


def at_once(laptop: Laptop, commands: Iterable[tuple[str, ...]]) -> list[Ran]:
    """Run them all side by side, and insist that all succeed."""
    words = list(commands)
    with ThreadPoolExecutor(len(words)) as pool:
        return list(pool.map(lambda command: laptop.process(*command), words))


def test_ten_visits_to_one_shop_at_once_are_all_kept(laptop: Laptop) -> None:
    laptop.run("settings", "worker", "林晓")
    laptop.shop("老王超市", "pending", "--note", "0")
    ran = at_once(laptop, [("visit", "老王超市", "pending", "--note", str(n)) for n in range(1, 11)])
    assert all(r.out.startswith("Recorded: 老王超市") and r.err == "" for r in ran)
    found = laptop.json("show", "老王超市")
    assert sorted(int(visit["note"]) for visit in found["visits"]) == list(range(11))
    assert found["merchant"]["visits"] == 11
    assert laptop.json("doctor")["ok"]


def test_ten_visits_to_ten_shops_with_marks_are_all_kept(laptop: Laptop) -> None:
    for shop in SHOPS:
        laptop.shop(shop)
    laptop.now = "2026-11-24T10:00:00+08:00"
    at_once(laptop, [("visit", shop, "signed-up", "--tag", "有冷柜", "--follow-up", "3d") for shop in SHOPS])
    listed = laptop.json("list")["merchants"]
    assert {(m["name"], m["status"], m["visits"], tuple(m["tags"])) for m in listed} == {
        (shop, "signed_up", 2, ("有冷柜", "跟进")) for shop in SHOPS
    }
    assert len(laptop.json("due", "--days", "3")["follow_ups"]) == 10
    assert laptop.json("doctor")["ok"]


def test_the_first_start_of_ten_processes_at_once(laptop: Laptop) -> None:
    """No home yet: all make it, one makes it first, and there is one laptop id and one village in the end."""
    at_once(laptop, [("visit", shop, "pending", "--new") for shop in SHOPS])
    assert {m["name"] for m in laptop.json("list")["merchants"]} == set(SHOPS)
    assert len({change["device"] for change in laptop.json("history", "--limit", "100")["changes"]}) == 1
    assert laptop.json("doctor")["ok"]


def test_ten_new_shops_in_a_new_village_at_once_make_one_village(laptop: Laptop) -> None:
    laptop.run("list")
    at_once(laptop, [("visit", shop, "pending", "--new", "--community", "皮村") for shop in SHOPS])
    assert {(m["name"], m["community"]) for m in laptop.json("list")["merchants"]} == {(shop, "皮村") for shop in SHOPS}
    assert len(laptop.json("community", "list")["communities"]) == 1


def test_the_same_new_shop_from_two_terminals_is_one_shop(laptop: Laptop) -> None:
    """Enter was hit twice. The second is told that the shop is there, as it would be a second later."""
    laptop.run("list")
    with ThreadPoolExecutor(4) as pool:
        ran = list(pool.map(lambda _n: laptop.process("visit", "老王超市", "pending", "--new", code=None), range(4)))
    assert sorted(r.code for r in ran) == [0, 1, 1, 1]
    assert len(laptop.json("list")["merchants"]) == 1


def test_reading_never_waits_for_writing_nor_hinders_it(laptop: Laptop) -> None:
    laptop.shop("老王超市", "pending", "--follow-up", "today")
    writers = [("visit", "老王超市", "pending", "--note", str(n)) for n in range(5)]
    readers: list[tuple[str, ...]] = [("list",), ("show", "老王超市"), ("history",), ("due",), ("doctor",)]
    ran = at_once(laptop, [*writers, *readers])
    assert all("老王超市" in r.out for r in ran[:-1])
    assert laptop.json("list")["merchants"][0]["visits"] == 6


@pytest.mark.parametrize("times", [4])
def test_undo_and_visit_at_once_leave_a_sound_journal(laptop: Laptop, times: int) -> None:
    """Each undo takes back one whole act, never the same one twice."""
    for n in range(times):
        laptop.run("visit", "老王超市", "pending", "--note", str(n), *(["--new"] if n == 0 else []))
    at_once(laptop, [("undo",)] * times)
    assert laptop.json("list")["merchants"] == []
    assert "nothing to take back" in laptop.run("undo", code=1).err
    assert laptop.json("doctor")["ok"]
