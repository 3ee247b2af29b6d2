"""What would change a merchant's place: each time the ranking is made again, with one thing different. Pure, no wording."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum, auto

from outreach.domain.advice import AdviceCode, invitations
from outreach.domain.alike import Place
from outreach.domain.case import case_of
from outreach.domain.facts import Opinion, Parent, Referral, State, Trail
from outreach.domain.priority import Ranked, assess, placed, places
from outreach.domain.records import Outcome, ReferralKind, View
from outreach.domain.rules import Rules

_NEW = "~"  # the id of what is only imagined; it sorts last


class Turn(StrEnum):
    """The one thing that is different."""

    DAY = auto()  # the day comes on which the wait is over
    RELEASED = auto()  # a person's decision ends today
    INTRODUCED = auto()  # a parent introduces the project to the owner today
    TRAINED = auto()  # the parent who could help is trained today
    FOUND = auto()  # a trained parent of the community agrees to help
    DOUBT_GONE = auto()  # no parent doubts the merchant any more
    SAID_FIRST = auto()  # one more parent says that it comes first
    VISITED = auto()  # one more visit today changes nothing


@dataclass(frozen=True)
class WhatIf:
    """`found`: the merchant in its place then, on its own day. `points`: how the score differs. `parent`: who it takes."""

    turn: Turn
    found: Ranked
    points: int
    parent: Parent | None = None

    @property
    def day(self) -> date:
        """The day of which it speaks."""
        return self.found.case.day


def what_if(state: State, rules: Rules, found: Ranked, others: Sequence[Place]) -> list[WhatIf]:
    """What could happen to a merchant in its place among the others, in the order of `Turn`; nothing once it has joined."""
    if not found.rank:
        return []
    return [
        WhatIf(turn, then, then.score - found.score, parent)
        for turn, (imagine, parent) in ((turn, IMAGINE[turn](state, rules, found)) for turn in Turn)
        if imagine is not None and (then := _place(imagine, rules, found, None if turn in _FOR_ALL else others))
    ]


_FOR_ALL = (Turn.DAY, Turn.RELEASED, Turn.INTRODUCED, Turn.TRAINED, Turn.FOUND)  # what moves others, too


def _place(state: State, rules: Rules, found: Ranked, others: Sequence[Place] | None) -> Ranked | None:
    """Its place among the others as they are; or, where something is different for them too, as they would be."""
    case = case_of(state, found.case.merchant, rules.holds)
    return placed(assess(case, rules), places(state, rules) if others is None else others)


Imagined = tuple[State | None, Parent | None]
_NOT = (None, None)


def _day(state: State, _rules: Rules, found: Ranked) -> Imagined:
    day = found.advice.not_before
    return (replace(state, day=day), None) if day and day > state.day else _NOT


def _released(state: State, _rules: Rules, found: Ranked) -> Imagined:
    decided = found.case.override
    return (replace(state, overrides=tuple(o for o in state.overrides if o != decided)), None) if decided else _NOT


def _introduced(state: State, rules: Rules, found: Ranked) -> Imagined:
    """Seen from the day on which one may go; of a parent who could speak, else of any."""
    case = found.case
    if invitations(case, rules):
        return _NOT
    parent = case.spokeswoman
    word = Referral(
        _NEW, parent.id if parent else _NEW, ReferralKind.INTRODUCED, state.day.isoformat(), case.merchant.id
    )  # fmt: skip
    later = replace(state, day=state.day + timedelta(rules.holds.introduced), referrals=(*state.referrals, word))
    return _with_trail(later, found, case.trail._replace(tries=0)), parent


def _trained(state: State, _rules: Rules, found: Ranked) -> Imagined:
    if _proposed(found) is not AdviceCode.REHEARSE:
        return _NOT
    parent = found.case.helpers[0]
    return replace(state, parents={**state.parents, parent.id: parent._replace(trained_on=state.day)}), parent


def _found(state: State, _rules: Rules, found: Ranked) -> Imagined:
    if _proposed(found) is not AdviceCode.FIND_PARENT or found.case.merchant.community is None:
        return _NOT
    somebody = Parent(_NEW, "", found.case.merchant.community, state.day, state.day)
    return replace(state, parents={**state.parents, _NEW: somebody}), None


def _doubt_gone(state: State, _rules: Rules, found: Ranked) -> Imagined:
    if not found.case.said(View.DOUBTFUL):
        return _NOT
    doubts = {o.id for o in found.case.opinions if o.view == View.DOUBTFUL}
    return replace(state, opinions=tuple(o for o in state.opinions if o.id not in doubts)), None


def _said_first(state: State, _rules: Rules, found: Ranked) -> Imagined:
    said = Opinion(_NEW, found.case.merchant.id, View.FIRST, state.day.isoformat())
    return replace(state, opinions=(*state.opinions, said)), None


def _visited(state: State, _rules: Rules, found: Ranked) -> Imagined:
    """A visit that leaves it as it is, and closes what was agreed for today; not where one had better not go at all."""
    if _proposed(found) in (AdviceCode.FIRM, AdviceCode.TRIED, AdviceCode.DOUBTED):
        return _NOT
    today, trail = state.day.isoformat(), found.case.trail
    known = trail.status not in (None, Outcome.NOT_MET)
    after = trail._replace(
        status=trail.status if known else Outcome.PENDING,
        since=trail.since if known else today,
        visits=trail.visits + 1,
        last_visit=today,
        met_at=today,
        tries=trail.tries + 1,
    )
    merchant = found.case.merchant.id
    tags = tuple(t for t in state.tags if t.merchant != merchant or t.due is None or t.due > state.day)
    return _with_trail(replace(state, tags=tags), found, after), None


def _with_trail(state: State, found: Ranked, trail: Trail) -> State:
    return replace(state, trails={**state.trails, found.case.merchant.id: trail})


def _proposed(found: Ranked) -> AdviceCode:
    """What the advice rests on, a person's decision aside."""
    return (found.advice.otherwise or found.advice).code


IMAGINE: dict[Turn, Callable[[State, Rules, Ranked], Imagined]] = {
    Turn.DAY: _day,
    Turn.RELEASED: _released,
    Turn.INTRODUCED: _introduced,
    Turn.TRAINED: _trained,
    Turn.FOUND: _found,
    Turn.DOUBT_GONE: _doubt_gone,
    Turn.SAID_FIRST: _said_first,
    Turn.VISITED: _visited,
}


def telling(turns: list[WhatIf], found: Ranked) -> Iterator[WhatIf]:
    """Those after which something is different: the score, the place or what to do."""

    def seen(one: Ranked) -> tuple[object, ...]:
        return one.score, one.rank, one.advice.code, one.advice.approach, one.advice.parents, one.advice.not_before

    return (one for one in turns if seen(one.found) != seen(found))
