"""From a file to sheets of entries: what is in it, and what its columns are, as it was said now, last time, or when asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from outreach.cli.fields import field_shown, kinds_text
from outreach.cli.mapped import Mapped, mapped, pair
from outreach.cli.session import tell
from outreach.domain.datum import Datum
from outreach.errors.importing import NoSuchColumn, NoSuchKind, NoSuchSheet, NothingKnown, NothingNamed, SheetUnnamed
from outreach.errors.typed import BadWord
from outreach.exchange import mappings
from outreach.exchange.closed import code_of
from outreach.exchange.entries import entries
from outreach.exchange.files import read
from outreach.exchange.headers import is_amap, is_of_a_map, lacking, recognise
from outreach.exchange.heading import header_of, is_of_the_form, own_field, parts_of
from outreach.exchange.kinds import kind_named
from outreach.exchange.mended import With, ahead, imported_with
from outreach.exchange.run import Sheet
from outreach.exchange.unread import unread, used_by_repeats
from outreach.exchange.values import Reading
from outreach.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from outreach.cli.session import Session
    from outreach.exchange.headers import Recognised
    from outreach.exchange.table import Table
    from outreach.exchange.unread import Unread

_SHOWN = 12  # names in one line


class Asked(NamedTuple):
    """What was said on the command line; `also` where the file does not say it."""

    maps: Sequence[str] = ()
    kind: str | None = None
    sheet: str | None = None
    also: With = With()


class Taken(NamedTuple):
    """The sheets to import. `new_shops`: names alone make shops in them. `said`: of the columns at the head of a sheet."""

    sheets: Sequence[Sheet]
    new_shops: bool = False
    said: Sequence[tuple[Sequence[str], Mapping[str, str]]] = ()

    def remember(self, home: Path) -> None:
        """Keep what was said of columns for the next file that has them."""
        for header, fields in self.said:
            mappings.remember(home, header, fields)


def sheets_of(session: Session, paths: Sequence[Path], asked: Asked) -> Taken:
    """The sheets of files that are to be imported. Raises what cannot be read or understood."""
    exports = [path for path in paths if path.suffix.casefold() == ".json"]
    tables = [path for path in paths if path not in exports]
    found = _tables(session, tables, asked) if tables else Taken((), asked.also.new_shops)
    return found._replace(sheets=[*(sheet for path in exports for sheet in _exported(path)), *found.sheets])


def _exported(path: Path) -> list[Sheet]:
    from outreach.exchange import shared

    return shared.sheets_of(path)


def _tables(session: Session, paths: Sequence[Path], asked: Asked) -> Taken:
    kind, given = _kind(asked.kind), dict(map(pair, asked.maps))
    _datum(asked.also.datum)
    path = _(", ").join(map(str, paths))
    tables = _chosen(path, read(*paths, heads=given.keys()), asked.sheet)
    _check_given(given, tables)
    _tell_of_repeats(tables)
    known = _mapped(session, tables, given, kind)
    if not known:
        raise NothingKnown(path=path, columns=[_columns_of(table) for table in tables[:_SHOWN]])
    found = _complete(tables, {i: one.found for i, one in known.items()}, of_all=kind is not None)
    if unknown := [table.title for i, table in enumerate(tables) if i not in found]:
        tell(_("Sheets left out, whose columns I do not know: {names}").format(names=some(unknown)))
    reading = Reading(session.now(), session.settings.reasons)
    also = {i: asked.also.or_else(imported_with(tables[i])) for i in found}
    repeated = used_by_repeats((tables[i].header, one) for i, one in found.items())
    left = {i: unread(one, tables[i].header, frozenset() if tables[i].alone else repeated) for i, one in found.items()}
    for text in dict.fromkeys(text for i, one in found.items() for text in _remarks(tables[i], one, also[i], left[i])):
        tell(text)
    sheets = [_sheet(tables[i], one, reading, also[i], left[i]) for i, one in found.items()]
    said = [(tables[i].header, keep) for i, (_found, keep) in known.items() if keep]
    return Taken(sheets, any(one.new_shops for one in also.values()), said)


def _mapped(session: Session, tables: Sequence[Table], given: Mapping[str, str], kind: str | None) -> dict[int, Mapped]:
    """What each sheet is, where that is known. Of sheets with one header, one a month perhaps, it is asked once."""
    same: dict[object, Mapped | None] = {}
    plain = [recognise(table.name, table.header, {}, file=table.file) for table in tables]
    keys = [(table.header, found and found.kind) for table, found in zip(tables, plain, strict=True)]
    for key, table in zip(keys, tables, strict=True):
        if key not in same:
            same[key] = mapped(session, table, given, kind)
    return {i: one for i, key in enumerate(keys) if (one := same[key])}


def _complete(tables: Sequence[Table], found: Mapping[int, Recognised], *, of_all: bool) -> dict[int, Recognised]:
    """Those that have the column without which no row can be taken in.

    Raises NothingNamed where one lacks it; but of what was said `of_all` sheets, only where all lack it.
    """
    short = {i: field for i, one in found.items() if (field := lacking(one)) is not None}
    if short and not (of_all and len(short) < len(found)):
        first, field = next(iter(short.items()))
        table, kind = tables[first], kinds_text(found[first].kind)
        shown = field_shown(found[first].kind, field)
        raise NothingNamed(kind=kind, name=shown, field=field, sheet=table.title, columns=_columns_in(table))
    return {i: one for i, one in found.items() if i not in short}


def _tell_of_repeats(tables: Sequence[Table]) -> None:
    for table in tables:
        if table.alone and not ahead(table.header):  # rows to look at have those columns already
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


def _sheet(table: Table, found: Recognised, reading: Reading, also: With, left: Unread) -> Sheet:
    own = replace(reading, datum=_datum_of(table, also), of_a_map=is_of_a_map(table.header))
    rows = entries(table, found, own, also.community)
    return Sheet(table.title, found.kind, table.header, rows, left.unknown, found.private, str(also))


def _datum_of(table: Table, also: With) -> Datum:
    """What places of a sheet are in: as it was said, else GCJ-02 of Amap's."""
    return _datum(also.datum) or (Datum.GCJ02 if is_amap(table.header) else Datum.WGS84)


