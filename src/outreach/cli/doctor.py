"""`outreach doctor`: is everything sound? Says so check by check, and names the first difference."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.screen import clean
from outreach.cli.session import say, session_of, show_json
from outreach.errors import ExitStatus, OutreachError
from outreach.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.cli.session import Session

_PRIVATE, _SETTINGS = "private", "settings"
Verdict = tuple[str, bool, str]
_NAMES = {
    "file": N_("The database file is whole"),
    "journal": N_("Every entry of the journal can be read"),
    "fold": N_("The records are what the journal says"),
    "standing": N_("Where merchants stand is what their visits say"),
    "names": N_("Every name can be found"),
    _PRIVATE: N_("Only you can read the data"),
    _SETTINGS: N_("The settings can be used"),
}


def doctor(
    ctx: typer.Context,
    *,
    as_json: Annotated[bool, typer.Option("--json", help=N_("As JSON"))] = False,
) -> None:
    session = session_of(ctx)
    verdicts = list(_verdicts(session))
    sound = all(ok for _name, ok, _text in verdicts)
    if as_json:
        checks = [{"name": name, "ok": ok, "text": text} for name, ok, text in verdicts]
        show_json({"format": "outreach/doctor/1", "ok": sound, "checks": checks})
    else:
        for _name, ok, text in verdicts:
            verdict = _("ok") if ok else _("NOT OK")
            say(f"{verdict}  {text}")
        say(_outcome(session, [name for name, ok, _text in verdicts if not ok]))
    if not sound:
        raise typer.Exit(ExitStatus.REFUSED)


def _outcome(session: Session, wrong: list[str]) -> str:
    if not wrong:
        return _("Everything is sound.")
    if wrong == [_SETTINGS]:
        return _("Mend the settings as it says there, and look again; your records are sound.")
    return _("Keep this file as it is and ask for help: {path}").format(path=session.home)


def _verdicts(session: Session) -> Iterator[Verdict]:
    from outreach.store.check import examine

    for finding in examine(session.db):
        text = _(_NAMES[finding.check])
        yield finding.check.value, finding.ok, text if finding.ok else f"{text}: {finding.difference}"
    yield _PRIVATE, _private(session), _(_NAMES[_PRIVATE])
    wrong = " ".join(_amiss(session))
    yield _SETTINGS, not wrong, f"{_(_NAMES[_SETTINGS])}: {wrong}" if wrong else _(_NAMES[_SETTINGS])


def _amiss(session: Session) -> list[str]:
    """What is wrong in the settings, a sentence each."""
    from outreach.cli.settings import strangers
    from outreach.report.scoring import in_force

    try:
        in_force(session.settings)
    except OutreachError as error:
        return [error.sentence(clean)]
    return strangers(session.settings)


def _private(session: Session) -> bool:
    """Whether nobody else may read the data folder (Windows keeps the user's folders to the user by itself)."""
    return os.name == "nt" or not stat.S_IMODE(session.home.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO)
