"""`outreach export`: records to a file that spreadsheets, maps and other laptops read; what kind of file, its ending says."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import filters
from outreach.cli.session import say, session_of, show_json
from outreach.domain.form import Kind
from outreach.domain.records import KINDS, MERCHANT
from outreach.domain.text import natural_key
from outreach.errors.exporting import KindOfTables, NoSuchKind, NoVisitBy, UnknownEnding
from outreach.i18n import N_, _

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from pathlib import Path
    from typing import IO

    from outreach.cli.session import Session
    from outreach.exchange.out_wording import Order

EXAMPLES = {
    "export_file": "outreach export shops.xlsx --community 皮村\noutreach export visits.csv --kind visits --since monday\n"
    "outreach export map.geojson --status signed-up"
}
ENDINGS = (".csv", ".xlsx", ".json", ".geojson")
_TABLES = (".csv", ".xlsx")


def export_file(  # noqa: PLR0913 - the signature is the command line
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar=N_("FILE"), help=N_("Where to; its ending says what is written"))],
    *,
    kind: Annotated[
        str | None,
        typer.Option(metavar=N_("KIND"), help=N_("What goes into a table: merchants (.csv), all (.xlsx) or such as visits")),
    ] = None,
    status: filters.Status = None,
    community: filters.Community = None,
    category: filters.Category = None,
    tag: filters.Tag = None,
    worker: filters.Worker = None,
    since: filters.Since = None,
    until: filters.Until = None,
    with_contacts: Annotated[bool, typer.Option("--with-contacts", help=N_("With phone numbers; the screen says so"))] = False,
    force: Annotated[bool, typer.Option("--force", help=N_("Replace files that are there already"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=N_("As JSON"))] = False,
) -> None:
    from outreach.cli.output import places
    from outreach.exchange.out_wording import Order

    session = session_of(ctx)
    ending = _ending(file)
    kinds = _kinds(kind, ending)
    wanted = filters.wanted(session, filters.Options(status, community, category, tag, worker, since, until))
    _must_be_known(session, wanted.worker)
    (path,) = places(session, file, force=force)
    assert path is not None
    numbers = _write(session, path, ending, Order(kinds, wanted, session.now(), with_contacts))
    if as_json:
        show_json({"format": "outreach/export-file/1", "file": file, "contacts": with_contacts, "records": numbers})
    else:
        say(*_said(file, numbers, contacts=with_contacts))


def _must_be_known(session: Session, worker: str | None) -> None:
    """Raises NoVisitBy: an empty file would be passed on as if that worker had done nothing."""
    from outreach.store.records import workers_known

    if worker is not None and worker not in workers_known(session.db):
        raise NoVisitBy(name=worker)


def _ending(file: str) -> str:
    found = PurePath(file).suffix.casefold()
    if file.strip() and found not in ENDINGS:
        raise UnknownEnding(path=file, endings=" ".join(ENDINGS))
    return found


def _kinds(text: str | None, ending: str) -> tuple[Kind, ...]:
    """The kinds that go in. Raises NoSuchKind and KindOfTables."""
    from outreach.cli.out_words import kind_called

    if text is None:
        return (MERCHANT,) if ending in (".csv", ".geojson") else tuple(KINDS.values())
    if ending not in _TABLES:
        raise KindOfTables
    found = kind_called(natural_key(text))
    if found is None:
        raise NoSuchKind(text=text, kinds=" ".join(one.plural for one in KINDS.values()))
    return (found,)


def _write(session: Session, path: Path, ending: str, order: Order) -> Mapping[str, int]:
    from outreach.cli.output import saving
    from outreach.cli.patience import patience
    from outreach.store.chosen import choosing, merged_away

    with patience(_("Writing the file")), choosing(session.db, order.wanted), saving(path) as target:
        numbers = dict(_written(session, target, ending, order))
        if MERCHANT in order.kinds and ending != ".geojson":  # where one that was merged is part of the other
            numbers["merged"] = merged_away(session.db)
            numbers[MERCHANT.plural] -= numbers["merged"]
        return numbers


def _written(session: Session, target: IO[bytes], ending: str, order: Order) -> Mapping[str, int]:
    """Each writer is imported where it is wanted."""
    db: sqlite3.Connection = session.db
    if ending == ".json":
        from outreach.exchange.out_json import write_json

        return write_json(db, target, order)
    if ending == ".geojson":
        from outreach.exchange.out_geojson import write_geojson

        return write_geojson(db, target, order)
    from outreach.cli.out_words import wording

    words = wording(session.settings.reasons)
    if ending == ".csv":
        from outreach.exchange.out_csv import write_csv

        return write_csv(db, target, order, words)
    from outreach.exchange.out_xlsx import write_xlsx

    return write_xlsx(db, target, order, words)


def _said(file: str, numbers: Mapping[str, int], *, contacts: bool) -> list[str]:
    from outreach.cli.out_words import counts

    records = counts(numbers)
    lines = [_("Written: {path}").format(path=file)]
    lines.append(records or _("Nothing fits; the file holds no record."))
    if numbers.get("without_place"):
        lines.append(_("Without a place, so not on the map: {n}").format(n=numbers["without_place"]))
    if contacts and records:
        lines.append(_("With contacts: this file holds phone numbers. Do not pass it on."))
    return lines