def _remarks(table: Table, found: Recognised, also: With, left: Unread) -> Iterator[str]:
    """What there is to know of a sheet before it is read: of its places, and of what it does not say or is not read of it."""
    if not also.datum and is_amap(table.header):
        yield _("These are places of Amap, so they are converted from GCJ-02 to WGS-84. If they are not: --datum wgs84")
    if found.kind == "merchant" and not also.community and "community" not in found.columns.values():
        yield _("No column says in which community the shops are. If it is one for all: --community NAME")
    if left.again:
        same = _(", ").join(_("{column} (as {other})").format(column=c, other=o) for c, o in left.again.items())
        yield _("Left out, for another column says it already: {columns}").format(columns=same)
    if left.visits:
        dated = any(own_field("visit", header_of(text, parts_of(table.header))) == "visited_at" for text in left.visits)
        with_day = _("Left out, for they are of visits: {columns}. To take the visits in: --kind visits")
        without = _("Left out, for they are of visits, and no column says the day of a visit: {columns}")
        yield (with_day if dated else without).format(columns=some(left.visits))


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


def _chosen(path: str, tables: Sequence[Table], name: str | None) -> Sequence[Table]:
    if name is not None and not name.strip():
        raise SheetUnnamed(path=path, names=some([table.title for table in tables]))
    if name is None:
        return _seen(tables)
    chosen = [table for table in tables if name in (table.name, table.title)]
    if not chosen:
        raise NoSuchSheet(path=path, name=name, names=some([table.title for table in tables]))
    return chosen


def _seen(tables: Sequence[Table]) -> Sequence[Table]:
    """The sheets that a person who opens the file sees; the others are named. Where nothing is in those, the others."""
    seen = [table for table in tables if not table.hidden]
    if not seen:
        return tables
    if hidden := [table.title for table in tables if table.hidden]:
        text = _("Sheets left out, for they are hidden: {names}. To take one in: --sheet NAME")
        tell(text.format(names=some(hidden)))
    return seen


def _check_given(given: Mapping[str, str], tables: Sequence[Table]) -> None:
    columns = [column for table in tables for column in table.header]
    for column in given:
        if column not in columns:
            raise NoSuchColumn(name=column, names=some(list(dict.fromkeys(columns))))
