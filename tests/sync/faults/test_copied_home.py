"""A laptop whose data folder is used twice: copied to another laptop, or restored from an old backup. The real command.

Both go on; one of them takes a new id, is told so, and everything of both is kept.
"""

import json
import shutil
from contextlib import closing
from pathlib import Path

from outreach.store.connection import device_of, open_database
from tests.conftest import Laptop, Ran
from tests.sync.faults.conftest import agree, busy_day, shops

Three = tuple[Laptop, Laptop, Laptop]
NOTICE = "This laptop goes on under a new id; everything of both was kept."


def device(laptop: Laptop) -> str:
    """Its id."""
    with closing(open_database(laptop.home)) as db:
        return device_of(db)


def copied(source: Laptop, target: Laptop) -> None:
    """The data folder of one laptop is now the other's, but for what it calls itself."""
    settings = (target.home / "settings.toml").read_bytes()
    shutil.rmtree(target.home)
    shutil.copytree(source.home, target.home)
    (target.home / "settings.toml").write_bytes(settings)


def told(ran: Ran) -> int:
    """How often a command said that there is a new id."""
    return ran.err.count(NOTICE)


def visit(laptop: Laptop, shop: str) -> None:
    """Record a shop of that name."""
    laptop.run("visit", shop, "pending", "--new")


def test_a_cloned_laptop_and_its_original_both_go_on(three: Three, share: Path) -> None:
    fang, lin, mei = three
    busy_day(fang, 3)
    fang.run("sync", share, "--init")
    lin.run("sync", share)
    copied(fang, mei)
    assert device(mei) == device(fang)
    recorded = set(shops(fang))
    notices = 0
    for turn in range(3):
        for laptop in (fang, mei):
            shop = f"{laptop.home.name}的第{turn}家店"
            visit(laptop, shop)
            recorded.add(shop)
        for laptop in (mei, fang):
            notices += told(laptop.run("sync"))
    assert notices == 1, "one of the two changed its id, once, and was told"
    agree(fang, mei, lin)
    assert len({device(laptop) for laptop in three}) == 3
    assert all(shops(laptop) == recorded for laptop in three)


def test_two_clones_of_a_laptop_that_never_synced(three: Three, share: Path) -> None:
    """Set up once and copied to all: the most usual way. What was in it before the copying is there once."""
    fang, lin, mei = three
    busy_day(fang, 3)
    for other in (lin, mei):
        copied(fang, other)
    for laptop in three:
        visit(laptop, f"{laptop.home.name}的店")
    fang.run("sync", share, "--init")
    assert [told(laptop.run("sync", share)) for laptop in (lin, mei)] == [1, 1]
    agree(*three)
    assert len({device(laptop) for laptop in three}) == 3
    assert all(len(shops(laptop)) == 6 for laptop in three)


def test_the_notice_as_json(three: Three, share: Path) -> None:
    fang, _lin, mei = three
    fang.run("sync", share, "--init")
    copied(fang, mei)
    for laptop in (fang, mei):
        visit(laptop, f"{laptop.home.name}的店")
        document = json.loads(laptop.run("sync", "--json").out)
    (notice,) = document["notices"]
    assert notice["code"] == "new_identity"
    assert NOTICE in notice["text"]
    assert document["sent"] == 2
    assert mei.json("sync")["notices"] == []


def test_a_home_restored_from_an_old_backup(three: Three, share: Path, tmp_path: Path) -> None:
    """What it had sent since comes back from the folder, under its old id; it goes on under a new one."""
    fang, lin, _mei = three
    visit(fang, "备份前的店")
    fang.run("sync", share, "--init")
    shutil.copytree(fang.home, tmp_path / "backup")
    visit(fang, "备份后的店")
    fang.run("sync")
    before = device(fang)
    shutil.rmtree(fang.home)
    shutil.copytree(tmp_path / "backup", fang.home)
    assert shops(fang) == {"备份前的店"}
    visit(fang, "恢复后的店")
    assert told(fang.run("sync")) == 1
    assert device(fang) != before
    lin.run("sync", share)
    agree(fang, lin)
    assert shops(fang) == shops(lin) == {"备份前的店", "备份后的店", "恢复后的店"}


def test_a_home_restored_twice_from_the_same_backup(three: Three, share: Path, tmp_path: Path) -> None:
    fang, lin, _mei = three
    fang.run("sync", share, "--init")
    shutil.copytree(fang.home, tmp_path / "backup")
    ids = set()
    for turn in range(3):
        visit(fang, f"第{turn}家店")
        fang.run("sync")
        ids.add(device(fang))
        if turn < 2:
            shutil.rmtree(fang.home)
            shutil.copytree(tmp_path / "backup", fang.home)
    assert len(ids) == 3
    lin.run("sync", share)
    agree(fang, lin)
    assert shops(fang) == shops(lin) == {f"第{turn}家店" for turn in range(3)}
