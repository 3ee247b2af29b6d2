"""Giving a segment back, byte for byte, from what this laptop keeps of it. Knows no folder."""

import sqlite3

from outreach.store import segments
from outreach.store.segments import Segment
from outreach.sync.segment import assemble


def body_of(db: sqlite3.Connection, segment: Segment) -> bytes:
    """Everything after the header line."""
    raw = segments.raw_of(db, segment)
    if raw is not None:
        return raw.partition(b"\n")[2]
    parts = segments.parts_of(db, segment)
    if parts:
        return b"".join(body_of(db, part) for part in parts)
    return segments.lines_of(db, segment).encode()


def file_of(db: sqlite3.Connection, segment: Segment) -> bytes:
    """The whole file, as its hash says (the caller checks)."""
    return segments.raw_of(db, segment) or assemble(segment.head, body_of(db, segment))
