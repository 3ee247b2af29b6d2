"""Street mode: one visit after another, few keys each, every question skippable. What is confirmed is kept; Ctrl-C loses
only the visit at hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from outreach.cli import parsing, prompts
from outreach.cli import words as shown
from outreach.cli.choosing import MERCHANT, candidates, described
from outreach.cli.door import SUGGESTED, Shop, shop_at
from outreach.cli.screen import clean as clean_text
from outreach.cli.session import say, tell
from outreach.cli.undo import TYPED, take_back_last
from outreach.cli.visiting import NewMerchant, Visit, keep
from outreach.domain import acts
from outreach.domain.records import Outcome, Reason
from outreach.domain.text import natural_key
from outreach.errors import OutreachError
from outreach.errors.registers import NothingToUndo
from outreach.errors.typed import BadKeys, BadWord
from outreach.i18n import N_, _, ngettext
from outreach.report.labels import KEYS, label
from outreach.store.followups import open_follow_ups

if TYPE_CHECKING:
    from outreach.cli.session import Session
    from outreach.domain.change import Draft

_BANNER = N_(
    "One door after another. Enter skips any question but the outcome; an empty name ends; Ctrl-C drops the shop at hand; "
    "“undo” takes the last one back."
)
_WITH_REASONS = (Outcome.PENDING, Outcome.REFUSED)


def walk(session: Session) -> None:
    """Visits until an empty line, Ctrl-C or Ctrl-D at the shop's name."""
    if session.worker is None:
        from outreach.cli.settings import ask_worker

        ask_worker(session)
    tell(_(_BANNER))
    count = 0
    while (typed := _next_name(session)) is not None:
        count = max(0, count + _one(session, typed))  # what is taken back may be of the day before
    say(ngettext("{n} visit recorded.", "{n} visits recorded.", count).format(n=count))


def _next_name(session: Session) -> str | None:
    try:
        return prompts.name(_("Shop:"), lambda text: _suggest(session, text), hint=_("(+ before a new one)")).strip() or None
    except KeyboardInterrupt:
        return None


def _suggest(session: Session, typed: str) -> Iterable[tuple[str, str]]:
    found = candidates(session, typed, MERCHANT)[:SUGGESTED]
    return [(m.name, line) for m, line in zip(found, described(session, found), strict=True)]


def _one(session: Session, typed: str) -> int:
    """One door; 1 if a visit was kept, -1 if one was taken back."""
    if natural_key(typed) in TYPED:
        return take_back(session)
    try:
        shop = shop_at(session, typed)
        if shop is None:
            return 0
        _visit(session, shop)
    except OutreachError as error:
        tell(*error.sentence(clean_text).split("\n"))
    except KeyboardInterrupt:
        pass
    else:
        return 1
    tell(_("This visit was not kept."))
    return 0


def take_back(session: Session) -> int:
    """Take back what was recorded last; -1 if that was a visit."""
    try:
        return -1 if take_back_last(session) == "visit" else 0
    except NothingToUndo as error:
        tell(error.sentence(clean_text))
        return 0


def ask_outcome(shop: str) -> str:
    """How it went, by one key."""
    return prompts.pick(
        _("{shop}: how did it go?").format(shop=clean_text(shop)),
        [(label(Outcome, outcome.value), outcome.value) for outcome in Outcome],
    )


def _visit(session: Session, shop: Shop) -> None:
    outcome = ask_outcome(shop.name if isinstance(shop, NewMerchant) else shop[1])
    ask_rest(session, shop, outcome, at=session.now(), by=session.worker)


def ask_rest(session: Session, shop: Shop, outcome: str, *, at: date | datetime, by: str | None) -> None:
    """Ask what matters for the outcome, then keep it all at once."""
    visit = Visit(shop, outcome, at, by=by)
    if outcome == Outcome.REFUSED:
        answers = [(_("yes, later"), False), (_("no, unless invited"), True)]
        visit.firm = bool(prompts.pick_or_skip(_("May we come again?"), answers))
    if outcome in _WITH_REASONS:
        visit.reasons = _reasons(session, _("Why not?") if outcome == Outcome.REFUSED else _("Why not yet?"))
    if outcome != Outcome.SIGNED_UP:
        due = prompts.line(_("Come back:"), lambda text: _due(text, session, at), hint=_("(3 = in 3 days, friday, 11-30)"))
        visit.marks = [acts.follow_up(due)] if due else []
    if outcome != Outcome.NOT_MET:
        visit.note = prompts.line(_("Note:"), parsing.note)
    closing = _done(session, shop) if not visit.marks else []
    keep(session, visit, also=closing, remind=bool(visit.marks))


def _reasons(session: Session, question: str) -> list[str]:
    extra = session.settings.reasons
    codes = [*(reason.value for reason in Reason), *extra]
    for key, code in zip(KEYS, codes, strict=False):
        tell(f"    {key} {label(Reason, code, extra)}")
    keys = dict(zip(KEYS, codes, strict=False))

    def read(text: str) -> list[str]:
        parts = filter(None, re.split(r"[,，、;；]", text.strip()))
        return list(dict.fromkeys(code for part in parts for code in _codes(part, keys, extra)))

    return prompts.line(question, read, hint=_("(numbers, such as 13)"))


def _codes(part: str, keys: Mapping[str, str], extra: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The reasons that one piece names: by keys, or by its label (BadKeys)."""
    typed = natural_key(part)
    if all(key in keys for key in typed):
        return [keys[key] for key in typed]
    try:
        return [parsing.word(part, Reason, extra)]
    except BadWord:
        if (words := part.split())[1:]:
            return [code for word in words for code in _codes(word, keys, extra)]
        raise BadKeys from None


def _due(text: str, session: Session, at: date | datetime) -> date | None:
    """A day; a bare number is so many days ahead; nothing is none."""
    typed = natural_key(text)
    if not typed:
        return None
    return parsing.due(f"{typed}d" if typed.isdecimal() and len(typed) <= len("999") else text, session, since=at)


def _done(session: Session, shop: Shop) -> list[Draft]:
    """A follow-up that was due at a known shop: was this it?"""
    if isinstance(shop, NewMerchant):
        return []
    today = session.today()
    due = [tag for tag in open_follow_ups(session.db, shop[0]) if tag["due"] <= today.isoformat()]
    if not due:
        return []
    question = _("Was this the follow-up of {day}?").format(day=shown.day(due[0]["due"]))
    if prompts.pick_or_skip(question, [(_("yes, it is done"), True), (_("no, it stays open"), False)]):
        return [acts.close(tag, session.now()) for tag in due]
    return []
