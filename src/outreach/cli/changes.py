"""Changes put into words: what a change of the journal did, for `undo` and `history`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from outreach.cli import words as shown
from outreach.domain.form import Field, Form
from outreach.domain.records import KINDS, REMOVED, Outcome, Reason, Ruling, View
from outreach.i18n import _
from outreach.report.labels import FIELD_LABELS, KIND_LABELS, label, mark_label
from outreach.store.records import get_record, names_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping

    from outreach.domain.change import Change, Fields


_NAMED = tuple(kind.name for kind in KINDS.values() if kind.named)
COVERED = "***"  # stands for a contact that was not asked for


class Names:
    """What ids are called, looked up once. `more`: names of what is not in the database, by id.

    `contacts`: whether phones and the like, which a file said, may be read by whoever looks on.
    """

    def __init__(
        self,
        db: sqlite3.Connection,
        reasons: Mapping[str, Mapping[str, str]] | None = None,
        more: Mapping[str, str] | None = None,
        *,
        contacts: bool = False,
    ) -> None:
        self._db, self._more = db, more or {}
        self.reasons, self.contacts = reasons, contacts

    @cached_property
    def _all(self) -> dict[str, str]:
        known = {i: name for kind in _NAMED for i, name in names_of(self._db, kind).items()}
        return {**self._more, **known}

    def of(self, record_id: object) -> str:
        """The name of a record; an id that nothing is known of is shown as it is."""
        return self._all.get(str(record_id), str(record_id))

    def record(self, kind: str, record_id: str) -> Fields:
        """The record as it is now."""
        return get_record(self._db, kind, record_id) or {"id": record_id}


def phrase(change: Change, names: Names) -> str:
    """A change in a few words: what kind of record, of whom, and how."""
    now = names.record(change.kind, change.id)
    return " ".join(part for part in (str(KIND_LABELS[change.kind]), about(change.kind, now | change.fields, names)) if part)


def about(kind: str, fields: Fields, names: Names) -> str:
    """Whom or what a record is about."""
    if kind in _NAMED:
        return str(fields.get(str(KINDS[kind].named)) or fields.get("id", ""))
    who = names.of(fields.get("merchant") or fields.get("to_parent") or "")
    if kind == "visit":
        return f"{who} {label(Outcome, fields.get('outcome'))}"
    if kind == "tag":
        return f"{who} {shown.mark(fields.get('label') or '', fields.get('due'))}"
    if kind == "opinion":
        return f"{who} {label(View, fields.get('view'))}"
    if kind == "override":
        return f"{who or names.of(fields.get('community'))} {label(Ruling, fields.get('ruling'))}"
    link = (who, names.of(fields.get("other"))) if kind == "separation" else (names.of(fields.get("parent")), who)
    return " → ".join(link) if kind == "referral" else " / ".join(link)


def field_text(field: Field | None, value: Any, names: Names) -> str:
    """A field's value for people; of a list, its members in a row."""
    if value is None or value == []:
        return _("(none)")
    if isinstance(value, list):
        return shown.joined(field_text(field, member, names) for member in value)
    if field is not None and field.name == "reasons":
        return label(Reason, value, names.reasons)
    if field is not None and field.words is not None:
        return label(field.words, value)
    show = _SHOWN.get(field.form) if field is not None else None
    return show(value, names) if show else mark_label(str(value))


_SHOWN: Mapping[Form, Callable[[Any, Names], str]] = {
    Form.REFERENCE: lambda value, names: names.of(value),
    Form.REFERENCES: lambda value, names: names.of(value),
    Form.FLAG: lambda value, _names: _("yes") if value else _("no"),
    Form.DEGREES: lambda value, _names: f"{value / 1_000_000:.6f}",
    Form.MOMENT: lambda value, _names: shown.moment(value),
}


def field_name(kind: str, name: str) -> str:
    """What a field is called."""
    found = FIELD_LABELS.get((kind, name)) or FIELD_LABELS.get(("", name))
    return str(found) if found else name


def steps(kind: str, before: Mapping[str, Any], after: Mapping[str, Any], names: Names) -> str:
    """Field by field, from what to what; a parent's contact is covered."""
    return _("; ").join(_step(KINDS[kind].field(name), kind, before.get(name), after[name], names) for name in after)


def _step(field: Field | None, kind: str, was: Any, now: Any, names: Names) -> str:
    hidden = kind == "parent" and field is not None and field.contact
    old, new = (COVERED if hidden and value is not None else field_text(field, value, names) for value in (was, now))
    return f"{field_name(kind, field.name if field else '')} {old} → {new}"


def is_removal(change: Change) -> bool:
    """Whether a change takes its record off the lists."""
    return change.fields.get(REMOVED) is True
