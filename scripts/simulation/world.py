"""The simulated world: shops, owners, parents, and what a visit comes to. The same for every policy; it plans nothing.

All chance is drawn when the world is made, by shop and week, so that two policies that do the same see the same.
"""

from collections import defaultdict
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from math import exp, log
from random import Random
from statistics import NormalDist
from typing import NamedTuple

from outreach.domain.facts import Merchant, Opinion, Parent, Profile, Referral, State, Task, Trail, Visit
from outreach.domain.proximity import Spot
from outreach.domain.records import Outcome, Reason, ReferralKind, View
from outreach.domain.trail import trail
from simulation.scenarios import Assumptions

MONDAY = date(2027, 3, 1)
WEEKS = 12
BEFORE = 3  # weeks of the push
SHOPS, VISITED = 149, 89  # known, and visited in the push
VILLAGES = ("皮村", "东沙各庄", "北山村", "上冲")
_CATEGORIES = ("菜摊", "水果店", "粮油店", "面馆", "早餐店", "超市", "便利店", "五金店", "理发店", "药店")
_FOOD = 7  # the first so many of them
_OTHER_REASONS = (
    Reason.NO_NEIGHBOUR_HAS_JOINED, Reason.MUST_ASK_FAMILY, Reason.TOO_MUCH_TROUBLE, Reason.PAYMENT_WORRY, Reason.OTHER,
)  # fmt: skip
_ASKED = 0.3  # of a parent's words, those that only ask
_DOUBTFUL = 0.03  # of the opinions, whatever the owner is like
_CLEAR = 0.5  # how clear a parent's impression must be for first, or wait
_PLACED = 0.5  # of the shops, those whose place is recorded
_NORMAL = NormalDist()


class Figures(NamedTuple):
    """One draw of the assumptions that are numbers."""

    base: float
    owners: float
    drift: float
    suspects: float
    suspicion: float
    boomerang: float
    word: float
    trust: float
    half_life: float
    again: float
    too_soon: float
    cooling: float
    refuses: float
    firm: float
    refused: float
    missed: float
    neighbour: float
    goods: float
    words: float
    aim: float
    insight: float


@dataclass(frozen=True)
class Owner:
    """What nobody sees. `open`: the log-odds beside the usual, week by week. `chances`: what decides each week's visit."""

    suspects: bool
    reason: str
    open: tuple[float, ...]
    chances: tuple[tuple[float, float, float, float], ...]


