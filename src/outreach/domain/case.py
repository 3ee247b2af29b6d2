"""A merchant's case: everything that bears on whether, how and when to go there next. Made from the state; pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from outreach.domain.company import Closeness, Company, company, recent
from outreach.domain.facts import NEVER_VISITED, Merchant, Opinion, Override, Parent, Profile, Referral, State, Tag, Trail
from outreach.domain.joined import Joined, Neighbour
from outreach.domain.records import Outcome, Reason, View
from outreach.domain.rules import Holds
from outreach.domain.trail import answers, is_later

About = TypeVar("About", Referral, Opinion, Tag)
UNKNOWN = Profile()
HOLDS = Holds()


@dataclass  # not frozen: that would make each of some thousand three times as slow to make
class Case:
    """`community`: its name. `words`: what parents did to win the merchant, latest first. `parents`: those on the lists.

    `helpers`: parents of its community who may be asked and are not `against` it, trained ones first, then the least busy.
    `joined`: who has joined. `override`: what a person decided about it, else about its community, and is in force.
    """

    day: date
    merchant: Merchant
    community: str | None
    trail: Trail
    words: tuple[Referral, ...]
    opinions: tuple[Opinion, ...]
    tags: tuple[Tag, ...]
    parents: Mapping[str, Parent]
    helpers: tuple[Parent, ...]
    joined: Joined = field(compare=False, repr=False)
    profile: Profile = UNKNOWN
    override: Override | None = None
    holds: Holds = HOLDS

    @cached_property
    def neighbour(self) -> Neighbour | None:
        """The nearest that joined, else the one of its community that joined last; None where there is neither."""
        return self.joined.neighbour(self.merchant)

    @property
    def points(self) -> int:
        """How many of its community have joined."""
        return self.joined.points[self.merchant.community] if self.merchant.community else 0

    @cached_property
    def unanswered(self) -> tuple[Referral, ...]:
        """What parents did since the owner was last met and still stand by, latest first."""
        met, against = self.trail.met_at, self.against
        return tuple(w for w in self.words if w.parent not in against and (met is None or not answers(met, w)))

    @cached_property
    def against(self) -> frozenset[str]:
        """The parents whose own last word is to wait, or that they doubt the merchant: none of them is named to go there."""
        return against(self.opinions, self.words) if self.opinions else frozenset()

    @cached_property
    def follow_up(self) -> Tag | None:
        """The open follow-up that is due first, of those that still say when to go."""
        dated = [(tag.due, tag.id, tag) for tag in self.tags if tag.due and not self._is_overtaken(tag, tag.due)]
        return min(dated)[2] if dated else None

    def _is_overtaken(self, tag: Tag, due: date) -> bool:
        """Whether somebody has gone there on that day or later, or the owner refused for good since it was agreed.

        It stays open, to be done or taken off; but when to go next is another matter now.
        """
        last, met, agreed = self.trail.last_visit, self.trail.met_at, tag.at or ""
        gone = last is not None and due.isoformat() <= last[:10] and agreed < last
        return gone or (self.trail.firm and met is not None and agreed < met)

    @property
    def days_overdue(self) -> int:
        """How late the follow-up is; 0 where none is open or late."""
        tag = self.follow_up
        return max(0, (self.day - tag.due).days) if tag and tag.due else 0

    @property
    def suspects_scam(self) -> bool:
        """Whether the owner said so when last met."""
        return Reason.SUSPECTS_SCAM in self.trail.reasons

    @property
    def asks_for_neighbours(self) -> bool:
        """Whether the owner asked, when last met, who nearby has joined."""
        return Reason.NO_NEIGHBOUR_HAS_JOINED in self.trail.reasons

    def age(self, word: Referral) -> int:
        """How many days ago a parent spoke."""
        return (self.day - word.day).days

    def speakers(self, words: Iterable[Referral]) -> list[Parent]:
        """The parents of these who may be asked, trained ones first, then as they come."""
        known = self.parents.keys() - self.against
        found = {word.parent: self.parents[word.parent] for word in words if word.parent in known}
        willing = [parent for parent in found.values() if parent.may_be_asked(self.day)]
        return sorted(willing, key=lambda parent: not parent.is_trained(self.day))

    @property
    def tied(self) -> Iterator[tuple[Closeness, Parent]]:
        """The parents who could take the worker there, the closest first: of those who never spoke to the owner the trained."""
        for words in (self.unanswered, self.words):
            yield from ((Closeness.SPOKE, parent) for parent in self.speakers(words))
        for closeness, parents in ((Closeness.SHOPS, self.admirers), (Closeness.LIVES, self.helpers)):
            yield from ((closeness, parent) for parent in parents if parent.is_trained(self.day))

    @cached_property
    def admirers(self) -> list[Parent]:
        """Parents who may be asked and said themselves that the shop comes first, or is reliable; the last to say so first."""
        said = [o.parent for o in reversed(self.opinions) if o.parent in self.parents and o.view in (View.FIRST, View.RELIABLE)]
        found = [self.parents[parent] for parent in dict.fromkeys(said) if parent and parent not in self.against]
        return [parent for parent in found if parent.may_be_asked(self.day)]

    @cached_property
    def company(self) -> Company | None:
        """Who could take the worker there, now or once she has rested."""
        return company(self.tied, self.merchant.id, self.day, self.holds)

    @property
    def guide(self) -> Parent | None:
        """Who could take the worker there now."""
        return self.company.parent if self.company and self.company.rested is None else None

    @property
    def spokeswoman(self) -> Parent | None:
        """Who could speak for the project, perhaps after some rest or training."""
        return self.company.parent if self.company else next(iter(self.helpers), None)

    def said(self, *views: str) -> int:
        """How many parents said one of these."""
        return said(self.opinions, *views) if self.opinions else 0


def said(opinions: Iterable[Opinion], *views: str) -> int:
    """How many parents said one of these; `opinions` from the first to the last.

    Of one parent's words on the same question the last counts. Of numbers of parents, which may be the same ones at every
    meeting, those of the last day on which that question was asked.
    """
    told = list(opinions)
    named = {(o.parent, o.about_trust): o for o in told if o.parent}
    days = {o.about_trust: o.at[:10] for o in told if not o.parent}
    counted = (o for o in told if not o.parent and o.at[:10] == days[o.about_trust])
    return sum(o.count for o in (*named.values(), *counted) if o.view in views)


def against(opinions: Iterable[Opinion], words: Iterable[Referral]) -> frozenset[str]:
    """The parents whose last word on a question is to wait, or to doubt; not one who spoke to the owner since.

    `opinions` from the first to the last.
    """
    latest = {(o.parent, o.about_trust): o for o in opinions}
    return frozenset(
        o.parent
        for o in latest.values()
        if o.parent and o.view in (View.WAIT, View.DOUBTFUL)
        if not any(word.parent == o.parent and is_later(word.at, o.at) for word in words)
    )


class Casebook:
    """Makes the cases of a state's merchants, one at a time. `holds`: how long parents rest."""

    def __init__(self, state: State, holds: Holds = HOLDS) -> None:
        self._state, self._holds = state, holds
        self._words, self._opinions, self._tags = (
            _by_merchant(state.referrals), _by_merchant(state.opinions), _by_merchant(state.tags)
        )  # fmt: skip
        self._spoken_of = {*self._words, *self._opinions, *self._tags}
        self._overrides = _overrides(state)
        self._walked_to = {task.merchant for parent in state.parents.values() for task in parent.tasks}
        self._helpers = _helpers(state, holds)
        self.joined = Joined.of(state)

    def is_plain(self, merchant: Merchant) -> bool:
        """Whether nobody spoke to it, said anything of it or marked it."""
        return merchant.id not in self._spoken_of

    def circle(self, merchant: Merchant) -> str | None:
        """Merchants of one circle that are plain have the same parents to go along: its community, unless one went there."""
        return merchant.id if merchant.id in self._walked_to else merchant.community

    def override(self, merchant: Merchant) -> Override | None:
        """What a person decided about it, else about its community, and is in force."""
        return self._overrides.get(merchant.id) or self._overrides.get(merchant.community)

    def open_ones(self, community: str | None = None) -> Iterator[Merchant]:
        """The merchants that have not joined; of one community if its id is given."""
        trails, joined = self._state.trails, Outcome.SIGNED_UP
        for m in self._state.merchants.values():
            if community in (None, m.community) and trails.get(m.id, NEVER_VISITED).status != joined:
                yield m

    def case(self, m: Merchant) -> Case:
        """The case of one of them."""
        state, helpers = self._state, self._helpers.get(m.community, ())
        words = (
            tuple(sorted(said, key=lambda word: (word.at, word.id), reverse=True)) if (said := self._words.get(m.id)) else ()
        )
        views = tuple(sorted(voiced, key=lambda one: (one.at, one.id))) if (voiced := self._opinions.get(m.id)) else ()
        if views and (shut := against(views, words)):
            helpers = tuple(helper for helper in helpers if helper.id not in shut)
        return Case(
            state.day,
            m,
            state.community_of(m),
            state.trail(m.id),
            words,
            views,
            tuple(sorted(tags, key=lambda tag: tag.id)) if (tags := self._tags.get(m.id)) else (),
            state.parents,
            helpers,
            self.joined,
            state.profiles.get(m.community, UNKNOWN) if m.community else UNKNOWN,
            self.override(m),
            self._holds,
        )


