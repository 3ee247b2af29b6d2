"""Sending: putting what was sealed into the shared folder, and the export beside it; and mending what is gone from it.

The order makes it safe to die at any point. First a segment and its rows are sealed in the database, then its file is
written, then it is marked as published. What is sealed and not in the folder is written at the next sync, from the journal,
byte for byte; so is what somebody took out of the folder, whichever laptop wrote it.
"""

import sqlite3
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO

from outreach.faults import why
from outreach.store import segments
from outreach.store.connection import get_meta, set_meta, transaction
from outreach.store.journal import former_ids, is_all_shared, unshared
from outreach.store.segments import Segment
from outreach.sync.export import covers_of, is_more_complete, same_bytes
from outreach.sync.folder import CHANGES, EXPORT, Folder, Listing, is_leftover
from outreach.sync.replay import file_of
from outreach.sync.result import Laptop, Notice, Progress, Reason, Remark, SetAside, Stage
from outreach.sync.sealing import Built, settle
from outreach.sync.segment import Place, header_of, sha256, size_of

_PIECE = 1 << 20
_READ_BACK = 512 << 10  # bytes of the folder that each sync reads back, in turn; what is bigger waits for some syncs
_SAVED = "read_back"  # the key of the laptop's note of the bytes that it has not used of that


@dataclass(frozen=True, slots=True)
class Sending:
    """What was sent, in changes, and what stood against it."""

    sent: int = 0
    set_aside: tuple[SetAside, ...] = ()
    notices: tuple[Notice, ...] = ()
    export_sha256: str | None = None


def send(  # noqa: PLR0913 - what there is to send, and where to
    db: sqlite3.Connection,
    folder: Folder,
    listing: Listing,
    laptop: Laptop,
    team: str,
    progress: Progress,
    *,
    export: bool = True,
) -> Sending:
    """Send all that waits here, put back what is gone, renew the export unless told not to. A folder that refuses is a
    `set_aside`, not an error.

    Nothing is sealed for a folder that cannot be written to, so that what waits stays one piece.
    """
    if not is_all_shared(db) and (refusal := _refusal(folder, laptop.device)):
        return Sending(set_aside=(refusal,))
    _clear_leftovers(folder, listing, {laptop.device, *former_ids(db)})
    with tempfile.TemporaryFile(dir=laptop.home) if export else nullcontext() as file:
        progress(Stage.SEALING, 0, 1)
        built = settle(db, laptop, team, file)
        written, refusals = publish(db, folder, _due(db, folder, listing), laptop.device, progress, built.fresh)
        notices = _refilled(written)
        if file and all(refusal.reason is Reason.DAMAGED for refusal in refusals):
            progress(Stage.EXPORTING, 0, 1)
            refused, remarks = _renew_export(folder, laptop.device, file, built)
            refusals, notices = (*refusals, *refused), (*notices, *remarks)
    return Sending(_unpublished(written), refusals, notices, built.sha256)


def waiting(db: sqlite3.Connection) -> int:
    """How many changes of this laptop no folder has: those in no segment, and those whose segment could not be written."""
    return unshared(db) + _unpublished(segments.unpublished(db))


def _unpublished(found: Iterable[Segment]) -> int:
    """How many changes are in those of the segments that were not published before."""
    heads = (header_of(segment.head) for segment in found if segment.published is False)
    return sum(head.count for head in heads if not head.replaces)


def _refusal(folder: Folder, device: str) -> SetAside | None:
    try:
        folder.try_writing(device)
    except OSError as error:
        return _not_writable(f"{CHANGES}/{device}", error)
    return None


def _not_writable(file: str, error: OSError) -> SetAside:
    return SetAside(file, Reason.NOT_WRITABLE, why(error))


def _clear_leftovers(folder: Folder, listing: Listing, owners: Collection[str]) -> None:
    for stray in listing.strays:
        if is_leftover(stray, owners):
            with suppress(OSError):  # it is tried again at the next sync
                folder.remove(stray)


