"""`outreach demo`: the made-up push, replayed on three laptops that share a folder, to the report of its last week."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from outreach.cli import replay
from outreach.cli.report import print_report
from outreach.cli.screen import coloured
from outreach.cli.session import Session, say, session_of, tell
from outreach.domain.dates import week_of
from outreach.i18n import _
from outreach.settings import write
from outreach.sync import exchange
from outreach.sync.folder import Folder

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

WEEKS = 3
SUPERVISOR = "lin"  # whose laptop prints the report


def demo(ctx: typer.Context) -> None:
    session = session_of(ctx)
    place = Path(tempfile.mkdtemp(prefix="outreach-demo-"))
    shared = place / "shared"
    shared.mkdir()
    workers, lines = replay.load(replay.data_folder() / "sample" / "push.jsonl")
    tell(_("Made-up data: three weeks of visits by {names}, each with a laptop.").format(names=_(", ").join(workers.values())))
    for laptop, worker in workers.items():
        write(place / laptop / "settings.toml", f'worker = "{worker}"\nlaptop = "{laptop}"\n')
    monday = week_of(session.today())[0] - timedelta(weeks=WEEKS)  # the sample ends with last week
    replayed = replay.Replay(place, monday, workers, lambda laptop, db: _sync(place, shared, laptop, db))
    _play(replayed, lines)
    tell(_("They shared through a folder. Now the report of the last week, as Monday's supervisor prints it:"), "")
    print_report(_at(place, session.environ), monday + timedelta(weeks=WEEKS) - timedelta(days=1))
    _explain(place, workers)


def _play(replayed: replay.Replay, lines: list[replay.Line]) -> None:
    started = time.monotonic()
    for done, _line in enumerate(replayed.play(lines), 1):
        if sys.stderr.isatty():
            sys.stderr.write("\r" + _("Replaying {done} of {all}").format(done=done, all=len(lines)))
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K" if coloured(sys.stderr) else "\n")
    replayed.close()
    seconds = f"{time.monotonic() - started:.1f}"
    tell(_("{n} things were recorded or shared in {seconds} s.").format(n=len(lines), seconds=seconds))


def _sync(place: Path, shared: Path, laptop: str, db: sqlite3.Connection) -> None:
    me = exchange.laptop_of(db, laptop, place / laptop)
    if not any(shared.iterdir()):
        exchange.found(db, Folder(shared), me)
    exchange.sync(db, Folder(shared), me)


def _at(place: Path, environ: Mapping[str, str]) -> Session:
    return Session({**environ, "OUTREACH_HOME": str(place / SUPERVISOR), "OUTREACH_WORKER": ""})


def _activation() -> str:
    """What makes `outreach` a command of this shell; nothing where it is one, or no environment holds it."""
    if shutil.which("outreach") or sys.prefix == sys.base_prefix:
        return ""
    if os.name == "nt":
        return str(Path(sys.prefix, "Scripts", "activate"))
    return f". {shlex.quote(str(Path(sys.prefix, 'bin', 'activate')))}"


def _explain(place: Path, workers: Mapping[str, str]) -> None:
    """How to play on."""
    name = "set {}={}" if os.name == "nt" else "export {}={}"
    say("")
    say(_("All of it stays for you to play with, in {place}").format(place=place))
    if activation := _activation():
        say("  " + activation)
    say("  " + name.format("OUTREACH_HOME", place / SUPERVISOR))
    say("  outreach                          " + _("today's page of {worker}").format(worker=workers[SUPERVISOR]))
    say("  outreach show 老周粮油店          " + _("the owner who talked for 40 minutes, and joined after a mother spoke"))
    say("  outreach why sjlm                 " + _("a shop that wavers, and what to do"))
    say("  outreach map --html map.html      " + _("the community resource map, a page to look at and to print"))
    say("  outreach community report 皮村    " + _("the basic-situation report; “interview” asks what it lacks"))
    say("  outreach visit                    " + _("record visits; outreach undo takes them back"))
    say("  outreach sync                     " + _("share them; then the same from {other}").format(other=place / "zhao"))
    say(_("When you have seen enough, delete the folder."))
