"""The state as of a day: whatever happens later changes no earlier one, and today's is the same by tables and by journal."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.domain import acts
from outreach.domain.acts import Mark
from outreach.domain.change import Draft
from outreach.domain.dates import week_of
from outreach.domain.facts import Merchant, Profile, State
from outreach.domain.proximity import Spot
from outreach.domain.records import Outcome, ReferralKind, View
from outreach.errors.storage import DamagedRecord
from outreach.store.asof import state_from, state_on, states_on
from outreach.store.connection import open_database
from outreach.store.journal import record
from outreach.store.past import undated_on
from outreach.store.undated import undated_now

BEIJING = timezone(timedelta(hours=8))
DAY = date(2026, 11, 22)  # a Sunday


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), BEIJING)


@dataclass
class Laptop:
    """A database, and the day on which things are recorded in it."""

    db: sqlite3.Connection
    day: date = DAY
    made: int = field(default=0)

    def record(self, *drafts: Draft) -> str:
        """Record these at noon of the day; the id of the first."""
        record(self.db, drafts, now=int(noon(self.day).timestamp() * 1000), label="test")
        return drafts[0].id

    def new(self, kind: str, /, **fields: Any) -> str:
        """Record a new record, and return its id."""
        self.made += 1
        return self.record(acts.new_record(kind, f"{kind}{self.made:04}", fields))

    def edit(self, kind: str, i: str, /, **fields: Any) -> None:
        """Record a change."""
        self.record(Draft(kind, i, fields))

    def shop(self, name: str, community: str | None = None) -> str:
        """A new merchant."""
        return self.new("merchant", name=name, community=community)

    def visit(self, merchant: str, outcome: str = "pending", *, on: date | None = None) -> str:
        """A visit, on the day unless an earlier one is said."""
        return self.new("visit", merchant=merchant, outcome=outcome, visited_at=(on or self.day).isoformat(), by="林晓")

    def mark(self, merchant: str, label: str, due: date | None = None) -> str:
        """Put a mark on a merchant, at the laptop's day."""
        known = {row["id"]: dict(row) for row in self.db.execute("SELECT * FROM tag")}
        return self.record(*acts.marks(merchant, [Mark(label, due)], known, at=noon(self.day), by="林晓"))

    def as_of(self, day: date = DAY, *, seen_on: date | None = None) -> State:
        """The state as of a day, looked at from another (the same, if none is said)."""
        return state_on(self.db, day, week_of(day)[0], noon(seen_on or day))


@pytest.fixture
def laptop(db: sqlite3.Connection) -> Laptop:
    return Laptop(db)


def later(laptop: Laptop, days: int = 3) -> Laptop:
    """The same laptop, some days later."""
    laptop.day = laptop.day + timedelta(days)
    return laptop


NEXT = DAY + timedelta(3)


def test_a_visit_belongs_to_the_day_it_says_even_if_it_is_keyed_in_later(laptop: Laptop) -> None:
    shop = laptop.shop("老王超市")
    later(laptop).visit(shop, "signed_up", on=DAY)
    laptop.visit(shop, "refused")
    assert laptop.as_of(seen_on=NEXT).trails[shop].status == "signed_up"
    assert laptop.as_of(NEXT).trails[shop].status == "refused"


def test_a_corrected_visit_counts_as_corrected_and_one_taken_back_not_at_all(laptop: Laptop) -> None:
    shop = laptop.shop("老王超市")
    slip, kept = laptop.visit(shop, "signed_up"), laptop.visit(shop, "refused")
    later(laptop).edit("visit", kept, outcome="pending")
    laptop.edit("visit", slip, removed=True)
    found = laptop.as_of(seen_on=NEXT).trails[shop]
    assert (found.status, found.visits) == ("pending", 1)


def test_a_name_a_community_and_a_parents_consent_are_as_they_were(laptop: Laptop) -> None:
    village, other = laptop.new("community", name="皮村"), laptop.new("community", name="上冲")
    shop, mother = laptop.shop("老王超市", village), laptop.new("parent", alias="刘姐")
    before = laptop.as_of()
    later(laptop).edit("merchant", shop, name="王记超市", community=other)
    laptop.edit("parent", mother, alias="刘大姐", consent_on=DAY.isoformat())
    laptop.edit("community", village, name="皮村东")
    assert laptop.as_of(seen_on=NEXT) == before
    assert before.merchants[shop].name == "老王超市"
    assert laptop.as_of(NEXT).merchants[shop].name == "王记超市"