@dataclass
class World:
    """A world of one seed. `usual`: the log-odds of the usual owner. `seen`: the visits, by merchant."""

    figures: Figures
    usual: float
    merchants: dict[str, Merchant]
    owners: dict[str, Owner]
    parents: dict[str, Parent]
    words: tuple[Referral, ...]
    opinions: tuple[Opinion, ...]
    seen: dict[str, list[Visit]] = field(default_factory=lambda: defaultdict(list))
    _along: dict[str, list[Task]] = field(default_factory=lambda: defaultdict(list))
    _trails: dict[str, Trail] = field(default_factory=dict)
    _spoken: dict[str, Referral] = field(default_factory=dict)

    @property
    def joined(self) -> int:
        """How many have joined."""
        return sum(found.status == Outcome.SIGNED_UP for found in self._trails.values())

    def state(self, day: date) -> State:
        """What is recorded before `day` begins, for a plan of that day."""
        today = day.isoformat()
        words = tuple(w for w in self.words if w.at < today)
        for word in words:
            if (known := self._spoken.get(str(word.merchant))) is None or known.at < word.at:
                self._spoken[str(word.merchant)] = word
                self._sum_up(str(word.merchant))
        tasks = defaultdict(list, {parent: list(done) for parent, done in self._along.items()})
        for word in words:
            tasks[word.parent].append(Task(word.day, word.merchant))
        return State(
            day,
            day,
            self.merchants,
            {village: village for village in VILLAGES},
            {i: parent._replace(tasks=tuple(tasks[i])) for i, parent in self.parents.items()},
            dict(self._trails),
            words,
            tuple(o for o in self.opinions if o.at < today),
            profiles=_PROFILES,
        )

    def visit(self, merchant: str, day: date, parent: str | None = None) -> str:
        """Somebody goes there; the outcome."""
        week = (day - MONDAY).days // 7 + BEFORE
        owner, past = self.owners[merchant], self._trails.get(merchant, Trail())
        missed, joins, turned, firm = owner.chances[week]
        outcome, for_good = Outcome.PENDING, False
        if missed < self.figures.missed:
            outcome = Outcome.NOT_MET
        elif joins < self._chance(merchant, past, day, accompanied=parent is not None):
            outcome = Outcome.SIGNED_UP
        elif turned < self._refuses(owner, accompanied=parent is not None):
            outcome, for_good = Outcome.REFUSED, firm < self.figures.firm
        reasons = (owner.reason,) if outcome in (Outcome.PENDING, Outcome.REFUSED) else ()
        at = day.isoformat()
        self.seen[merchant].append(Visit(merchant, at, f"{at}{merchant}", outcome, for_good, "林晓", reasons))
        self._sum_up(merchant)
        if parent:
            self._along[parent].append(Task(day, merchant, asked=True))
        return outcome

    def _sum_up(self, merchant: str) -> None:
        if merchant in self.seen:
            self._trails[merchant] = trail(self.seen[merchant], MONDAY.isoformat(), self._spoken.get(merchant))

    def _chance(self, merchant: str, past: Trail, day: date, *, accompanied: bool) -> float:
        """The chance that the owner joins on this visit."""
        figures, owner = self.figures, self.owners[merchant]
        week = (day - MONDAY).days // 7 + BEFORE
        fresh = 1.0 if accompanied else self._freshness(merchant, past, day)
        odds = self.usual + owner.open[week] + fresh * log(figures.word)
        odds += _lasting(figures, owner, self.merchants[merchant])
        if owner.suspects:
            odds -= log(figures.suspicion) * figures.trust * fresh
        if owner.reason == Reason.NO_NEIGHBOUR_HAS_JOINED and self._has_point(self.merchants[merchant].community):
            odds += log(figures.neighbour)
        return 1 / (1 + exp(-odds - self._history(past, day)))

    def _freshness(self, merchant: str, past: Trail, day: date) -> float:
        """How much of a parent's word since the last meeting is left."""
        word = self._spoken.get(merchant)
        if word is None or word.at >= day.isoformat() or (past.met_at and word.at <= past.met_at):
            return 0.0
        return float(0.5 ** ((day - word.day).days / self.figures.half_life))

    def _history(self, past: Trail, day: date) -> float:
        """What earlier visits have done to the odds."""
        figures = self.figures
        odds = log(figures.again) * past.tries + (log(figures.refused) if past.status == Outcome.REFUSED else 0)
        if past.met_at:
            days = (day - date.fromisoformat(past.met_at)).days
            odds += log(figures.cooling) * days / 7
            odds += log(figures.too_soon) if days < (14 if past.status == Outcome.REFUSED else 7) else 0
        return odds

    def _refuses(self, owner: Owner, *, accompanied: bool) -> float:
        alone = owner.suspects and not accompanied
        return self.figures.refuses + (self.figures.boomerang if alone else 0)

    def _has_point(self, village: str | None) -> bool:
        return any(
            found.status == Outcome.SIGNED_UP and self.merchants[m].community == village for m, found in self._trails.items()
        )


_PROFILES = {
    "皮村": Profile(4100, 19300, 21600, 2800), "东沙各庄": Profile(3200, 14900, 16800, 2100),
    "北山村": Profile(2600, 11200, 13500, 1900), "上冲": Profile(1900, 7900, 9800, 1500),
}  # fmt: skip


