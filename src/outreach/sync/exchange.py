"""One sync with the shared folder: check whose it is, take in what others put there, send what waits here, renew the export.

The order is: check, read, write. So a read-only stick still brings news, and nothing is touched before the folder has shown
that it is the team's.
"""

import secrets
import sqlite3
from pathlib import Path

from outreach.store.connection import device_of, get_meta, set_meta, transaction
from outreach.store.lock import alone
from outreach.sync import identity
from outreach.sync.folder import listing
from outreach.sync.incoming import take_in
from outreach.sync.outgoing import send, waiting
from outreach.sync.result import Laptop, Notice, Progress, Remark, Stage, SyncResult

_TEAM, _FOLDER = "team", "folder"  # keys of the laptop's notes about itself


def quiet(_stage: Stage, _done: int, _of: int) -> None:
    """Shows no progress."""


def remembered_folder(db: sqlite3.Connection) -> Path | None:
    """The shared folder of the last sync."""
    noted = get_meta(db, _FOLDER)
    return Path(noted) if noted else None


def laptop_of(db: sqlite3.Connection, name: str, home: Path) -> Laptop:
    """This laptop, called `name`, with its data in `home`."""
    return Laptop(device_of(db), name, home)


def found(db: sqlite3.Connection, root: Path, laptop: Laptop) -> None:
    """Make `root` the shared folder of this laptop's team; a laptop without a team starts one. Raises as `may_found`."""
    team = get_meta(db, _TEAM)
    identity.may_found(root, laptop.home, team=team)
    identity.found(root, team or secrets.token_hex(16))


def sync(db: sqlite3.Connection, root: Path, laptop: Laptop, progress: Progress = quiet) -> SyncResult:
    """Sync with `root`, an absolute path, and remember it. Raises the errors of `identity.admit` and SyncRunning."""
    with alone(laptop.home):
        team = _admit(db, root, laptop)
        joined = _remember(db, root, team)
        seen = listing(root)
        arrivals, set_aside = take_in(db, root, seen, progress)
        sending = send(db, root, seen, laptop, team, progress)
    notices = (*joined, *sending.notices)
    return SyncResult(root, sending.sent, arrivals, (*set_aside, *sending.set_aside), notices, sending.export_sha256)


def rehearse(db: sqlite3.Connection, root: Path, laptop: Laptop, *, init: bool = False) -> SyncResult:
    """What `sync` would send and receive, after `found` if `init`. Writes nothing. Raises what they would raise."""
    if init:
        identity.may_found(root, laptop.home, team=get_meta(db, _TEAM))
        return SyncResult(root, waiting(db, laptop.device), rehearsal=True)
    _admit(db, root, laptop)
    arrivals, set_aside = take_in(db, root, listing(root), quiet, rehearsal=True)
    return SyncResult(root, waiting(db, laptop.device), arrivals, set_aside, rehearsal=True)


def _admit(db: sqlite3.Connection, root: Path, laptop: Laptop) -> str:
    return identity.admit(root, laptop.home, team=get_meta(db, _TEAM), remembered=remembered_folder(db))


def _remember(db: sqlite3.Connection, root: Path, team: str) -> tuple[Notice, ...]:
    """Note the folder and the team; says so where they are new."""
    if (get_meta(db, _TEAM), remembered_folder(db)) == (team, root):
        return ()
    with transaction(db):
        set_meta(db, _TEAM, team)
        set_meta(db, _FOLDER, str(root))
    return (Notice(Remark.JOINED),)
