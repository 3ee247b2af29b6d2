"""What the columns, sheets and words of files of records are called in the user's language; import knows them in both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outreach.cli.changes import field_name
from outreach.domain.form import Kind
from outreach.domain.records import KINDS, MERCHANT, Reason
from outreach.exchange.out_wording import Wording
from outreach.i18n import _, language, ngettext
from outreach.report.labels import KIND_LABELS, label
from outreach.store.rows import SHOP, SHOP_ID, SHOP_PLACE, STANDING, Words, columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_PARTING = "[],，、;；/\n|"  # what parts the members of a list
_PLURALS = {"tags": "marks", "overrides": "decisions"}


def wording(reasons: Mapping[str, Mapping[str, str]]) -> Wording:
    """Everything in the user's language. `reasons`: people's own, by code and language."""
    sets = {field.words for kind in KINDS.values() for field in kind.fields if field.words}
    said = {words: {word.value: label(words, word) for word in words} for words in sets}
    own = {code: label(Reason, code, reasons) for code in [*Reason, *reasons]}
    said[Reason] = {code: code if set(_PARTING) & set(text) else text for code, text in own.items()}
    heads = {(kind.name, c): _head(kind, c) for kind in KINDS.values() for c in columns_of(kind, contacts=True)}
    return Wording(heads, {name: _sheet(kind) for name, kind in KINDS.items()}, Words(said, _("yes"), _("no")))


def _head(kind: Kind, column: str) -> str:
    if column == "id":
        return _("id")
    if column == SHOP_ID:
        return _("merchant id")
    if column == SHOP_PLACE:
        return field_name("", "community")
    return _standing(column) if kind.name == SHOP and column in STANDING else field_name(kind.name, column)


def _standing(column: str) -> str:
    return {"status": _("status"), "visits": _("visits"), "last_visit": _("last visit")}[column]


def _sheet(kind: Kind) -> str:
    return str(KIND_LABELS[kind.name]) if language() == "zh" else _PLURALS.get(kind.plural, kind.plural)


def kind_called(text: str) -> Kind | None:
    """The kind of that name, in the singular or plural of either language."""
    for kind in KINDS.values():
        if text in {kind.name, kind.plural, *KIND_LABELS[kind.name], _PLURALS.get(kind.plural)}:
            return kind
    return None


def counts(numbers: Mapping[str, int]) -> str:
    """How many records of each kind, those of none left out; shops as `list` counts them, and those merged into one beside."""
    found = [(kind, numbers.get(kind.plural, 0)) for kind in KINDS.values()]
    return _("; ").join(_counted(kind, n, numbers.get("merged", 0) if kind is MERCHANT else 0) for kind, n in found if n)


def _counted(kind: Kind, n: int, merged: int) -> str:
    facts = {"kind": KIND_LABELS[kind.name], "n": n, "merged": merged}
    more = ngettext("{kind}: {n} (and {merged} merged into another)", "{kind}: {n} (and {merged} merged into others)", merged)
    return (more if merged else _("{kind}: {n}")).format(**facts)
