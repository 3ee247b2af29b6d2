"""What a person decides about a merchant or a community, whatever the score says; and taking it back. Knows no score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.cli import choosing, parsing
from outreach.cli import words as shown
from outreach.cli.session import say
from outreach.domain import acts, dates
from outreach.domain.records import Outcome, Ruling
from outreach.domain.text import clean_name
from outreach.errors import OutreachError
from outreach.errors.supervising import (
    DecidedForCommunity,
    NeedsReason,
    NeedsUntil,
    NothingDecided,
    NothingLeftToDecide,
    UntilPassed,
    WhomToDecide,
)
from outreach.errors.typed import NotWith, OneOf
from outreach.i18n import _
from outreach.report.labels import label
from outreach.store.merchants import get_merchant
from outreach.store.records import get_record

if TYPE_CHECKING:
    from datetime import date

    from outreach.cli.session import Session
    from outreach.store.finding import Match

_EXAMPLES = {
    Ruling.PIN: "outreach priority --pin 老王超市 --note TEXT",
    Ruling.HOLD: "outreach priority --hold --community 皮村 --until 7d --note TEXT",
}
_RELEASE = "outreach priority --release 老王超市"


@dataclass(frozen=True)
class Typed:
    """The options as typed. `looking`: those that belong to the list."""

    merchant: str | None
    community: str | None
    note: str | None
    until: str | None
    pin: bool
    hold: bool
    release: bool
    looking: tuple[str, ...] = ()


def decide(session: Session, typed: Typed) -> None:
    """Record a decision, or that one no longer holds. Everything is checked, and asked for, before anything is written."""
    if typed.pin + typed.hold + typed.release != 1:
        raise OneOf(options="--pin, --hold, --release")
    if typed.looking:
        raise NotWith(options=_(", ").join(("--pin / --hold / --release", *typed.looking)))
    if typed.release:
        _release(session, typed)
    else:
        _record(session, typed, Ruling.PIN if typed.pin else Ruling.HOLD)


def _record(session: Session, typed: Typed, ruling: Ruling) -> None:
    until = _until(session, typed.until, ruling)
    note = parsing.note(typed.note)
    about = _about(session, typed, _EXAMPLES[ruling])
    if about.kind == "merchant" and (known := get_merchant(session.db, about.id)) and known.status == Outcome.SIGNED_UP:
        raise NothingLeftToDecide(name=about.name)
    _ask_who(session)
    if until is None and ruling is Ruling.HOLD:
        until = _asked_until(session)
    decision = acts.Decision(about.kind, about.id, ruling, note or _asked_why(session), until)
    with session.writing():
        before = get_record(session.db, "override", acts.override_id(about.id))
        session.record([acts.override(decision, before, at=session.now(), by=session.worker)], "priority")
    lasting = _("before {day}") if ruling is Ruling.HOLD else _("until {day}")
    lasts = lasting.format(day=shown.day(until, session.today())) if until else ""
    parts = (about.name, label(Ruling, ruling), lasts, decision.note)
    say(_("Recorded: {line}").format(line=" · ".join(filter(None, parts))))


def _release(session: Session, typed: Typed) -> None:
    if typed.note is not None or typed.until is not None:
        raise NotWith(options=_(", ").join(("--release", "--note / --until")))
    about = _about(session, typed, _RELEASE)
    with session.writing():
        before = get_record(session.db, "override", acts.override_id(about.id))
        if before is None or before.get("removed"):
            raise _nothing(session, about)
        session.record([acts.release(about.id, session.now())], "priority")
    say(_("Recorded: {line}").format(line=f"{about.name} · " + _("decided by the score again")))


def _nothing(session: Session, about: Match) -> OutreachError:
    """Nobody decided about it; where its community's decision stands, that is pointed to."""
    record = get_record(session.db, about.kind, about.id) or {}
    place = record.get("community", "")
    standing = get_record(session.db, "override", acts.override_id(place)) if place else None
    if standing is None or standing.get("removed"):
        return NothingDecided(name=about.name)
    name = (get_record(session.db, "community", place) or {}).get("name", "")
    return DecidedForCommunity(name=about.name, community=name, named=choosing.quoted(name))


def _ask_who(session: Session) -> None:
    """A decision has an author: on a terminal one who is not known yet is asked."""
    if session.worker is None and session.interactive:
        from outreach.cli.settings import ask_worker

        ask_worker(session)


def _about(session: Session, typed: Typed, example: str) -> Match:
    """The merchant that was named, else the community."""
    if typed.merchant is not None:
        name = clean_name(typed.merchant)
        return choosing.merchant(session, f"{typed.community} {name}" if typed.community else name)
    if typed.community is None:
        raise WhomToDecide(example=example)
    return choosing.community(session, typed.community)


def _until(session: Session, text: str | None, ruling: Ruling) -> date | None:
    return None if text is None else _day_to_come(session, text, ruling)


def _day_to_come(session: Session, text: str, ruling: Ruling) -> date:
    """The last day of a pin may be today; what waits, waits until a later day (UntilPassed)."""
    day = dates.parse_day(text, session.today(), dates.Toward.FUTURE)
    if day < session.today() or (ruling is Ruling.HOLD and day == session.today()):
        raise UntilPassed(date=day)
    return day


def _asked_until(session: Session) -> date:
    if not session.interactive:
        raise NeedsUntil
    from outreach.cli.prompts import line

    return line(_("Until when:"), lambda text: _day_to_come(session, text, Ruling.HOLD), hint=_("(7d, friday, 12-01)"))


def _asked_why(session: Session) -> str:
    if not session.interactive:
        raise NeedsReason
    from outreach.cli.prompts import line

    return line(_("Why:"), _reason)


def _reason(text: str) -> str:
    if found := parsing.note(text):
        return found
    raise NeedsReason
