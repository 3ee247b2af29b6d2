"""How to go to a merchant next: alone, with a parent, led by a parent, or not yet. Codes and values, no wording.

A person decides; this proposes. The first of `_CONSIDERED` that speaks decides; what a person decided goes before all of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum, auto

from outreach.domain.case import Case
from outreach.domain.company import Closeness, Company, company
from outreach.domain.facts import Override, Parent, Referral
from outreach.domain.records import Approach, Outcome, ReferralKind, Ruling, View
from outreach.domain.rules import Holds, Rules


class AdviceCode(StrEnum):
    """What the advice rests on."""

    DOUBTED = auto()  # parents doubt the merchant; the supervisor decides
    LED = auto()  # a trained parent opened the door
    ACCOMPANIED = auto()  # a parent opened the door
    INTRODUCED = auto()  # a parent opened the door, but may not be asked along
    AGREED = auto()  # a follow-up is open
    AGREED_WITH = auto()  # the same, and a parent helps against the suspicion
    AGREED_SCAM = auto()  # the same, and a parent who could help is still to be found
    FIRM = auto()  # a firm refusal, nobody invited us since
    TRIED = auto()  # enough visits that changed nothing
    GUIDE = auto()  # the owner suspects a scam; this parent helps
    GUIDE_RESTS = auto()  # the same; she helps once she has rested
    SPARED = auto()  # a parent opened the door, and has done much of late
    REHEARSE = auto()  # the same; this parent could help once trained
    FIND_PARENT = auto()  # the same; nobody could help yet
    FIRST = auto()  # never visited
    AGAIN = auto()  # visited; now, or when the hold is over
    JOINED = auto()  # nothing to win
    PINNED = auto()  # a person decided that it comes first
    HELD = auto()  # a person decided that it waits


@dataclass  # not frozen: that would make each of some thousand three times as slow to make
class Advice:
    """`approach`: None for one that has joined. `not_before`: go on that day or later; None: any day, or no day is known.

    `since`: the day of the introduction, of the agreed date or of the last visit, whichever the code is about. `count`: the
    visits in vain. `status`: where the merchant stands. `override`: the decision that it follows, and `otherwise` what it would
    be without. `closeness`: why just this parent; `passed`: who would come before her, and has done much of late.
    """

    approach: Approach | None
    code: AdviceCode
    parents: tuple[Parent, ...] = ()
    not_before: date | None = None
    since: date | None = None
    count: int = 0
    status: str | None = None
    override: Override | None = None
    otherwise: "Advice | None" = None
    closeness: Closeness | None = None
    passed: tuple[Parent, ...] = ()

    def is_open(self, day: date) -> bool:
        """Whether one may go on that day."""
        return self.approach is not Approach.WAIT and (self.not_before is None or self.not_before <= day)


def advise(case: Case, rules: Rules) -> Advice:
    """The advice for one merchant on the case's day."""
    found = _proposed(case, rules)
    return found if case.override is None or found.approach is None else _decided(case, case.override, found)


def _decided(case: Case, override: Override, found: Advice) -> Advice:
    """What a person decided. One that comes first may be visited that day, with the parent who would go along or could.

    That a community comes first moves only those of its merchants that may be visited: nobody looked at the others one by one.
    """
    if override.ruling == Ruling.PIN and override.merchant is None and not found.is_open(case.day):
        return found
    if override.ruling == Ruling.HOLD:
        return Advice(Approach.WAIT, AdviceCode.HELD, (), override.until, override.day, override=override, otherwise=found)
    approach, parents = found.approach, found.parents
    if not found.is_open(case.day):
        parents = (case.guide,) if case.guide else ()
        approach = Approach.ACCOMPANIED if parents else Approach.ALONE
    pinned = Advice(approach, AdviceCode.PINNED, parents, None, override.day, override=override, otherwise=found)
    return _chosen(pinned, case) if case.guide in parents else pinned


def _chosen(advice: Advice, case: Case) -> Advice:
    """The advice with the reason why just this parent goes along."""
    return replace(advice, closeness=case.company.closeness, passed=case.company.passed) if case.company else advice


def _proposed(case: Case, rules: Rules) -> Advice:
    spoken = (consider(case, rules) for consider in _CONSIDERED)
    return next((advice for advice in spoken if advice), None) or _alone(case, rules)


def _joined(case: Case, _rules: Rules) -> Advice | None:
    return Advice(None, AdviceCode.JOINED) if case.trail.status == Outcome.SIGNED_UP else None


def _doubted(case: Case, _rules: Rules) -> Advice | None:
    """Doubt is never weighed up: a supervisor looks at it."""
    return Advice(Approach.WAIT, AdviceCode.DOUBTED) if case.said(View.DOUBTFUL) else None


def invitations(case: Case, rules: Rules) -> list[Referral]:
    """The parents' words that open the door: fresh ones; after a firm refusal any, for she was told no and was asked again."""
    fresh = rules.weights.is_fresh
    return [word for word in case.unanswered if fresh(case.age(word)) or case.trail.firm]