def test_a_new_shop_belongs_to_no_earlier_day_unless_something_of_that_day_is_about_it(laptop: Laptop) -> None:
    before = laptop.as_of()
    village = later(laptop).new("community", name="皮村")
    shop, mother = laptop.shop("老王超市", village), laptop.new("parent", alias="刘姐", community=village)
    assert laptop.as_of(seen_on=NEXT) == before
    laptop.edit("merchant", shop, name="王记超市")
    laptop.new("referral", parent=mother, merchant=shop, kind="introduced", at=DAY.isoformat())
    found = laptop.as_of(seen_on=NEXT)
    assert found.merchants[shop].name == "老王超市"  # as it was first recorded
    assert (found.communities, found.parents[mother].alias) == ({village: "皮村"}, "刘姐")


def test_a_removed_shop_is_still_there_on_the_days_before(laptop: Laptop) -> None:
    shop = laptop.shop("老王超市")
    laptop.visit(shop)
    later(laptop).edit("merchant", shop, removed=True)
    assert shop in laptop.as_of(seen_on=NEXT).merchants
    assert laptop.as_of(NEXT).merchants == {}
    assert laptop.as_of(NEXT).trails == {}


def test_merged_shops_are_one_from_the_day_they_were_merged(laptop: Laptop) -> None:
    one, two = laptop.shop("老王超市"), laptop.shop("老王小超市")
    laptop.visit(one, "signed_up", on=DAY - timedelta(1))
    laptop.visit(two, "pending", on=DAY - timedelta(2))
    before = laptop.as_of()
    later(laptop).edit("merchant", two, merged_into=one)
    assert laptop.as_of(seen_on=NEXT) == before
    assert (before.trails[one].status, before.trails[two].status) == ("signed_up", "pending")
    merged = laptop.as_of(NEXT)
    assert (list(merged.merchants), merged.trails[one].status, merged.trails[one].visits) == ([one], "signed_up", 2)


def test_a_follow_up_is_open_until_the_day_it_was_done(laptop: Laptop) -> None:
    shop = laptop.shop("老王超市")
    tag = laptop.mark(shop, "跟进", DAY)
    before = laptop.as_of()
    later(laptop).record(Draft("tag", tag, {"done_at": noon(laptop.day).isoformat()}))
    assert [t.due for t in before.tags] == [DAY]
    assert laptop.as_of(seen_on=NEXT) == before
    assert laptop.as_of(NEXT).tags == ()


def test_a_follow_up_put_off_later_was_due_as_it_then_was(laptop: Laptop) -> None:
    shop = laptop.shop("老王超市")
    laptop.mark(shop, "跟进", DAY)
    before = laptop.as_of()
    later(laptop).mark(shop, "跟进", NEXT)
    laptop.mark(shop, "潜在伙伴")
    assert laptop.as_of(seen_on=NEXT) == before
    assert {t.due for t in laptop.as_of(NEXT).tags} == {NEXT, None}


def test_a_mark_keyed_in_later_counts_from_the_day_it_was_put_on(laptop: Laptop) -> None:
    shop = laptop.shop("老王超市")
    later(laptop).record(*acts.marks(shop, [Mark("潜在伙伴")], {}, at=DAY, by="林晓"))
    assert [t.label for t in laptop.as_of(seen_on=NEXT).tags] == ["潜在伙伴"]
    assert laptop.as_of(DAY - timedelta(1), seen_on=NEXT).tags == ()


def test_a_follow_up_keyed_in_with_its_end_was_open_in_between(laptop: Laptop) -> None:
    shop = laptop.shop("老王超市")
    done = {"at": (DAY - timedelta(6)).isoformat(), "due": DAY.isoformat(), "done_at": (DAY - timedelta(2)).isoformat()}
    later(laptop).record(Draft("tag", "t", {"merchant": shop, "label": "跟进", **done}))
    assert [len(laptop.as_of(DAY - timedelta(n), seen_on=NEXT).tags) for n in (7, 6, 3, 2, 0)] == [0, 1, 1, 0, 0]


