"""`outreach list`: merchants, by standing, place, kind, mark, worker and time."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach.cli import filters, parsing
from outreach.cli import words as shown
from outreach.cli.screen import fit_of, table_of
from outreach.cli.session import say, session_of, show, show_json
from outreach.domain.records import Sort
from outreach.i18n import N_, _, ngettext
from outreach.report.labels import mark_label, status_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.cli.session import Session
    from outreach.store.merchants import Columns, Filter, Listed

EXAMPLES = {"list_merchants": "outreach list --status pending --community 皮村\noutreach list --worker 林晓 --since monday"}


def list_merchants(  # noqa: PLR0913 - the signature is the command line
    ctx: typer.Context,
    *,
    status: filters.Status = None,
    community: filters.Community = None,
    category: filters.Category = None,
    tag: filters.Tag = None,
    worker: filters.Worker = None,
    since: filters.Since = None,
    until: filters.Until = None,
    sort: Annotated[
        str, typer.Option(metavar=N_("BY"), help=N_("community (default), name, status, visits or last-visit"))
    ] = "community",
    limit: Annotated[str | None, typer.Option(metavar=N_("N"), help=N_("At most so many"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=N_("As JSON"))] = False,
) -> None:
    session = session_of(ctx)
    options = filters.Options(status, community, category, tag, worker, since, until)
    wanted = filters.wanted(session, options)._replace(
        sort=parsing.word(sort, Sort),
        limit=parsing.number(limit, "--limit", least=1) if limit else None,
    )
    _show(session, wanted, as_json=as_json)


def _show(session: Session, wanted: Filter, *, as_json: bool) -> None:
    from outreach.store import merchants

    if as_json:
        found = merchants.list_merchants(session.db, wanted)
        show_json({"format": "outreach/list/1", "merchants": [merchant_json(m) for m in found]})
        return
    columns = merchants.columns_of(session.db, wanted)
    count = len(columns.id)
    if count:
        show(_table(columns, merchants.labels_by_merchant(session.db)))
    whole = len(merchants.columns_of(session.db, wanted._replace(limit=None)).id) if count == wanted.limit else count
    text = ngettext("{n} merchant", "{n} merchants", count) if whole == count else _("{n} of {whole} merchants")
    say(text.format(n=count, whole=whole))


def _table(c: Columns, labels: Mapping[str, Sequence[str]]) -> str:
    heads = [_("Merchant"), _("Community"), _("Kind of shop"), _("Status"), _("Visits"), _("Last visit"), _("Marks")]
    stands = list(zip(c.status, c.firm, strict=True))
    text = {(status, firm): status_text(status, firm=bool(firm)) for status, firm in set(stands)}
    marks = {merchant: shown.joined(map(mark_label, found)) for merchant, found in labels.items()}
    statuses = [text[one] for one in stands]
    marked = [marks.get(merchant, "") for merchant in c.id]
    days = [moment and moment[:10] for moment in c.last_visit]
    cells = (c.name, c.community, c.category, statuses, c.visits, days, marked)
    return table_of(heads, cells, fit=fit_of(sys.stdout))


def merchant_json(m: Listed) -> dict[str, Any]:
    """A merchant as JSON lists show it."""
    return {
        "id": m.id,
        "name": m.name,
        "community": m.community,
        "category": m.category,
        "status": m.status,
        "firm": bool(m.firm),
        "visits": m.visits,
        "last_visit": m.last_visit,
        "tags": list(m.tags),
    }
