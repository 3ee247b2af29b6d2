"""The numbers of the score and of the advice. Settings may change each ([weights] and [holds]).

Points and days are whole numbers. docs/scoring.md has the source of each, and which were changed after trials, and why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

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
    - `scam_with_introducer`: the owner suspects a scam, and it takes a parent to speak for the project (Fuse & Xie 2007: the
      messenger helps, more explaining does not). Below zero, for it takes more effort than another visit. `scam_introduced`
      instead of it, where a parent's word is fresh.
    - `opinion`: each parent who says first or reliable, together at most `opinions_most`; `opinion_wait`: each who says wait
      (the programme's rule: workers and parents decide together).
    - `ally`: a mark whose label is one of `ally_labels` (the programme's rule: a refusal may become a partner).
    - `neighbour`: a merchant nearby, or of the same community, has joined (Banerjee et al.: small, for joining alone does not
      persuade); `neighbour_wanted` instead where the owner asked just that.
    - `no_point`: its community has no redemption point yet; else `far_point`: the nearest one is far, all of it from
      `far_point_metres` on. `supermarket`: so is the large supermarket, from `supermarket_metres` on. `families`: many
      live there, from `families_many` on; where only people were counted, `family_size` of them are taken as a family. Below,
      each in proportion (the programme's goal of coverage).
    - `goods_healthy`, `goods_food`, `goods_other`: what it sells, by the lists of categories; one in no list says nothing (the
      vouchers are for healthy food).
    - `attempt`: each visit after `attempts_free` that changed nothing (survey practice gives up after 4 to 5).
    """

    introduced: int = 30
    introduced_days: int = 3
    introduced_fade_days: int = 20
    asked: int = 4
    asked_most: int = 12
    pending: int = 20
    not_met: int = 20
    refused: int = 5
    refused_firm: int = 0
    never_visited: int = 15
    scam_with_introducer: int = -10
    scam_introduced: int = 0
    opinion: int = 4
    opinions_most: int = 16
    opinion_wait: int = -4
    ally: int = 10
    ally_labels: tuple[str, ...] = ("潜在伙伴",)
    neighbour: int = 2
    neighbour_wanted: int = 6
    no_point: int = 10
    far_point: int = 4
    far_point_metres: int = 800
    families: int = 4
    families_many: int = 3000
    family_size: int = 4
    supermarket: int = 4
    supermarket_metres: int = 2000
    goods_healthy: int = 6
    goods_food: int = 3
    goods_other: int = -20
    healthy_categories: tuple[str, ...] = ("菜摊", "菜店", "蔬菜店", "水果店", "果蔬店", "粮油店", "肉铺", "豆腐坊", "奶站")
    food_categories: tuple[str, ...] = ("超市", "便利店", "面馆", "早餐店", "面包店", "小吃店", "饭馆", "餐馆", "熟食店")
    other_categories: tuple[str, ...] = ("五金店", "理发店", "药店", "文具店", "母婴店", "服装店", "手机店")
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
        return natural_key(label) in self._allies

    @cached_property
    def _allies(self) -> frozenset[str]:
        return frozenset(map(natural_key, self.ally_labels))

    def goods(self, category: str) -> str | None:
        """The weight that goes with a category, by its name; None where no list has it."""
        return self._goods.get(natural_key(category))

    @cached_property
    def _goods(self) -> Mapping[str, str]:
        lists = {
            "goods_other": self.other_categories,
            "goods_food": self.food_categories,
            "goods_healthy": self.healthy_categories,
        }
        return {natural_key(category): name for name, some in lists.items() for category in some}


@dataclass(frozen=True)
class Holds:
    """How many days to let pass before the next visit; a gate, not points.

    - `pending` after a visit that left it pending (NHTSA 2003: the second try about a week later).
    - `refused` after a soft refusal (Beullens, Billiet & Loosveldt 2010: a longer hold converts better). A firm refusal waits
      for an invitation, however long.
    - `not_met` after nobody was met.
    - `introduced` after a parent's word (the programme: he joined the next day).
    - `attempts`: so many visits, not days, without a change; then wait until something changes (survey practice; Belkins 2025).
    - `parent_rest`: so long a parent who came along is not asked again; `parent_tasks`: nor one who did more in
      `parent_days` (of the last year). Nobody is asked every week (the programme's rule; volunteers are scarce: Center for
      Campaign Innovation 2025).
    """

    pending: int = 7
    refused: int = 14
    not_met: int = 1
    introduced: int = 1
    attempts: int = 4
    parent_rest: int = 7
    parent_tasks: int = 4
    parent_days: int = 30


@dataclass(frozen=True)
class Rules:
    """Both together."""

    weights: Weights = Weights()
    holds: Holds = Holds()
