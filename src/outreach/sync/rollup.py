"""Rolling up: a laptop's many small segments become few big ones, so that a new laptop reads few files after years.

Only the owner does it, only when nothing of its own waits. The new segment is one more in its chain, its body is theirs one
after another, and it lists their hashes; so either set gives the same state. Theirs are taken away at a later sync, when the
new one was read back whole: until then a reader may find either set, or both.
"""

import sqlite3
from contextlib import suppress
from itertools import takewhile

from outreach.store import segments
from outreach.store.connection import transaction
from outreach.store.journal import is_all_shared
from outreach.store.segments import Segment
from outreach.sync.folder import Folder, Listing
from outreach.sync.outgoing import place_of
from outreach.sync.replay import body_of
from outreach.sync.result import Laptop
from outreach.sync.sealing import next_segment
from outreach.sync.segment import MOST, header_of, sha256, size_of

MANY = 16  # small segments that are left lying before they are rolled up
_GROWTH = 2  # a roll-up takes in an older, bigger segment of up to so many times what it holds already


def roll_up(db: sqlite3.Connection, laptop: Laptop, many: int = MANY) -> bool:
    """Make one segment of many, if there are so many; whether it did. It is sealed here, and published like any other."""
    own = segments.own_segments(db, laptop.device)
    if not is_all_shared(db) or any(not segment.published for segment in own):
        return False
    parts = chosen([(segment, header_of(segment.head).count) for segment in own], many)
    if len(parts) < many:
        return False
    body = b"".join(body_of(db, part) for part in parts)
    hashes = tuple(part.hash for part in parts)
    with transaction(db):
        made = next_segment(db, laptop, body, body.count(b"\n"), export=None, replaces=hashes)
        segments.replace(db, made, hashes, body_is_theirs=True)
    return True


def chosen(own: list[tuple[Segment, int]], many: int = MANY) -> list[Segment]:
    """Which of a laptop's segments, in their order and with the number of their changes, to make one of.

    From the latest back: the small ones, and older ones as long as each is not much bigger than what is gathered, and all of it
    is not more than one segment may hold. So a change is written anew only as often as its segment doubles.
    """
    total = 0
    parts: list[Segment] = []

    def fits(item: tuple[Segment, int]) -> bool:
        nonlocal total
        _segment, count = item
        if total + count > MOST or (len(parts) >= many and count > _GROWTH * total):
            return False
        total += count
        parts.append(item[0])
        return True

    list(takewhile(fits, reversed(own)))
    return parts[::-1]


def take_away_replaced(db: sqlite3.Connection, folder: Folder, listing: Listing, laptop: Laptop) -> None:
    """Remove this laptop's segments for which others stand, where those were in the folder before this sync, and are whole."""
    whole: dict[str, bool] = {}
    for old, new in segments.replaced(db, laptop.device):
        there = place_of(old)
        if there not in listing.sizes or listing.sizes.get(place_of(new)) != size_of(new.head):
            continue
        if new.hash not in whole:
            whole[new.hash] = _is_whole(folder, new)
        if whole[new.hash]:
            with suppress(OSError):  # it is tried again at the next sync
                folder.remove(there.file)


def _is_whole(folder: Folder, segment: Segment) -> bool:
    try:
        return sha256(folder.read(place_of(segment).file)) == segment.hash
    except OSError:
        return False
