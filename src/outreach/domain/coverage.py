"""The terms that look around: who nearby has joined, how far families must walk, and what the merchant sells.

Pure. What is not recorded gives no term.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum, auto

from outreach.domain.case import Case
from outreach.domain.facts import Profile
from outreach.domain.rules import Weights
from outreach.domain.term import Term, TermCode

ESTIMATED = "estimated"


class Proof(StrEnum):
    """How one that has joined speaks to the owner: of the same community or so near, and whether the owner asked for one."""

    COMMUNITY = auto()
    NEAR = auto()
    ASKED_COMMUNITY = auto()
    ASKED_NEAR = auto()


_PROOF: Mapping[tuple[bool, bool], Proof] = {
    (False, False): Proof.COMMUNITY,
    (False, True): Proof.NEAR,
    (True, False): Proof.ASKED_COMMUNITY,
    (True, True): Proof.ASKED_NEAR,
}


def neighbour(case: Case, weights: Weights) -> Term | None:
    """One that has joined, whom the owner can ask; it counts more where he asked who has."""
    if (near := case.neighbour) is None:
        return None
    wanted, known = case.asks_for_neighbours, near.metres is not None
    points = proof_points(weights, wanted=wanted)
    day = date.fromisoformat(near.joined[:10])
    return Term(TermCode.NEIGHBOUR, points, _PROOF[wanted, known], near.name, near.metres or 0, day)


def no_point(case: Case, weights: Weights) -> Term | None:
    """Its community has no redemption point yet."""
    return Term(TermCode.NO_POINT, weights.no_point) if case.merchant.community and not case.points else None


def far_point(case: Case, weights: Weights) -> Term | None:
    """Its community has one, but the nearest is a walk away."""
    near = case.neighbour
    if near is None or near.metres is None or not case.points:
        return None
    points = far_points(near.metres, weights)
    return Term(TermCode.FAR_POINT, points, name=near.name, count=near.metres) if points else None


def families(case: Case, weights: Weights) -> Term | None:
    """Many families live in its community."""
    count, word = _families(case.profile, weights.family_size)
    points = in_proportion(weights.families, count, weights.families_many)
    return Term(TermCode.FAMILIES, points, word, count=count) if points else None


def supermarket(case: Case, weights: Weights) -> Term | None:
    """The large supermarket is a long walk from its community."""
    far = case.profile.supermarket or 0
    points = in_proportion(weights.supermarket, far, weights.supermarket_metres)
    return Term(TermCode.SUPERMARKET, points, count=far) if points else None


def goods(case: Case, weights: Weights) -> Term | None:
    """What it sells."""
    category = case.merchant.category
    if category is None or (word := weights.goods(category)) is None:
        return None
    return Term(TermCode.GOODS, getattr(weights, word), word, category)


def proof_points(weights: Weights, *, wanted: bool) -> int:
    """The points of one that has joined, whether or not the owner asked for one."""
    return weights.neighbour_wanted if wanted else weights.neighbour


def far_points(metres: int, weights: Weights) -> int:
    """The points of the way to the nearest redemption point."""
    return in_proportion(weights.far_point, metres, weights.far_point_metres)


def in_proportion(points: int, amount: int, full: int) -> int:
    """All of the points from `full` on, below that a share; halves are rounded up."""
    return (2 * points * min(amount, full) + full) // (2 * full)


def _families(profile: Profile, size: int) -> tuple[int, str]:
    """How many families there are, and whether that is an estimate."""
    if profile.families is not None:
        return profile.families, ""
    people = profile.population if profile.migrants is None else profile.migrants
    return (people or 0) // size, ESTIMATED
