"""One sync with the shared folder: check whose it is, take in what others put there, send what waits here, renew the export.

The order is: check, read, write. So a read-only stick still brings news, and nothing is touched before the folder has shown
that it is the team's.
"""

import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from outreach.domain.disagreement import Disagreement
from outreach.store import segments
from outreach.store.connection import device_of, get_meta, rehearsed, set_meta, transaction
from outreach.store.journal import former_ids, last_row
from outreach.store.laptops import heard_of
from outreach.store.lock import alone
from outreach.sync import identity
from outreach.sync.clocks import Finding, findings
from outreach.sync.folder import Folder, Listing, is_in_writing
from outreach.sync.incoming import Intake, disagreed, take_in
from outreach.sync.outgoing import publish, send, waiting
from outreach.sync.result import Arrival, Laptop, Notice, Progress, Remark, SetAside, Stage, SyncResult
from outreach.sync.rollup import MANY, roll_up, take_away_replaced

_TEAM, _FOLDER = "team", "folder"  # keys of the laptop's notes about itself


def quiet(_stage: Stage, _done: int, _of: int) -> None:
    """Shows no progress."""


def remembered_folder(db: sqlite3.Connection) -> Path | None:
    """The shared folder of the last sync."""
    noted = get_meta(db, _FOLDER)
    return Path(noted) if noted else None


def laptop_of(db: sqlite3.Connection, name: str, home: Path, clock: int = 0) -> Laptop:
    """This laptop, called `name`, with its data in `home`; its clock says `clock` (ms since 1970)."""
    return Laptop(device_of(db), name, home, clock)


def found(db: sqlite3.Connection, folder: Folder, laptop: Laptop) -> None:
    """Make a folder the shared one of this laptop's team, and remember it; a laptop without a team starts one.

    Raises as `may_found`.
    """
    team = get_meta(db, _TEAM)
    identity.may_found(folder, laptop.home, team=team)
    team = team or secrets.token_hex(16)
    identity.found(folder, team)
    _remember(db, folder.root, team)


def join(db: sqlite3.Connection, folder: Folder) -> None:
    """Belong to the team of this folder from now on, whatever the laptop's team was. Raises IdentityUnreadable."""
    team = identity.team_of(folder)
    if team is not None:
        with transaction(db):
            set_meta(db, _TEAM, team)


def sync(
    db: sqlite3.Connection,
    folder: Folder,
    laptop: Laptop,
    progress: Progress = quiet,
    *,
    many: int = MANY,
    export: bool = True,
) -> SyncResult:
    """Sync with a folder and remember it. Raises the errors of `identity.admit` and SyncRunning.

    `many`: so many small segments of this laptop are rolled up into one. `export`: whether outreach.json is renewed, which
    costs with everything that is there, not with what is new.
    """
    with alone(laptop.home):
        team = _admit(db, folder, laptop)
        notices = [*_remember(db, folder.root, team), *_warnings(laptop)]
        before = last_row(db)
        listing = folder.listing()
        intake = take_in(db, folder, listing, progress, laptop.entropy)
        laptop = replace(laptop, device=device_of(db))
        notices += [Notice(Remark.NEW_IDENTITY) for _id in intake.former]
        sending = send(db, folder, listing, laptop, team, progress, export=export)
        set_aside = (*intake.set_aside, *sending.set_aside)
        if not sending.set_aside:
            set_aside += _roll(db, folder, listing, laptop, progress, many)
    notices += [*_strays(listing), *sending.notices]
    return SyncResult(
        folder.root,
        sending.sent,
        _arrivals(intake),
        set_aside,
        tuple(notices),
        _disagreed(db, intake, before),
        _clocks(db, laptop),
        sending.export_sha256,
    )


def rehearse(db: sqlite3.Connection, folder: Folder, laptop: Laptop, *, init: bool = False) -> SyncResult:
    """What `sync` would send and receive, after `found` if `init`. Writes nothing. Raises what they would raise."""
    if init:
        identity.may_found(folder, laptop.home, team=get_meta(db, _TEAM))
        return SyncResult(folder.root, waiting(db), rehearsal=True)
    _admit(db, folder, laptop)
    listing = folder.listing()
    with rehearsed(db):
        sent, before = waiting(db), last_row(db)
        intake = take_in(db, folder, listing, quiet)
        notices = [Notice(Remark.NEW_IDENTITY) for _id in intake.former]
        notices += [*_strays(listing), *_warnings(laptop)]
        differing, clocks = _disagreed(db, intake, before), _clocks(db, laptop)
    waits = tuple(intake.set_aside)
    return SyncResult(folder.root, sent, _arrivals(intake), waits, tuple(notices), differing, clocks, rehearsal=True)


def _admit(db: sqlite3.Connection, folder: Folder, laptop: Laptop) -> str:
    return identity.admit(folder, laptop.home, team=get_meta(db, _TEAM), remembered=remembered_folder(db))


def _remember(db: sqlite3.Connection, root: Path, team: str) -> tuple[Notice, ...]:
    """Note the folder and the team; says so where they are new."""
    if (get_meta(db, _TEAM), remembered_folder(db)) == (team, root):
        return ()
    with transaction(db):
        set_meta(db, _TEAM, team)
        set_meta(db, _FOLDER, str(root))
    return (Notice(Remark.JOINED),)


def _warnings(laptop: Laptop) -> Iterator[Notice]:
    if identity.is_moved_by_others(laptop.home):
        yield Notice(Remark.HOME_IS_MOVED)


def _strays(listing: Listing) -> Iterator[Notice]:
    others = [stray for stray in listing.strays if not is_in_writing(stray)]
    if others:
        yield Notice(Remark.STRAYS, len(others))


def _roll(
    db: sqlite3.Connection, folder: Folder, listing: Listing, laptop: Laptop, progress: Progress, many: int
) -> tuple[SetAside, ...]:
    """Take away what was replaced before, and roll up anew where there is much."""
    take_away_replaced(db, folder, listing, laptop)
    if not roll_up(db, laptop, many):
        return ()
    progress(Stage.ROLLING, 0, 1)
    _written, refusals = publish(db, folder, segments.unpublished(db), laptop.device, quiet)
    return refusals


def _arrivals(intake: Intake) -> tuple[Arrival, ...]:
    return tuple(sorted(intake.arrivals.values(), key=lambda arrival: (arrival.name, arrival.device)))


def _disagreed(db: sqlite3.Connection, intake: Intake, before: int) -> tuple[Disagreement, ...]:
    """A laptop that knew nothing yet is not told of old disagreements."""
    return disagreed(db, intake.again, before) if before else ()


def _clocks(db: sqlite3.Connection, laptop: Laptop) -> tuple[Finding, ...]:
    mine = {laptop.device, *former_ids(db)}
    others = [heard for heard in heard_of(db) if heard.device not in mine]
    return tuple(findings(laptop.clock, others)) if laptop.clock else ()
