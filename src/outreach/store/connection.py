"""Opening the one SQLite file of a laptop: where it lies, who may read it, its version, and what can go wrong with it."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from outreach.errors import OutreachError
from outreach.errors.storage import DatabaseLocked, DatabaseReadOnly, DatabaseUnreachable, DiskFull, NewerFormat, NotADatabase
from outreach.faults import why

FILE = "outreach.db"
APPLICATION = 0x6F757472  # "outr", in the file's header: whose database it is
SCHEMA = 8  # how many migrations there are; the file's `user_version`
_TOGETHER = 10_000  # records that are folded again at a time, so that a big journal needs little memory
PATIENCE = 5.0  # seconds to wait for another process's write

_MEANINGS: dict[int, type[OutreachError]] = {
    sqlite3.SQLITE_BUSY: DatabaseLocked,
    sqlite3.SQLITE_LOCKED: DatabaseLocked,
    sqlite3.SQLITE_READONLY: DatabaseReadOnly,
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_IOERR_SHMSIZE: DiskFull,  # no room for the log's index, which comes before the log
    sqlite3.SQLITE_CORRUPT: NotADatabase,
    sqlite3.SQLITE_NOTADB: NotADatabase,
}


def open_database(home: Path, *, patience: float = PATIENCE) -> sqlite3.Connection:
    """The laptop's database, made or brought up to date if need be. Raises the errors of `explained` and NewerFormat."""
    path = home / FILE
    with explained(path):
        _make_private(path)
        db = sqlite3.connect(path, timeout=patience, isolation_level=None)
        db.row_factory = sqlite3.Row
        try:
            _prepare(db, path)
        except BaseException:
            db.close()
            raise
    return db


def _make_private(path: Path) -> None:
    """Make the folder and an empty file, readable by their owner only (SQLite's side files take after it)."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        if not os.access(path, os.W_OK):  # SQLite would leave side files that stay read-only when this one no longer is
            raise DatabaseReadOnly(path=path)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(path=path) from error
        raise DatabaseUnreachable(path=path, why=why(error)) from error


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Says in a sentence what SQLite refused."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None:  # Python's own complaint: a text in the file is no text
            raise NotADatabase(path=path) from error
        meaning = _MEANINGS.get(code) or _MEANINGS.get(code & 0xFF)
        raise meaning(path=path) if meaning else DatabaseUnreachable(path=path, why=error) from error


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    (found,) = db.execute("PRAGMA user_version").fetchone()
    (owner,) = db.execute("PRAGMA application_id").fetchone()
    if owner != APPLICATION and (found or db.execute("SELECT 1 FROM sqlite_master").fetchone()):
        raise NotADatabase(path=path)  # a database, but somebody else's
    if found > SCHEMA:
        raise NewerFormat(path=path, found=found, known=SCHEMA)
    if found < SCHEMA:
        _migrate(db)
    db.execute("PRAGMA synchronous = FULL")  # a confirmed visit survives a power cut


def _migrate(db: sqlite3.Connection) -> None:
    from sqlite_utils import Database

    from outreach.store.migrations import migrations

    db.execute("PRAGMA page_size = 8192")  # of a new file: a quarter less time for much at once than with 4096
    db.execute("PRAGMA journal_mode = WAL")
    with transaction(db):  # a second process that starts now waits here, and then finds nothing to do
        (found,) = db.execute("PRAGMA user_version").fetchone()
        if found < SCHEMA:
            migrations.apply(Database(db))
            _fold_again(db)
            db.execute("INSERT OR IGNORE INTO meta VALUES ('device', ?)", (os.urandom(5).hex(),))
            db.execute(f"PRAGMA application_id = {APPLICATION}")
            db.execute(f"PRAGMA user_version = {SCHEMA}")


def _fold_again(db: sqlite3.Connection) -> None:
    """Fold every record again: a newer version knows kinds, fields and words that lay in the journal until now."""
    from outreach.store.tables import refold  # only when a database was made or brought up to date

    keys = [(row["kind"], row["id"]) for row in db.execute("SELECT DISTINCT kind, id FROM journal")]
    for start in range(0, len(keys), _TOGETHER):
        refold(db, keys[start : start + _TOGETHER])


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Everything within is written, or nothing. The write lock is taken at once, so nothing read within grows old."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


@contextmanager
def piece(db: sqlite3.Connection) -> Iterator[None]:
    """A part of the open transaction that is written whole or not at all; a transaction of its own where none is open."""
    if not db.in_transaction:
        with transaction(db):
            yield
        return
    db.execute("SAVEPOINT piece")
    try:
        yield
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK TO piece")
            db.execute("RELEASE piece")
        raise
    db.execute("RELEASE piece")


@contextmanager
def bulk(db: sqlite3.Connection) -> Iterator[None]:
    """For taking in much that can be taken in again: more memory, and a power cut may undo the last of it, whole."""
    db.execute("PRAGMA cache_size = -65536")
    if not db.in_transaction:
        db.execute("PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        if not db.in_transaction:
            db.execute("PRAGMA synchronous = FULL")


@contextmanager
def rehearsed(db: sqlite3.Connection) -> Iterator[None]:
    """Everything within is done, seen, and taken back."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def get_meta(db: sqlite3.Connection, key: str) -> str | None:
    """What this laptop noted about itself under `key`: device, folder, team."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None


def set_meta(db: sqlite3.Connection, key: str, value: str) -> None:
    """Note `value` under `key`."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def device_of(db: sqlite3.Connection) -> str:
    """This laptop's id: 10 hexadecimal digits, made once."""
    return str(get_meta(db, "device"))
