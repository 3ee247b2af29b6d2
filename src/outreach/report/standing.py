"""Where the merchants stand and what a week brought, in numbers: over all, and community by community."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields

from outreach.domain.facts import Referral, State, Trail
from outreach.domain.records import Outcome


@dataclass(frozen=True)
class Numbers:
    """The first five count merchants by where they stand at the end; then what the week brought; what is overdue at its end."""

    merchants_visited: int = 0
    signed_up: int = 0
    pending: int = 0
    refused: int = 0
    not_met: int = 0
    visits: int = 0
    new_signed_up: int = 0
    referrals: int = 0
    follow_ups_overdue: int = 0


@dataclass(frozen=True)
class CommunityNumbers:
    """A community's line. Without `id` and `name`: what belongs to no community."""

    id: str | None
    name: str | None
    merchants: int
    numbers: Numbers


_NAMES = [f.name for f in fields(Numbers)]


def numbers(state: State) -> tuple[Numbers, tuple[CommunityNumbers, ...]]:
    """The totals, and the lines that add up to them: by name, then what belongs to no community, if anything does."""
    tallies = _tallies(state)
    lines = [_line(i, name, tallies[i]) for name, i in sorted((name, i) for i, name in state.communities.items())]
    if tallies[None]:
        lines.append(_line(None, None, tallies[None]))
    return _numbers(sum(tallies.values(), Counter())), tuple(lines)


def _line(community: str | None, name: str | None, tally: Mapping[str, int]) -> CommunityNumbers:
    return CommunityNumbers(community, name, tally["merchants"], _numbers(tally))


def _numbers(tally: Mapping[str, int]) -> Numbers:
    return Numbers(**{name: tally[name] for name in _NAMES})


def _tallies(state: State) -> defaultdict[str | None, Counter[str]]:
    found: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
    for merchant in state.merchants.values():
        found[merchant.community].update(_of_merchant(state.trail(merchant.id)))
    for word in state.referrals:
        if word.day >= state.week_from:
            found[_place(state, word)]["referrals"] += 1
    for tag in state.tags:
        if tag.due and tag.due < state.day:
            found[state.merchants[tag.merchant].community]["follow_ups_overdue"] += 1
    return found


def _of_merchant(trail: Trail) -> Counter[str]:
    tally = Counter(merchants=1)
    if trail.status is not None:
        tally.update({"merchants_visited": 1, trail.status: 1, "visits": len(trail.week)})
        tally["new_signed_up"] += joined_this_week(trail)
    return tally


def joined_this_week(trail: Trail) -> bool:
    """Whether a merchant has signed up since the week began."""
    return trail.status == Outcome.SIGNED_UP and trail.before != Outcome.SIGNED_UP


def _place(state: State, word: Referral) -> str | None:
    """The community of whom a parent spoke to."""
    if word.merchant:
        return state.merchants[word.merchant].community
    parent = state.parents.get(word.to_parent or "")
    return parent.community if parent and parent.community in state.communities else None
