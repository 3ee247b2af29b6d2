"""`outreach sync`: exchange with the shared folder. What it came to is put into words by `outreach.cli.synced`."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.progress import shown_progress
from outreach.cli.session import say, session_of, show_json, tell
from outreach.cli.synced import Wording
from outreach.errors import ExitStatus, OutreachError
from outreach.errors.sharing import AnotherTeam, FolderEmptied, NoSharedFolder, NotShared
from outreach.i18n import N_, _
from outreach.sync import exchange
from outreach.sync.folder import Folder

if TYPE_CHECKING:
    import sqlite3

    from outreach.cli.session import Session
    from outreach.sync.result import Laptop, SyncResult

EXAMPLES = {"sync": "outreach sync /media/usb/outreach --init\noutreach sync /media/usb/outreach\noutreach sync"}


def sync(
    ctx: typer.Context,
    folder: Annotated[str | None, typer.Argument(metavar=N_("FOLDER"), help=N_("The shared folder; it is remembered"))] = None,
    *,
    init: Annotated[bool, typer.Option("--init", help=N_("Make the folder a shared one; once, on one laptop"))] = False,
    join: Annotated[bool, typer.Option("--join", help=N_("Move this laptop to the folder's team, with its records"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Only say what would be exchanged"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=N_("As JSON"))] = False,
) -> int:
    session = session_of(ctx)
    laptop = exchange.laptop_of(session.db, session.settings.laptop or platform.node(), session.home, session.now_ms())
    shared = Folder(_root(session.db, folder))
    if dry_run:
        result = exchange.rehearse(session.db, shared, laptop, init=init)
    else:
        result = _sync(session, shared, laptop, init=init, join=join, may_ask=session.interactive and not as_json)
    wording = Wording(session, result)
    if as_json:
        show_json(wording.document())
    else:
        say(*wording.results())
        for remark in wording.remarks():
            tell(remark)
    return ExitStatus.SET_ASIDE if result.set_aside else ExitStatus.DONE


def _root(db: sqlite3.Connection, typed: str | None) -> Path:
    if typed:
        return Path(os.path.abspath(os.path.expanduser(typed)))
    remembered = exchange.remembered_folder(db)
    if remembered is None:
        raise NoSharedFolder
    return remembered


def _sync(session: Session, folder: Folder, laptop: Laptop, *, init: bool, join: bool, may_ask: bool) -> SyncResult:
    """Sync; what stands against it is asked about once, where there is someone to ask."""
    if init:
        exchange.found(session.db, folder, laptop)
        made = _("{folder} is your team's shared folder now. On the other laptops: outreach sync FOLDER")
        tell(made.format(folder=folder.root))
    if join:
        exchange.join(session.db, folder)
    try:
        return _exchange(session, folder, laptop)
    except (NotShared, AnotherTeam) as error:
        if not (may_ask and _agreed(error)):
            raise
        strange = isinstance(error, AnotherTeam)
    return _sync(session, folder, laptop, init=not strange, join=strange, may_ask=False)


def _agreed(error: OutreachError) -> bool:
    """Whether the user wants to go on in spite of what was found. No is the first answer, and what Enter means."""
    from outreach.cli.prompts import pick_or_skip

    if isinstance(error, FolderEmptied):
        found = _("{folder} was shared with your team, but its outreach-team.json is gone. Is it the right folder or stick?")
        question, yes = _("Fill it again from this laptop?"), _("yes: everything this laptop holds is put there again")
    elif isinstance(error, AnotherTeam):
        found = _("{folder} belongs to another team than the folder this laptop shares with.")
        question, yes = _("Move this laptop to that team?"), _("yes: from now on its records go to that team too")
    else:
        found = _("{folder} is not a shared folder of outreach.")
        question, yes = _("Make it your team's shared folder?"), _("yes, I am the first of the team")
    say(found.format(folder=error.facts["folder"]))
    return bool(pick_or_skip(question, [(_("no, stop here"), False), (yes, True)]))


def _exchange(session: Session, folder: Folder, laptop: Laptop) -> SyncResult:
    with shown_progress() as progress:
        return exchange.sync(session.db, folder, laptop, progress)
