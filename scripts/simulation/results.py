"""Many seeds of many scenarios under every policy, summed up. Two processes share the work; the order changes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import product
from math import sqrt
from statistics import fmean, stdev

from outreach.domain.rules import Rules, Weights
from simulation.policies import BASELINES, Outcome, Policy, run
from simulation.scenarios import SCENARIOS

TUNING, REPORTING = range(1, 41), range(1001, 1101)
FIRST = Rules(Weights(not_met=12, scam_with_introducer=10, scam_introduced=10, goods_other=-6))  # the weights before any trial
PROCESSES = 2
_NORMAL = 1.96  # standard errors either side of a mean


@dataclass(frozen=True)
class Score:
    """A policy in a scenario: what each seed came to."""

    each: tuple[Outcome, ...]

    @property
    def joined(self) -> float:
        """Sign-ups in twelve weeks, on average."""
        return fmean(one.joined for one in self.each)

    @property
    def per_visit(self) -> float:
        """Of all visits, so many sign up."""
        return sum(one.joined for one in self.each) / max(1, sum(one.visits for one in self.each))


@dataclass(frozen=True)
class Gain:
    """How much more the advice wins than the best baseline, as shares of it; `margin`: 95 % of `joined`, seed by seed."""

    baseline: Policy
    joined: float
    margin: float
    per_visit: float


Scores = Mapping[str, Mapping[Policy, Score]]


def scores(seeds: Sequence[int], rules: Rules, names: Iterable[str] = SCENARIOS, policies: Iterable[Policy] = Policy) -> Scores:
    """Every policy in every scenario, over these seeds."""
    names, policies = list(names), list(policies)
    tasks = list(product(names, policies, seeds))
    with ProcessPoolExecutor(PROCESSES) as pool:
        outcomes = dict(zip(tasks, pool.map(partial(_one, rules), tasks, chunksize=8), strict=True))
    return {
        name: {policy: Score(tuple(outcomes[name, policy, seed] for seed in seeds)) for policy in policies} for name in names
    }


def _one(rules: Rules, task: tuple[str, Policy, int]) -> Outcome:
    name, policy, seed = task
    return run(SCENARIOS[name], seed, policy, rules)


def gain(of: Mapping[Policy, Score]) -> Gain:
    """The advice beside the baseline with the most sign-ups; per visit beside the one that is best at that."""
    advice, best = of[Policy.ADVICE], max(BASELINES, key=lambda policy: of[policy].joined)
    more = [one.joined - other.joined for one, other in zip(advice.each, of[best].each, strict=True)]
    margin = _NORMAL * stdev(more) / sqrt(len(more)) if len(more) > 1 else 0.0
    per_visit = advice.per_visit / max(of[policy].per_visit for policy in BASELINES) - 1
    return Gain(best, fmean(more) / of[best].joined, margin / of[best].joined, per_visit)
