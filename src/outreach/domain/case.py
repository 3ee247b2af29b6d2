"""A merchant's case: everything that bears on whether, how and when to go there next. Made from the state; pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from outreach.domain.facts import Merchant, Opinion, Override, Parent, Referral, State, Tag, Trail
from outreach.domain.records import Outcome, Reason, Ruling
from outreach.domain.trail import answers

About = TypeVar("About", Referral, Opinion, Tag)


@dataclass(frozen=True)
class Neighbour:
    """The merchant of a community that joined last."""

    id: str
    name: str
    joined: str


@dataclass(frozen=True)
class Case:
    """`community`: its name. `words`: what parents did to win the merchant, latest first. `parents`: those on the lists.

    `helpers`: parents of its community who may be asked, trained ones first, then the least busy. `neighbour`: None
    where nobody of its community has joined. `override`: what a person decided about it,
    else about its community, and is in force.
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
    neighbour: Neighbour | None
    override: Override | None = None

    @property
    def is_pinned(self) -> bool:
        """Whether a person decided that it comes first."""
        return self.override is not None and self.override.ruling == Ruling.PIN

    @cached_property
    def unanswered(self) -> tuple[Referral, ...]:
        """What parents did since the owner was last met, latest first."""
        met = self.trail.met_at
        return tuple(word for word in self.words if met is None or not answers(met, word))

    @cached_property
    def follow_up(self) -> Tag | None:
        """The open follow-up that is due first."""
        dated = [(tag.due, tag.id, tag) for tag in self.tags if tag.due]
        return min(dated)[2] if dated else None

    @property
    def days_overdue(self) -> int:
        """How late the follow-up is; 0 where none is open or late."""
        tag = self.follow_up
        return max(0, (self.day - tag.due).days) if tag and tag.due else 0

    @property
    def suspects_scam(self) -> bool:
        """Whether the owner said so when last met."""
        return Reason.SUSPECTS_SCAM in self.trail.reasons

    def age(self, word: Referral) -> int:
        """How many days ago a parent spoke."""
        return (self.day - word.day).days

    def speakers(self, words: Iterable[Referral]) -> list[Parent]:
        """The parents of these who may be asked, trained ones first, then as they come."""
        found = {word.parent: self.parents[word.parent] for word in words if word.parent in self.parents}
        willing = [parent for parent in found.values() if parent.may_be_asked(self.day)]
        return sorted(willing, key=lambda parent: not parent.is_trained(self.day))

    @cached_property
    def guide(self) -> Parent | None:
        """Who could take the worker there: one who has spoken to this merchant, else a trained one of its community."""
        trained = (parent for parent in self.helpers if parent.is_trained(self.day))
        return next(iter((*self.speakers(self.unanswered), *self.speakers(self.words), *trained)), None)

    @property
    def spokeswoman(self) -> Parent | None:
        """Who could speak for the project, perhaps after some training."""
        return self.guide or next(iter(self.helpers), None)

    def said(self, *views: str) -> int:
        """How many parents said one of these; of one parent's words on the same question the latest counts."""
        latest = {(o.parent or o.id, o.about_trust): o for o in self.opinions}
        return sum(o.count for o in latest.values() if o.view in views)


def cases(state: State) -> list[Case]:
    """The case of every merchant that has not joined."""
    open_ones = [m for m in state.merchants.values() if state.trail(m.id).status != Outcome.SIGNED_UP]
    return list(_cases(state, open_ones))


def case_of(state: State, merchant: Merchant) -> Case:
    """The case of one merchant."""
    return next(_cases(state, [merchant]))


def _cases(state: State, merchants: Iterable[Merchant]) -> Iterator[Case]:
    words, opinions, tags = _by_merchant(state.referrals), _by_merchant(state.opinions), _by_merchant(state.tags)
    helpers, neighbours, overrides = _helpers(state), _neighbours(state), _overrides(state)
    for m in merchants:
        yield Case(
            state.day,
            m,
            state.community_of(m),
            state.trail(m.id),
            tuple(sorted(words[m.id], key=lambda word: (word.at, word.id), reverse=True)),
            tuple(sorted(opinions[m.id], key=lambda opinion: (opinion.at, opinion.id))),
            tuple(sorted(tags[m.id], key=lambda tag: tag.id)),
            state.parents,
            helpers.get(m.community, ()),
            neighbours.get(m.community),
            overrides.get(m.id) or overrides.get(m.community),
        )


def _overrides(state: State) -> dict[str | None, Override]:
    """What people decided and is in force, by merchant and by community; of merged merchants the latest."""
    found = [o for o in state.overrides if o.is_in_force(state.day)]
    return {o.merchant or o.community: o for o in sorted(found, key=lambda o: (o.at, o.id))}


def _by_merchant(records: Sequence[About]) -> Mapping[str | None, list[About]]:
    found: dict[str | None, list[About]] = defaultdict(list)
    for record in records:
        found[record.merchant].append(record)
    return found


def _helpers(state: State) -> dict[str | None, tuple[Parent, ...]]:
    found: dict[str | None, list[Parent]] = defaultdict(list)
    for parent in state.parents.values():
        if parent.community and parent.may_be_asked(state.day):
            found[parent.community].append(parent)
    return {
        community: tuple(sorted(some, key=lambda p: (not p.is_trained(state.day), p.tasks, p.alias, p.id)))
        for community, some in found.items()
    }


def _neighbours(state: State) -> dict[str | None, Neighbour]:
    joined = [
        (trail.since or "", m.id, m)
        for m in state.merchants.values()
        if m.community and (trail := state.trail(m.id)).status == Outcome.SIGNED_UP
    ]
    return {m.community: Neighbour(m.id, m.name, since) for since, _id, m in sorted(joined, key=lambda found: found[:2])}
