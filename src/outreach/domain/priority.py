"""Which merchants to visit next: an additive score of named terms, capped, and a ranking.

Pure; the terms are in terms.py, the numbers and their sources in rules.py.
"""

from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from typing import NamedTuple

from outreach.domain.advice import Advice, advise
from outreach.domain.alike import HELD, Alike, Place, Rough, group
from outreach.domain.case import Case, Casebook, cases
from outreach.domain.facts import Merchant, State
from outreach.domain.rules import LOWEST, Rules
from outreach.domain.term import Term
from outreach.domain.terms import capped, score, score_terms
from outreach.domain.village import CommunityAdvice, community_advice


class Ranked(NamedTuple):
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


class Head(NamedTuple):
    """How the ranking begins, and of the whole: how many may be visited on the day or had better wait, and each community."""

    first: list[Ranked]
    ready: int
    held: int
    communities: list[CommunityAdvice]


def head(state: State, rules: Rules, most: int, *, community: str | None = None) -> Head:
    """The first of the ranking, so many at most: what `ranking` begins with, at a fraction of its cost.

    Only these are assessed with all their terms; for the others alike.py finds the place.
    """
    book = Casebook(state, rules.holds)
    alike = Alike(state, book, rules)
    rough = list(map(alike.rough, book.open_ones(community)))
    held = sum([found[0] == HELD for found in rough])
    places = nsmallest(most, map(alike.place, _within_reach(rough, most, alike)))
    found = (assess(book.case(state.merchants[place[-1]]), rules) for place in places)
    first = [Ranked(rank, r.case, r.score, r.terms, r.advice) for rank, r in enumerate(found, 1)]
    advised = _advised(rough, book, rules)
    return Head(first, len(rough) - held, held, community_advice(advised, state.day, state.communities))


def _advised(rough: Sequence[Rough], book: Casebook, rules: Rules) -> Iterator[tuple[Merchant, Advice]]:
    """How to go to each; with its own days where nobody of its community may be visited, and so the first day counts."""
    ready = {m.community for group, _total, _overdue, m, _advice in rough if group != HELD}
    for _group, _total, _overdue, m, advice in rough:
        yield m, advice if m.community in ready else advise(book.case(m), rules)


def _within_reach(rough: Sequence[Rough], most: int, alike: Alike) -> Iterable[Rough]:
    """Those that may be among the first: at their best no worse than the last of the first is at its worst."""
    worst = nsmallest(most, [(found[0], -found[1]) for found in rough])
    if not worst:
        return ()
    group_last, last = worst[-1]
    needed = capped(alike.around_least - last)
    if needed <= LOWEST:
        return (found for found in rough if found[0] <= group_last)
    least = needed - alike.around_most
    return (found for found in rough if found[0] < group_last or (found[0] == group_last and found[1] >= least))


def places(state: State, rules: Rules) -> list[Place]:
    """What the ranking is sorted by, of every merchant that has not joined, in no order: at a fraction of its cost."""
    book = Casebook(state, rules.holds)
    alike = Alike(state, book, rules)
    return [alike.place(alike.rough(merchant)) for merchant in book.open_ones()]


def placed(found: Ranked, others: Iterable[Place]) -> Ranked:
    """A merchant in its place among the others of a ranking."""
    mine, order = found.case.merchant.id, _order(found)
    return found._replace(rank=1 + sum(other < order for other in others if other[-1] != mine))


def assess(case: Case, rules: Rules) -> Ranked:
    """One merchant's score and advice, not ranked yet."""
    terms = score_terms(case, rules.weights)
    return Ranked(0, case, score(terms), terms, advise(case, rules))


def _order(found: Ranked) -> Place:
    case = found.case
    return group(found.advice, case.day), -found.score, -case.days_overdue, case.merchant.name, case.merchant.id
