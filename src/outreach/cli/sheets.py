"""From a file to sheets of entries: what is in it, what its columns are, asked on a terminal where nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from outreach.cli.changes import field_name
from outreach.cli.screen import clean
from outreach.cli.session import tell
from outreach.errors.importing import BadMapping, ImportStopped, NoSuchField, NoSuchKind, NoSuchSheet, NothingToImport
from outreach.exchange import mappings
from outreach.exchange.entries import entries
from outreach.exchange.files import read
from outreach.exchange.header_words import ID, LOCATION
from outreach.exchange.headers import Recognised, fields_of, kind_named, recognise
from outreach.exchange.run import Sheet
from outreach.exchange.values import Reading
from outreach.i18n import _
from outreach.report.labels import KIND_LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from outreach.cli.session import Session
    from outreach.exchange.table import Table

_LEAVE, _STOP = "-", ""
_ASIDE = 2  # columns of a workbook of problems that come before the row's own


class Asked(NamedTuple):
    """What was said on the command line: columns, what the rows are, which sheet."""

    maps: Sequence[str] = ()
    kind: str | None = None
    sheet: str | None = None


def sheets_of(session: Session, path: Path, asked: Asked) -> list[Sheet]:
    """The sheets of a file that are to be imported. Raises what cannot be read or understood."""
    if path.suffix.casefold() == ".json":
        from outreach.exchange import shared

        return shared.sheets_of(path)
    kind = _kind(asked.kind)
    given = dict(map(_pair, asked.maps))
    tables = _chosen(path, read(path, given.keys()), asked.sheet)
    _check_given(given, tables)
    reading = Reading(session.now(), session.settings.reasons)
    found = [(table, recognised) for table in tables if (recognised := _recognised(session, table, given, kind))]
    if not found:
        raise NothingToImport(path=path)
    for table in tables:
        if table not in [one for one, _recognised in found]:
            tell(_("The sheet {name} was left out: its columns are not known to me.").format(name=table.name))
    return [
        Sheet(table.name or path.name, one.kind, table.header, entries(table, one, reading), one.unknown, one.private)
        for table, one in found
    ]


def _kind(text: str | None) -> str | None:
    if text is None:
        return None
    if (kind := kind_named(text)) is None:
        raise NoSuchKind(text=text)
    return kind


def _pair(text: str) -> tuple[str, str]:
    column, sign, field = text.replace("＝", "=").rpartition("=")
    if not (sign and column.strip() and field.strip()):
        raise BadMapping(text=text)
    return column.strip(), field.strip()


def _chosen(path: Path, tables: Sequence[Table], name: str | None) -> Sequence[Table]:
    chosen = [table for table in tables if name in (None, table.name)]
    if not chosen:
        raise NoSuchSheet(path=path, name=name, names=_(", ").join(table.name for table in tables))
    return chosen


def _check_given(given: Mapping[str, str], tables: Sequence[Table]) -> None:
    columns = {column for table in tables for column in table.header}
    for column in given:
        if column not in columns:
            raise BadMapping(text=column)


def _recognised(session: Session, table: Table, given: Mapping[str, str], kind: str | None) -> Recognised | None:
    """What a sheet is, with what was said of its columns now, last time, or when asked."""
    kept = mappings.remembered(session.home, table.header)
    last = kept.pop(mappings.KIND, None)
    said = kept | {column: field for column, field in given.items() if column in table.header}
    found = recognise(table.name, table.header, said, kind or last)
    if found is None:
        return None
    for field in said.values():
        if field != _LEAVE and field not in fields_of(found.kind):
            raise NoSuchField(kind=KIND_LABELS[found.kind], field=field, fields=_(", ").join(fields_of(found.kind)))
    if kept and kept.items() <= said.items():
        tell(_("Columns as last time: {columns}").format(columns=_(", ").join(f"{c} = {f}" for c, f in kept.items())))
    if session.interactive and (new := _ask(found)):
        said |= new
        found = recognise(table.name, table.header, said, found.kind) or found
    if (said or kind) and (said, kind or last) != (kept, last):
        mappings.remember(session.home, table.header, said | {mappings.KIND: found.kind})
    return found


def _ask(found: Recognised) -> dict[str, str]:
    """What each unknown column is. Raises ImportStopped."""
    from outreach.cli.prompts import pick

    said: dict[str, str] = {}
    taken = set(found.columns.values())
    for column in found.unknown:
        free = [field for field in fields_of(found.kind) if field not in taken and "." not in field]
        choices = [
            (_("leave it out"), _LEAVE),
            *((_title(found.kind, field), field) for field in free),
            (_("stop here"), _STOP),
        ]
        answer = pick(_("What is the column {name}?").format(name=clean(column)), choices)
        if answer == _STOP:
            raise ImportStopped
        said[column] = answer
        taken.add(answer)
    return said


def _title(kind: str, field: str) -> str:
    own = {ID: _("number or key in that list"), LOCATION: _("place, as lon,lat")}
    return own.get(field) or field_name(kind, field)
