"""What waits on this laptop: recorded and in no folder yet, sealed and not yet written, received and not understood."""

import sqlite3
from typing import NamedTuple

from outreach.store.journal import unshared
from outreach.store.segments import unpublished, with_odd_lines


class Waiting(NamedTuple):
    """Changes that no file has yet, files that no folder has yet, files of others with lines that could not be read."""

    changes: int = 0
    files: int = 0
    unread: int = 0


def waiting(db: sqlite3.Connection) -> Waiting:
    """As it is now."""
    return Waiting(unshared(db), len(unpublished(db)), len(with_odd_lines(db)))
