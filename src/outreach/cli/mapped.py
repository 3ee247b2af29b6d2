"""What a sheet's rows and columns are: as it was said now, last time, or when asked. Nothing is kept here for the next time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from outreach.cli.fields import field_meant, field_of_some_kind, field_shown, fields_shown, kinds_text
from outreach.cli.session import tell
from outreach.cli.words import joined
from outreach.errors.importing import BadMapping, NoSuchField, TwoColumns
from outreach.exchange import mappings
from outreach.exchange.headers import LEAVE_OUT, lacking, recognise, without_amaps
from outreach.exchange.heading import header_of, is_private
from outreach.exchange.unread import unread
from outreach.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outreach.cli.session import Session
    from outreach.exchange.headers import Recognised
    from outreach.exchange.table import Table


class Mapped(NamedTuple):
    """A sheet, and what is to be remembered of its columns; None where nothing new was said."""

    found: Recognised
    keep: Mapping[str, str] | None = None


def mapped(session: Session, table: Table, given: Mapping[str, str], kind: str | None) -> Mapped | None:
    """What a sheet is. `given`: what was said of columns, some perhaps of other sheets. Raises NoSuchField, TwoColumns."""
    kept = mappings.remembered(session.home, table.header)
    last = kept.pop(mappings.KIND, None)
    if kind not in (None, last):
        kept = {}
    typed = {column: field for column, field in given.items() if column in table.header}
    sheet = _recognised(table, kept | typed, kind or last) or _asked_kind(session, table, kept | typed)
    if sheet is None:
        return None
    found, said = sheet
    as_before = {column: said[column] for column in kept if column not in typed}
    _tell_of_last_time(session, as_before, found, kind=kind is None and last is not None and not _is_plain(table, found, said))
    of_visits = unread(found, table.header).visits  # no answer would fit; that they are left out is said
    open_ = [column for column in without_amaps(found.unknown, table.header) if column not in of_visits]
    if session.interactive and open_:
        from outreach.cli.columns import ask_columns

        said |= ask_columns(found, open_, table)
        found = _recognise(table, said, found.kind) or found
    plain = _without_private(said, found.kind)
    is_new = lacking(found) is None and (plain or kind) and (plain, kind or last) != (kept, last)
    return Mapped(found, plain | {mappings.KIND: found.kind} if is_new else None)


def _without_private(said: Mapping[str, str], kind: str) -> dict[str, str]:
    """What may be kept of what was said. Of a column about children or papers a person may insist, each time, and is warned."""
    private = [c for c, field in said.items() if field != LEAVE_OUT and is_private(header_of(c), kind)]
    if private:
        text = _("Taken in because you said so, though they may hold what nobody needs here about children or papers: {names}")
        tell(text.format(names=joined(private)))
    return {column: field for column, field in said.items() if column not in private}


def pair(text: str) -> tuple[str, str]:
    """A column and its field, of what `--map` was given. Raises BadMapping."""
    column, sign, field = text.replace("＝", "=").rpartition("=")
    if not (sign and column.strip() and field.strip()):
        raise BadMapping(text=text)
    return column.strip(), field.strip()


def _recognise(table: Table, said: Mapping[str, str], kind: str | None = None) -> Recognised | None:
    return recognise(table.name, table.header, said, kind, table.file)


def _recognised(table: Table, typed: Mapping[str, str], kind: str | None) -> tuple[Recognised, dict[str, str]] | None:
    """The sheet, and the fields that are meant, by column."""
    meant = {column: text if text == LEAVE_OUT else field_of_some_kind(text) for column, text in typed.items()}
    guess = {column: field for column, field in meant.items() if field}  # by what is no field, nothing can be told
    found = _recognise(table, guess, kind)
    if found is None:
        return None
    said = {column: _field(found.kind, text) for column, text in typed.items()}
    _must_differ(said, found.kind)
    return (_recognise(table, said, found.kind) or found if said != guess else found), said


def _is_plain(table: Table, found: Recognised, said: Mapping[str, str]) -> bool:
    """Whether the columns tell what the rows are."""
    plain = _recognise(table, said)
    return plain is not None and plain.kind == found.kind


def _field(kind: str, text: str) -> str:
    field = text if text == LEAVE_OUT else field_meant(kind, text)
    if field is None:
        raise NoSuchField(kind=kinds_text(kind), field=text, fields=fields_shown(kind))
    return field


def _must_differ(said: Mapping[str, str], kind: str) -> None:
    """Of two columns that are to be one field the second would be passed over. Raises TwoColumns."""
    for field in said.values():
        columns = [column for column, other in said.items() if other == field != LEAVE_OUT]
        if len(columns) > 1:
            raise TwoColumns(field=field_shown(kind, field), names=joined(columns))


def _asked_kind(session: Session, table: Table, typed: Mapping[str, str]) -> tuple[Recognised, dict[str, str]] | None:
    if not session.interactive:
        return None
    from outreach.cli.columns import ask_kind

    kind = ask_kind(table)
    return _recognised(table, typed, kind) if kind else None


def _tell_of_last_time(session: Session, kept: Mapping[str, str], found: Recognised, *, kind: bool) -> None:
    """What is taken from last time, and was not said in this command: columns, and the kind where these do not tell it."""
    parts = [f"{column} = {field_shown(found.kind, field)}" for column, field in kept.items() if field != LEAVE_OUT]
    if kind:
        parts.append(f"--kind {kinds_text(found.kind)}")
    if parts:
        text = _("Columns as last time: {columns}. Otherwise: --map COLUMN=FIELD, --kind; to forget all that, delete {path}")
        tell(text.format(columns=joined(parts), path=session.home / mappings.FILE))
