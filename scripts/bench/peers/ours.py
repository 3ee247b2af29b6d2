"""outreach itself: four laptops send what they recorded, a fresh one syncs. Every step is what a sync does, whole.

A visit is one as this program records it, its place a merchant. The export, which no peer has, is made after the rest and
counted apart.
"""

import gc
import importlib
import json
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from outreach.domain.change import Draft, canonical
from outreach.domain.ids import natural_id
from outreach.store.connection import get_meta, open_database
from outreach.store.journal import record
from outreach.sync import exchange, outgoing
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


def export_apart(home: Path, folder: Folder) -> Row:
    """The seconds that building, comparing and writing the export takes, where a sync without it has gone before."""
    started, computed = time.perf_counter(), time.process_time()
    db = open_database(home)
    outgoing.send(db, folder, folder.listing(), laptop(db, home), str(get_meta(db, "team")), exchange.quiet)
    db.close()
    return {"export": time.perf_counter() - started, "export_cpu": time.process_time() - computed}


def laptop(db: sqlite3.Connection, home: Path) -> Laptop:
    """The laptop whose data lies in `home`."""
    return exchange.laptop_of(db, home.name, home, NOON)


def push(work: Path) -> Row:
    """Each of the four sends what it has, before it has read the others'. Then each makes the export."""
    folder, homes = Folder(shared(work)), [work / f"a{device}" for device in range(DEVICES)]
    dbs = list(map(open_database, homes))
    exchange.found(dbs[0], folder, laptop(dbs[0], homes[0]))
    for db, home in zip(dbs, homes, strict=True):
        exchange.join(db, folder)
        team = str(get_meta(db, "team"))
        outgoing.send(db, folder, Listing({}), laptop(db, home), team, exchange.quiet, export=False)
    for db in dbs:
        db.close()
    apart = Counter[str]()
    for home in homes:
        apart.update(export_apart(home, folder))
    return apart


def meet(work: Path, name: str, new: list[Row] | None = None) -> Row:
    """A laptop records what is new, and syncs. Its database is closed before the export, which would slow the closing."""
    home, folder = work / name, Folder(shared(work))
    db = open_database(home)
    if new:
        note(db, drafts(new), 0)
    result = exchange.sync(db, folder, laptop(db, home), export=False)
    assert not result.set_aside
    db.close()
    return export_apart(home, folder)


def take(work: Path) -> Row:
    """A laptop that recorded nothing syncs, and can look up visits and count them (it has summed them up by merchant)."""
    told = meet(work, "b")
    db = open_database(work / "b")
    assert db.execute("SELECT by FROM visit WHERE id = ?", (an_id(work),)).fetchone()
    (count,) = db.execute("SELECT sum(visits) FROM standing").fetchone()
    db.close()
    return {"count": count, **told}


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
            "pull": take,
            "meet": lambda work: meet(work, "a0"),
            "inc_push": lambda work: meet(work, "a0", new_visits(work)),
            "inc_pull": take,
            "check": lambda work: content(held(work)),
        }
    )
