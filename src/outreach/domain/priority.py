"""Which merchants to visit next: an additive score of named terms, capped, and a ranking.

Pure; the terms are in terms.py, the numbers and their sources in rules.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

from outreach.domain.advice import Advice, advise
from outreach.domain.case import Case, cases
from outreach.domain.facts import State
from outreach.domain.rules import Rules, Weights
from outreach.domain.term import Term
from outreach.domain.terms import score, score_terms


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
    found = [assess(case, rules) for case in cases(state, rules.holds) if community in (None, case.merchant.community)]
    return [Ranked(rank, r.case, r.score, r.terms, r.advice) for rank, r in enumerate(sorted(found, key=_order), 1)]


def first_open(state: State, rules: Rules, most: int) -> list[Ranked]:
    """The first of the ranking that may be visited on the day, so many at most.

    The same as the ranking begins with, at a third of its cost: advice is sought only as far as it takes, and merchants that
    nobody spoke of are scored together where all that the score looks at is the same.
    """
    known: dict[tuple[object, ...], int] = {}
    scored = [(_score(case, rules.weights, known), case) for case in cases(state, rules.holds)]
    scored.sort(key=lambda found: (not found[1].is_pinned, *_place(*found)))
    ready = (r for _score, case in scored if (r := assess(case, rules)).advice.is_open(case.day))
    return [Ranked(rank, r.case, r.score, r.terms, r.advice) for rank, r in enumerate(islice(ready, most), 1)]


def _score(case: Case, weights: Weights, known: dict[tuple[object, ...], int]) -> int:
    """The score; of a merchant without words, opinions and marks from `known`, if one like it was scored."""
    if case.words or case.opinions or case.tags:
        return score(score_terms(case, weights))
    trail = case.trail
    near = case.neighbour and (case.neighbour.metres,)
    key = (trail.status, trail.firm, trail.tries, trail.reasons, case.merchant.community, case.merchant.category, near)
    if key not in known:
        known[key] = score(score_terms(case, weights))
    return known[key]


def placed(found: Ranked, ranked: Iterable[Ranked]) -> Ranked:
    """A merchant in its place among the others of a ranking."""
    mine, order = found.case.merchant.id, _order(found)
    return replace(found, rank=1 + sum(_order(other) < order for other in ranked if other.case.merchant.id != mine))


def assess(case: Case, rules: Rules) -> Ranked:
    """One merchant's score and advice, not ranked yet."""
    terms = score_terms(case, rules.weights)
    return Ranked(0, case, score(terms), terms, advise(case, rules))


def _order(found: Ranked) -> tuple[bool, bool, int, int, str, str]:
    return not found.case.is_pinned, not found.advice.is_open(found.case.day), *_place(found.score, found.case)


def _place(points: int, case: Case) -> tuple[int, int, str, str]:
    return -points, -case.days_overdue, case.merchant.name, case.merchant.id
