"""Street mode: one visit after another, few keys each, every question skippable. What is confirmed is kept; Ctrl-C loses
only the visit at hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from outreach.cli import parsing, prompts
from outreach.cli import words as shown
from outreach.cli.choosing import MERCHANT, candidates, described
from outreach.cli.screen import clean as clean_text
from outreach.cli.session import say, tell
from outreach.cli.visiting import NewMerchant, Visit, keep
from outreach.domain import acts
from outreach.domain.records import Outcome, Reason
from outreach.domain.text import clean, clean_name, natural_key
from outreach.errors import BadWord, OutreachError
from outreach.i18n import N_, _, ngettext
from outreach.report.labels import label
from outreach.store.followups import open_follow_ups
from outreach.store.records import last_community

if TYPE_CHECKING:
    from outreach.cli.session import Session
    from outreach.domain.change import Draft

Shop = tuple[str, str] | NewMerchant
_SUGGESTED = 8
_UNDO = ("undo", "撤回")
_WITH_REASONS = (Outcome.PENDING, Outcome.REFUSED)
_ASKED_OF_NEW = (("category", N_("Kind of shop:")), ("phone", N_("Phone:")))


def walk(session: Session) -> None:
    """Visits until an empty line, Ctrl-C or Ctrl-D at the shop's name."""
    if session.worker is None:
        from outreach.cli.settings import ask_worker

        ask_worker(session)
    tell(_("One door after another. Enter skips a question; an empty name or Ctrl-C ends; “undo” takes the last one back."))
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
    found = candidates(session, typed, MERCHANT)[:_SUGGESTED]
    return [(m.name, line) for m, line in zip(found, described(session, found), strict=True)]


def _one(session: Session, typed: str) -> int:
    """One door; 1 if a visit was kept, -1 if one was taken back."""
    try:
        if natural_key(typed) in _UNDO:
            from outreach.cli.undo import take_back_last

            return -1 if take_back_last(session) == "visit" else 0
        shop = _shop(session, typed)
        if shop is None:
            return 0
        _visit(session, shop)
    except OutreachError as error:
        tell(*error.sentence(clean_text).split("\n"))
        return 0
    except KeyboardInterrupt:
        tell(_("This visit was not kept."))
        return 0
    return 1


def _shop(session: Session, typed: str) -> Shop | None:
    """The shop that was meant, a new one, or None to type again."""
    new = typed[0] in "+＋"
    name = clean_name(typed.lstrip("+＋") if new else typed)
    found = [] if new else candidates(session, name, MERCHANT)
    if len(found) == 1:
        return found[0].id, found[0].name
    some = found[:_SUGGESTED]
    choices: list[tuple[str, Shop | None]] = [
        (line, (m.id, m.name)) for m, line in zip(some, described(session, some), strict=True)
    ]
    fresh = NewMerchant(name)
    if not new:
        choices += [(_("A new shop: {name}").format(name=name), fresh), (_("Type it again"), None)]
        chosen = prompts.pick(_("Which one?") if found else _("No shop of that name:"), choices)
        if chosen is not fresh:
            return chosen
    return _describe_new(session, fresh)


def _describe_new(session: Session, shop: NewMerchant) -> NewMerchant:
    last = last_community(session.db)
    hint = _("(Enter: {name})").format(name=last) if last else ""
    shop.community = prompts.line(_("Community:"), clean, hint=hint) or last
    for field, question in _ASKED_OF_NEW:
        if value := prompts.line(_(question), clean):
            shop.fields[field] = value
    return shop


def ask_outcome(shop: str) -> str:
    """How it went, by one key."""
    return prompts.pick(
        _("{shop}: how did it go?").format(shop=clean_text(shop)),
        [(label(Outcome, outcome.value), outcome.value) for outcome in Outcome],
    )


def _visit(session: Session, shop: Shop) -> None:
    """Ask what matters for the outcome, then keep it all at once."""
    outcome = ask_outcome(shop.name if isinstance(shop, NewMerchant) else shop[1])
    visit = Visit(shop, outcome, session.now(), by=session.worker)
    if outcome == Outcome.REFUSED:
        visit.firm = prompts.pick(_("May we come again?"), [(_("yes, later"), False), (_("no, unless invited"), True)])
    if outcome in _WITH_REASONS:
        visit.reasons = _reasons(session)
    if outcome != Outcome.SIGNED_UP:
        due = prompts.line(_("Come back:"), lambda text: _due(text, session), hint=_("(3 = in 3 days, friday, 11-30)"))
        visit.marks = [acts.follow_up(due)] if due else []
    if outcome != Outcome.NOT_MET:
        visit.note = prompts.line(_("Note:"), parsing.note)
    closing = _done(session, shop) if not visit.marks else []
    keep(session, visit, also=closing, remind=bool(visit.marks))


def _reasons(session: Session) -> list[str]:
    extra = session.settings.reasons
    codes = [*(reason.value for reason in Reason), *extra]
    for key, code in zip(prompts.KEYS, codes, strict=False):
        tell(f"    {key} {label(Reason, code, extra)}")

    def read(text: str) -> list[str]:
        keys = natural_key(text)
        if not all(key in prompts.KEYS[: len(codes)] for key in keys):
            raise BadWord(text=text, words=f"1-{prompts.KEYS[len(codes) - 1]}")
        return [codes[prompts.KEYS.index(key)] for key in dict.fromkeys(keys)]

    return prompts.line(_("Why not yet?"), read, hint=_("(keys, such as 13)"))


def _due(text: str, session: Session) -> date | None:
    """A day; a bare number is so many days ahead; nothing is none."""
    typed = natural_key(text)
    if not typed:
        return None
    return parsing.due(f"{typed}d" if typed.isdecimal() and len(typed) <= len("999") else text, session)


def _done(session: Session, shop: Shop) -> list[Draft]:
    """A follow-up that was due at a known shop: was this it?"""
    if isinstance(shop, NewMerchant):
        return []
    today = session.today()
    due = [tag for tag in open_follow_ups(session.db, shop[0]) if tag["due"] <= today.isoformat()]
    if not due:
        return []
    question = _("Was this the follow-up of {day}?").format(day=shown.day(due[0]["due"]))
    if prompts.pick(question, [(_("yes, it is done"), True), (_("no, it stays open"), False)]):
        return [acts.close(tag, session.now()) for tag in due]
    return []
