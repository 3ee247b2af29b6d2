"""What the simulated world assumes, each figure with its source, and the scenarios: the assumptions changed one at a time.

These were written down, and committed, before any policy was run in them. Where our weights lose to a baseline, the weights
change, never this file. Letters name the sources of docs/scoring.md. No policy is known here.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from math import exp, log
from random import Random
from statistics import NormalDist

_WIDTH = 2 * NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Odds:
    """A factor on the odds of joining: log-normal, 95 of 100 draws from `low` to `high`."""

    low: float
    high: float

    def __str__(self) -> str:
        return "1" if self == SAME else f"odds × {self.low:g} to {self.high:g}"

    def draw(self, rng: Random) -> float:
        """One of them."""
        if self.low == self.high:
            return self.low
        middle, spread = (log(self.low) + log(self.high)) / 2, (log(self.high) - log(self.low)) / _WIDTH
        return exp(NormalDist(middle, spread).inv_cdf(rng.random()))


@dataclass(frozen=True)
class Between:
    """A figure without a source of its own: anything from `low` to `high`, all as likely."""

    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:g}" if self.high else "0"

    def draw(self, rng: Random) -> float:
        """One of them."""
        return self.low + (self.high - self.low) * rng.random()


@dataclass(frozen=True)
class Push:
    """The chance that one visit by a worker alone wins a shop, from `joined` of `visited` shops in `visits` visits each."""

    joined: int
    visited: int
    visits: float

    def __str__(self) -> str:
        return f"{self.joined} of {self.visited} in {self.visits:g} visits each"

    def draw(self, rng: Random) -> float:
        """One chance a visit that the push could have come from (Jeffreys' prior)."""
        share = rng.betavariate(self.joined + 0.5, self.visited - self.joined + 0.5)
        return float(1 - (1 - share) ** (1 / self.visits))


SAME = Odds(1, 1)
NONE = Between(0, 0)


@dataclass(frozen=True)
class Assumptions:
    """How this world works. Every figure is drawn anew for each seed, and is the same for every policy.

    Where no letter is given the figure is our own assumption. docs/scoring.md has this as a table.

    - `base`: P, 16 of 89 joined, in two visits each. `owners`: how much owners differ, the standard deviation of their
      log-odds; `drift`: how much of that changes in a week.
    - `suspects`: the share of owners who fear a scam (P: most waver). `suspicion`: how that lowers the odds of a visit alone;
      `boomerang`: how often explaining alone turns them away (F: no effect, may boomerang).
    - `word`: a parent's fresh word, or a parent along. M: 18 to 26.6 in 100 are odds of 1.65; V: 6.5 times, a seller's claim;
      D: below 1. `trust`: how much of the suspicion it takes away (P, F). `half_life`: days after which half of a word is left.
    - `again`: each earlier visit that changed nothing (W). `too_soon`: within 7 days of a visit, 14 of a refusal (N, H).
      `cooling`: each week since the owner was last met.
    - `refuses`: how many of those who do not join refuse (P: most of 73 were pending); `firm`: how many of these for good (T).
      `refused`: the odds after a soft refusal (R).
    - `missed`: nobody met; shops are open. `neighbour`: once one of the community has joined, for owners who asked who has (B).
      `goods`: a shop that sells no food (U).
    - `parents`: of each village; `words`: of each a week; `aim`: how much they choose owners who would join anyway (0: not at
      all); `insight`: how much their opinions know of that (P: volunteers are scarce).
    """

    base: Push = Push(16, 89, 2)
    owners: Between = Between(0.7, 1.3)
    drift: Between = Between(0.1, 0.3)
    suspects: Between = Between(0.3, 0.6)
    suspicion: Odds = Odds(0.15, 0.7)
    boomerang: Between = Between(0, 0.2)
    word: Odds = Odds(0.75, 5.3)
    trust: Between = Between(0.3, 1)
    half_life: Between = Between(4, 14)
    again: Odds = Odds(0.7, 1)
    too_soon: Odds = Odds(0.4, 1)
    cooling: Odds = SAME
    refuses: Between = Between(0.1, 0.3)
    firm: Between = Between(0.1, 0.4)
    refused: Odds = Odds(0.25, 1)
    missed: Between = Between(0.05, 0.25)
    neighbour: Odds = Odds(1, 1.25)
    goods: Odds = Odds(0.1, 0.5)
    parents: int = 3
    words: Between = Between(0.15, 0.5)
    aim: Between = Between(0, 0.6)
    insight: Between = Between(0, 1)


@dataclass(frozen=True)
class Scenario:
    """A world that may be the true one, and why. `tuned`: weights may be chosen by it; on the others they are only judged."""

    name: str
    why: str
    world: Assumptions
    tuned: bool = False

    @property
    def changed(self) -> str:
        """What differs from the cited figures."""
        before, after = asdict(_CITED), asdict(self.world)
        differs = [name for name in before if before[name] != after[name]]
        return ", ".join(f"`{name}` {getattr(self.world, name)}" for name in differs)


_CITED = Assumptions()
_NO_WORD = replace(_CITED, word=SAME, trust=NONE)

SCENARIOS: Mapping[str, Scenario] = {
    s.name: s
    for s in (
        Scenario("cited", "The cited figures with their uncertainty", _CITED, tuned=True),
        Scenario("no-effect", "A parent's word does nothing (Danish trials, E)", _NO_WORD, tuned=True),
        Scenario(
            "selection",
            "A parent's word does nothing, but parents choose owners who would join anyway",
            replace(_NO_WORD, aim=Between(1, 2)),
        ),
        Scenario("cold-wins", "A parent's word does harm, as in the Deck trial (D)", replace(_NO_WORD, word=Odds(0.5, 0.9))),
        Scenario("strong-word", "A parent's word does what the vendor claims (V)", replace(_CITED, word=Odds(3, 9))),
        Scenario(
            "no-suspicion",
            "Owners say they fear a scam, but it does not keep them",
            replace(_CITED, suspicion=SAME, boomerang=NONE),
        ),
        Scenario(
            "scarce-parents",
            "One parent a village, who seldom speaks to owners",
            replace(_CITED, parents=1, words=Between(0.05, 0.2)),
            tuned=True,
        ),
        Scenario(
            "persistence",
            "The sales lore is right: asking again helps, and soon",
            replace(_CITED, again=Odds(1, 1.4), too_soon=SAME),
            tuned=True,
        ),
        Scenario(
            "cooling",
            "Interest cools from week to week: the latest visited are the warmest",
            replace(_CITED, cooling=Odds(0.6, 0.9)),
        ),
        Scenario("weary", "Each further visit costs much goodwill (W)", replace(_CITED, again=Odds(0.4, 0.7))),
        Scenario("any-goods", "What a shop sells does not matter", replace(_CITED, goods=SAME)),
        Scenario(
            "blind-parents", "Parents' opinions and choices know nothing of the owner", replace(_CITED, insight=NONE, aim=NONE)
        ),
    )
}
