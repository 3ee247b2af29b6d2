"""What hangs on a community and on a parent, below their own fields: shops by standing, introductions, visits together."""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from outreach.cli import words as shown
from outreach.cli.changes import Names, field_name, field_text
from outreach.cli.listing import merchant_json
from outreach.cli.screen import fit_of, hanging, pad, table, width
from outreach.domain.records import PLACE, Outcome, ReferralKind, Ruling
from outreach.i18n import _, ngettext
from outreach.report.labels import label, status_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.cli.session import Session
    from outreach.store.parents import Spoken


_TOLD = ("kind", "name", "offers", "hours", "relation", "last_checked")  # of a place


class About(NamedTuple):
    """The same for JSON, list by list, and laid out for people."""

    lists: dict[str, list[Any]]
    lines: list[str]


def of_community(session: Session, community: str) -> About:
    """A community's shops by where they stand, its parents, and what was decided about it."""
    from outreach.store.merchants import Filter, list_merchants
    from outreach.store.parents import parents_of
    from outreach.store.records import decisions_about
    from outreach.store.resources import places_in

    merchants = list_merchants(session.db, Filter(community=community, sort="name"))
    parents = parents_of(session.db, community)
    by_status: dict[str | None, list[str]] = defaultdict(list)
    for m in merchants:
        by_status[m.status].append(m.name)
    rows = [(status_text(status), by_status[status]) for status in (*Outcome, None) if by_status[status]]
    lines = _names(ngettext("{n} merchant", "{n} merchants", len(merchants)), len(merchants), rows)
    lines += _names(ngettext("{n} parent volunteer", "{n} parent volunteers", len(parents)), len(parents), [("", parents)])
    places = places_in(session.db, community)
    known = Names(session.db)
    told = [[field_text(PLACE.field(f), p[f], known) if f in p else "" for f in _TOLD] for p in places]
    titles = [field_name("place", name).capitalize() for name in _TOLD]
    lines += _table(ngettext("{n} place", "{n} places", len(places)).format(n=len(places)), titles, told)
    decided = decisions_about(session.db, (), community)
    rows_decided = [(shown.day(o["at"]), label(Ruling, o["ruling"]), o.get("until"), o["note"], o.get("by")) for o in decided]
    heads = [field_name("override", name).capitalize() for name in ("ruling", "until", "note", "by")]
    lines += _table(_("Decisions"), [_("When"), *heads], rows_decided)
    aliases = [{"alias": alias} for alias in parents]
    lists = {"merchants": [merchant_json(m) for m in merchants], "parents": aliases, "places": places, "overrides": decided}
    return About(lists, lines)


def of_place(_session: Session, _place: str) -> About:
    """Nothing hangs on a place."""
    return About({}, [])


def _names(title: str, n: int, rows: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """A heading, then names in a row, each row with its own heading and number."""
    left = max((width(head) for head, _names in rows), default=0)
    lines = ["", title.format(n=n)]
    for head, names in rows:
        first = f"  {pad(head, left)}  {len(names):>3}  " if head else "  "
        lines += hanging(shown.joined(names), first, width(first), fit=fit_of(sys.stdout)) if names else []
    return lines


def of_parent(session: Session, parent: str) -> About:
    """A parent's introductions, with where those shops stand now, and the visits she came along on."""
    from outreach.store.parents import along_on, spoken_by

    spoken, along = spoken_by(session.db, parent), along_on(session.db, parent)
    told = [
        (shown.day(s.at, session.today()), s.merchant or s.to_parent, label(ReferralKind, s.kind), _standing(s), s.note)
        for s in spoken
    ]
    visits = [(shown.moment(v.at), v.merchant, label(Outcome, v.outcome), v.by) for v in along]
    lines = _table(_("She spoke to"), [_("When"), _("Whom"), _("What"), _("Now"), _("Note")], told)
    lines += _table(_("She came along on"), [_("When"), _("Merchant"), _("Outcome"), _("Worker")], visits)
    return About({"referrals": [s._asdict() for s in spoken], "visits": [v._asdict() for v in along]}, lines)


def _standing(spoken: Spoken) -> str:
    return status_text(spoken.status, firm=spoken.firm) if spoken.merchant else ""


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    return ["", title, table(heads, rows, fit=fit_of(sys.stdout))] if rows else []
