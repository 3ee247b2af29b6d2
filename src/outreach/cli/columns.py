"""Asking on a terminal what the rows of a sheet are, and what its columns are, where nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outreach.cli.changes import field_name
from outreach.cli.prompts import pick
from outreach.cli.screen import clean
from outreach.errors.importing import ImportStopped
from outreach.exchange.header_words import ID, LOCATION
from outreach.exchange.headers import LEAVE_OUT
from outreach.exchange.heading import fields_of, is_of_the_form
from outreach.i18n import _
from outreach.report.labels import KIND_LABELS

if TYPE_CHECKING:
    from outreach.exchange.headers import Recognised
    from outreach.exchange.table import Table

_EITHER = {"lat": (LOCATION,), "lon": (LOCATION,), LOCATION: ("lat", "lon")}  # a place is said in one way
_KINDS = ("merchant", "visit", "parent", "referral", "tag", "opinion", "community", "place")
_REST, _STOP = "--", ""
_SHOWN = 5  # columns that a question names


def ask_kind(table: Table) -> str | None:
    """What a row of a sheet is; None leaves the sheet out. Raises ImportStopped."""
    names = [name for name in table.header if name and not is_of_the_form(name)]
    columns = _(", ").join(names[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")
    question = _("What is a row of {name} ({columns})?").format(name=clean(table.title), columns=clean(columns))
    choices = [
        (_("leave the sheet out"), LEAVE_OUT),
        *((str(KIND_LABELS[kind]), kind) for kind in _KINDS),
        (_("stop here"), _STOP),
    ]
    answer = _answer(question, choices)
    return None if answer == LEAVE_OUT else answer


def ask_columns(found: Recognised) -> dict[str, str]:
    """The field of each column that is not known, or that it is left out. Raises ImportStopped."""
    said: dict[str, str] = {}
    taken = set(found.columns.values())
    for place, column in enumerate(found.unknown):
        free = [field for field in fields_of(found.kind) if "." not in field and not taken & {field, *_EITHER.get(field, ())}]
        choices = [
            (_("leave it out"), LEAVE_OUT),
            (_("leave out all that I do not know"), _REST),
            *((_title(found.kind, field), field) for field in free),
            (_("stop here"), _STOP),
        ]
        answer = _answer(_("What is the column {name}?").format(name=clean(column)), choices)
        if answer == _REST:
            return said | dict.fromkeys(found.unknown[place:], LEAVE_OUT)
        said[column] = answer
        taken.add(answer)
    return said


def _answer(question: str, choices: list[tuple[str, str]]) -> str:
    answer = pick(question, choices)
    if answer == _STOP:
        raise ImportStopped
    return answer


def _title(kind: str, field: str) -> str:
    own = {ID: _("number or key in that list"), LOCATION: _("place, as lon,lat")}
    return own.get(field) or field_name(kind, field)
