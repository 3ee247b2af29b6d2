"""Three laptops share through two folders that real Syncthing keeps alike: two laptops on one side, one on the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Laptop
from tests.sync.faults.conftest import busy_day, shops, sound
from tests.sync.faults.syncthing import Instance, needed, pair, until
from tests.sync.views import files_of, is_whole

pytestmark = needed
PATIENCE = 90.0  # seconds
Three = tuple[Laptop, Laptop, Laptop]
Sides = tuple[Instance, Instance]


@pytest.fixture
def sides(tmp_path: Path) -> Iterator[Sides]:
    """Two folders that are kept alike."""
    with pair(tmp_path) as both:
        yield both


def alike(sides: Sides) -> bool:
    """Whether both folders hold the same whole segments and the same export."""
    left, right = (files_of(side.folder) for side in sides)
    exports = {path.read_bytes() for side in sides if (path := side.folder / "outreach.json").exists()}
    return left == right and len(exports) == 1 and all(is_whole(file, data) for file, data in left.items())


def converge(three: Three, sides: Sides) -> None:
    """Everyone syncs now and then until all hold the same; what is on its way may be set aside meanwhile."""

    def so_far() -> bool:
        results = [laptop.json("sync", code=None) for laptop in three]
        quiet = not any(result["set_aside"] or result["sent"] or result["received"] for result in results)
        return quiet and len({result["export_sha256"] for result in results}) == 1 and alike(sides)

    until(PATIENCE, so_far, "they do not come together")


def started(three: Three, sides: Sides) -> None:
    """The first makes the folder a shared one on the one side; the third joins on the other as soon as it sees that."""
    fang, lin, mei = three
    left, right = sides
    fang.run("sync", left.folder, "--init")
    lin.run("sync", left.folder)
    until(PATIENCE, lambda: (right.folder / "outreach-team.json").exists(), "nothing crosses over")
    mei.run("sync", right.folder, code=None)


def test_three_laptops_come_together(three: Three, sides: Sides) -> None:
    """All record and sync at their own pace, and nobody waits for Syncthing."""
    started(three, sides)
    for turn in range(4):
        for laptop in three:
            laptop.shop(f"{laptop.home.name}的第{turn}家店")
            busy_day(laptop, 20 * turn)
            laptop.run("sync", code=None)
    converge(three, sides)
    together(three, sides)
    assert len(shops(three[0])) == 3 * (4 + 60)


def test_two_exports_at_once(three: Three, sides: Sides) -> None:
    """Both sides write outreach.json while they cannot see each other. Syncthing keeps one and makes a copy of the other."""
    started(three, sides)
    busy_day(three[0], 5)
    converge(three, sides)
    left, right = sides
    left.call(f"system/pause?device={right.id}")
    for laptop in three:
        laptop.shop(f"{laptop.home.name}的店")
        laptop.run("sync")
    exports = {(side.folder / "outreach.json").read_bytes() for side in sides}
    assert len(exports) == 2, "they cannot see each other"
    left.call(f"system/resume?device={right.id}")
    until(PATIENCE, lambda: any(list(side.folder.glob("outreach.sync-conflict-*")) for side in sides), "no conflict was made")
    converge(three, sides)
    together(three, sides)
    assert len(shops(three[0])) == 5 + 3


def together(three: Three, sides: Sides) -> None:
    """The same records everywhere, sound databases, the same export on both sides, and nobody changed an id."""
    first, *others = three
    assert all(shops(other) == shops(first) for other in others)
    assert all(map(sound, three))
    assert len(list((sides[0].folder / "changes").iterdir())) == 3
    assert not [path for side in sides for path in side.folder.glob("changes/**/*.tmp")]
