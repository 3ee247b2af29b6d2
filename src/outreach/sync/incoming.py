"""Taking in what other laptops put into the shared folder: each segment whole and once, or set aside with its reason."""

import sqlite3
from collections.abc import Collection
from pathlib import Path

from outreach.errors import SegmentRefused
from outreach.store import segments
from outreach.store.connection import device_of
from outreach.sync.folder import Listing
from outreach.sync.reading import Received, read
from outreach.sync.result import Arrival, Progress, Reason, SetAside, Stage
from outreach.sync.segment import Place


def unseen(listing: Listing, known: Collection[tuple[str, int, str]]) -> list[Place]:
    """The segments in the folder that this laptop has not taken in, in each laptop's order."""
    return sorted(p for p in listing.sizes if (p.device, p.number, p.hash16) not in known)


def take_in(
    db: sqlite3.Connection, root: Path, listing: Listing, progress: Progress, *, rehearsal: bool = False
) -> tuple[tuple[Arrival, ...], tuple[SetAside, ...]]:
    """Take in all that is new: what came, by laptop, and what waits. A rehearsal reads and checks, and keeps nothing."""
    places = unseen(listing, segments.seen(db))
    waiting = [SetAside(file, Reason.UNREADABLE, why) for file, why in listing.unlisted.items()]
    came: dict[str, Arrival] = {}
    for done, place in enumerate(places):
        progress(Stage.READING, done, len(places))
        outcome = _take(db, root, place, rehearsal=rehearsal)
        if isinstance(outcome, SetAside):
            waiting.append(outcome)
        elif outcome is not None:
            before = came.get(place.device)
            came[place.device] = Arrival(place.device, outcome.name, outcome.changes + (before.changes if before else 0))
    return tuple(sorted(came.values(), key=lambda arrival: (arrival.name, arrival.device))), tuple(waiting)


def _take(db: sqlite3.Connection, root: Path, place: Place, *, rehearsal: bool) -> Arrival | SetAside | None:
    """What a segment brought, or why it waits; None where it came in meanwhile."""
    if place.device == device_of(db):
        return SetAside(place.file, Reason.NOT_OURS)
    try:
        found = read(place, (root / place.file).read_bytes())
        new = _check(found) if rehearsal else _absorb(db, found)
    except OSError as error:
        return SetAside(place.file, Reason.UNREADABLE, error.strerror or "")
    except SegmentRefused as error:
        return SetAside(place.file, Reason(str(error.facts["reason"])))
    except sqlite3.Error:  # this laptop's database is at fault, not the segment
        raise
    except Exception:  # noqa: BLE001 - the border: whatever a file makes fail, it waits and the others go on
        return SetAside(place.file, Reason.MALFORMED)
    return Arrival(place.device, found.header.name, found.header.count) if new else None


def _check(found: Received) -> bool:
    return len(list(found.changes())) == found.header.count


def _absorb(db: sqlite3.Connection, found: Received) -> bool:
    header = found.header
    segment = segments.Segment(header.device, header.number, found.hash, found.head)
    return segments.take_in(db, segment, header.name, found.changes())
