"""Taking in what other laptops put into the shared folder: each segment whole and once, or set aside with its reason.

Files are read and checked while nobody waits; then some of them are taken in together, in one transaction.
"""

import os
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from outreach.domain.disagreement import Disagreement, disagreements
from outreach.domain.records import KINDS
from outreach.errors import SegmentRefused
from outreach.store import segments
from outreach.store.connection import device_of, get_meta, piece, set_meta
from outreach.store.journal import Absorbed, take_new_device
from outreach.store.segments import Said, Segment
from outreach.store.tables import Key, changes_of, changes_since
from outreach.sync.folder import Folder, Listing
from outreach.sync.reading import Lines, Received, lines_of, read
from outreach.sync.replay import body_of, file_of
from outreach.sync.result import Arrival, Progress, Reason, SetAside, Stage
from outreach.sync.segment import Place, sha256

FORMER = "former"  # the key of the laptop's note of its former ids
_TOGETHER = 6 << 20  # bytes taken in in one transaction: some 20,000 changes, less than half a second


@dataclass
class Intake:
    """What came, what waits, and what it came to. `former`: ids that this laptop had until somebody else wrote under them."""

    arrivals: dict[str, Arrival] = field(default_factory=dict)
    set_aside: list[SetAside] = field(default_factory=list)
    again: set[Key] = field(default_factory=set)
    former: list[str] = field(default_factory=list)


def unseen(listing: Listing, known: Collection[tuple[str, str]]) -> list[Place]:
    """The segments in the folder that this laptop has not taken in: of each laptop the latest first.

    So one that replaces others is read before them, and they need not be read at all.
    """
    new = (p for p in listing.sizes if (p.device, p.hash16) not in known)
    return sorted(new, key=lambda p: (p.device, -p.number, p.hash16))


def take_in(db: sqlite3.Connection, folder: Folder, listing: Listing, progress: Progress) -> Intake:
    """Take in all that is new."""
    intake = Intake()
    intake.set_aside += [SetAside(file, Reason.UNREADABLE, why) for file, why in listing.unlisted.items()]
    known = segments.seen(db)
    pending = sorted(p for p in listing.pending if (p.device, p.hash16) not in known)
    intake.set_aside += [SetAside(place.file, Reason.UNREADABLE) for place in pending]
    _try_odd_lines_again(db, intake)
    for batch in _read_in_batches(folder, unseen(listing, known), intake, progress):
        with piece(db):
            for found in batch:
                _take(db, found, intake)
    intake.set_aside.sort(key=lambda item: item.file)
    return intake


def _read_in_batches(folder: Folder, places: list[Place], intake: Intake, progress: Progress) -> Iterator[list[Received]]:
    batch: list[Received] = []
    size = 0
    replaced: set[tuple[str, str]] = set()
    for done, place in enumerate(places):
        progress(Stage.READING, done, len(places))
        if (place.device, place.hash16) in replaced:
            continue
        found = _read(folder, place)
        if isinstance(found, SetAside):
            intake.set_aside.append(found)
            continue
        replaced |= {(place.device, h[:16]) for h in found.header.replaces}
        batch.append(found)
        size += len(found.body)
        if size >= _TOGETHER:
            yield batch
            batch, size = [], 0
    yield batch


def _read(folder: Folder, place: Place) -> Received | SetAside:
    try:
        return read(place, folder.read(place.file))
    except OSError as error:
        return SetAside(place.file, Reason.UNREADABLE, error.strerror or "")
    except SegmentRefused as error:
        return SetAside(place.file, Reason(str(error.facts["reason"])))
    except Exception:  # noqa: BLE001 - the border: whatever a file makes fail, it waits and the others go on
        return SetAside(place.file, Reason.MALFORMED)


