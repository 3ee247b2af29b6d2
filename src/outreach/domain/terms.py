"""The terms of the score, each from what people did and said or from what lies around (coverage.py), and their sum.

Pure; the numbers and their sources are in rules.py. Nothing but the terms moves the score (tests/domain/test_terms.py).
"""

from collections.abc import Callable, Iterable

from outreach.domain import coverage
from outreach.domain.case import Case
from outreach.domain.facts import Referral
from outreach.domain.records import Outcome, ReferralKind, View
from outreach.domain.rules import HIGHEST, LOWEST, Weights
from outreach.domain.term import Term, TermCode

TermOf = Callable[[Case, Weights], Term | None]


def score(terms: Iterable[Term]) -> int:
    """The sum of the terms, kept from 0 to 100."""
    return capped(sum(term.points for term in terms))


def capped(total: int) -> int:
    """A sum as a score."""
    return min(HIGHEST, max(LOWEST, total))


def points(case: Case, weights: Weights, some: Iterable[TermOf]) -> int:
    """The points of these terms alone."""
    return sum(term.points for make in some if (term := make(case, weights)))


def score_terms(case: Case, weights: Weights) -> tuple[Term, ...]:
    """The terms that apply; none for a merchant that has joined."""
    if case.trail.status == Outcome.SIGNED_UP:
        return ()
    return tuple([term for make in _TERMS if (term := make(case, weights))])


def _status(case: Case, weights: Weights) -> Term:
    trail = case.trail
    word = "never_visited" if trail.status is None else "refused_firm" if trail.firm else trail.status
    return Term(TermCode.STATUS, getattr(weights, word), word)


def _fresh(case: Case, weights: Weights) -> list[Referral]:
    return [word for word in case.unanswered if weights.is_fresh(case.age(word))] if case.words else []


def _opener(case: Case, weights: Weights) -> Referral | None:
    """The parent's word that counts most; of equal ones rather one that was more than asking."""
    words = _fresh(case, weights)
    return max(words, key=lambda w: (weights.introduction(case.age(w)), w.kind != ReferralKind.ASKED), default=None)


def _introduced(case: Case, weights: Weights) -> Term | None:
    if (word := _opener(case, weights)) is None:
        return None
    alias = case.parents[word.parent].alias if word.parent in case.parents else ""
    return Term(TermCode.INTRODUCED, weights.introduction(case.age(word)), word.kind, alias, day=word.day)


def _asked(case: Case, weights: Weights) -> Term | None:
    """The parents who asked, but for the one whose word is counted as the introduction."""
    asking = {word.parent for word in _fresh(case, weights) if word.kind == ReferralKind.ASKED}
    if not asking:
        return None
    opener = _opener(case, weights)
    count = len(asking - {opener.parent if opener else None})
    return Term(TermCode.ASKED, min(weights.asked * count, weights.asked_most), count=count) if count else None


def _scam(case: Case, weights: Weights) -> Term | None:
    """The owner suspects a scam, and a parent has spoken to him, or could."""
    if not case.suspects_scam or (parent := case.spokeswoman) is None:
        return None
    word = "scam_introduced" if _fresh(case, weights) else "scam_with_introducer"
    return Term(TermCode.SCAM_WITH_INTRODUCER, getattr(weights, word), word, parent.alias)


def _opinions(case: Case, weights: Weights) -> Term | None:
    count = case.said(View.FIRST, View.RELIABLE)
    points = min(weights.opinion * count, weights.opinions_most)
    return Term(TermCode.OPINIONS, points, count=count) if count else None


def _opinions_wait(case: Case, weights: Weights) -> Term | None:
    count = case.said(View.WAIT)
    return Term(TermCode.OPINIONS_WAIT, weights.opinion_wait * count, count=count) if count else None


def _ally(case: Case, weights: Weights) -> Term | None:
    label = next((tag.label for tag in case.tags if weights.is_ally(tag.label)), None)
    return Term(TermCode.ALLY, weights.ally, name=label) if label else None


def _attempts(case: Case, weights: Weights) -> Term | None:
    vain = case.trail.tries - weights.attempts_free
    return Term(TermCode.ATTEMPTS, weights.attempt * vain, count=case.trail.tries) if vain > 0 else None


def _follow_up(case: Case, _weights: Weights) -> Term | None:
    """No points: the agreed date decides when to go, not how much it matters."""
    tag = case.follow_up
    return Term(TermCode.FOLLOW_UP, 0, name=tag.label, count=case.days_overdue, day=tag.due) if tag else None


_TERMS: tuple[TermOf, ...] = (
    _status,
    _introduced,
    _asked,
    _scam,
    _opinions,
    _opinions_wait,
    _ally,
    coverage.neighbour,
    coverage.no_point,
    coverage.far_point,
    coverage.families,
    coverage.supermarket,
    coverage.goods,
    _attempts,
    _follow_up,
)
OF_VISITS: tuple[TermOf, ...] = (_status, _scam, _attempts)
OF_WORDS: tuple[TermOf, ...] = (_introduced, _asked)
OF_OPINIONS: tuple[TermOf, ...] = (_opinions, _opinions_wait)
OF_TAGS: tuple[TermOf, ...] = (_ally,)
OF_PLACE: tuple[TermOf, ...] = (coverage.no_point, coverage.families, coverage.supermarket, coverage.goods)