def test_what_a_shop_sells_where_it_stands_and_what_is_known_of_its_community(laptop: Laptop) -> None:
    village = laptop.new("community", name="皮村", families=4100, migrants=19300, supermarket_metres=2800)
    shop = laptop.new("merchant", name="老王超市", community=village, category="超市", lat=39_990_000, lon=116_600_000)
    lost = laptop.new("merchant", name="天边", lat=399_900_000, lon=0)
    before = laptop.as_of()
    assert before.merchants[shop] == Merchant(shop, "老王超市", village, "超市", Spot(39_990_000, 116_600_000))
    assert before.merchants[lost].at is None
    assert before.profiles == {village: Profile(4100, 19300, None, 2800)}
    later(laptop).edit("community", village, families=1)
    laptop.edit("merchant", shop, category="五金店", lat=0, lon=0)
    assert laptop.as_of(seen_on=NEXT) == before


def test_a_parents_recent_work_is_counted(laptop: Laptop) -> None:
    shop, mother = laptop.shop("老王超市"), laptop.new("parent", alias="刘姐")
    for days in (0, 10, 40):
        laptop.new("referral", parent=mother, merchant=shop, kind="asked", at=(DAY - timedelta(days)).isoformat())
        day = (DAY - timedelta(days)).isoformat()
        laptop.new("visit", merchant=shop, outcome="pending", visited_at=day, **{"with": [mother]})
    tasks = laptop.as_of().parents[mother].tasks
    assert sorted((DAY - task.day).days for task in tasks) == [0, 0, 10, 10, 40, 40]
    assert {(task.merchant, task.asked) for task in tasks} == {(shop, False), (shop, True)}


def test_a_day_long_ago_is_empty(laptop: Laptop) -> None:
    laptop.visit(laptop.shop("老王超市"))
    assert laptop.as_of(DAY - timedelta(4000), seen_on=DAY).merchants == {}


@pytest.mark.parametrize(
    ("table", "column"),
    [("visit", "visited_at"), ("referral", "at"), ("opinion", "at"), ("tag", "due"), ("parent", "trained_on")],
)
def test_a_damaged_day_is_said_with_its_table(laptop: Laptop, table: str, column: str) -> None:
    shop, mother = laptop.shop("老王超市"), laptop.new("parent", alias="刘姐")
    laptop.visit(shop)
    laptop.mark(shop, "跟进", DAY)
    laptop.new("referral", parent=mother, merchant=shop, kind="asked", at=DAY.isoformat())
    laptop.new("opinion", parent=mother, merchant=shop, view="first", at=DAY.isoformat())
    laptop.db.execute(f"UPDATE {table} SET \"{column}\" = '2026-00-00'")  # noqa: S608 - our own names
    with pytest.raises(DamagedRecord, match=table):
        laptop.as_of()


_SHOPS = [f"shop{i}" for i in range(4)]
_few = st.integers(0, 3)
_LABELS = ("跟进", "潜在伙伴")
_WHAT = [
    "visit", "refer", "opinion", "mark", "done", "untag", "rename", "move", "merge", "unmerge", "remove", "restore", "shop",
    "parent", "rest", "agree",
]  # fmt: skip
_deeds = st.lists(st.tuples(st.sampled_from(_WHAT), _few, _few, st.integers(0, 2)), max_size=14)


def do(laptop: Laptop, deed: tuple[str, int, int, int]) -> None:
    """Something that somebody does on the laptop's day. Nothing reaches back before the day it is done."""
    what, a, b, days = deed
    shop, mother, day, at = _SHOPS[a], f"mother{b}", laptop.day.isoformat(), noon(laptop.day).isoformat()
    deeds: dict[str, Callable[[], object]] = {
        "visit": lambda: laptop.visit(shop, list(Outcome)[b]),
        "refer": lambda: laptop.new("referral", parent=mother, merchant=shop, kind=list(ReferralKind)[b], at=at),
        "opinion": lambda: laptop.new("opinion", merchant=shop, view=list(View)[b], at=day, count=days + 1),
        "mark": lambda: laptop.mark(shop, _LABELS[b % 2], laptop.day + timedelta(days) if days else None),
        "done": lambda: laptop.edit("tag", acts.mark_id(shop, _LABELS[0]), done_at=at),
        "untag": lambda: laptop.edit("tag", acts.mark_id(shop, _LABELS[1]), removed=True),
        "rename": lambda: laptop.edit("merchant", shop, name=f"店{b}"),
        "move": lambda: laptop.edit("merchant", shop, community=f"village{b}" if b else None),
        "merge": lambda: laptop.edit("merchant", shop, merged_into=_SHOPS[b]),
        "unmerge": lambda: laptop.edit("merchant", shop, merged_into=None),
        "remove": lambda: laptop.edit("merchant", shop, removed=True),
        "restore": lambda: laptop.edit("merchant", shop, removed=None),
        "shop": lambda: laptop.shop(f"新店{b}"),
        "parent": lambda: laptop.new("parent", alias=f"妈妈{a}", community=f"village{a}", consent_on=day),
        "rest": lambda: laptop.edit("parent", mother, alias=f"妈妈{a}", community=f"village{a}", active=bool(days)),
        "agree": lambda: laptop.edit("parent", mother, consent_on=day, trained_on=day if days else None),
    }
    deeds[what]()


