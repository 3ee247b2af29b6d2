"""One sync at a time on a laptop. The lock is a second, empty SQLite file: it works everywhere and ends with its process."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from outreach.errors.sharing import SyncRunning

FILE = "sync.lock"
PATIENCE = 20.0  # seconds to wait for another sync of this laptop


@contextmanager
def alone(home: Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """Nothing else within `alone` runs on this laptop meanwhile. Recording goes on beside it. Raises SyncRunning."""
    with closing(sqlite3.connect(home / FILE, timeout=patience, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            raise SyncRunning from None
        yield
