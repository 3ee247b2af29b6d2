"""Two values for one field, in words: which stands, which gave way, and the one command that puts the other back."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING, Any

from outreach.cli import words as shown
from outreach.cli.changes import COVERED, Names, about, field_name, field_text
from outreach.cli.screen import pad, width
from outreach.domain.form import Field, Form
from outreach.domain.records import KINDS, REMOVED
from outreach.i18n import _
from outreach.report.labels import KIND_LABELS
from outreach.store.connection import device_of
from outreach.store.journal import former_ids
from outreach.store.laptops import device_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outreach.cli.session import Session
    from outreach.domain.change import Change
    from outreach.domain.disagreement import Disagreement

_REGISTERED = ("merchant", "parent", "community", "place")


class Disagreeing:
    """The words for disagreements, on one laptop."""

    def __init__(self, session: Session, came: Mapping[str, str]) -> None:
        """`came`: what the laptops call themselves of which something came; after a rehearsal the database has forgotten."""
        self._names = Names(session.db, session.settings.reasons)
        here = dict.fromkeys([device_of(session.db), *former_ids(session.db)], _("this laptop"))
        self._laptops = {**device_names(session.db), **came, **here}

    def lines(self, found: Disagreement) -> list[str]:
        """For a screen: of what, which value stands, which gave way, each with who set it and when; how to put it back."""
        sides = [(_("stands"), found.stands), (_("gave way"), found.gave_way)]
        left = max(width(said) for said, _side in sides)
        head = _("Two values met: {what}, {field}").format(
            what=self._what(found), field=field_name(found.stands.kind, found.field)
        )
        shown = [f"  {pad(said, left)}  {self._value(found, side)}  ({self._who(side)})" for said, side in sides]
        command = self.put_back(found)
        return [head, *shown, *([_("  to put it back: {command}").format(command=command)] if command else [])]

    def text(self, found: Disagreement) -> str:
        """The same in one line."""
        return _("; ").join(line.strip() for line in self.lines(found))

    def document(self, found: Disagreement) -> dict[str, Any]:
        """As JSON."""
        return {
            "kind": found.stands.kind,
            "id": found.stands.id,
            "about": self._what(found),
            "field": found.field,
            "stands": self._side(found, found.stands),
            "gave_way": self._side(found, found.gave_way),
            "put_back": self.put_back(found),
            "text": self.text(found),
        }

    def _side(self, found: Disagreement, change: Change) -> dict[str, Any]:
        value = change.fields.get(found.field)
        return {
            "value": COVERED if value is not None and self._is_covered(found) else value,
            "stamp": change.stamp,
            "worker": change.worker,
            "device": change.device,
            "laptop": self._laptops.get(change.device),
        }

    def _what(self, found: Disagreement) -> str:
        kind = found.stands.kind
        now = self._names.record(kind, found.stands.id)
        return f"{KIND_LABELS[kind]} {about(kind, now, self._names)}"

    def _who(self, change: Change) -> str:
        laptop = self._laptops.get(change.device) or change.device
        return _(", ").join(part for part in (change.worker, laptop, shown.clock(change.stamp)) if part)

    def _value(self, found: Disagreement, change: Change) -> str:
        if found.field == REMOVED and found.field not in change.fields:
            names = _(", ").join(field_name(change.kind, name) for name in change.fields)
            return _("a change of {fields}").format(fields=names)
        value = change.fields.get(found.field)
        if value is not None and self._is_covered(found):
            return COVERED
        return field_text(KINDS[change.kind].field(found.field), value, self._names)

    def _is_covered(self, found: Disagreement) -> bool:
        field = KINDS[found.stands.kind].field(found.field)
        return found.stands.kind == "parent" and field is not None and field.contact

    def put_back(self, found: Disagreement) -> str | None:
        """The command that makes the value that gave way stand; None without one, or where it would show a parent's contact."""
        kind, change = KINDS[found.stands.kind], found.gave_way
        field = kind.field(found.field)
        now = self._names.record(kind.name, change.id)
        name = str(now.get(kind.named or "") or change.id)
        if found.field == REMOVED and kind.name in _REGISTERED:
            return _command(kind.name, "remove" if change.fields.get(REMOVED) else "restore", name)
        if field is None or field.name == "merged_into" or self._is_covered(found):
            return None
        if kind.name in _REGISTERED:
            return _command(kind.name, "edit", name, _option(field), self._typed(field, change.fields[field.name]))
        if kind.name == "tag":
            return self._mark(field, change, now)
        if kind.name == "override":
            return self._decision(change, now)
        return None

    def _mark(self, field: Field, change: Change, now: dict[str, Any]) -> str | None:
        merchant, label = self._names.of(now.get("merchant")), str(now.get("label"))
        value = change.fields[field.name]
        if field.name in ("due", "note") and value is not None:
            return _command("tag", merchant, label, _option(field), str(value))
        if field.name == "done_at":
            return _command("done" if value is not None else "tag", merchant, label)
        if field.name == REMOVED:
            return _command("untag" if value else "tag", merchant, label)
        return None

    def _decision(self, change: Change, now: dict[str, Any]) -> str | None:
        """The whole decision that gave way."""
        whom = (
            [self._names.of(now["merchant"])] if now.get("merchant") else ["--community", self._names.of(now.get("community"))]
        )
        if change.fields.get(REMOVED):
            return _command("priority", "--release", *whom)
        ruling, note, until = (change.fields.get(name) for name in ("ruling", "note", "until"))
        if ruling is None or note is None:
            return None
        lasts = ["--until", str(until)] if until else []
        return _command("priority", f"--{ruling}", *whom, *lasts, "--note", str(note))

    def _typed(self, field: Field, value: object) -> str:
        """A value as a person types it."""
        if value is None:
            return ""
        if field.form is Form.FLAG:
            return "yes" if value else "no"
        if field.form is Form.DEGREES and isinstance(value, int):
            return f"{value / 1_000_000:.6f}"
        return self._names.of(value) if field.form is Form.REFERENCE else str(value)


def _option(field: Field) -> str:
    return "--" + field.name.replace("_", "-")


def _command(*words: str) -> str:
    """A command to copy: what people typed is quoted, so that the shell takes it as it is."""
    return " ".join(["outreach", *map(_quoted, words)])


def _quoted(word: str) -> str:
    if os.name == "nt":
        return '"' + word.replace('"', '""') + '"' if not word.isalnum() and not word.startswith("--") else word
    return word if word.isalnum() else shlex.quote(word)
