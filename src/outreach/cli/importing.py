"""`outreach import`: a file of shops, visits, parents, referrals or marks becomes records; one act, or nothing."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager, suppress
from glob import glob
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach.cli.session import say, session_of, show, show_json, tell
from outreach.errors import ExitStatus
from outreach.errors.importing import NothingInside
from outreach.i18n import N_, _, language, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.cli.imported import Wording
    from outreach.cli.session import Session
    from outreach.domain.likeness import Pair
    from outreach.exchange.fates import Outcome
    from outreach.exchange.importer import Options
    from outreach.exchange.run import Sheet

EXAMPLES = {
    "import_file": "outreach import shops.xlsx --dry-run\noutreach import shops.xlsx\n"
    "outreach import list.csv --map 店铺=name --map 片区=community\noutreach import form.csv form-visits.csv"
}


def import_file(  # noqa: PLR0913 - the signature is the command line
    ctx: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar=N_("FILE"), help=N_("What ends in .csv, .xlsx, .json or .zip; several are one act"))
    ],
    *,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", metavar=N_("COLUMN=FIELD"), help=N_("What a column is; COLUMN=- leaves it out")),
    ] = None,
    kind: Annotated[str | None, typer.Option(metavar=N_("KIND"), help=N_("What the rows are, such as merchants"))] = None,
    sheet: Annotated[str | None, typer.Option(metavar=N_("NAME"), help=N_("Only this sheet of a workbook"))] = None,
    community: Annotated[
        str | None, typer.Option(metavar=N_("NAME"), help=N_("Where the shops are of which the file does not say it"))
    ] = None,
    datum: Annotated[
        str | None, typer.Option(metavar="wgs84|gcj02|bd09", help=N_("The map that the places are from: GPS, Amap, Baidu"))
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Only show what would come of it"))] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=N_("The file goes before what people changed here"))] = False,
    new_shops: Annotated[bool, typer.Option("--new-shops", help=N_("A visit's shop may be new, by its name alone"))] = False,
    with_contacts: Annotated[bool, typer.Option("--with-contacts", help=N_("Phones too; mind who is looking"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=N_("As JSON"))] = False,
) -> int:
    from outreach.cli.imported import Wording
    from outreach.cli.sheets import Asked, sheets_of
    from outreach.exchange.importer import Options
    from outreach.exchange.mended import With

    session = session_of(ctx)
    session.asks = not as_json
    paths = [path for file in files for path in _named(file)]
    found = sheets_of(session, paths, Asked(map_ or (), kind, sheet, With(community, datum, new_shops)))
    outcomes = _run(session, found.sheets, Options(overwrite=overwrite, new_shops=found.new_shops), dry_run=dry_run)
    _must_hold_rows(paths, outcomes)
    if not dry_run:
        found.remember(session.home)
    with _told_if_stopped(dry_run=dry_run):
        wording = Wording(session, outcomes, contacts=with_contacts)
        saved = None if dry_run else _save_problems(paths[0], wording)
        if as_json:
            show_json(_document(paths, wording, saved, dry_run=dry_run, contacts=with_contacts))
        else:
            _say(wording, saved, dry_run=dry_run)
    if session.interactive and not dry_run:
        _offer(session, [pair for outcome in outcomes for pair in outcome.likely])
    return ExitStatus.SET_ASIDE if any(outcome.set_aside for outcome in outcomes) else ExitStatus.DONE


def _named(file: str) -> list[Path]:
    """The file, or those that *.csv means, which a shell of Windows leaves as it is. ~$shops.xlsx is nobody's home."""
    name = os.path.expanduser(file)
    return [Path(found) for found in (sorted(glob(name)) if not os.path.exists(name) else ()) or (name,)]


def _must_hold_rows(paths: Sequence[Path], outcomes: Sequence[Outcome]) -> None:
    if not any(outcome.counts.total() for outcome in outcomes):
        raise NothingInside(path=_(", ").join(map(str, paths)))


