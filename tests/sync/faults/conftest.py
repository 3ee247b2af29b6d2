"""Laptops that run the real command, as people of a team have them."""

from contextlib import closing
from pathlib import Path

import pytest

from outreach.domain.change import Draft
from outreach.store.check import examine
from outreach.store.connection import open_database
from outreach.store.journal import record
from tests.conftest import Laptop

NOTE = "老板娘说孩子在老家上学，过了年再来问一次。" * 3


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """Where the shared folder is to be."""
    return tmp_path / "share"


@pytest.fixture
def three(tmp_path: Path) -> tuple[Laptop, Laptop, Laptop]:
    """Three laptops, each called after its owner."""
    made = [named(tmp_path / name) for name in ("fang", "lin", "mei")]
    return made[0], made[1], made[2]


def named(home: Path) -> Laptop:
    """A laptop that is called as its data folder is."""
    home.mkdir(mode=0o700)
    (home / "settings.toml").write_text(f'laptop = "{home.name}"\n', encoding="utf-8")
    return Laptop(home)


def busy_day(laptop: Laptop, shops: int) -> None:
    """Record so many shops with a note each, in one go."""
    tag = laptop.home.name
    drafts = [Draft("merchant", f"{tag}{n:05}", {"name": f"{tag}{n}号店", "note": NOTE}) for n in range(shops)]
    with closing(open_database(laptop.home)) as db:
        record(db, drafts, now=1_795_500_000_000, label="test")


def shops(laptop: Laptop) -> set[str]:
    """The names of all shops that it knows."""
    with closing(open_database(laptop.home)) as db:
        return {row["name"] for row in db.execute("SELECT name FROM merchant WHERE live = 1")}


def sound(laptop: Laptop) -> bool:
    """Whether doctor would find nothing in its database."""
    with closing(open_database(laptop.home)) as db:
        return all(finding.ok for finding in examine(db))


def agree(*laptops: Laptop) -> None:
    """Sync in turn until all has gone round; insist that nothing waits, all hold the same, and every database is sound."""
    for laptop in laptops:
        laptop.run("sync")
    for laptop in laptops[:-1]:
        laptop.run("sync")
    assert len({laptop.json("sync")["export_sha256"] for laptop in laptops}) == 1
    assert all(map(sound, laptops))
