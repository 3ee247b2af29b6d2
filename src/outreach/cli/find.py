"""`outreach find`: merchants, parents and communities by whatever people remember of them."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from outreach.cli.choosing import not_found
from outreach.cli.screen import fit_of, table
from outreach.cli.session import session_of, show, show_json
from outreach.domain.text import clean_name
from outreach.i18n import N_, _
from outreach.report.labels import KIND_LABELS

EXAMPLES = {"find": "outreach find lwcs\noutreach find 皮村 水果\noutreach find 5678"}


def find(
    ctx: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar=N_("WORDS"), help=N_("Name, part, pinyin, initials, phone, mark, place"))
    ],
    *,
    as_json: Annotated[bool, typer.Option("--json", help=N_("As JSON"))] = False,
) -> None:
    from outreach.store.finding import NAMED
    from outreach.store.finding import find as search

    session = session_of(ctx)
    typed = clean_name(" ".join(words))
    found = search(session.db, typed)
    if as_json:
        matches = [{"kind": m.kind, "id": m.id, "name": m.name, "community": m.community} for m in found]
        show_json({"format": "outreach/find/1", "matches": matches})
    elif found:
        rows = [(KIND_LABELS[m.kind], m.name, m.community, m.place) for m in found]
        show(table([_("Kind"), _("Name"), _("Community"), _("Place")], rows, fit=fit_of(sys.stdout)))
    else:
        raise not_found(session, typed, NAMED)
