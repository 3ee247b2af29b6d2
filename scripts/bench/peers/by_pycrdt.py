"""pycrdt (Yrs): a map of visits, a nested map per visit. A replica is an update file; A shares its updates."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pycrdt import Doc, Map

from peers.work import Row, an_id, content, keep, new_visits, run, shared, visits


def put(doc: Any, rows: Iterable[Row]) -> None:
    """Write visits into a document."""
    top = doc.get("visits", type=Map)
    with doc.transaction():
        for row in rows:
            top[row["id"]] = Map(row)


def load(work: Path, device: str, client: int) -> Any:
    """A device's replica."""
    doc = Doc(client_id=client)
    if (path := work / f"{device}.y").exists():
        doc.apply_update(path.read_bytes())
    return doc


def seed(work: Path) -> None:
    """A holds what four devices wrote."""
    by_device: dict[str, list[Row]] = defaultdict(list)
    for row in visits(work):
        by_device[row["device"]].append(row)
    whole = Doc(client_id=1)
    for client, rows in enumerate(by_device.values(), start=10):
        doc = Doc(client_id=client)
        put(doc, rows)
        whole.apply_update(doc.get_update())
    keep(work / "a.y", whole.get_update())


def push(work: Path) -> None:
    """A shares all."""
    keep(shared(work) / "1.bin", load(work, "a", 1).get_update())


def take(work: Path, pattern: str) -> Row:
    """B takes in what is in the shared place."""
    doc = load(work, "b", 99)
    for path in sorted(shared(work).glob(pattern)):
        doc.apply_update(path.read_bytes())
    keep(work / "b.y", doc.get_update())
    top = doc.get("visits", type=Map)
    assert top[an_id(work)]["name"]
    return {"count": len(top)}


def add(work: Path) -> None:
    """A records and shares more."""
    doc = load(work, "a", 1)
    before = doc.get_state()
    put(doc, new_visits(work))
    keep(work / "a.y", doc.get_update())
    keep(shared(work) / "2.bin", doc.get_update(before))


def held(work: Path) -> list[Row]:
    """B's visits, their whole numbers (floats in Yrs) as such."""
    found = load(work, "b", 99).get("visits", type=Map).to_py().values()
    return [{**row, "rating": int(row["rating"])} for row in found]


if __name__ == "__main__":
    run(
        {
            "seed": seed,
            "push": push,
            "pull": lambda work: take(work, "1.bin"),
            "inc_push": add,
            "inc_pull": lambda work: take(work, "2.bin"),
            "check": lambda work: content(held(work)),
        }
    )
