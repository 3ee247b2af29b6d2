"""Sealing: what this laptop recorded becomes segments, and the export is built, both from one state of the database.

Writes the database only; `outreach.sync.outgoing` puts the files into the folder.
"""

import math
import sqlite3
from dataclasses import dataclass
from typing import BinaryIO

from outreach.store import segments
from outreach.store.export import Cover, covers
from outreach.store.journal import unshared
from outreach.store.segments import Segment
from outreach.sync import export
from outreach.sync.result import Laptop
from outreach.sync.segment import MOST, body_of, hash_of, head_of


@dataclass(frozen=True, slots=True)
class Built:
    """The export that was built: its bytes, their hash, and what they are the sum of."""

    file: BinaryIO
    sha256: str
    covers: dict[str, Cover]


def settle(db: sqlite3.Connection, laptop: Laptop, team: str, file: BinaryIO) -> Built:
    """Build the export and seal what waits, on one state of the database: the export is the sum of sealed changes only."""

    def work() -> Built:
        file.seek(0)
        file.truncate()
        sum_of = _covers_once_sealed(db, laptop.device)
        sha256 = export.write(db, file, team, sum_of)
        _seal(db, laptop, sha256)
        return Built(file, sha256, sum_of)

    return segments.settled(db, work)


def _covers_once_sealed(db: sqlite3.Connection, device: str) -> dict[str, Cover]:
    found = covers(db)
    if waiting := unshared(db):
        before = found.get(device, Cover(0, 0))
        found[device] = Cover(before.changes + waiting, before.segments + math.ceil(waiting / MOST))
    return found


def _seal(db: sqlite3.Connection, laptop: Laptop, export_sha256: str) -> None:
    last = segments.last_of(db, laptop.device)
    waiting = unshared(db)
    while entries := segments.unsealed(db, MOST):
        waiting -= len(entries)
        number, previous = (last.number + 1, last.hash) if last else (1, None)
        facts = {"device": laptop.device, "name": laptop.name, "number": number, "previous": previous}
        body = body_of(entries)
        head = head_of(body, len(entries), **facts, export=None if waiting else export_sha256)
        last = Segment(laptop.device, number, hash_of(head, body), head, published=False)
        segments.seal(db, last, laptop.name, entries[-1])
