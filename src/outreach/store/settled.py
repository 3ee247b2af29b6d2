"""Long work on one unchanging state of the database, while others may go on recording."""

import sqlite3
from collections.abc import Callable
from typing import TypeVar

from outreach.store.connection import transaction

T = TypeVar("T")
_ATTEMPTS = 2  # how often `settled` tries before it takes the write lock at once


def settled(db: sqlite3.Connection, work: Callable[[], T]) -> T:
    """`work` on one unchanging state of the database; what it writes is written whole or not at all.

    It should read first, long if need be, and write last: nobody who records meanwhile has to wait. If somebody did record
    meanwhile, it starts again; the third time it holds the write lock from the start.
    """
    for _attempt in range(_ATTEMPTS):
        db.execute("BEGIN")
        try:
            result = work()
            db.execute("COMMIT")
        except BaseException as error:
            if db.in_transaction:
                db.execute("ROLLBACK")
            if not _overtaken(error):
                raise
        else:
            return result
    with transaction(db):
        return work()


# Somebody has recorded since, or is recording right now: SQLite lets nobody wait who has read already.
_OVERTAKEN = {sqlite3.SQLITE_BUSY_SNAPSHOT, sqlite3.SQLITE_BUSY}


def _overtaken(error: BaseException) -> bool:
    return isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode in _OVERTAKEN
