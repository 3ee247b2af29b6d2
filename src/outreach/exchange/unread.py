"""Why columns of a sheet are left out: they say of a shop what only a visit says, or the same as another column. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from outreach.exchange.headers import Recognised
from outreach.exchange.heading import field_named, header_of, own_field, parts_of

_OF_REPEATS = frozenset(("_parent_index", "PARENT_KEY"))  # columns of KoboToolbox's and ODK's repeats
_CLEARLY = frozenset(("visited_at", "outcome"))  # fields of visits that no other list has


class Unread(NamedTuple):
    """Headers: `unknown`; `again`, each with that of the column that is read; `visits`: of visits in a list of shops."""

    unknown: tuple[str, ...]
    again: Mapping[str, str]
    visits: tuple[str, ...]


def unread(found: Recognised, header: Sequence[str], elsewhere: frozenset[str] = frozenset()) -> Unread:
    """Of the columns that nobody reads. `elsewhere`: headers that the repeats of this form use, which are no loss."""
    lost = [text for text in found.unknown if text not in elsewhere]
    read = {field: header[place] for place, field in found.columns.items()}
    heads = {text: header_of(text, parts_of(header)) for text in lost}
    named = {text: field_named(found.kind, heads[text]) for text in lost}
    again = {text: read[field] for text, field in named.items() if field in read}
    said = {text: own_field("visit", heads[text]) for text in lost if text not in again} if found.kind == "merchant" else {}
    visits = tuple(text for text, field in said.items() if field) if _CLEARLY & set(said.values()) else ()
    return Unread(tuple(text for text in lost if text not in {*again, *visits}), again, visits)


def used_by_repeats(sheets: Iterable[tuple[Sequence[str], Recognised]]) -> frozenset[str]:
    """What the repeats of forms read, of their own columns and of the form's."""
    return frozenset(
        header[place] for header, found in sheets if _OF_REPEATS & set(header) for place in found.columns if place < len(header)
    )
