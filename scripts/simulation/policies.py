"""Twelve weeks of visits under a policy, with the program's own ranking and advice, or one of the simpler orders.

A policy sees what is recorded by Sunday and nothing of the world behind it. Every policy has the same effort a week; a visit
with a parent along costs more of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto
from random import Random
from typing import NamedTuple

from outreach.domain.facts import State
from outreach.domain.orders import Order, advised, in_order
from outreach.domain.rules import Rules
from simulation.scenarios import Scenario
from simulation.world import MONDAY, WEEKS, World, make

EFFORT = 15.0  # visits by a worker alone, a week
ALONE, ALONG = 1.0, 1.5  # what a visit costs
_DAYS = 5  # of a working week


class Policy(StrEnum):
    """Who is visited, and how. `ADVICE_ALONE`: the ranking without its advice to take a parent along."""

    ADVICE = auto()
    ADVICE_ALONE = auto()
    RECENT = auto()
    OLDEST = auto()
    PUBLIC_SUM = auto()
    RANDOM = auto()


BASELINES = (Policy.RECENT, Policy.OLDEST, Policy.PUBLIC_SUM, Policy.RANDOM)


class Call(NamedTuple):
    """A visit to make: with one of these parents, if there are any; not before a day."""

    merchant: str
    parents: tuple[str, ...] = ()
    not_before: date = MONDAY


@dataclass(frozen=True)
class Outcome:
    """What twelve weeks came to: `joined` beyond those of the push, in so many `visits`."""

    joined: int
    visits: int


def run(scenario: Scenario, seed: int, policy: Policy, rules: Rules) -> Outcome:
    """One policy in one world."""
    world, chance = make(scenario.world, seed), Random(f"policy {seed}")
    before, visits = world.joined, 0
    for week in range(WEEKS):
        monday = MONDAY + timedelta(7 * week)
        calls = _plan(world.state(monday), policy, rules, chance)
        visits += _walk(world, monday, calls)
    return Outcome(world.joined - before, visits)


def _plan(state: State, policy: Policy, rules: Rules, chance: Random) -> Iterator[Call]:
    if policy in (Policy.ADVICE, Policy.ADVICE_ALONE):
        for found in advised(state, rules):
            parents = tuple(p.id for p in found.advice.parents) if policy is Policy.ADVICE else ()
            yield Call(found.case.merchant.id, parents, found.advice.not_before or state.day)
        return
    merchants = in_order(Order(policy.value), state, rules)
    if policy is Policy.RANDOM:
        chance.shuffle(merchants)
    yield from map(Call, merchants)


def _walk(world: World, monday: date, calls: Iterator[Call]) -> int:
    """Make these visits as far as the week's effort goes; how many they were."""
    spent, visits, busy = 0.0, 0, set[str]()
    for call in calls:
        parent = next((p for p in call.parents if p not in busy), None)
        cost = ALONG if call.parents else ALONE
        if (call.parents and parent is None) or spent + cost > EFFORT:
            continue  # she goes along once a week; another shop may be a shorter call
        if parent:
            busy.add(parent)
        day = max(monday + timedelta(int(spent * _DAYS / EFFORT)), call.not_before)
        world.visit(call.merchant, day, parent)
        spent, visits = spent + cost, visits + 1
    return visits
