"""`outreach sync`: exchange with the shared folder, and say what went, what came and what waits."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach.cli.progress import shown_progress
from outreach.cli.screen import clean
from outreach.cli.session import say, session_of, show_json, tell
from outreach.errors import ExitStatus, NoSharedFolder
from outreach.i18n import N_, _, ngettext
from outreach.sync import exchange
from outreach.sync.result import Notice, Reason, Remark, SetAside, SyncResult

if TYPE_CHECKING:
    import sqlite3

    from outreach.sync.result import Laptop

EXAMPLES = {"sync": "outreach sync /media/usb/outreach --init\noutreach sync /media/usb/outreach\noutreach sync"}
_REASONS = {
    Reason.EMPTY: N_("nothing is in it yet"),
    Reason.TORN: N_("only a part of it has arrived"),
    Reason.ALTERED: N_("it was altered after it was written"),
    Reason.FOREIGN: N_("it is not one of outreach's, or lies in the wrong place"),
    Reason.MALFORMED: N_("it is not written as outreach writes"),
    Reason.TOO_NEW: N_("a newer outreach wrote it; install the newer version"),
    Reason.UNREADABLE: N_("it cannot be read now"),
    Reason.NOT_OURS: N_("it stands under this laptop's name, but this laptop did not write it"),
    Reason.NOT_WRITABLE: N_("it cannot be written; what was to go there waits here"),
}


def sync(
    ctx: typer.Context,
    folder: Annotated[str | None, typer.Argument(metavar=N_("FOLDER"), help=N_("The shared folder; it is remembered"))] = None,
    *,
    init: Annotated[bool, typer.Option("--init", help=N_("Make the folder a shared one; once, on one laptop"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Only say what would be exchanged"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=N_("As JSON"))] = False,
) -> int:
    session = session_of(ctx)
    laptop = exchange.laptop_of(session.db, session.settings.laptop or platform.node(), session.home)
    root = _folder(session.db, folder)
    result = (exchange.rehearse if dry_run else _sync)(session.db, root, laptop, init=init)
    if as_json:
        show_json(_as_json(result))
    else:
        _show(result, init=init)
    return ExitStatus.SET_ASIDE if result.set_aside else ExitStatus.DONE


def _folder(db: sqlite3.Connection, typed: str | None) -> Path:
    if typed:
        return Path(os.path.abspath(Path(typed).expanduser()))
    remembered = exchange.remembered_folder(db)
    if remembered is None:
        raise NoSharedFolder
    return remembered


def _sync(db: sqlite3.Connection, root: Path, laptop: Laptop, *, init: bool) -> SyncResult:
    if init:
        exchange.found(db, root, laptop)
    with shown_progress() as progress:
        return exchange.sync(db, root, laptop, progress)


def _show(result: SyncResult, *, init: bool) -> None:
    if init and not result.rehearsal:
        say(
            _("{folder} is your team's shared folder now. On the other laptops: outreach sync FOLDER").format(
                folder=result.folder
            )
        )
    for line in (_sent(result), _received(result), *map(_waiting, result.set_aside)):
        say(line)
    for notice in result.notices:
        if not (init and notice.remark is Remark.JOINED):
            tell(_remark(notice, result.folder))


def _sent(result: SyncResult) -> str:
    n = result.sent
    if not n:
        return _("Nothing to send.")
    if result.rehearsal:
        return ngettext("Would send {n} change.", "Would send {n} changes.", n).format(n=n)
    return ngettext("Sent {n} change.", "Sent {n} changes.", n).format(n=n)


def _received(result: SyncResult) -> str:
    n = result.received
    if not n:
        return _("Nothing new from the others.")
    by = _(", ").join(f"{clean(a.name) or a.device} {a.changes}" for a in result.arrivals)
    if result.rehearsal:
        return ngettext("Would receive {n} change: {by}.", "Would receive {n} changes: {by}.", n).format(n=n, by=by)
    return ngettext("Received {n} change: {by}.", "Received {n} changes: {by}.", n).format(n=n, by=by)


def _waiting(item: SetAside) -> str:
    why = _(_REASONS[item.reason]) + (_(" ({why})").format(why=item.why) if item.why else "")
    return _("Set aside until the next sync: {file}: {why}").format(file=item.file, why=why)


def _remark(notice: Notice, folder: Path) -> str:
    remarks = {
        Remark.JOINED: _("From now on this laptop shares through {folder}."),
        Remark.REFILLED: ngettext(
            "{n} file of this laptop was gone from the folder and was put back.",
            "{n} files of this laptop were gone from the folder and were put back.",
            notice.count,
        ),
        Remark.EXPORT_KEPT: _("outreach.json there knows more than this laptop yet, and was left as it is."),
        Remark.EXPORT_MENDED: _("outreach.json there had been altered, or another version wrote it; it was written anew."),
    }
    return remarks[notice.remark].format(folder=folder, n=notice.count)


def _as_json(result: SyncResult) -> dict[str, Any]:
    return {
        "format": "outreach/sync/1",
        "folder": str(result.folder),
        "dry_run": result.rehearsal,
        "sent": result.sent,
        "received": result.received,
        "from": [{"device": a.device, "name": a.name, "changes": a.changes} for a in result.arrivals],
        "set_aside": [{"file": s.file, "reason": s.reason, "text": _waiting(s)} for s in result.set_aside],
        "notices": [{"code": n.remark, "text": _remark(n, result.folder)} for n in result.notices],
        "export_sha256": result.export_sha256,
    }