def _take(db: sqlite3.Connection, found: Received, intake: Intake) -> None:
    """Take in a segment, and note what it brought or why it waits."""
    header = found.header
    place = Place(header.device, header.number, found.hash[:16])
    try:
        with piece(db):
            brought = _absorb(db, found, intake)
            if header.device == device_of(db):
                intake.former.append(_take_new_identity(db))
    except sqlite3.Error:  # this laptop's database is at fault, not the segment
        raise
    except Exception:  # noqa: BLE001 - the border
        intake.set_aside.append(SetAside(place.file, Reason.MALFORMED))
        return
    if brought:
        before = intake.arrivals.get(header.device)
        count = brought + (before.changes if before else 0)
        intake.arrivals[header.device] = Arrival(header.device, before.name if before else header.name, count)


def _take_new_identity(db: sqlite3.Connection) -> str:
    """Somebody else writes under this laptop's id (its disk was copied, or restored): go on under a new one. The old id.

    In the transaction that takes in what the other wrote, so that both histories are kept whatever happens next.
    """
    former = device_of(db)
    set_meta(db, FORMER, " ".join([*former_ids(db), former]))
    take_new_device(db, os.urandom(5).hex())
    return former


def former_ids(db: sqlite3.Connection) -> list[str]:
    """The ids that this laptop had before its present one."""
    return (get_meta(db, FORMER) or "").split()


def _absorb(db: sqlite3.Connection, found: Received, intake: Intake) -> int:
    """How many changes a segment brought that were not here."""
    header = found.header
    if header.replaces and _is_sum_of_known(db, found):
        segments.replace(db, _kept(found, 0), header.replaces, body_is_theirs=True)
        return 0
    lines = found.lines()
    segment = _kept(found, len(lines.odd))
    absorbed = _with_or_without_bytes(db, found, segment, lines)
    if absorbed is None:
        return 0
    if header.replaces:
        segments.replace(db, segment, header.replaces, body_is_theirs=False)
    if lines.odd:
        intake.set_aside.append(_odd(segment, lines))
    intake.again |= absorbed.again
    return absorbed.new


def _with_or_without_bytes(db: sqlite3.Connection, found: Received, segment: Segment, lines: Lines) -> Absorbed | None:
    """Take it in, keeping its bytes only where the journal could not give them back."""
    said = Said(found.header.name, found.header.clock, found.header.heard)
    try:
        with piece(db):
            return segments.take_in(db, segment, said, lines.written, raw=None if lines.exact else found.file)
    except segments.NotReproducible:
        return segments.take_in(db, segment, said, lines.written, raw=found.file)


def _is_sum_of_known(db: sqlite3.Connection, found: Received) -> bool:
    """Whether all that a segment replaces is known here, and its body is theirs one after another."""
    parts = segments.by_hash(db, found.header.device, found.header.replaces)
    if len(parts) != len(found.header.replaces):
        return False
    return sha256(b"".join(body_of(db, part) for part in parts)) == found.header.sha256


def _kept(found: Received, odd: int) -> Segment:
    return Segment(found.header.device, found.header.number, found.hash, found.head, odd=odd)


def _odd(segment: Segment, lines: Lines) -> SetAside:
    place = Place(segment.device, segment.number, segment.hash[:16])
    return SetAside(place.file, Reason.MALFORMED, lines=lines.odd)


def _try_odd_lines_again(db: sqlite3.Connection, intake: Intake) -> None:
    """Lines that could not be read may be readable for this version; those that are not are named again."""
    for segment in segments.with_odd_lines(db):
        lines = lines_of(file_of(db, segment).partition(b"\n")[2], segment.device)
        if len(lines.odd) < segment.odd:
            with piece(db):
                intake.again |= segments.read_again(db, segment, lines.written, odd=len(lines.odd)).again
        if lines.odd:
            intake.set_aside.append(_odd(segment, lines))


def disagreed(db: sqlite3.Connection, keys: Collection[Key], after: int) -> tuple[Disagreement, ...]:
    """Where, in these records, a value that came after that row of the journal met another that was set without it."""
    found: list[Disagreement] = []
    for kind, record in sorted(keys):
        if kind in KINDS:
            came = changes_since(db, (kind, record), after)
            all_of_it = disagreements(KINDS[kind], changes_of(db, kind, [record])[record])
            found += [item for item in all_of_it if item.stands in came or item.gave_way in came]
    return tuple(found)
