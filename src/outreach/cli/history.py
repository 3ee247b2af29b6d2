"""`outreach history`: who recorded or changed what from what, when, on which laptop."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach.cli import choosing, parsing
from outreach.cli import words as shown
from outreach.cli.changes import COVERED, Names, field_name, field_text, is_removal, phrase
from outreach.cli.screen import fit_of, hanging, table
from outreach.cli.session import say, session_of, show, show_json
from outreach.domain.records import KINDS, REMOVED
from outreach.i18n import N_, _
from outreach.report.labels import KIND_LABELS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from outreach.store.history import Entry

EXAMPLES = {"history": "outreach history\noutreach history lwcs"}


def history(
    ctx: typer.Context,
    merchant: Annotated[str | None, typer.Argument(metavar=N_("MERCHANT"), help=N_("Only what concerns this one"))] = None,
    *,
    limit: Annotated[str, typer.Option(metavar=N_("N"), help=N_("How many of the latest (default 30)"))] = "30",
    with_contacts: Annotated[
        bool, typer.Option("--with-contacts", help=N_("Parents' phones too; mind who is looking"))
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=N_("As JSON"))] = False,
) -> None:
    from outreach.store.history import history_of, latest

    session = session_of(ctx)
    most = parsing.number(limit, "--limit", least=1)
    entries = latest(session.db, most) if merchant is None else history_of(session.db, choosing.merchant(session, merchant).id)
    entries = entries if with_contacts else [without_contacts(entry) for entry in entries]
    names = Names(session.db, session.settings.reasons)
    here = _here(session.db)
    if as_json:
        show_json({"format": "outreach/history/1", "changes": [_as_json(entry, names) for entry in entries[-most:]]})
    elif not entries:
        say(_("Nothing has been recorded yet."))
    else:
        show(_laid_out([_row(entry, names, here) for entry in entries[-most:]]))


def without_contacts(entry: Entry) -> Entry:
    """The entry with a parent's contacts covered: that they changed is shown, not what they are."""
    hidden = {f.name for f in KINDS["parent"].fields if f.contact} & entry.change.fields.keys()
    if entry.change.kind != "parent" or not hidden:
        return entry
    fields = {k: COVERED if k in hidden and v is not None else v for k, v in entry.change.fields.items()}
    before = {k: COVERED if k in hidden and v is not None else v for k, v in entry.before.items()}
    return replace(entry, change=entry.change._replace(fields=fields), before=before)


def _here(db: sqlite3.Connection) -> str:
    from outreach.store.connection import device_of

    return device_of(db)


def _laid_out(rows: Sequence[Sequence[str]]) -> str:
    """A table in a pipe, a line for each; on a terminal, where five columns are too narrow to read, a line and what changed."""
    fit = fit_of(sys.stdout)
    if fit is None:
        return table([_("When"), _("Who"), _("Laptop"), _("What"), _("Change")], rows)
    lines = []
    for when, who, laptop, what, change in rows:
        lines += hanging(" · ".join(filter(None, (when, who, laptop, what))), "", 4, fit=fit)
        lines += hanging(change, "    ", 4, fit=fit)
    return "\n".join(lines)


def _row(entry: Entry, names: Names, here: str) -> list[str]:
    change = entry.change
    laptop = _("this one") if change.device == here else entry.laptop or change.device
    return [shown.clock(change.stamp), change.worker or "", laptop, phrase(change, names), _what(entry, names)]


def _what(entry: Entry, names: Names) -> str:
    if is_removal(entry.change):
        return _("removed")
    fields, before = entry.change.fields, entry.before
    told = [f.name for f in KINDS[entry.change.kind].fields if f.name in fields and f.name not in ("merchant", REMOVED)]
    parts = [_step(entry, name, names) for name in told if fields[name] != before.get(name) or fields[name] == COVERED]
    back = [_("brought back")] if REMOVED in fields and before.get(REMOVED) else []
    return (_("new: ") if entry.created else "") + (_("; ").join([*back, *parts]) or _("nothing changed"))


def _step(entry: Entry, name: str, names: Names) -> str:
    kind = entry.change.kind
    field = KINDS[kind].field(name)
    after = field_text(field, entry.change.fields[name], names)
    if entry.before.get(name) is None:
        return f"{field_name(kind, name)} {after}"
    return f"{field_name(kind, name)} {field_text(field, entry.before[name], names)} → {after}"


def _as_json(entry: Entry, names: Names) -> dict[str, Any]:
    change = entry.change
    return {
        "stamp": change.stamp,
        "device": change.device,
        "laptop": entry.laptop,
        "worker": change.worker,
        "kind": change.kind,
        "id": change.id,
        "about": phrase(change, names).removeprefix(str(KIND_LABELS[change.kind])).strip(),
        "created": entry.created,
        "fields": {name: {"from": entry.before.get(name), "to": value} for name, value in change.fields.items()},
    }