def make(assumed: Assumptions, seed: int) -> World:
    """The world of a seed after its push: so many shops known, and each of the first visited once, by a worker alone."""
    rng = Random(f"world {seed}")
    drawn = {f.name: getattr(assumed, f.name).draw(rng) for f in fields(assumed) if f.name != "parents"}
    figures = Figures(**drawn)
    merchants = {m.id: m for m in (_merchant(i, rng) for i in range(SHOPS))}
    owners = {i: _owner(figures, rng) for i in merchants}
    parents = {p.id: p for village in VILLAGES for p in _parents(village, assumed.parents)}
    words = tuple(_words(figures, merchants, owners, parents, rng))
    usual = _usual(figures, merchants, owners)
    world = World(figures, usual, merchants, owners, parents, words, tuple(_opinions(figures, merchants, owners, rng)))
    for number, merchant in enumerate(rng.sample(list(merchants), VISITED)):
        world.visit(merchant, MONDAY - timedelta(7 * BEFORE) + timedelta(number * 7 * BEFORE // VISITED))
    return world


def _lasting(figures: Figures, owner: Owner, merchant: Merchant) -> float:
    """What a first visit by a worker alone finds: suspicion, and goods that no voucher is for."""
    odds = log(figures.suspicion) if owner.suspects else 0
    return odds + (log(figures.goods) if _CATEGORIES.index(str(merchant.category)) >= _FOOD else 0)


def _usual(figures: Figures, merchants: dict[str, Merchant], owners: dict[str, Owner]) -> float:
    """The log-odds with which first visits by a worker alone win as many as the push's did, by halving the interval."""
    beside = [owner.open[0] + _lasting(figures, owner, merchants[i]) for i, owner in owners.items()]
    low, high = -10.0, 10.0
    for _step in range(30):
        middle = (low + high) / 2
        won = sum(1 / (1 + exp(-middle - odds)) for odds in beside) / len(beside)
        low, high = (low, middle) if won * (1 - figures.missed) > figures.base else (middle, high)
    return low


def _merchant(number: int, rng: Random) -> Merchant:
    village = VILLAGES[number % len(VILLAGES)]
    centre = 1_000_000 * (number % len(VILLAGES))
    at = Spot(22_000_000 + centre + rng.randrange(5000), 113_000_000 + rng.randrange(5000))
    return Merchant(f"m{number:03}", f"店{number:03}", village, rng.choice(_CATEGORIES), at if rng.random() < _PLACED else None)


def _owner(figures: Figures, rng: Random) -> Owner:
    suspects = rng.random() < figures.suspects
    reason = Reason.SUSPECTS_SCAM if suspects else rng.choice(_OTHER_REASONS)
    level, levels = _normal(rng) * figures.owners, []
    for _week in range(BEFORE + WEEKS):
        levels.append(level)
        level += _normal(rng) * figures.drift
    chances = tuple((rng.random(), rng.random(), rng.random(), rng.random()) for _week in levels)
    return Owner(suspects, reason, tuple(levels), chances)


def _normal(rng: Random) -> float:
    return _NORMAL.inv_cdf(min(max(rng.random(), 1e-9), 1 - 1e-9))


def _parents(village: str, count: int) -> list[Parent]:
    """All agreed to be asked; the first of three is not trained yet."""
    long_ago = MONDAY - timedelta(60)
    return [Parent(f"{village}{i}", f"{village}{i}", village, long_ago if i % 3 else None, long_ago) for i in range(count)]


def _words(
    figures: Figures, merchants: dict[str, Merchant], owners: dict[str, Owner], parents: dict[str, Parent], rng: Random
) -> list[Referral]:
    """What parents will say to owners of their village, whoever plans what."""
    found = []
    for week in range(BEFORE + WEEKS):
        for parent in parents.values():
            if rng.random() < figures.words:
                near = [m for m, shop in merchants.items() if shop.community == parent.community]
                merchant = rng.choices(near, [exp(figures.aim * owners[m].open[week]) for m in near])[0]
                day = MONDAY + timedelta(7 * (week - BEFORE) + rng.randrange(7))
                kind = ReferralKind.ASKED if rng.random() < _ASKED else ReferralKind.INTRODUCED
                found.append(Referral(f"{day}{parent.id}", parent.id, kind, day.isoformat(), merchant))
    return found


def _opinions(figures: Figures, merchants: dict[str, Merchant], owners: dict[str, Owner], rng: Random) -> list[Opinion]:
    """What the parents of each village will say of a shop, once a week."""
    found = []
    for week in range(BEFORE + WEEKS):
        for village in VILLAGES:
            merchant = rng.choice([m for m, shop in merchants.items() if shop.community == village])
            impression = figures.insight * owners[merchant].open[week] + _normal(rng)
            day = MONDAY + timedelta(7 * (week - BEFORE) + rng.randrange(7))
            view = View.DOUBTFUL if rng.random() < _DOUBTFUL else _view(impression)
            count = 1 + rng.randrange(3)
            if view:
                found.append(Opinion(f"{day}{village}", merchant, view, day.isoformat(), None, count))
    return found


def _view(impression: float) -> View | None:
    if impression < -_CLEAR:
        return View.WAIT
    return View.FIRST if impression > _CLEAR else View.RELIABLE if impression > 0 else None
