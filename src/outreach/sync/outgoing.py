"""Sending: putting what was sealed into the shared folder, and the export beside it.

The order makes it safe to die at any point. First a segment and its rows are sealed in the database, then its file is
written, then it is marked as published. What is sealed and not in the folder is written at the next sync, from the journal,
byte for byte; so is what somebody took out of the folder.
"""

import sqlite3
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from outreach.store import segments
from outreach.store.journal import unshared
from outreach.store.segments import Segment
from outreach.sync import export
from outreach.sync.folder import CHANGES, EXPORT, Listing, try_writing, write_segment, write_whole
from outreach.sync.result import Laptop, Notice, Progress, Reason, Remark, SetAside, Stage
from outreach.sync.sealing import Built, settle
from outreach.sync.segment import Place, assemble, body_of, header_of, sha256, size_of

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Sending:
    """What was sent, in changes, and what stood against it."""

    sent: int = 0
    set_aside: tuple[SetAside, ...] = ()
    notices: tuple[Notice, ...] = ()
    export_sha256: str | None = None


def send(db: sqlite3.Connection, root: Path, listing: Listing, laptop: Laptop, team: str, progress: Progress) -> Sending:
    """Send all that waits here, put back what is gone, renew the export. A folder that refuses is a `set_aside`, not an error.

    Nothing is sealed for a folder that cannot be written to, so that what waits stays one piece.
    """
    if unshared(db) and (refusal := _refusal(root, laptop.device)):
        return Sending(set_aside=(refusal,))
    with tempfile.TemporaryFile(dir=laptop.home) as file:
        progress(Stage.SEALING, 0, 1)
        built = settle(db, laptop, team, file)
        written, refusals = _publish(db, root, listing, laptop.device, progress)
        notices = _refilled(written)
        if not refusals:
            progress(Stage.EXPORTING, 0, 1)
            refusals, remarks = _renew_export(root, laptop.device, built)
            notices += remarks
    return Sending(_unpublished(written), refusals, notices, built.sha256)


def waiting(db: sqlite3.Connection, device: str) -> int:
    """How many changes of this laptop no folder has: those in no segment, and those whose segment could not be written."""
    return unshared(db) + _unpublished(segments.own_segments(db, device))


def _unpublished(found: Iterable[Segment]) -> int:
    """How many changes are in those of the segments that were not published before."""
    return sum(header_of(segment.head).count for segment in found if not segment.published)


def _refusal(root: Path, device: str) -> SetAside | None:
    try:
        try_writing(root, device)
    except OSError as error:
        return _not_writable(f"{CHANGES}/{device}", error)
    return None


def _not_writable(file: str, error: OSError) -> SetAside:
    return SetAside(file, Reason.NOT_WRITABLE, error.strerror or str(error))


def _publish(
    db: sqlite3.Connection, root: Path, listing: Listing, device: str, progress: Progress
) -> tuple[list[Segment], tuple[SetAside, ...]]:
    """Write every segment of this laptop that is not in the folder: those written, and what could not be."""
    missing = _missing(db, listing, device)
    written: list[Segment] = []
    for done, segment in enumerate(missing):
        progress(Stage.WRITING, done, len(missing))
        data = assemble(segment.head, body_of(segments.entries_of(db, segment)))
        place = _place(segment)
        if sha256(data) != segment.hash:
            return written, (SetAside(place.file, Reason.ALTERED),)
        try:
            write_segment(root, place, data)
        except OSError as error:
            return written, (_not_writable(place.file, error),)
        segments.mark_published(db, segment)
        written.append(segment)
    return written, ()


def _missing(db: sqlite3.Connection, listing: Listing, device: str) -> list[Segment]:
    """What is not there, or there in the wrong size. Where the folder cannot be listed: what was never written."""
    visible = listing.can_see(device)
    return [
        segment
        for segment in segments.own_segments(db, device)
        if not segment.published or (visible and listing.sizes.get(_place(segment)) != size_of(segment.head))
    ]


def _place(segment: Segment) -> Place:
    return Place(segment.device, segment.number, segment.hash[:16])


def _refilled(written: list[Segment]) -> tuple[Notice, ...]:
    again = sum(segment.published for segment in written)
    return (Notice(Remark.REFILLED, again),) if again else ()


def _renew_export(root: Path, device: str, built: Built) -> tuple[tuple[SetAside, ...], tuple[Notice, ...]]:
    """Write the export where it differs, unless the one that is there is more complete."""
    path = root / EXPORT
    theirs = export.covers_of(path)
    if theirs is not None and export.is_more_complete(theirs, built.covers):
        return (), (Notice(Remark.EXPORT_KEPT),)
    if export.same_bytes(path, built.sha256):
        return (), ()
    built.file.seek(0)
    try:
        write_whole(path, iter(lambda: built.file.read(_PIECE), b""), device)
    except OSError as error:
        return (_not_writable(EXPORT, error),), ()
    return (), (Notice(Remark.EXPORT_MENDED),) if theirs == built.covers else ()
