"""What tests of sharing need: laptops in this process, each with its own database, and a team that shares a folder."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from outreach.domain.change import Draft
from outreach.domain.records import KINDS
from outreach.i18n import use
from outreach.store.connection import FILE, device_of, open_database, set_meta
from outreach.store.journal import record
from outreach.sync import exchange
from outreach.sync.folder import Folder
from outreach.sync.result import SyncResult

NOON = 1_795_500_000_000  # 2026-11-24, ms since 1970
TABLES = (*KINDS, "standing", "lookup")


def shop_id(name: str) -> str:
    """The id of the shop of that name: in the form of the program's own, which is read in one look."""
    return "m" + name.encode().hex()


@dataclass
class Peer:
    """A laptop, without its terminal."""

    home: Path
    db: sqlite3.Connection
    share: Path
    clock: Iterator[int] = field(default_factory=lambda: count(NOON))

    @property
    def name(self) -> str:
        """What it calls itself."""
        return self.home.name

    @property
    def device(self) -> str:
        """Its id."""
        return device_of(self.db)

    def note(self, kind: str, record_id: str, /, **fields: object) -> None:
        """Record something."""
        record(self.db, [Draft(kind, record_id, fields)], now=next(self.clock), label="test", worker="王芳")

    def shop(self, name: str) -> str:
        """Record a shop and give its id."""
        self.note("merchant", shop_id(name), name=name)
        return shop_id(name)

    def found(self) -> None:
        """Make the share a shared folder."""
        exchange.found(self.db, Folder(self.share), exchange.laptop_of(self.db, self.name, self.home))

    def sync(self, **more: Any) -> SyncResult:
        """Sync with the share."""
        return exchange.sync(self.db, Folder(self.share), exchange.laptop_of(self.db, self.name, self.home), **more)

    def rehearse(self, *, init: bool = False) -> SyncResult:
        """A dry run."""
        laptop = exchange.laptop_of(self.db, self.name, self.home)
        return exchange.rehearse(self.db, Folder(self.share), laptop, init=init)

    def tables(self) -> dict[str, list[tuple[object, ...]]]:
        """Everything that is derived from the journal."""
        return {t: sorted((tuple(r) for r in self.db.execute(f"SELECT * FROM {t}")), key=repr) for t in TABLES}  # noqa: S608

    def journal(self) -> set[tuple[object, ...]]:
        """The set of changes it holds."""
        return {tuple(r) for r in self.db.execute("SELECT kind, id, stamp, device, worker, base, fields FROM journal")}

    def own_files(self) -> list[Path]:
        """Its segments in the share."""
        return sorted((self.share / "changes" / self.device).glob("*.jsonl"))


@dataclass
class Team:
    """Some laptops and the folder they share, under `place`."""

    place: Path
    template: Path
    peers: dict[str, Peer] = field(default_factory=dict)
    clock: Iterator[int] = field(default_factory=lambda: count(NOON))

    @property
    def share(self) -> Path:
        """The shared folder."""
        return self.place / "share"

    @property
    def export(self) -> bytes:
        """The shared export."""
        return (self.share / "outreach.json").read_bytes()

    @property
    def document(self) -> Any:
        """The shared export, read."""
        return json.loads(self.export)

    def peer(self, name: str) -> Peer:
        """A laptop of that name, new if there is none."""
        if name not in self.peers:
            home = self.place / name
            home.mkdir()
            shutil.copy(self.template, home / FILE)  # cheaper than making the tables each time
            db = open_database(home)
            set_meta(db, "device", f"{name.encode().hex():0>10}"[-10:])
            self.peers[name] = Peer(home, db, self.share, self.clock)
        return self.peers[name]

    def three(self) -> tuple[Peer, Peer, Peer]:
        """Three laptops; the first has made the folder a shared one."""
        first, second, third = (self.peer(name) for name in ("fang", "lin", "mei"))
        first.found()
        return first, second, third

    def close(self) -> None:
        """Close the databases."""
        for peer in self.peers.values():
            peer.db.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database in one file."""
    use("en")
    home = tmp_path_factory.mktemp("template")
    with closing(open_database(home)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return home / FILE


@pytest.fixture(scope="session")
def teams(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Any]:
    """Makes a team for a `with`: what a property test needs, for each of its examples."""

    @contextmanager
    def make() -> Iterator[Team]:
        place = tmp_path_factory.mktemp("team")
        team = Team(place, template)
        try:
            yield team
        finally:
            team.close()
            shutil.rmtree(place)

    return make


@pytest.fixture
def team(teams: Callable[[], Any]) -> Iterator[Team]:
    """A team whose folder is not a shared one yet."""
    with teams() as made:
        yield made
