"""Taking in what other laptops put into the shared folder: each segment whole and once, or set aside with its reason.

Files are read and checked while nobody waits; then some of them are taken in together, in one transaction.
"""

import os
import sqlite3
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from outreach.domain.disagreement import Disagreement, disagreements
from outreach.domain.records import KINDS
from outreach.errors.sharing import SegmentRefused
from outreach.faults import why
from outreach.store import segments
from outreach.store.connection import bulk, device_of, piece
from outreach.store.journal import take_new_device
from outreach.store.laptops import Said, device_names
from outreach.store.segments import Segment
from outreach.store.tables import Key, changes_of, changes_since
from outreach.sync.folder import Folder, Listing
from outreach.sync.reading import Received, lines_of, read
from outreach.sync.replay import body_of, file_of
from outreach.sync.result import Arrival, Progress, Reason, SetAside, Stage
from outreach.sync.segment import Place, sha256

_TOGETHER = 20 << 20  # bytes taken in in one transaction: some 60,000 changes, about a second


@dataclass
class Intake:
    """What came, what waits, and what it came to. `former`: ids that this laptop had until somebody else wrote under them.

    `entropy`: a source of that many random bytes, for its new one.
    """

    arrivals: dict[str, Arrival] = field(default_factory=dict)
    set_aside: list[SetAside] = field(default_factory=list)
    again: set[Key] = field(default_factory=set)
    former: list[str] = field(default_factory=list)
    entropy: Callable[[int], bytes] = os.urandom

    def count(self, device: str, name: str, new: int) -> None:
        """So many changes came from a laptop, whose latest segment, which is read first, says its name."""
        if new:
            before = self.arrivals.get(device)
            self.arrivals[device] = Arrival(device, before.name if before else name, new + (before.changes if before else 0))


def unseen(listing: Listing, known: Collection[tuple[str, str]]) -> list[Place]:
    """The segments in the folder that this laptop has not taken in: of each laptop the latest first.

    So one that replaces others is read before them, and they need not be read at all.
    """
    new = (p for p in listing.sizes if (p.device, p.hash16) not in known)
    return sorted(new, key=lambda p: (p.device, -p.number, p.hash16))


def take_in(
    db: sqlite3.Connection, folder: Folder, listing: Listing, progress: Progress, entropy: Callable[[int], bytes] = os.urandom
) -> Intake:
    """Take in all that is new. `entropy` as in `Intake`."""
    intake = Intake(entropy=entropy)
    intake.set_aside += [SetAside(file, Reason.UNREADABLE, why) for file, why in listing.unlisted.items()]
    known = segments.seen(db)
    pending = sorted(p for p in listing.pending if (p.device, p.hash16) not in known)
    intake.set_aside += [SetAside(place.file, Reason.UNREADABLE) for place in pending]
    _try_odd_lines_again(db, intake)
    with bulk(db):
        for batch in _read_in_batches(folder, unseen(listing, known), known, intake, progress):
            _take_together(db, batch, intake)
    intake.set_aside.sort(key=lambda item: item.file)
    return intake


def _read_in_batches(
    folder: Folder, places: list[Place], known: Collection[tuple[str, str]], intake: Intake, progress: Progress
) -> Iterator[list[Received]]:
    batch: list[Received] = []
    size = 0
    for found in _read_all(folder, places, known, intake, progress):
        batch.append(found)
        size += len(found.body)
        if size >= _TOGETHER:
            yield batch
            batch, size = [], 0
    yield batch


def _read_all(
    folder: Folder, places: list[Place], known: Collection[tuple[str, str]], intake: Intake, progress: Progress
) -> Iterator[Received]:
    """What can be read, in an order in which little is read twice.

    Where one stands for others, they need not be read; but if some of them are known here the rest of them come first, for then
    all of it is known already, and nothing of it has to be kept a second time.
    """
    at = {(place.device, place.hash16): place for place in places}
    done: set[tuple[str, str]] = set()
    for number, place in enumerate(places):
        progress(Stage.READING, number, len(places))
        if (place.device, place.hash16) in done:
            continue
        found = _read(folder, place)
        if isinstance(found, SetAside):
            intake.set_aside.append(found)
            continue
        parts = [(place.device, h[:16]) for h in found.header.replaces]
        if any(part in known for part in parts):
            rest = (_read(folder, at[part]) for part in parts if part in at and part not in done)
            yield from (part for part in rest if not isinstance(part, SetAside))
        done |= set(parts)
        yield found


def _read(folder: Folder, place: Place) -> Received | SetAside:
    try:
        return read(place, folder.read(place.file))
    except OSError as error:
        return SetAside(place.file, Reason.UNREADABLE, why(error))
    except SegmentRefused as error:
        return SetAside(place.file, Reason(str(error.facts["reason"])))
    except Exception:  # noqa: BLE001 - the border: whatever a file makes fail, it waits and the others go on
        return SetAside(place.file, Reason.MALFORMED)


