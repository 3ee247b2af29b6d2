"""One merchant explained: its place, a paragraph to read aloud, and what would change it. A value and its sentences."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from outreach.domain.advice import AdviceCode
from outreach.domain.case import case_of
from outreach.domain.facts import State
from outreach.domain.priority import Ranked, assess, placed, places
from outreach.domain.records import Reason
from outreach.domain.rules import Rules
from outreach.domain.term import TermCode
from outreach.domain.whatif import Turn, WhatIf, telling, what_if
from outreach.i18n import N_, _, joined, ngettext
from outreach.report.labels import day_text, label, status_text
from outreach.report.ranking import known
from outreach.report.wording import advice_text, term_text
from outreach.settings import Settings

_NAMED = 2  # terms that the paragraph names


@dataclass(frozen=True)
class Explanation:
    """A merchant in its place among `of` that have not joined, and what would change it."""

    found: Ranked
    of: int
    turns: tuple[WhatIf, ...]


def explain(db: sqlite3.Connection, settings: Settings, day: date, now: datetime, merchant: str) -> Explanation | None:
    """One merchant explained as of a day; None where it was not recorded yet."""
    return explanation(*known(db, settings, day, now), merchant)


def explanation(state: State, rules: Rules, merchant: str) -> Explanation | None:
    """One merchant explained; None where it is not on the lists."""
    wanted = state.merchants.get(state.roots.get(merchant, merchant))
    if wanted is None:
        return None
    others = places(state, rules)
    found = assess(case_of(state, wanted, rules.holds), rules)
    if found.advice.approach is None:
        return Explanation(found, len(others), ())
    found = placed(found, others)
    return Explanation(found, len(others), tuple(telling(what_if(state, rules, found, others), found)))


def story(explained: Explanation, extra: Mapping[str, Mapping[str, str]]) -> str:
    """A paragraph that a supervisor can read aloud. `extra`: the reasons of one's own in the settings."""
    found, day = explained.found, explained.found.case.day
    sentences = [_who(found), _stands(found, extra)]
    if found.rank:
        place = _("On {day} it is number {rank} of {of}, with {score} points.")
        sentences += [place.format(day=day_text(day), rank=found.rank, of=explained.of, score=found.score), _why(found)]
    sentences.append(_("What to do: {advice}").format(advice=advice_text(found.advice, day)))
    if found.advice.otherwise:
        sentences.append(_("Without this decision: {advice}").format(advice=advice_text(found.advice.otherwise, day)))
    return joined(sentences)


def _who(found: Ranked) -> str:
    case = found.case
    facts = {"name": case.merchant.name, "community": case.community, "category": case.merchant.category}
    if case.community and case.merchant.category:
        return _("{name} ({category}) is in {community}.").format(**facts)
    if case.community:
        return _("{name} is in {community}.").format(**facts)
    return _("{name} belongs to no community yet.").format(**facts)


def _stands(found: Ranked, extra: Mapping[str, Mapping[str, str]]) -> str:
    """Where it stands and since when, how often it was visited, and what holds the owner back."""
    trail, today = found.case.trail, found.case.day
    if trail.since is None or trail.last_visit is None:
        return _("Nobody has been there yet.")
    text = ngettext(
        "{status} since {since}, after {n} visit, the last on {last}.",
        "{status} since {since}, after {n} visits, the last on {last}.",
        trail.visits,
    )
    since, last = (day_text(date.fromisoformat(day[:10]), today) for day in (trail.since, trail.last_visit))
    status = status_text(trail.status, firm=trail.firm)
    standing = text.format(status=status[:1].upper() + status[1:], since=since, n=trail.visits, last=last)
    reasons = _(", ").join(label(Reason, reason, extra) for reason in trail.reasons)
    return joined((standing, _("The owner's worry: {reasons}.").format(reasons=reasons) if reasons else ""))


def _why(found: Ranked) -> str:
    """The sentences of the terms that count most; where it stands was said already."""
    most = sorted((t for t in found.terms if t.points > 0 and t.code is not TermCode.STATUS), key=lambda term: -term.points)[
        :_NAMED
    ]
    texts = joined(term_text(term, found.case.day) for term in most)
    return _("Above all: {reasons}").format(reasons=texts) if texts else ""


_IF: Mapping[Turn, str] = {
    Turn.DAY: N_("On {day} the wait is over"),
    Turn.RELEASED: N_("If the decision ended today"),
    Turn.INTRODUCED: N_("If {parent} introduced the project to the owner today, then from {day}"),
    Turn.TRAINED: N_("If {parent} were trained today"),
    Turn.FOUND: N_("If a trained parent of the community agreed to help"),
    Turn.DOUBT_GONE: N_("If no parent had doubts any more"),
    Turn.SAID_FIRST: N_("If one more parent said that it comes first"),
    Turn.VISITED: N_("If one more visit today changed nothing"),
}


def turn_text(turn: WhatIf, found: Ranked) -> str:
    """What would change it, in a sentence, and what one would do then."""
    then = turn.found
    head = _(_IF[turn.turn]).format(
        day=day_text(turn.day, found.case.day), parent=turn.parent.alias if turn.parent else _("a parent")
    )
    return joined((_("{head}: {effect}.").format(head=head, effect=_effect(turn, found)), _then(then, found)))


def _effect(turn: WhatIf, found: Ranked) -> str:
    """By how many points, and to which place."""
    facts = {"points": f"{turn.points:+d}", "rank": turn.found.rank, "now": found.rank}
    if turn.found.rank == found.rank:
        return (_("{points} points, still number {rank}") if turn.points else _("still number {rank}")).format(**facts)
    if turn.points:
        return _("{points} points, number {rank} instead of {now}").format(**facts)
    return _("number {rank} instead of {now}").format(**facts)


def _then(then: Ranked, found: Ranked) -> str:
    """What one would do then, where that differs."""
    text = advice_text(then.advice, then.case.day)
    if then.advice.code is found.advice.code is not AdviceCode.AGAIN and then.advice.parents == found.advice.parents:
        return ""
    return _("Then: {advice}").format(advice=text) if text != advice_text(found.advice, found.case.day) else ""


def turns_of(explained: Explanation) -> Sequence[str]:
    """Every sentence on what would change it."""
    return [turn_text(turn, explained.found) for turn in explained.turns]
