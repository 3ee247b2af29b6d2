"""What is known on a day, as values: merchants, parents, what parents did and said, marks, and each merchant's visits.

Everything that the score, the advice and the weekly report look at. No SQL, no wording.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from outreach.domain.proximity import Spot
from outreach.domain.records import Ruling, View


class Visit(NamedTuple):
    """One call at a merchant's door. `visited_at` as recorded: an instant with its offset, or a day. `along`: parents."""

    merchant: str
    visited_at: str
    id: str
    outcome: str
    firm: bool
    by: str | None
    reasons: tuple[str, ...]
    along: tuple[str, ...] = ()
    minutes: int | None = None


class Tail(NamedTuple):
    """The latest visits at a merchant, the oldest first; `earlier`: how many came before them."""

    visits: tuple[Visit, ...]
    earlier: int = 0


class Merchant(NamedTuple):
    """A merchant that is on the lists. `community`: the id of one that is on the lists too, or None. `at`: where it stands.

    `astray`: coordinates are recorded that are no place on the globe, or only half of them.
    """

    id: str
    name: str
    community: str | None
    category: str | None = None
    at: Spot | None = None
    astray: bool = False


class Profile(NamedTuple):
    """What is known of a community, as far as coverage goes; None: not recorded. `supermarket`: metres to the far one."""

    families: int | None = None
    migrants: int | None = None
    population: int | None = None
    supermarket: int | None = None


class Task(NamedTuple):
    """What a parent did on a day at a merchant (None: another parent). `asked`: she went along, because someone asked her."""

    day: date
    merchant: str | None
    asked: bool = False


class Parent(NamedTuple):
    """A parent volunteer. `tasks`: when she spoke or went along, of the last year."""

    id: str
    alias: str
    community: str | None
    trained_on: date | None = None
    consent_on: date | None = None
    active: bool = True
    tasks: tuple[Task, ...] = ()

    def may_be_asked(self, day: date) -> bool:
        """Whether she may be proposed: she agreed by that day, and is not resting."""
        return self.active and self.consent_on is not None and self.consent_on <= day

    def is_trained(self, day: date) -> bool:
        """Whether she was trained by that day."""
        return self.trained_on is not None and self.trained_on <= day


class Referral(NamedTuple):
    """What a parent did: she spoke to a merchant, or to another parent. `at`: an instant, or a day."""

    id: str
    parent: str
    kind: str
    at: str
    merchant: str | None = None
    to_parent: str | None = None

    @property
    def day(self) -> date:
        """The day it happened."""
        return date.fromisoformat(self.at[:10])


@dataclass(frozen=True)
class Opinion:
    """What a parent, or so many parents, said about a merchant."""

    id: str
    merchant: str
    view: str
    at: str
    parent: str | None = None
    count: int = 1

    @property
    def about_trust(self) -> bool:
        """Whether it answers how reliable the merchant is; else it answers when to go."""
        return self.view in (View.RELIABLE, View.DOUBTFUL)


class Tag(NamedTuple):
    """A mark in force; with `due` it is an open follow-up."""

    id: str
    merchant: str
    label: str
    at: str | None = None
    due: date | None = None
    by: str | None = None


class Trail(NamedTuple):
    """What a merchant's visits come to.

    `met_at`: the latest visit at which someone was met; `reasons` are its reasons. `since`: the visit that began the present
    status. `tries`: the visits since the status changed or a parent spoke. `before`: the status when the week began; `week`:
    the visits since then.
    """

    status: str | None = None
    firm: bool = False
    visits: int = 0
    last_visit: str | None = None
    met_at: str | None = None
    reasons: tuple[str, ...] = ()
    since: str | None = None
    tries: int = 0
    before: str | None = None
    week: tuple[Visit, ...] = ()


NEVER_VISITED = Trail()


class Override(NamedTuple):
    """What a person decided about a merchant, or about a community, and why. `at`: an instant, or a day."""

    id: str
    ruling: str
    note: str
    at: str
    merchant: str | None = None
    community: str | None = None
    until: date | None = None
    by: str | None = None

    @property
    def day(self) -> date:
        """The day it was decided."""
        return date.fromisoformat(self.at[:10])

    def is_in_force(self, day: date) -> bool:
        """Whether it counts that day: one that holds ends on its last day, one that pins after it."""
        if day < self.day:
            return False
        return self.until is None or (day < self.until if self.ruling == Ruling.HOLD else day <= self.until)


@dataclass(frozen=True)
class State:
    """Everything known at the end of `day`; `week_from` is the day the week began. Ids of merchants are those of roots.

    `roots`: where a merged merchant leads. `communities`: id to name. `parents`: those on the lists. `tags`: those in force.
    `overrides`: what people decided by then, ended or not.
    `profiles`: by the id of the community.
    """

    day: date
    week_from: date
    merchants: Mapping[str, Merchant] = field(default_factory=dict)
    communities: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, Parent] = field(default_factory=dict)
    trails: Mapping[str, Trail] = field(default_factory=dict)
    referrals: tuple[Referral, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    tags: tuple[Tag, ...] = ()
    roots: Mapping[str, str] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    profiles: Mapping[str, Profile] = field(default_factory=dict)

    def trail(self, merchant: str) -> Trail:
        """What the visits at a merchant come to."""
        return self.trails.get(merchant, NEVER_VISITED)

    def community_of(self, merchant: Merchant) -> str | None:
        """The name of a merchant's community."""
        return self.communities.get(merchant.community) if merchant.community else None