@pytest.fixture(scope="module")
def founded() -> Iterator[Path]:
    """A data folder with four shops, two villages and four mothers, copied for each history."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        with laptop_at(home) as first:
            first.day = DAY - timedelta(20)
            for i in (1, 2):
                first.record(acts.new_record("community", f"village{i}", {"name": f"村{i}"}))
            for i, shop in enumerate(_SHOPS):
                first.record(acts.new_record("merchant", shop, {"name": f"店{i}", "community": "village1"}))
            for i in range(4):
                mother = {"alias": f"妈妈{i}", "community": "village1", "consent_on": "2026-10-01" if i % 2 else None}
                first.record(acts.new_record("parent", f"mother{i}", mother))
            first.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        yield home


@contextmanager
def laptop_at(home: Path) -> Iterator[Laptop]:
    """A laptop whose data lie there."""
    db = open_database(home)
    db.execute("PRAGMA synchronous = OFF")
    try:
        yield Laptop(db)
    finally:
        db.close()


@contextmanager
def copy_of(founded: Path) -> Iterator[Laptop]:
    """A laptop of its own."""
    with TemporaryDirectory() as folder:
        shutil.copytree(founded, Path(folder) / "home")
        with laptop_at(Path(folder) / "home") as copied:
            yield copied


def live_through(laptop: Laptop, first: date, deeds: list[tuple[str, int, int, int]]) -> None:
    """Do these, one after another, from that day on; each takes up to two days."""
    laptop.day = first
    for deed in deeds:
        do(laptop, deed)
        laptop.day += timedelta(deed[3])


@settings(max_examples=60)
@given(earlier=_deeds, then=_deeds)
def test_whatever_happens_later_changes_no_earlier_day(founded: Path, earlier: list[Any], then: list[Any]) -> None:
    with copy_of(founded) as laptop:
        live_through(laptop, DAY - timedelta(16), earlier)
        end = laptop.day
        days = [end - timedelta(back) for back in (0, 1, 5)]
        before = [laptop.as_of(day, seen_on=end) for day in days]
        live_through(laptop, end + timedelta(1), then)
        assert [laptop.as_of(day, seen_on=laptop.day + timedelta(1)) for day in days] == before


@settings(max_examples=60)
@given(_deeds)
def test_today_is_the_same_by_the_tables_and_by_the_journal(founded: Path, deeds: list[Any]) -> None:
    with copy_of(founded) as laptop:
        live_through(laptop, DAY - timedelta(16), deeds)
        today, monday = laptop.day, week_of(laptop.day)[0]
        by_journal = state_from(laptop.db, undated_on(laptop.db, today, BEIJING), today, monday)
        assert state_from(laptop.db, undated_now(laptop.db), today, monday) == by_journal


@settings(max_examples=30)
@given(_deeds)
def test_many_days_at_once_are_each_as_on_its_own(founded: Path, deeds: list[Any]) -> None:
    """The backtest reads the journal once for all its Sundays."""
    with copy_of(founded) as laptop:
        live_through(laptop, DAY - timedelta(16), deeds)
        now = noon(laptop.day + timedelta(1))
        days = [laptop.day - timedelta(back) for back in (14, 7, 0)]
        alone = [state_on(laptop.db, day, week_of(day)[0], now) for day in days]
        assert list(states_on(laptop.db, days, now)) == alone
