"""Which merchants to visit next: an additive score of named terms, capped, and a ranking.

Pure; the numbers and their sources are in rules.py.
Each term is a code, whole points and what its sentence names. Nothing else moves the score (tests/domain/test_priority.py).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from itertools import islice

from outreach.domain.advice import Advice, advise
from outreach.domain.case import Case, cases
from outreach.domain.facts import Referral, State
from outreach.domain.records import Outcome, ReferralKind, View
from outreach.domain.rules import HIGHEST, LOWEST, Rules, Weights


class TermCode(StrEnum):
    """The terms, in the order in which they are shown."""

    STATUS = auto()
    INTRODUCED = auto()
    ASKED = auto()
    SCAM_WITH_INTRODUCER = auto()
    OPINIONS = auto()
    OPINIONS_WAIT = auto()
    ALLY = auto()
    NEIGHBOUR = auto()
    NO_POINT = auto()
    ATTEMPTS = auto()
    FOLLOW_UP = auto()


@dataclass(frozen=True)
class Term:
    """A part of the score. `word`: the code it is about; `name`: a parent, a merchant or a mark; `count`; `day`."""

    code: TermCode
    points: int
    word: str = ""
    name: str = ""
    count: int = 0
    day: date | None = None


@dataclass(frozen=True)
class Ranked:
    """A merchant in its place. `rank` counts from 1; 0 for one that has joined and is in no ranking."""

    rank: int
    case: Case
    score: int
    terms: tuple[Term, ...]
    advice: Advice


def ranking(state: State, rules: Rules, *, community: str | None = None) -> list[Ranked]:
    """Every merchant that has not joined, the next to visit first; of one community if its id is given.

    Those that a person put first, then those that may be visited on the day, then those on hold; within each the higher score,
    the longer overdue, the name.
    """
    found = [assess(case, rules) for case in cases(state) if community in (None, case.merchant.community)]
    return [Ranked(rank, r.case, r.score, r.terms, r.advice) for rank, r in enumerate(sorted(found, key=_order), 1)]


def first_open(state: State, rules: Rules, most: int) -> list[Ranked]:
    """The first of the ranking that may be visited on the day, so many at most.

    The same as the ranking begins with, at a third of its cost: advice is sought only as far as it takes, and merchants that
    nobody spoke of are scored together where all that the score looks at is the same.
    """
    known: dict[tuple[object, ...], int] = {}
    scored = [(_score(case, rules.weights, known), case) for case in cases(state)]
    scored.sort(key=lambda found: (not found[1].is_pinned, *_place(*found)))
    ready = (r for _score, case in scored if (r := assess(case, rules)).advice.is_open(case.day))
    return [Ranked(rank, r.case, r.score, r.terms, r.advice) for rank, r in enumerate(islice(ready, most), 1)]


def _score(case: Case, weights: Weights, known: dict[tuple[object, ...], int]) -> int:
    """The score; of a merchant without words, opinions and marks from `known`, if one like it was scored."""
    if case.words or case.opinions or case.tags:
        return score(score_terms(case, weights))
    trail = case.trail
    key = (trail.status, trail.firm, trail.tries, case.suspects_scam, case.merchant.community)
    if key not in known:
        known[key] = score(score_terms(case, weights))
    return known[key]


def assess(case: Case, rules: Rules) -> Ranked:
    """One merchant's score and advice, not ranked yet."""
    terms = score_terms(case, rules.weights)
    return Ranked(0, case, score(terms), terms, advise(case, rules))


def _order(found: Ranked) -> tuple[bool, bool, int, int, str, str]:
    return not found.case.is_pinned, not found.advice.is_open(found.case.day), *_place(found.score, found.case)


def _place(points: int, case: Case) -> tuple[int, int, str, str]:
    return -points, -case.days_overdue, case.merchant.name, case.merchant.id


def score(terms: Iterable[Term]) -> int:
    """The sum of the terms, kept from 0 to 100."""
    return min(HIGHEST, max(LOWEST, sum(term.points for term in terms)))


def score_terms(case: Case, weights: Weights) -> tuple[Term, ...]:
    """The terms that apply; none for a merchant that has joined."""
    if case.trail.status == Outcome.SIGNED_UP:
        return ()
    found = (term(case, weights) for term in _TERMS)
    return tuple(term for term in found if term)


def _status(case: Case, weights: Weights) -> Term:
    trail = case.trail
    word = "never_visited" if trail.status is None else "refused_firm" if trail.firm else trail.status
    return Term(TermCode.STATUS, getattr(weights, word), word)


def _fresh(case: Case, weights: Weights) -> list[Referral]:
    return [word for word in case.unanswered if weights.is_fresh(case.age(word))]


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
    opener = _opener(case, weights)
    asking = {word.parent for word in _fresh(case, weights) if word.kind == ReferralKind.ASKED}
    count = len(asking - {opener.parent if opener else None})
    return Term(TermCode.ASKED, min(weights.asked * count, weights.asked_most), count=count) if count else None


def _scam(case: Case, weights: Weights) -> Term | None:
    parent = case.spokeswoman
    if not case.suspects_scam or parent is None:
        return None
    return Term(TermCode.SCAM_WITH_INTRODUCER, weights.scam_with_introducer, name=parent.alias)


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


def _neighbour(case: Case, weights: Weights) -> Term | None:
    if (near := case.neighbour) is None:
        return None
    return Term(TermCode.NEIGHBOUR, weights.neighbour, name=near.name, day=date.fromisoformat(near.joined[:10]))


def _no_point(case: Case, weights: Weights) -> Term | None:
    return Term(TermCode.NO_POINT, weights.no_point) if case.merchant.community and case.neighbour is None else None


def _attempts(case: Case, weights: Weights) -> Term | None:
    vain = case.trail.tries - weights.attempts_free
    return Term(TermCode.ATTEMPTS, weights.attempt * vain, count=case.trail.tries) if vain > 0 else None


def _follow_up(case: Case, _weights: Weights) -> Term | None:
    """No points: the agreed date decides when to go, not how much it matters."""
    tag = case.follow_up
    return Term(TermCode.FOLLOW_UP, 0, name=tag.label, count=case.days_overdue, day=tag.due) if tag else None


_TERMS: tuple[Callable[[Case, Weights], Term | None], ...] = (
    _status,
    _introduced,
    _asked,
    _scam,
    _opinions,
    _opinions_wait,
    _ally,
    _neighbour,
    _no_point,
    _attempts,
    _follow_up,
)
