"""`kill -9` at five hundred random moments of a sync: as sender, as receiver, as both, and while rolling up.

Nothing is steered: the moment is drawn between the start of the process and the time a sync usually takes. Once the killing
is over, one quiet sync each must bring everyone to the same state, with everything that was ever recorded.
"""

import os
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from outreach.domain.change import Draft
from outreach.store.check import examine
from outreach.store.connection import FILE, device_of, open_database
from outreach.store.journal import former_ids, record, unshared
from outreach.sync.result import Stage
from outreach.sync.segment import place_of
from tests.sync.conftest import NOON, Peer, Team
from tests.sync.faults.dying import MANY, Death, die, usual
from tests.sync.views import files_of, is_whole

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork and no SIGKILL here")
KILLS = 50  # per test
MEMORY = Path("/dev/shm")
SENDER, RECEIVER, FEEDER = "fang", "lin", "mei"


@dataclass
class Village:
    """Three laptops, none of whose databases stays open here: what a fork inherits must not be one."""

    place: Path
    clock: Iterator[int] = field(default_factory=lambda: count(NOON))
    recorded: dict[str, set[str]] = field(default_factory=lambda: {SENDER: set(), RECEIVER: set(), FEEDER: set()})

    @property
    def share(self) -> Path:
        """The shared folder."""
        return self.place / "share"

    def note(self, name: str, visits: int) -> None:
        """Record so many visits to one shop, whose name everyone changes."""
        now = [next(self.clock) for _n in range(visits)]
        fields = {"merchant": "mwang", "outcome": "pending", "visited_at": "2026-11-24"}
        drafts = [Draft("visit", f"v{n}", fields | {"note": f"{name} {n}"}) for n in now]
        with closing(open_database(self.place / name)) as db:
            record(db, [*drafts, Draft("merchant", "mwang", {"name": name})], now=now[-1], label="test")
        self.recorded[name] |= {draft.id for draft in drafts}

    def sync(self, name: str) -> Death:
        """A sync that nobody kills."""
        return die(self.place / name, self.share, None)

    def peer(self, name: str) -> Peer:
        """The laptop, its database open: to be looked at, once no child is to come."""
        home = self.place / name
        return Peer(home, open_database(home), self.share)


@pytest.fixture
def village(template: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Village]:
    """Three laptops that have each synced once, and know one shop.

    Most of them in memory: a kill is a kill, and flushing to a disk is nine tenths of the time. Every fifth is on the disk.
    """
    seed = request.node.callspec.params.get("seed", 0) if hasattr(request.node, "callspec") else 0
    memory = MEMORY if MEMORY.is_dir() and seed % 5 else tmp_path
    with TemporaryDirectory(dir=memory) as made:
        team = Team(Path(made), template)
        team.three()
        team.close()
        village = Village(team.place)
        for name in (SENDER, FEEDER, RECEIVER):
            village.note(name, 1)
            village.sync(name)
        yield village


def test_the_moments_are_spread_over_the_whole_of_a_sync(village: Village) -> None:
    """What the five hundred rest on: a child is killed where the parent says, and is heard until then."""
    village.note(SENDER, 3)
    assert die(village.place / SENDER, village.share, 0.0).killed
    whole = village.sync(SENDER)
    assert (whole.killed, whole.stage) == (False, Stage.EXPORTING)


