"""How to go to a community next, from the advice for each of its merchants: visit it, or wait until a day. Pure, no wording."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from outreach.domain.facts import Override, Parent
from outreach.domain.priority import Ranked
from outreach.domain.records import Approach, Ruling


class VillageCode(StrEnum):
    """What the advice for a community rests on."""

    VISIT = auto()  # some may be visited
    DECIDED = auto()  # none may, because a person decided so for the community
    HELD = auto()  # none may before a day
    STUCK = auto()  # none may, and nobody knows when


@dataclass(frozen=True)
class CommunityAdvice:
    """Of the merchants that have not joined, `ready` may be visited on the day and `held` had better wait.

    `id`, `name`: None for merchants of no community. `ways`: how many of the ready are visited in which way; `approach`: the
    most common of these, with the `parent` who goes along most often. `not_before`: the first day on which one may be visited.
    """

    id: str | None
    name: str | None
    code: VillageCode
    approach: Approach
    ready: int
    held: int
    ways: tuple[tuple[Approach, int], ...] = ()
    parent: Parent | None = None
    not_before: date | None = None
    override: Override | None = None


_MORE = (Approach.PARENT_LED, Approach.ACCOMPANIED, Approach.ALONE)  # of equally common ways, the one with more of a parent


def community_advice(found: Iterable[Ranked]) -> list[CommunityAdvice]:
    """The advice for each community that has merchants in the ranking: first where most may be visited now."""
    by_place: dict[str | None, list[Ranked]] = defaultdict(list)
    for ranked in found:
        by_place[ranked.case.merchant.community].append(ranked)
    places = [_advise(place, some) for place, some in by_place.items()]
    return sorted(places, key=lambda a: (a.id is None, -a.ready, a.not_before or date.max, a.name or ""))


def _advise(place: str | None, found: Sequence[Ranked]) -> CommunityAdvice:
    name, day = found[0].case.community, found[0].case.day
    ready = [r for r in found if r.advice.is_open(day)]
    held = len(found) - len(ready)
    if not ready:
        return _waiting(place, name, found)
    count = Counter(r.advice.approach for r in ready if r.advice.approach)
    ways = tuple((way, count[way]) for way in _MORE if count[way])
    approach = max(ways, key=lambda way: way[1])[0]
    along = Counter(parent for r in ready if r.advice.approach is approach for parent in r.advice.parents)
    parent = min(along, key=lambda p: (-along[p], p.alias, p.id), default=None)
    return CommunityAdvice(place, name, VillageCode.VISIT, approach, len(ready), held, ways, parent)


def _waiting(place: str | None, name: str | None, found: Sequence[Ranked]) -> CommunityAdvice:
    """None may be visited: until when, and whether a person decided so for the whole community."""
    until = min((r.advice.not_before for r in found if r.advice.not_before), default=None)
    decisions = [o for r in found if (o := r.case.override) and o.community and o.ruling == Ruling.HOLD]
    code = VillageCode.DECIDED if decisions else VillageCode.HELD if until else VillageCode.STUCK
    decided = decisions[0] if decisions else None
    return CommunityAdvice(place, name, code, Approach.WAIT, 0, len(found), not_before=until, override=decided)
