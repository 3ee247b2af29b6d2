"""How long commands take as whole processes, each as a ratio to `python -c "import typer"` in the same rounds.

    .venv/bin/python scripts/bench/startup.py [--rounds 15]

Budgets: DESIGN.md, section 7.
"""

import random
import tempfile
from pathlib import Path

from processes import Cases, compare, rounds

from outreach.domain.acts import Maker, new_record
from outreach.store.connection import open_database
from outreach.store.journal import record

MERCHANTS = 10_000
CASES: Cases = {
    "visit MERCHANT pending": (1.6, ("visit", "老王超市0008", "pending", "--why", "suspects-scam", "--follow-up", "3d")),
    "visit NAME --new": (1.6, ("visit", "区家{n}", "pending", "--new", "--community", "社区07", "--follow-up", "3d")),
    "--help": (1.6, ("--help",)),
    "list (10,000 merchants)": (2.2, ("list",)),
    "find lwcs0008 (10,000)": (2.2, ("find", "lwcs0008")),
    "find 老王超市0008 (10,000)": (2.2, ("find", "老王超市0008")),
    "due --days 30 (10,000)": (2.2, ("due", "--days", "30")),
    "today's page (10,000)": (None, ()),  # no budget: it ranks them all
}
_SHOPS = ("老王超市", "重庆小面", "曾记粥铺", "小芳水果", "单记拉面", "老周粮油店", "阿娣菜档", "好日子便利店")


def fill(home: Path) -> None:
    """A laptop with 10,000 merchants in 40 communities, a visit each, and a follow-up on every tenth."""
    db = open_database(home)
    rng = random.Random(1)
    maker = Maker(1_790_000_000_000, rng.randbytes)
    places = [new_record("community", maker.new(), {"name": f"社区{i:02}"}) for i in range(40)]
    drafts = list(places)
    for i in range(MERCHANTS):
        shop = {"name": f"{_SHOPS[i % 8]}{i:04}", "community": rng.choice(places).id, "phone": f"12000{i:06}"}
        merchant = new_record("merchant", maker.new(), shop)
        visit = {"merchant": merchant.id, "visited_at": f"2026-10-{i % 28 + 1:02}", "outcome": "pending", "by": "林晓"}
        drafts += [merchant, new_record("visit", maker.new(), visit)]
        if i % 10 == 0:
            tag = {"merchant": merchant.id, "label": "跟进", "due": "2026-11-20"}
            drafts.append(new_record("tag", maker.new(), tag))
    record(db, drafts, now=maker.now, label="bench")
    db.close()


def main() -> None:
    """Print a row per command."""
    with tempfile.TemporaryDirectory() as place:
        fill(Path(place))
        compare(CASES, Path(place), rounds(), OUTREACH_WORKER="林晓")


if __name__ == "__main__":
    main()
