"""Asking on a terminal what the rows of a sheet are, and what its columns are, where nobody knows."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from outreach.cli.fields import field_label
from outreach.cli.prompts import pick_key
from outreach.cli.screen import clean
from outreach.domain.text import shorten
from outreach.errors.importing import ImportStopped
from outreach.exchange.header_words import LOCATION
from outreach.exchange.headers import LEAVE_OUT
from outreach.exchange.heading import fields_of, is_of_the_form
from outreach.exchange.values import is_empty, text_of
from outreach.i18n import _
from outreach.report.labels import KEYS, KIND_LABELS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from outreach.exchange.headers import Recognised
    from outreach.exchange.table import Table

_EITHER = {"lat": (LOCATION,), "lon": (LOCATION,), LOCATION: ("lat", "lon")}  # a place is said in one way
_KINDS = ("merchant", "visit", "parent", "referral", "tag", "opinion", "community", "place")
_NOBODYS = ("datum", "merged_into")  # fields that stand in nobody's own list
_OF_SHOPS = ("merchant.phone", "merchant.address", "merchant.community")  # of what a list says of shops beside its own
_REST, _STOP = "--", ""
_STOPS = "0"  # the key
_SHOWN = 5  # columns that a question names
_LOOKED_AT = 200  # rows, for a value to show
_LETTERS = 20  # of it


def ask_kind(table: Table) -> str | None:
    """What a row of a sheet is; None leaves the sheet out. Raises ImportStopped."""
    names = [name for name in table.header if name and not is_of_the_form(name)]
    columns = _(", ").join(names[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")
    question = _("What is a row of {name} ({columns})?").format(name=clean(table.title), columns=clean(columns))
    answer = _answer(question, _("leave the sheet out"), [(str(KIND_LABELS[kind]), kind) for kind in _KINDS])
    return None if answer == LEAVE_OUT else answer


def ask_columns(found: Recognised, columns: Sequence[str], table: Table) -> dict[str, str]:
    """The field of each of these columns, which are not known, or that it is left out. Raises ImportStopped."""
    said: dict[str, str] = {}
    taken = set(found.columns.values())
    fields = [name for name in fields_of(found.kind) if name not in _NOBODYS and ("." not in name or name in _OF_SHOPS)]
    every = [(_("leave out all that I do not know"), _REST), *((field_label(found.kind, name), name) for name in fields)]
    for place, column in enumerate(columns):
        over = {other for field in taken for other in (field, *_EITHER.get(field, ()))}
        answer = _answer(_question(column, table), _("leave it out"), every, over)
        if answer == _REST:
            return said | dict.fromkeys(columns[place:], LEAVE_OUT)
        said[column] = answer
        taken.add(answer)
    return said


def _question(column: str, table: Table) -> str:
    """Which column of which sheet, and what stands in it."""
    names = {"name": clean(column), "sheet": clean(table.title)}
    place = table.header.index(column) if column in table.header else len(table.header)
    cells = (row.cells[place] for row in islice(table.rows, _LOOKED_AT) if place < len(row.cells))
    sample = next((cell for cell in cells if not is_empty(cell)), None)
    if sample is None:
        return _("What is the column {name} of {sheet}?").format(**names)
    value = shorten(clean(text_of(sample)), _LETTERS)
    return _("What is the column {name} of {sheet}, such as “{value}”?").format(**names, value=value)


def _answer(question: str, leave_out: str, choices: Sequence[tuple[str, str]], over: Collection[str] = ()) -> str:
    """A choice has the same key in each question, whether or not those before it are `over`; Enter leaves out, Esc stops."""
    every = [(leave_out, LEAVE_OUT), *choices]
    offered = [(key, title, value) for key, (title, value) in zip(KEYS, every, strict=False) if value not in over]
    offered.append((_STOPS, _("stop here"), _STOP))
    try:
        answer = pick_key(question, offered, _("(press a key; Enter leaves it out; Esc stops)"), escapes=True)
    except KeyboardInterrupt:
        raise ImportStopped from None
    if answer == _STOP:
        raise ImportStopped
    return LEAVE_OUT if answer is None else answer
