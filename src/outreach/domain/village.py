"""How to go to a community next, from the advice for each of its merchants: visit it, or wait until a day. Pure, no wording."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum, auto
from typing import NamedTuple

from outreach.domain.advice import Advice
from outreach.domain.facts import Merchant, Override, Parent
from outreach.domain.records import Approach, Ruling

Advised = tuple[Merchant, Advice]


class VillageCode(StrEnum):
    """What the advice for a community rests on."""

    VISIT = auto()  # some may be visited
    DECIDED = auto()  # none may, because a person decided so for the community
    HELD = auto()  # none may before a day
    STUCK = auto()  # none may, and nobody knows when


class CommunityAdvice(NamedTuple):
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


def community_advice(found: Iterable[Advised], day: date, names: Mapping[str, str]) -> list[CommunityAdvice]:
    """The advice for each community that has merchants in the ranking: first where most may be visited now.

    `found`: they, with how to go there. `names`: of communities, by id.
    """
    by_place: dict[str | None, list[Advice]] = defaultdict(list)
    for merchant, advice in found:
        by_place[merchant.community].append(advice)
    places = [_advise(place, names.get(place) if place else None, some, day) for place, some in by_place.items()]
    return sorted(places, key=lambda a: (a.id is None, -a.ready, a.not_before or date.max, a.name or ""))


def _advise(place: str | None, name: str | None, found: Sequence[Advice], day: date) -> CommunityAdvice:
    ready = [advice for advice in found if advice.is_open(day)]
    held = len(found) - len(ready)
    if not ready:
        return _waiting(place, name, found)
    count = Counter([advice.approach for advice in ready if advice.approach])
    ways = tuple((way, count[way]) for way in _MORE if count[way])
    approach = max(ways, key=lambda way: way[1])[0]
    along = [parent for advice in ready if advice.approach is approach for parent in advice.parents]
    times = Counter(parent.id for parent in along)
    parent = min(along, key=lambda p: (-times[p.id], p.alias, p.id), default=None)
    return CommunityAdvice(place, name, VillageCode.VISIT, approach, len(ready), held, ways, parent)


def _waiting(place: str | None, name: str | None, found: Sequence[Advice]) -> CommunityAdvice:
    """None may be visited: until when, and whether a person decided so for the whole community."""
    until = min((advice.not_before for advice in found if advice.not_before), default=None)
    decided = next((o for advice in found if (o := advice.override) and o.community and o.ruling == Ruling.HOLD), None)
    code = VillageCode.DECIDED if decided else VillageCode.HELD if until else VillageCode.STUCK
    return CommunityAdvice(place, name, code, Approach.WAIT, 0, len(found), not_before=until, override=decided)