def cases(state: State, holds: Holds = HOLDS) -> list[Case]:
    """The case of every merchant that has not joined."""
    book = Casebook(state, holds)
    return list(map(book.case, book.open_ones()))


def case_of(state: State, merchant: Merchant, holds: Holds = HOLDS) -> Case:
    """The case of one merchant."""
    return Casebook(state, holds).case(merchant)


def _overrides(state: State) -> dict[str | None, Override]:
    """What people decided and is in force, by merchant and by community; of merged merchants the latest."""
    found = [o for o in state.overrides if o.is_in_force(state.day)]
    return {o.merchant or o.community: o for o in sorted(found, key=lambda o: (o.at, o.id))}


def _by_merchant(records: Sequence[About]) -> Mapping[str | None, list[About]]:
    found: dict[str | None, list[About]] = defaultdict(list)
    for record in records:
        found[record.merchant].append(record)
    return found


def _helpers(state: State, holds: Holds) -> dict[str | None, tuple[Parent, ...]]:
    day = state.day
    found: dict[str | None, list[Parent]] = defaultdict(list)
    for parent in state.parents.values():
        if parent.community and parent.may_be_asked(state.day):
            found[parent.community].append(parent)
    return {
        community: tuple(sorted(some, key=lambda p: (not p.is_trained(day), recent(p.tasks, day, holds), p.alias, p.id)))
        for community, some in found.items()
    }