@pytest.mark.parametrize("seed", range(500 // KILLS))
def test_fifty_kills_lose_and_double_nothing(village: Village, seed: int) -> None:
    deaths = list(killings(village, random.Random(seed)))
    assert len(deaths) == KILLS
    assert sum(death.killed for death in deaths) > KILLS / 4, "too many syncs had ended before"
    assert len({death.stage for death in deaths if death.killed}) >= 2, Counter(death.stage for death in deaths)
    for name in (SENDER, FEEDER, RECEIVER, SENDER, FEEDER, RECEIVER):
        village.sync(name)
    peers = [village.peer(name) for name in (SENDER, RECEIVER, FEEDER)]
    try:
        converged(village, peers)
        for peer in peers:
            sound(peer)
    finally:
        for peer in peers:
            peer.db.close()
    left_clean(village, peers)


def killings(village: Village, drawn: random.Random) -> Iterator[Death]:
    """Each kill hits the sender or the receiver of a round; the third laptop and the clock go on undisturbed."""
    lives = {name: [each(village, name) for _n in range(3)] for name in (SENDER, RECEIVER)}
    for turn in range(KILLS):
        name = (SENDER, RECEIVER)[turn % 2]
        prepare(village, name)
        yield die(village.place / name, village.share, drawn.uniform(0, usual(lives[name])))
        opens(village, name)
        if turn % 5 > 2:  # or else nothing would ever get far enough to be rolled up
            village.sync(name)


def each(village: Village, name: str) -> Death:
    """A whole sync with the work that those have which are killed."""
    prepare(village, name)
    return village.sync(name)


def prepare(village: Village, name: str) -> None:
    """Changes wait with the sender, files with the receiver, who has one change of its own as well."""
    village.note(name, 3 if name == SENDER else 1)
    if name == RECEIVER:
        village.note(FEEDER, 2)
        village.sync(FEEDER)


def opens(village: Village, name: str) -> None:
    """After a kill, at once: the database opens and has every visit that was recorded here."""
    with closing(open_database(village.place / name)) as db:
        assert village.recorded[name] <= {row["id"] for row in db.execute("SELECT id FROM journal WHERE kind = 'visit'")}


def converged(village: Village, peers: list[Peer]) -> None:
    """The same journal, the same tables, nothing missing, nothing twice, and nobody took anybody for a stranger."""
    first, *others = peers
    assert {change[1] for change in first.journal() if change[0] == "visit"} == set().union(*village.recorded.values())
    for peer in peers:
        assert peer.db.execute("SELECT count(*) FROM journal").fetchone()[0] == len(peer.journal())
        assert (unshared(peer.db), former_ids(peer.db)) == (0, [])
    for other in others:
        assert other.journal() == first.journal()
        assert other.tables() == first.tables()
    assert len({peer.sync(many=10_000).export_sha256 for peer in peers}) == 1


def sound(peer: Peer) -> None:
    """Doctor is content, and the chain of own segments has each number once, each leading to the one before."""
    assert [finding for finding in examine(peer.db) if not finding.ok] == []
    sql = "SELECT number, hash, header, replaced_by FROM segment WHERE device = ? AND published IS NOT NULL ORDER BY number"
    own = peer.db.execute(sql, (device_of(peer.db),)).fetchall()
    assert [row["number"] for row in own] == list(range(1, len(own) + 1))
    assert all(f'"previous":"{before["hash"]}"' in after["header"] for before, after in pairwise(own))
    assert any(row["replaced_by"] for row in own), f"none of {len(own)} segments was rolled up; MANY is {MANY}"


def left_clean(village: Village, peers: list[Peer]) -> None:
    """In the folder whole segments, each number once, the export and the team's files; at home the database and the lock."""
    found = files_of(village.share)
    assert all(is_whole(file, data) for file, data in found.items())
    places = [place_of(path.parent.name, path.name) for path in map(Path, found)]
    numbers = [(place.device, place.number) for place in places if place]
    assert len(numbers) == len(set(numbers)) == len(found)
    others = {p.relative_to(village.share).as_posix() for p in village.share.rglob("*") if p.is_file()} - found.keys()
    assert others == {"outreach.json", "outreach-team.json", "README.txt"}
    for peer in peers:
        assert {path.name for path in peer.home.iterdir()} <= {FILE, f"{FILE}-wal", f"{FILE}-shm", "sync.lock"}


def test_a_laptop_that_comes_after_all_of_it_gets_all_of_it(village: Village, teams: Callable[[], Any]) -> None:
    """The folder as a killed laptop left it is in order for a new one, before the killed one syncs again."""
    drawn = random.Random("after")
    for turn in range(10):
        prepare(village, SENDER)
        die(village.place / SENDER, village.share, drawn.uniform(0, 0.04))
        with teams() as other:
            new = other.peer(f"new{turn}")
            new.share = village.share
            result = new.sync()
            assert result.set_aside == ()
            assert result.received == len(new.journal())
            sent = b"".join(files_of(village.share).values()).decode()
            assert {change[1] for change in new.journal() if change[0] == "visit"} == set(re.findall('"id":"(v[0-9]+)"', sent))
            assert [finding for finding in examine(new.db) if not finding.ok] == []
