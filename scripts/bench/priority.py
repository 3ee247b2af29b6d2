"""How long `outreach priority` takes with 10,000 merchants, a whole process, beside `import typer` in the same rounds.

    .venv/bin/python scripts/bench/priority.py [--rounds 15]

Merchants as a large programme would have them: places, kinds of goods, profiles of 40 communities, visits, what parents did and
said, follow-ups; about one in six has joined.
"""

import random
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from processes import Cases, compare, rounds

from outreach.domain.acts import Maker, new_record
from outreach.domain.change import Draft
from outreach.store.connection import open_database
from outreach.store.journal import record

MERCHANTS, COMMUNITIES, PARENTS = 10_000, 40, 200
TODAY = date(2026, 11, 24)
CASES: Cases = {
    "priority": (4.0, ("priority",)),
    "priority --community 社区07": (None, ("priority", "--community", "社区07")),
    "priority --json": (None, ("priority", "--json")),
    "why": (None, ("why", "小店04321")),
    "today's page": (None, ()),
}
_CATEGORIES = ("菜摊", "水果店", "面馆", "超市", "五金店", "花店")
_OUTCOMES = ("pending", "pending", "pending", "refused", "not_met", "signed_up")
_REASONS = ("suspects_scam", "no_neighbour_has_joined", "must_ask_family", "other")


def drafts(rng: random.Random, maker: Maker) -> Iterator[Draft]:
    """Everything that is recorded."""
    villages = []
    for i in range(COMMUNITIES):
        profile = {"name": f"社区{i:02}", "families": 1000 + 100 * i, "supermarket_metres": 60 * i}
        villages.append(new_record("community", maker.new(), profile))
    parents = [_parent(i, maker, rng.choice(villages).id) for i in range(PARENTS)]
    yield from (*villages, *parents)
    for i in range(MERCHANTS):
        village = rng.randrange(COMMUNITIES)
        shop = new_record("merchant", maker.new(), _shop(i, village, villages[village].id, rng))
        yield shop
        yield from _visits(shop.id, rng, maker)
        if i % 20 == 0:
            word = {"parent": rng.choice(parents).id, "merchant": shop.id, "kind": "introduced", "at": _ago(rng.randrange(40))}
            yield new_record("referral", maker.new(), word)
            yield new_record("opinion", maker.new(), {"merchant": shop.id, "view": "first", "count": 2, "at": _ago(9)})
        if i % 10 == 0:
            yield new_record("tag", maker.new(), {"merchant": shop.id, "label": "跟进", "due": _ago(rng.randrange(-9, 9))})


def _ago(days: int) -> str:
    return (TODAY - timedelta(days)).isoformat()


def _parent(number: int, maker: Maker, village: str) -> Draft:
    agreed = {"consent_on": "2026-08-01", "trained_on": "2026-09-01"}
    return new_record("parent", maker.new(), {"alias": f"家长{number:03}", "community": village} | agreed)


def _shop(number: int, village: int, community: str, rng: random.Random) -> dict[str, object]:
    """Half of them are on the map, within a kilometre or two of their village's centre."""
    shop: dict[str, object] = {"name": f"小店{number:05}", "community": community, "category": rng.choice(_CATEGORIES)}
    if rng.random() < 0.5:  # noqa: PLR2004 - half
        shop |= {"lat": 39_000_000 + 50_000 * village + rng.randrange(15_000), "lon": 116_000_000 + rng.randrange(15_000)}
    return shop


def _visits(merchant: str, rng: random.Random, maker: Maker) -> Iterator[Draft]:
    for day in sorted((rng.randrange(60) for _visit in range(rng.choice((0, 1, 1, 2, 3)))), reverse=True):
        outcome = rng.choice(_OUTCOMES)
        visit: dict[str, object] = {"merchant": merchant, "visited_at": _ago(day), "outcome": outcome, "by": "林晓"}
        if outcome in ("pending", "refused"):
            visit |= {"reasons": [rng.choice(_REASONS)]}
        yield new_record("visit", maker.new(), visit)


def fill(home: Path) -> None:
    """A laptop that knows all of it."""
    rng = random.Random(4)
    maker = Maker(1_790_000_000_000, rng.randbytes)
    db = open_database(home)
    record(db, list(drafts(rng, maker)), now=maker.now, label="bench")
    db.close()


def main() -> None:
    """Print a row per command."""
    with tempfile.TemporaryDirectory() as place:
        fill(Path(place))
        compare(CASES, Path(place), rounds(), OUTREACH_NOW="2026-11-24T09:00:00+08:00")


if __name__ == "__main__":
    main()
