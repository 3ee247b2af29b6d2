"""From a file to sheets of entries: what is in it, and what its columns are, as it was said now, last time, or when asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from outreach.cli.session import tell
from outreach.domain.datum import Datum
from outreach.errors.importing import BadMapping, NoSuchColumn, NoSuchField, NoSuchKind, NoSuchSheet, NothingKnown, NothingNamed
from outreach.errors.typed import BadWord
from outreach.exchange import mappings
from outreach.exchange.closed import code_of
from outreach.exchange.entries import entries
from outreach.exchange.files import read
from outreach.exchange.headers import LEAVE_OUT, is_amap, is_of_a_map, lacking, recognise
from outreach.exchange.heading import fields_of, header_of, is_of_the_form, is_private
from outreach.exchange.kinds import kind_named
from outreach.exchange.run import Sheet
from outreach.exchange.values import Reading
from outreach.i18n import _
from outreach.report.labels import KIND_LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from outreach.cli.session import Session
    from outreach.exchange.headers import Recognised
    from outreach.exchange.table import Table

_SHOWN = 12  # names in one line


class Asked(NamedTuple):
    """What was said on the command line; `community` and `datum` where the file does not say them."""

    maps: Sequence[str] = ()
    kind: str | None = None
    sheet: str | None = None
    community: str | None = None
    datum: str | None = None


def sheets_of(session: Session, paths: Sequence[Path], asked: Asked) -> list[Sheet]:
    """The sheets of files that are to be imported. Raises what cannot be read or understood."""
    exports = [path for path in paths if path.suffix.casefold() == ".json"]
    tables = [path for path in paths if path not in exports]
    return [sheet for path in exports for sheet in _exported(path)] + (_tables(session, tables, asked) if tables else [])


def _exported(path: Path) -> list[Sheet]:
    from outreach.exchange import shared

    return shared.sheets_of(path)


def _tables(session: Session, paths: Sequence[Path], asked: Asked) -> list[Sheet]:
    kind, datum = _kind(asked.kind), _datum(asked.datum)
    given = dict(map(_pair, asked.maps))
    path = _(", ").join(map(str, paths))
    tables = _chosen(path, read(*paths, heads=given.keys()), asked.sheet)
    _check_given(given, tables)
    _tell_of_repeats(tables)
    found = {i: one for i, table in enumerate(tables) if (one := _recognised(session, table, given, kind))}
    if not found:
        raise NothingKnown(path=path, columns=[_columns_of(table) for table in tables[:_SHOWN]])
    found = _complete(tables, found, of_all=kind is not None)
    unknown = [table.title for i, table in enumerate(tables) if i not in found]
    if unknown:
        tell(_("Sheets left out, whose columns I do not know: {names}").format(names=some(unknown)))
    reading = Reading(session.now(), session.settings.reasons)
    return [_sheet(tables[i], one, _as_of(reading, tables[i], datum), asked.community) for i, one in found.items()]


def _complete(tables: Sequence[Table], found: Mapping[int, Recognised], *, of_all: bool) -> dict[int, Recognised]:
    """Those that have the column without which no row can be taken in.

    Raises NothingNamed where one lacks it; but of what was said `of_all` sheets, only where all lack it.
    """
    short = {i: field for i, one in found.items() if (field := lacking(one)) is not None}
    if short and not (of_all and len(short) < len(found)):
        first, field = next(iter(short.items()))
        table, kind = tables[first], KIND_LABELS[found[first].kind]
        raise NothingNamed(kind=kind, field=field, sheet=table.title, columns=_columns_in(table))
    return {i: one for i, one in found.items() if i not in short}


def _tell_of_repeats(tables: Sequence[Table]) -> None:
    for table in tables:
        if table.alone:
            text = _("Each row of {file} belongs to a row of another file of the same form. Import both at once: {command}")
            form = _("FORM.csv")
            tell(text.format(file=table.title, command=f"outreach import {form} {table.title}"))


def _datum(text: str | None) -> Datum | None:
    if text is None:
        return None
    code = code_of(Datum, text)
    if code is None:
        raise BadWord(text=text, words=_(", ").join(Datum))
    return Datum(code)


def _as_of(reading: Reading, table: Table, datum: Datum | None) -> Reading:
    """How a sheet is read: one of Amap's in its datum, unless another is said."""
    reading = replace(reading, datum=datum or Datum.WGS84, of_a_map=is_of_a_map(table.header))
    if datum or not is_amap(table.header):
        return reading
    tell(_("These are places of Amap, so they are converted from GCJ-02 to WGS-84. If they are not: --datum wgs84"))
    return replace(reading, datum=Datum.GCJ02)


