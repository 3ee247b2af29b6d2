"""The numbers of the score and of the advice. Settings may change each ([weights] and [holds]).

Points and days are whole numbers. The figures are the table "Suggested default score" of FIELD.md, from the sources it names.
"""

from dataclasses import dataclass

from outreach.domain.text import natural_key

LOWEST, HIGHEST = 0, 100


@dataclass(frozen=True)
class Weights:
    """Points for each term of the score, in the order of the terms.

    - `introduced`: a parent spoke to the owner up to `introduced_days` ago; then it fades to nothing over
      `introduced_fade_days` (30, 3 and 20: -1.5 a day). The largest single weight: the programme's own next-day observation,
      and messenger studies (Banerjee et al., Science 2013).
    - `asked`: each further parent who asked the owner to join, together at most `asked_most` (the same observation).
    - `pending`, `not_met`, `refused`, `refused_firm`, `never_visited`: where the merchant stands (Szeitl & Tóth 2021: pending
      is not no).
    - `scam_with_introducer`: the owner suspects a scam, and a parent can speak for the project (Fuse & Xie 2007: the messenger
      helps, more explaining does not).
    - `opinion`: each parent who says first or reliable, together at most `opinions_most`; `opinion_wait`: each who says wait
      (the programme's rule: workers and parents decide together).
    - `ally`: a mark whose label is one of `ally_labels` (the programme's rule: a refusal may become a partner).
    - `neighbour`: a merchant of the same community has joined (Banerjee et al.: small, for joining alone does not persuade).
    - `no_point`: its community has no redemption point yet (the programme's goal of coverage).
    - `attempt`: each visit after `attempts_free` that changed nothing (survey practice gives up after 4 to 5).
    """

    introduced: int = 30
    introduced_days: int = 3
    introduced_fade_days: int = 20
    asked: int = 4
    asked_most: int = 12
    pending: int = 20
    not_met: int = 12
    refused: int = 5
    refused_firm: int = 0
    never_visited: int = 15
    scam_with_introducer: int = 10
    opinion: int = 4
    opinions_most: int = 16
    opinion_wait: int = -4
    ally: int = 10
    ally_labels: tuple[str, ...] = ("潜在伙伴",)
    neighbour: int = 2
    no_point: int = 10
    attempt: int = -8
    attempts_free: int = 3

    def introduction(self, age: int) -> int:
        """The points of a parent's word `age` days ago; halves are rounded up."""
        if not self.is_fresh(age):
            return 0
        left = min(self.introduced_days + self.introduced_fade_days - age, self.introduced_fade_days)
        return (2 * self.introduced * left + self.introduced_fade_days) // (2 * self.introduced_fade_days)

    def is_fresh(self, age: int) -> bool:
        """Whether a parent's word `age` days ago still counts."""
        return age <= self.introduced_days or age < self.introduced_days + self.introduced_fade_days

    def is_ally(self, label: str) -> bool:
        """Whether a mark's label says that the merchant may become a partner."""
        return natural_key(label) in map(natural_key, self.ally_labels)


@dataclass(frozen=True)
class Holds:
    """How many days to let pass before the next visit; a gate, not points.

    - `pending` after a visit that left it pending (NHTSA 2003: the second try about a week later).
    - `refused` after a soft refusal (Beullens, Billiet & Loosveldt 2010: a longer hold converts better). A firm refusal waits
      for an invitation, however long.
    - `not_met` after nobody was met.
    - `introduced` after a parent's word (the programme: he joined the next day).
    - `attempts`: so many visits, not days, without a change; then wait until something changes (survey practice; Belkins 2025).
    """

    pending: int = 7
    refused: int = 14
    not_met: int = 1
    introduced: int = 1
    attempts: int = 4


@dataclass(frozen=True)
class Rules:
    """Both together."""

    weights: Weights = Weights()
    holds: Holds = Holds()
