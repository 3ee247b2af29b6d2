"""One visit, from values to the journal and to the line that says what was kept. Shared by `visit` and street mode."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from outreach.cli import words as shown
from outreach.cli.choosing import community_for_new, quoted, refuse_same
from outreach.cli.session import say, tell
from outreach.domain import acts
from outreach.domain.acts import Mark
from outreach.domain.change import Draft
from outreach.domain.records import Outcome, Reason
from outreach.domain.text import shorten
from outreach.i18n import _
from outreach.report.labels import label

if TYPE_CHECKING:
    from outreach.cli.session import Session


@dataclass
class NewMerchant:
    """A shop that is not known yet. `community` as typed, or its id; `new_community`: someone said that it is a new one.

    `unlike`: ids of shops that look like it and that somebody said are others. `remark`: what is to be said once it is kept.
    """

    name: str
    community: str | None = None
    new_community: bool = False
    fields: dict[str, Any] = field(default_factory=dict)
    unlike: Sequence[str] = ()
    remark: str = ""


@dataclass
class Visit:
    """A visit as it will be kept. `merchant` is an id and a name, or a shop that is not known yet; `parents`: id to alias."""

    merchant: tuple[str, str] | NewMerchant
    outcome: str
    visited_at: date | datetime
    by: str | None = None
    firm: bool = False
    approach: str | None = None
    parents: Mapping[str, str] = field(default_factory=dict)
    met: str | None = None
    minutes: int | None = None
    reasons: Sequence[str] = ()
    note: str | None = None
    marks: Sequence[Mark] = ()

    @property
    def name(self) -> str:
        """The shop's name."""
        return self.merchant.name if isinstance(self.merchant, NewMerchant) else self.merchant[1]


def keep(session: Session, visit: Visit, *, also: Sequence[Draft] = (), remind: bool = True) -> None:
    """Record a visit, with its new shop, its marks and what `also` belongs to it, as one act; say what was kept.

    `remind`: of follow-ups that are due there and stay open; not where that was asked.
    """
    with session.writing():
        drafts: list[Draft] = []
        if isinstance(visit.merchant, NewMerchant):
            merchant, drafts = new_merchant(session, visit.merchant)
        else:
            merchant = visit.merchant[0]
        drafts.append(_visit_draft(session, merchant, visit))
        drafts += mark_drafts(session, merchant, visit.marks, at=visit.visited_at, by=visit.by)
        session.record([*drafts, *also], "visit")
    announce(drafts)
    say(kept_line(session, visit))
    if isinstance(visit.merchant, NewMerchant) and visit.merchant.remark:
        tell(visit.merchant.remark)
    if remind:
        _remind_of_open(session, merchant, visit)


def new_merchant(session: Session, wanted: NewMerchant) -> tuple[str, list[Draft]]:
    """The id and the drafts of a new shop, its community's among them if that is new. Raises AlreadyThere."""
    community: str | None = None
    drafts: list[Draft] = []
    if wanted.community:
        community, drafts = new_or_known_community(session, wanted.community, sure=wanted.new_community)
    refuse_same(session, "merchant", wanted.name, community)
    merchant = session.maker.new()
    fields = {"name": wanted.name, "community": community, **wanted.fields}
    return merchant, [*drafts, acts.new_record("merchant", merchant, fields), *said_apart(session, merchant, wanted.unlike)]


def said_apart(session: Session, merchant: str, others: Sequence[str]) -> list[Draft]:
    """The drafts that keep that these shops are others than that one."""
    return [acts.separation(merchant, other, at=session.now(), by=session.worker) for other in others]


def new_or_known_community(session: Session, typed: str, *, sure: bool = False) -> tuple[str, list[Draft]]:
    """The id of a community and, if it is new, its draft. `sure`: someone said that it is no slip for a known one."""
    from outreach.domain.text import clean_name
    from outreach.store.records import get_record

    known = community_for_new(session, typed, sure=sure)
    if known:
        return known.id, []
    name = clean_name(typed)
    draft = acts.community(session.maker, name, get_record(session.db, "community", acts.community_id(name)))
    return draft.id, [draft]


def announce(drafts: Sequence[Draft]) -> None:
    """Say which communities came into being, once they are kept."""
    for draft in drafts:
        if draft.kind == "community":
            tell(_("New community: {name}").format(name=draft.fields["name"]))


def _visit_draft(session: Session, merchant: str, visit: Visit) -> Draft:
    fields = {
        "merchant": merchant,
        "visited_at": acts.stamp_text(visit.visited_at),
        "outcome": visit.outcome,
        "firm": visit.firm or None,
        "by": visit.by,
        "approach": visit.approach,
        "with": list(visit.parents),
        "met": visit.met,
        "minutes": visit.minutes,
        "reasons": list(visit.reasons),
        "note": visit.note,
    }
    return acts.new_record("visit", session.maker.new(), fields)


def mark_drafts(session: Session, merchant: str, marks: Sequence[Mark], *, at: date | datetime, by: str | None) -> list[Draft]:
    """The drafts that put marks on a merchant."""
    from outreach.store.records import get_record

    ids = [acts.mark_id(merchant, mark.label) for mark in marks]
    known = {i: tag for i in ids if (tag := get_record(session.db, "tag", i))}
    return acts.marks(merchant, marks, known, at=at, by=by)


def kept_line(session: Session, visit: Visit) -> str:
    """One line: the shop, how it went, why, what follows."""
    reasons = _(", ").join(label(Reason, r, session.settings.reasons) for r in visit.reasons)
    within = _("; ").join(filter(None, (_("firm") if visit.firm else "", reasons)))
    parts = [visit.name, label(Outcome, visit.outcome) + (_(" ({reasons})").format(reasons=within) if within else "")]
    parts += filter(None, (shown.along(visit.approach, visit.parents.values()), shown.talk(visit.met, visit.minutes)))
    if acts.stamp_text(visit.visited_at)[:10] != session.today().isoformat():
        parts.append(shown.day(visit.visited_at, session.today()))
    parts += [shown.mark(mark.label, mark.due, session.today()) for mark in visit.marks]
    if visit.note:
        parts.append(shorten(visit.note))
    return _("Recorded: {line}").format(line=" · ".join(parts))


def _remind_of_open(session: Session, merchant: str, visit: Visit) -> None:
    """A visit may have done what a follow-up asked for; the person decides."""
    from outreach.store.followups import open_follow_ups

    put = {acts.mark_id(merchant, mark.label) for mark in visit.marks}
    for tag in open_follow_ups(session.db, merchant):
        if tag["id"] not in put and tag["due"] <= session.today().isoformat():
            text = _("A follow-up of {day} is still open. If this visit was it: outreach done {name}")
            tell(text.format(day=shown.day(tag["due"], session.today()), name=quoted(visit.name)))