def _sheet(table: Table, found: Recognised, reading: Reading, community: str | None) -> Sheet:
    if found.kind == "merchant" and not community and "community" not in found.columns.values():
        tell(_("No column says in which community the shops are. If it is one for all: --community NAME"))
    rows = entries(table, found, reading, community)
    return Sheet(table.title, found.kind, table.header, rows, found.unknown, found.private)


def _columns_of(table: Table) -> str:
    return f"{table.title}: {_columns_in(table)}"


def _columns_in(table: Table) -> str:
    """The columns that a person made, in one line."""
    return some([name for name in table.header if not is_of_the_form(name)])


def some(names: Sequence[str]) -> str:
    """Names in one line; of many, how many more there are."""
    more = len(names) - _SHOWN
    listed = _(", ").join(name for name in names[:_SHOWN] if name)
    return _("{names} and {n} more").format(names=listed, n=more) if more > 0 else listed


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


def _chosen(path: str, tables: Sequence[Table], name: str | None) -> Sequence[Table]:
    chosen = [table for table in tables if name in (None, table.name, table.title)]
    if not chosen:
        raise NoSuchSheet(path=path, name=name, names=some([table.title for table in tables]))
    return chosen


def _check_given(given: Mapping[str, str], tables: Sequence[Table]) -> None:
    columns = [column for table in tables for column in table.header]
    for column in given:
        if column not in columns:
            raise NoSuchColumn(name=column, names=some(list(dict.fromkeys(columns))))


def _recognised(session: Session, table: Table, given: Mapping[str, str], kind: str | None) -> Recognised | None:
    """What a sheet is, with what was said of its columns now, last time, or when asked."""
    kept = mappings.remembered(session.home, table.header)
    last = kept.pop(mappings.KIND, None)
    if kind not in (None, last):
        kept = {}
    said = kept | {column: field for column, field in given.items() if column in table.header}
    found = recognise(table.name, table.header, said, kind or last)
    if found is None and session.interactive:
        found = _asked_kind(table, said)
    if found is None:
        return None
    _check_fields(found.kind, said)
    if as_before := [f"{c} = {f}" for c, f in kept.items() if f != LEAVE_OUT and said[c] == f]:
        tell(_("Columns as last time: {columns}").format(columns=some(as_before)))
    if session.interactive and found.unknown:
        from outreach.cli.columns import ask_columns

        said |= ask_columns(found)
        found = recognise(table.name, table.header, said, found.kind) or found
    plain = _without_private(said, found.kind)
    if lacking(found) is None and (plain or kind) and (plain, kind or last) != (kept, last):
        mappings.remember(session.home, table.header, plain | {mappings.KIND: found.kind})
    return found


def _without_private(said: Mapping[str, str], kind: str) -> dict[str, str]:
    """What may be kept of what was said. Of a column about children or papers a person may insist, each time, and is warned."""
    private = [c for c, field in said.items() if field != LEAVE_OUT and is_private(header_of(c), kind)]
    if private:
        text = _("Taken in because you said so, though they may hold what nobody needs here about children or papers: {names}")
        tell(text.format(names=some(private)))
    return {column: field for column, field in said.items() if column not in private}


def _asked_kind(table: Table, said: Mapping[str, str]) -> Recognised | None:
    from outreach.cli.columns import ask_kind

    kind = ask_kind(table)
    return recognise(table.name, table.header, said, kind) if kind else None


def _check_fields(kind: str, said: Mapping[str, str]) -> None:
    for field in said.values():
        if field != LEAVE_OUT and field not in fields_of(kind):
            raise NoSuchField(kind=KIND_LABELS[kind], field=field, fields=_(", ").join(fields_of(kind)))