@contextmanager
def _told_if_stopped(*, dry_run: bool) -> Iterator[None]:
    """Who stops it from here on is told that it is written."""
    try:
        yield
    except KeyboardInterrupt:
        if not dry_run:
            tell(_("It was imported before it was stopped. To take it back: outreach undo"))
        raise


def _document(paths: Sequence[Path], wording: Wording, saved: Path | None, *, dry_run: bool, contacts: bool) -> dict[str, Any]:
    files = [str(path) for path in paths]
    head: dict[str, Any] = {"format": "outreach/import/1", "file": files[0], "files": files, "dry_run": dry_run}
    return head | {"problems": str(saved) if saved else None} | wording.document(contacts=contacts)


def _run(session: Session, sheets: Sequence[Sheet], options: Options, *, dry_run: bool) -> list[Outcome]:
    from outreach.cli.patience import patience
    from outreach.exchange.run import Who, run

    who = Who(session.now_ms(), session.worker, session.maker)
    with patience(_("Importing")) as tell_more:

        def progress(rows: int) -> None:
            tell_more(_("Importing, row {n}").format(n=rows))

        return run(session.db, sheets, who, options, rehearse=dry_run, progress=progress)


def _save_problems(path: Path, wording: Wording) -> Path | None:
    """Write the workbook of rows to look at beside the file, or, where that cannot be, in the folder one is in.

    Where neither can be, that is said, for the rows that were taken in are written already.
    """
    from outreach.cli.output import save
    from outreach.errors.supervising import OutputRefused
    from outreach.exchange.header_words import PROBLEM_HEADS
    from outreach.exchange.problems import workbook

    pages = wording.problems()
    if not pages:
        return None
    data = workbook(PROBLEM_HEADS[language() == "zh"], pages)
    refused = ""
    for folder in (path.parent, Path.cwd()):
        place = _free(folder, path)
        try:
            save(place, data)
        except OutputRefused as error:
            refused = str(error.facts["why"])
        else:
            return place
    tell(_("The rows to look at could not be written to a file ({why}); --json tells them.").format(why=refused))
    return None


_STEM = 60  # characters, which leave room for the rest of a name, of 255 bytes at most
_OF_PROBLEMS = re.compile(r"(.+)-problems(?:-\d+)?\.xlsx", re.IGNORECASE | re.DOTALL).fullmatch


def _free(folder: Path, path: Path) -> Path:
    """A name that nothing has: in one of before, somebody may be mending rows. Of such a one, the next number."""
    mended = _OF_PROBLEMS(path.name)
    stem = (mended[1] if mended else path.stem)[:_STEM]
    names = (f"{stem}-problems{number}.xlsx" for number in chain([""], (f"-{n}" for n in count(2))))
    return next(place for name in names if not (place := folder / name).exists())


def _offer(session: Session, likely: Sequence[Pair]) -> None:
    """The new shops that may be known ones, side by side, if somebody wants to see them now. Ctrl-C is: later."""
    from outreach.cli.duplicates import ask_each
    from outreach.cli.prompts import pick

    if not likely:
        return
    text = ngettext("{n} pair that may be one shop", "{n} pairs that may be one shop", len(likely)).format(n=len(likely))
    later = _("Later: {command}").format(command="outreach merchant duplicates")
    with suppress(KeyboardInterrupt):  # the import is done, and each answer was kept
        if pick(text, [(_("Look at them now, side by side"), True), (later, False)]):
            ask_each(session, likely)


def _say(wording: Wording, saved: Path | None, *, dry_run: bool) -> None:
    show(wording.text(tried=dry_run))
    for remark in wording.remarks():
        tell(remark)
    if saved:
        say(_("Rows to look at, with reasons: {path}. Mend them there, and import that file.").format(path=saved))
    if dry_run:
        say(_("Nothing was written. To import: the same without --dry-run."))
        if wording.has_problems:
            say(_("That writes all rows to look at, with the reasons, to a workbook beside the file."))
