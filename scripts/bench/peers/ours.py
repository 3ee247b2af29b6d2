"""outreach itself: four laptops send what they recorded, a fresh one syncs. Every step is what a sync does, whole.

A visit is one as this program records it, its place a merchant. The export, which no peer has, is counted apart: building
it, comparing it and writing it.
"""

import gc
import importlib
import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from outreach.domain.change import Draft, canonical
from outreach.domain.ids import natural_id
from outreach.store.connection import get_meta, open_database
from outreach.store.journal import record
from outreach.sync import exchange, export, outgoing
from outreach.sync.folder import Folder, Listing
from outreach.sync.result import Laptop
from peers.work import DEVICES, NOON, PLACES, STATUSES, Row, an_id, content, new_visits, run, shared, visits

gc.set_threshold(100_000)  # as the command line does
for _late in ("outreach.store.migrations", "pypinyin"):  # imports are in nobody's time, so not in ours
    importlib.import_module(_late)

_OUTCOMES = dict(zip(STATUSES, ("signed_up", "pending", "not_met", "refused"), strict=True))
_MERCHANTS = {place: natural_id("merchant", place) for place in PLACES}


def drafts(rows: list[Row]) -> Iterator[Draft]:
    """The visits as they are recorded."""
    for row in rows:
        fields = {"merchant": _MERCHANTS[row["place"]], "visited_at": row["visited_at"], "outcome": _OUTCOMES[row["status"]]}
        yield Draft("visit", row["id"], {**fields, "by": row["name"], "minutes": row["rating"], "note": row["note"]})


def merchants() -> Iterator[Draft]:
    """The places."""
    return (Draft("merchant", i, {"name": place}) for place, i in _MERCHANTS.items())


def note(db: sqlite3.Connection, new: Iterator[Draft], device: int) -> None:
    """A worker records them."""
    record(db, list(new), now=NOON, label="bench", worker=f"社工{device}")


def seed(work: Path) -> Row:
    """Four laptops hold a quarter each, the merchants too, since nobody saw another's. Says what plain JSON they would be."""
    rows = visits(work)
    for device in range(DEVICES):
        db = open_database(work / f"a{device}")
        note(db, merchants(), device)
        note(db, drafts([row for row in rows if row["device"] == f"dev{device}"]), device)
        db.close()
    return {"plain": sum(len(canonical({"id": d.id, **d.fields}).encode()) + 1 for d in drafts(rows))}


class ExportClock:
    """Counts the seconds that go into the export, wherever a sync makes it."""

    def __init__(self) -> None:
        self.seconds = self.computing = 0.0
        for module, name in ((export, "write"), (outgoing, "_renew_export")):
            setattr(module, name, self._timed(getattr(module, name)))

    def _timed(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*values: Any) -> Any:
            started, computed = time.perf_counter(), time.process_time()
            try:
                return work(*values)
            finally:
                self.seconds += time.perf_counter() - started
                self.computing += time.process_time() - computed

        return timed

    def told(self) -> Row:
        """As a step says it."""
        return {"export": self.seconds, "export_cpu": self.computing}


def laptop(db: sqlite3.Connection, home: Path) -> Laptop:
    """The laptop whose data lies in `home`."""
    return exchange.laptop_of(db, home.name, home, NOON)


def push(work: Path) -> Row:
    """Each of the four sends what it has, before it has read the others'."""
    clock, folder = ExportClock(), Folder(shared(work))
    for device in range(DEVICES):
        home = work / f"a{device}"
        db = open_database(home)
        if not device:
            exchange.found(db, folder, laptop(db, home))
        exchange.join(db, folder)
        outgoing.send(db, folder, Listing({}), laptop(db, home), str(get_meta(db, "team")), exchange.quiet)
        db.close()
    return clock.told()


def meet(work: Path, name: str, new: list[Row] | None = None) -> Row:
    """A laptop records what is new, and syncs."""
    clock, home = ExportClock(), work / name
    db = open_database(home)
    if new:
        note(db, drafts(new), 0)
    result = exchange.sync(db, Folder(shared(work)), laptop(db, home))
    assert not result.set_aside
    assert db.execute("SELECT by FROM visit WHERE id = ?", (an_id(work),)).fetchone()
    (count,) = db.execute("SELECT count(*) FROM visit WHERE live = 1").fetchone()
    db.close()
    return {"count": count, **clock.told()}


def held(work: Path) -> list[Row]:
    """B's visits, in the words of the input."""
    statuses, places = ({v: k for k, v in words.items()} for words in (_OUTCOMES, _MERCHANTS))
    with (shared(work) / "outreach.json").open(encoding="utf-8") as file:
        found = json.load(file)["visits"]
    return [
        {
            "id": visit["id"],
            "name": visit["by"],
            "place": places[visit["merchant"]],
            "visited_at": visit["visited_at"],
            "status": statuses[visit["outcome"]],
            "rating": visit["minutes"],
            "note": visit["note"],
        }
        for visit in found
    ]


if __name__ == "__main__":
    run(
        {
            "seed": seed,
            "push": push,
            "pull": lambda work: meet(work, "b"),
            "meet": lambda work: meet(work, "a0"),
            "inc_push": lambda work: meet(work, "a0", new_visits(work)),
            "inc_pull": lambda work: meet(work, "b"),
            "check": lambda work: content(held(work)),
        }
    )