def publish(
    db: sqlite3.Connection,
    folder: Folder,
    due: Sequence[Segment],
    device: str,
    progress: Progress,
    fresh: Mapping[str, bytes] = MappingProxyType({}),
) -> tuple[list[Segment], tuple[SetAside, ...]]:
    """Write these segments: those written, and what could not be. This laptop's own come first: nobody else has them.

    They are marked as published together, after that: a run that dies before writes the same bytes again. `fresh`: the bytes of
    some of them, by hash.
    """
    due = sorted(due, key=lambda segment: (segment.device != device, segment.device, segment.number))
    written: list[Segment] = []
    refusals: list[SetAside] = []
    for done, segment in enumerate(due):
        progress(Stage.WRITING, done, len(due))
        data = fresh.get(segment.hash) or file_of(db, segment)
        place = place_of(segment)
        if sha256(data) != segment.hash:
            refusals.append(SetAside(place.file, Reason.DAMAGED))
            continue
        try:
            folder.write_segment(place, data, device)
        except OSError as error:
            refusals.append(_not_writable(place.file, error))
            break
        written.append(segment)
    segments.mark_published(db, [segment for segment in written if segment.published is False])
    return written, tuple(refusals)


def _due(db: sqlite3.Connection, folder: Folder, listing: Listing) -> list[Segment]:
    """Every segment that is known here and not whole in the folder."""
    return [*_missing(db, listing), *_spoilt(db, folder, listing)]


def _missing(db: sqlite3.Connection, listing: Listing) -> list[Segment]:
    """What is not there, or there in the wrong size. Where the folder cannot be listed: what was never written."""
    return [
        segment
        for segment in segments.kept(db)
        if segment.published is False or (listing.can_see(segment.device) and not _is_listed(listing, segment))
    ]


def _is_listed(listing: Listing, segment: Segment) -> bool:
    place = place_of(segment)
    return place in listing.pending or listing.sizes.get(place) == size_of(segment.head)


def _spoilt(db: sqlite3.Connection, folder: Folder, listing: Listing) -> list[Segment]:
    """Of the segments that are due to be read back: those whose bytes are no longer what their names promise."""
    turn, saved = _turn(db, listing)
    spoilt = [segment for segment in turn if _is_spoilt(folder, segment)]
    if turn or saved:
        with transaction(db):
            segments.mark_checked(db, turn)  # whatever came of it: what stays bad must not keep the others from their turn
            set_meta(db, _SAVED, str(saved))
    return spoilt


def _is_spoilt(folder: Folder, segment: Segment) -> bool:
    try:
        return sha256(folder.read(place_of(segment).file)) != segment.hash
    except OSError:
        return False


def _turn(db: sqlite3.Connection, listing: Listing) -> tuple[list[Segment], int]:
    """The segments whose turn it is to be read back; and the bytes saved for the next one, where that is too big for now."""
    left = int(get_meta(db, _SAVED) or 0) + _READ_BACK
    turn: list[Segment] = []
    for segment in segments.oldest_checked(db):
        size = size_of(segment.head)
        if listing.sizes.get(place_of(segment)) != size:
            continue
        if size > left:
            return turn, left
        turn.append(segment)
        left -= size
    return turn, 0


def place_of(segment: Segment) -> Place:
    """Where it lies in the folder."""
    return Place(segment.device, segment.number, segment.hash[:16])


def _refilled(written: list[Segment]) -> tuple[Notice, ...]:
    again = sum(segment.published is not False for segment in written)
    return (Notice(Remark.REFILLED, again),) if again else ()


def _renew_export(folder: Folder, device: str, file: BinaryIO, built: Built) -> tuple[tuple[SetAside, ...], tuple[Notice, ...]]:
    """Write the export where it differs, unless the one that is there is more complete."""
    theirs = covers_of(folder)
    if theirs is not None and is_more_complete(theirs, built.covers):
        return (), (Notice(Remark.EXPORT_KEPT),)
    if same_bytes(folder, str(built.sha256)):
        return (), ()
    file.seek(0)
    try:
        folder.write_whole(EXPORT, iter(lambda: file.read(_PIECE), b""), device)
    except OSError as error:
        return (_not_writable(EXPORT, error),), ()
    return (), (Notice(Remark.EXPORT_MENDED),) if theirs == built.covers else ()