def _take_together(db: sqlite3.Connection, batch: list[Received], intake: Intake) -> None:
    """Take in some segments in one transaction; if one of them fails, each in its own, and that one waits."""
    try:
        with piece(db):
            taken = [_absorb(db, found) for found in batch]
            former = (
                _take_new_identity(db, intake.entropy) if device_of(db) in {found.header.device for found in batch} else None
            )
    except sqlite3.Error:  # this laptop's database is at fault, not a segment
        raise
    except Exception:  # noqa: BLE001 - the border: whatever a file makes fail, it waits and the others go on
        if len(batch) > 1:
            for found in batch:
                _take_together(db, [found], intake)
        else:
            intake.set_aside.append(SetAside(_place(batch[0]).file, Reason.MALFORMED))
    else:
        if former:
            intake.former.append(former)
        for one in taken:
            _note(one, intake)


@dataclass(frozen=True, slots=True)
class _Taken:
    """What one segment came to."""

    found: Received
    new: int = 0
    again: frozenset[Key] = frozenset()
    odd: tuple[int, ...] = ()


def _note(taken: _Taken, intake: Intake) -> None:
    header = taken.found.header
    intake.again |= taken.again
    if taken.odd:
        intake.set_aside.append(SetAside(_place(taken.found).file, Reason.MALFORMED, lines=taken.odd))
    intake.count(header.device, header.name, taken.new)


def _place(found: Received) -> Place:
    return Place(found.header.device, found.header.number, found.hash[:16])


def _take_new_identity(db: sqlite3.Connection, entropy: Callable[[int], bytes]) -> str:
    """A segment came under this laptop's id that it did not write: its disk was copied, or restored, and somebody else writes
    under that id. Go on under a new one. The old id.

    In the transaction that takes in what the other wrote, so that both histories are kept whatever happens next.
    """
    former = device_of(db)
    take_new_device(db, entropy(5).hex())
    return former


def _absorb(db: sqlite3.Connection, found: Received) -> _Taken:
    header = found.header
    if header.replaces and _is_sum_of_known(db, found):
        segments.replace(db, _kept(found, 0), header.replaces, body_is_theirs=True)
        return _Taken(found)
    lines = found.lines()
    segment = _kept(found, len(lines.odd))
    said = Said(header.name, header.clock, header.heard)
    more = {"exact": lines.exact, "stands_for_others": bool(header.replaces)}
    absorbed = segments.take_in(db, segment, said, lines.changes, found.file, **more)
    if absorbed is None:
        return _Taken(found)
    if header.replaces:
        segments.replace(db, segment, header.replaces, body_is_theirs=False)
    return _Taken(found, absorbed.new, absorbed.again, lines.odd)


def _is_sum_of_known(db: sqlite3.Connection, found: Received) -> bool:
    """Whether all that a segment replaces is known here, and its body is theirs one after another."""
    parts = segments.by_hash(db, found.header.device, found.header.replaces)
    if len(parts) != len(found.header.replaces):
        return False
    return sha256(b"".join(body_of(db, part) for part in parts)) == found.header.sha256


def _kept(found: Received, odd: int) -> Segment:
    return Segment(found.header.device, found.header.number, found.hash, found.head, odd=odd)


def _try_odd_lines_again(db: sqlite3.Connection, intake: Intake) -> None:
    """Lines that could not be read may be readable for this version; those that are not are named again."""
    for segment in segments.with_odd_lines(db):
        lines = lines_of(file_of(db, segment).partition(b"\n")[2], segment.device)
        if len(lines.odd) < segment.odd:
            with piece(db):
                absorbed = segments.read_again(db, segment, lines.changes, odd=len(lines.odd))
            intake.again |= absorbed.again
            intake.count(segment.device, device_names(db).get(segment.device, ""), absorbed.new)
        if lines.odd:
            place = Place(segment.device, segment.number, segment.hash[:16])
            intake.set_aside.append(SetAside(place.file, Reason.MALFORMED, lines=lines.odd))


def disagreed(db: sqlite3.Connection, keys: Collection[Key], after: int) -> tuple[Disagreement, ...]:
    """Where, in these records, a value that came after that row of the journal met another that was set without it."""
    found: list[Disagreement] = []
    for kind, record in sorted(keys):
        if kind in KINDS:
            came = changes_since(db, (kind, record), after)
            all_of_it = disagreements(KINDS[kind], changes_of(db, kind, [record])[record])
            found += [item for item in all_of_it if item.stands in came or item.gave_way in came]
    return tuple(found)