def _invited(case: Case, rules: Rules) -> Advice | None:
    if not (words := invitations(case, rules)):
        return None
    day = _opens(case, words, rules.holds)
    if not (speakers := case.speakers(words)):
        return Advice(Approach.ALONE, AdviceCode.INTRODUCED, (), day, words[0].day)
    first = company([(Closeness.SPOKE, parent) for parent in speakers], case.merchant.id, case.day, rules.holds)
    return _with_speaker(case, words, first, day) if first else None


def _with_speaker(case: Case, words: Sequence[Referral], first: Company, day: date) -> Advice:
    """She goes along, or leads; unless all who spoke have done much of late: then her word goes along."""
    parent = first.parent
    word = next(w for w in words if w.parent == parent.id)
    leads = word.kind in (ReferralKind.INTRODUCED, ReferralKind.VOUCHED) or case.suspects_scam
    if first.rested and first.rested > max(day, case.day):
        return Advice(Approach.ALONE, AdviceCode.SPARED, (), day, word.day, passed=(parent,))
    if leads and parent.is_trained(case.day):
        return Advice(Approach.PARENT_LED, AdviceCode.LED, (parent,), day, word.day, passed=first.passed)
    return Advice(Approach.ACCOMPANIED, AdviceCode.ACCOMPANIED, (parent,), day, word.day, passed=first.passed)


def _opens(case: Case, words: Sequence[Referral], holds: Holds) -> date:
    """The day a parent's word makes it: the agreed date where that was set after she spoke, else soon."""
    first = min(word.day for word in words)
    soon = max(first + timedelta(holds.introduced), _after_nobody(case, holds) or date.min)
    tag = case.follow_up
    if tag is None or tag.due is None:
        return soon
    return tag.due if tag.at and tag.at[:10] > first.isoformat() else min(soon, tag.due)


def _agreed(case: Case, _rules: Rules) -> Advice | None:
    due = case.follow_up.due if case.follow_up else None
    if due is None:
        return None
    later = due > case.day
    if not case.suspects_scam:
        return Advice(Approach.WAIT if later else Approach.ALONE, AdviceCode.AGREED, (), due, due)
    if case.company and (case.company.rested or due) <= max(due, case.day):
        approach = Approach.WAIT if later else Approach.ACCOMPANIED
        return _chosen(Advice(approach, AdviceCode.AGREED_WITH, (case.company.parent,), due, due), case)
    return Advice(Approach.WAIT if later else Approach.ALONE, AdviceCode.AGREED_SCAM, (), due, due)


def _firm(case: Case, _rules: Rules) -> Advice | None:
    return Advice(Approach.WAIT, AdviceCode.FIRM) if case.trail.firm else None


def _tried(case: Case, rules: Rules) -> Advice | None:
    tries = case.trail.tries
    return Advice(Approach.WAIT, AdviceCode.TRIED, count=tries) if tries >= rules.holds.attempts else None


def _suspicion(case: Case, rules: Rules) -> Advice | None:
    """A parent's word helps against suspicion, more explaining by us does not (Fuse & Xie 2007)."""
    if not case.suspects_scam:
        return None
    until = _hold_ends(case, rules.holds)
    if case.company is None:
        code = AdviceCode.REHEARSE if case.helpers else AdviceCode.FIND_PARENT
        return Advice(Approach.WAIT, code, case.helpers[:1])
    if case.company.rested:
        day = max(case.company.rested, until or case.day)
        return _chosen(Advice(Approach.WAIT, AdviceCode.GUIDE_RESTS, (case.company.parent,), day), case)
    later = until is not None and until > case.day
    approach = Approach.WAIT if later else Approach.ACCOMPANIED
    return _chosen(Advice(approach, AdviceCode.GUIDE, (case.company.parent,), until), case)


def _alone(case: Case, rules: Rules) -> Advice:
    until, last, status = _hold_ends(case, rules.holds), case.trail.last_visit, case.trail.status
    if until is None or last is None:
        return Advice(Approach.ALONE, AdviceCode.FIRST)
    approach = Approach.WAIT if until > case.day else Approach.ALONE
    return Advice(approach, AdviceCode.AGAIN, (), until, date.fromisoformat(last[:10]), status=status)


def _hold_ends(case: Case, holds: Holds) -> date | None:
    """The first day on which the owner, last met or missed on some day, may be called on again; None without visits."""
    after_met = None
    if case.trail.met_at:
        days = holds.refused if case.trail.status == Outcome.REFUSED else holds.pending
        after_met = date.fromisoformat(case.trail.met_at[:10]) + timedelta(days)
    return max((day for day in (after_met, _after_nobody(case, holds)) if day), default=None)


def _after_nobody(case: Case, holds: Holds) -> date | None:
    """The first day after a visit at which nobody was met, where the last one was such."""
    last = case.trail.last_visit
    return date.fromisoformat(last[:10]) + timedelta(holds.not_met) if last and last != case.trail.met_at else None


_CONSIDERED: tuple[Callable[[Case, Rules], Advice | None], ...] = (
    _joined,
    _doubted,
    _invited,
    _agreed,
    _firm,
    _tried,
    _suspicion,
)
