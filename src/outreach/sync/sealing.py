"""Sealing: what this laptop recorded becomes segments, and the export is built, both from one state of the database.

Writes the database only; `outreach.sync.outgoing` puts the files into the folder.
"""

import sqlite3
from dataclasses import dataclass
from typing import BinaryIO

from outreach.store import segments
from outreach.store.export import Cover, covers_once_sealed
from outreach.store.journal import waits_after
from outreach.store.laptops import Said, latest_clock
from outreach.store.segments import Segment
from outreach.store.settled import settled
from outreach.sync import export
from outreach.sync.result import Laptop
from outreach.sync.segment import MOST, assemble, hash_of, head_of

_IN_MEMORY = 32 << 20  # bytes of new segments that are kept until they are written


@dataclass(frozen=True, slots=True)
class Built:
    """The export that was built, if one was: its bytes, their hash, and what they are the sum of.

    `fresh`: the bytes of segments that were sealed just now, by hash, as far as they are not too many to keep in memory.
    """

    file: BinaryIO | None
    sha256: str | None
    covers: dict[str, Cover]
    fresh: dict[str, bytes]


def settle(db: sqlite3.Connection, laptop: Laptop, team: str, file: BinaryIO | None) -> Built:
    """Build the export, if there is a file for it, and seal what waits, on one state of the database: the export is the sum of
    sealed changes only.
    """

    def work() -> Built:
        sum_of = covers_once_sealed(db, laptop.device) if file else {}
        sha256 = _written(db, file, team, sum_of) if file else None
        return Built(file, sha256, sum_of, seal(db, laptop, sha256))

    return settled(db, work)


def _written(db: sqlite3.Connection, file: BinaryIO, team: str, covers: dict[str, Cover]) -> str:
    file.seek(0)
    file.truncate()
    return export.write(db, file, team, covers)


def seal(db: sqlite3.Connection, laptop: Laptop, export_sha256: str | None) -> dict[str, bytes]:
    """Make segments of what waits. Needs a transaction. Gives the bytes of the first of them, by hash."""
    fresh: dict[str, bytes] = {}
    while lines := segments.unsealed(db, MOST):
        body = lines.text.encode()
        whole = None if waits_after(db, lines.last) else export_sha256  # the export is the sum of all, so the last one says it
        segment = next_segment(db, laptop, body, lines.number, export=whole)
        segments.seal(db, segment, Said(laptop.name, laptop.clock, latest_clock(db, laptop.device)), lines)
        if sum(map(len, fresh.values())) < _IN_MEMORY:
            fresh[segment.hash] = assemble(segment.head, body)
    return fresh


def next_segment(
    db: sqlite3.Connection, laptop: Laptop, body: bytes, count: int, *, export: str | None, replaces: tuple[str, ...] = ()
) -> Segment:
    """The next segment in this laptop's chain, not yet kept."""
    last = segments.last_of(db, laptop.device)
    number, previous = (last.number + 1, last.hash) if last else (1, None)
    facts = {"device": laptop.device, "name": laptop.name, "number": number, "previous": previous}
    facts |= {"clock": laptop.clock, "heard": latest_clock(db, laptop.device)}
    head = head_of(body, count, **facts, export=export, replaces=replaces)
    return Segment(laptop.device, number, hash_of(head, body), head, published=False)
