"""Loro: a map of visits, a nested map per visit. A replica is a snapshot file; A shares its updates, a file at a time."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from loro import ExportMode, LoroDoc, LoroMap, VersionVector

from peers.work import Row, an_id, content, keep, new_visits, run, shared, visits


def put(doc: LoroDoc, rows: Iterable[Row]) -> None:
    """Write visits into a document."""
    top = doc.get_map("visits")
    for row in rows:
        visit = top.insert_container(row["id"], LoroMap())
        for name, value in row.items():
            visit.insert(name, value)
    doc.commit()


def load(work: Path, device: str, peer: int) -> LoroDoc:
    """A device's replica."""
    doc = LoroDoc()
    if (path := work / f"{device}.loro").exists():
        doc.import_(path.read_bytes())
    doc.peer_id = peer
    return doc


def save(work: Path, device: str, doc: LoroDoc) -> None:
    """Keep it."""
    keep(work / f"{device}.loro", doc.export(ExportMode.Snapshot()))


def share(work: Path, name: str, doc: LoroDoc, since: VersionVector) -> None:
    """Put what is new into the shared place."""
    keep(shared(work) / name, doc.export(ExportMode.Updates(since)))


def seed(work: Path) -> None:
    """A holds what four devices wrote."""
    by_device: dict[str, list[Row]] = defaultdict(list)
    for row in visits(work):
        by_device[row["device"]].append(row)
    pieces = []
    for peer, rows in enumerate(by_device.values(), start=1):
        doc = LoroDoc()
        doc.peer_id = peer
        put(doc, rows)
        pieces.append(doc.export(ExportMode.Updates(VersionVector())))
    whole = LoroDoc()
    whole.import_batch(pieces)
    save(work, "a", whole)


def take(work: Path, pattern: str) -> Row:
    """B takes in what is in the shared place."""
    doc = load(work, "b", 99)
    doc.import_batch([path.read_bytes() for path in sorted(shared(work).glob(pattern))])
    save(work, "b", doc)
    top = doc.get_map("visits")
    assert top.get(an_id(work))
    return {"count": len(top)}


def add(work: Path) -> None:
    """A records and shares more."""
    doc = load(work, "a", 1)
    before = doc.oplog_vv
    put(doc, new_visits(work))
    save(work, "a", doc)
    share(work, "2.bin", doc, before)


if __name__ == "__main__":
    run(
        {
            "seed": seed,
            "push": lambda work: share(work, "1.bin", load(work, "a", 1), VersionVector()),
            "pull": lambda work: take(work, "1.bin"),
            "inc_push": add,
            "inc_pull": lambda work: take(work, "2.bin"),
            "check": lambda work: content(list(load(work, "b", 99).get_deep_value()["visits"].values())),
        }
    )
