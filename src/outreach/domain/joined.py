"""Who has joined, and of them the one whom an owner can ask. Pure."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from outreach.domain.facts import Merchant, State
from outreach.domain.proximity import Nearest
from outreach.domain.records import Outcome


class Neighbour(NamedTuple):
    """A merchant that joined, whom an owner can ask. `metres`: how far away, where both places are known."""

    id: str
    name: str
    joined: str
    metres: int | None = None


class Joined(NamedTuple):
    """Who has joined: the last of each community, how many there, and who stands where."""

    last: Mapping[str | None, Neighbour]
    points: Counter[str | None]
    places: Nearest[Neighbour]

    @classmethod
    def of(cls, state: State) -> "Joined":
        """Those of the state."""
        found = [
            (trail.since or "", i, state.merchants[i]) for i, trail in state.trails.items() if trail.status == Outcome.SIGNED_UP
        ]
        by_day = [(m, Neighbour(m.id, m.name, since)) for since, _id, m in sorted(found, key=lambda one: one[:2])]
        return cls(
            {m.community: neighbour for m, neighbour in by_day if m.community},
            Counter(m.community for m, _neighbour in by_day),
            Nearest((m.at, neighbour) for m, neighbour in reversed(by_day) if m.at),
        )

    def neighbour(self, merchant: Merchant) -> Neighbour | None:
        """Whom the owner can ask."""
        if merchant.at and (near := self.places.of(merchant.at)):
            return near[1]._replace(metres=near[0])
        return self.last.get(merchant.community)
