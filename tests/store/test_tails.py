"""What is read of the visits is enough: the same trails and the same week before as from all of them."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.domain.acts import Maker, new_record
from outreach.domain.facts import Visit
from outreach.domain.records import Outcome
from outreach.domain.trail import trail
from outreach.store.connection import rehearsed
from outreach.store.journal import record
from outreach.store.tails import tails
from tests.domain.states import TODAY, ago

MONDAY = ago(1)
calls = st.lists(st.tuples(st.sampled_from("甲乙"), st.integers(0, 40), st.sampled_from(list(Outcome))), max_size=25)


@given(calls)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_a_tail_says_what_all_visits_say(db: sqlite3.Connection, said: list[tuple[str, int, Outcome]]) -> None:
    maker = Maker(1_790_000_000_000, iter_bytes())
    with rehearsed(db):
        fields = [{"merchant": m, "visited_at": ago(days).isoformat(), "outcome": outcome.value} for m, days, outcome in said]
        drafts = [new_record("visit", maker.new(), one) for one in fields]
        if drafts:
            record(db, drafts, now=0, label="test")
        found = tails(db, TODAY, MONDAY - timedelta(7), {})
    assert found.keys() == {m for m, _days, _outcome in said}
    for merchant, tail in found.items():
        everything = sorted(
            Visit(d.fields["merchant"], d.fields["visited_at"], d.id, d.fields["outcome"], False, None, ())  # noqa: FBT003
            for d in drafts
            if d.fields["merchant"] == merchant
        )
        for monday in (MONDAY, MONDAY - timedelta(7)):
            known = [v for v in tail.visits if v.visited_at < (monday + timedelta(7)).isoformat()]
            wanted = [v for v in everything if v.visited_at < (monday + timedelta(7)).isoformat()]
            own, whole = (trail(known, monday.isoformat(), earlier=tail.earlier), trail(wanted, monday.isoformat()))
            if wanted and monday == MONDAY:
                assert own == whole
            elif wanted and known:
                assert own._replace(since=None, tries=0) == whole._replace(since=None, tries=0)


def iter_bytes() -> Callable[[int], bytes]:
    """Chance that is none."""
    count = iter(range(1, 10_000))
    return lambda n: next(count).to_bytes(n, "big")


def test_of_a_hundred_visits_only_the_last_are_read_and_the_others_counted(db: sqlite3.Connection) -> None:
    maker = Maker(1_790_000_000_000, iter_bytes())
    outcomes = ["pending", "refused"] * 50
    drafts = [
        new_record("visit", maker.new(), {"merchant": "甲", "visited_at": ago(200 - i).isoformat(), "outcome": outcome})
        for i, outcome in enumerate(outcomes)
    ]
    record(db, drafts, now=0, label="test")
    (tail,) = tails(db, TODAY, MONDAY, {}).values()
    assert (len(tail.visits), tail.earlier) == (2, 98)


def test_visits_of_merged_merchants_are_one_tail(db: sqlite3.Connection) -> None:
    maker = Maker(1_790_000_000_000, iter_bytes())
    days = (("甲", 9), ("乙", 5), ("甲", 1))
    drafts = [
        new_record("visit", maker.new(), {"merchant": m, "visited_at": ago(d).isoformat(), "outcome": "pending"})
        for m, d in days
    ]  # fmt: skip
    record(db, drafts, now=0, label="test")
    found = tails(db, TODAY, MONDAY, {"乙": "甲"})
    assert [v.visited_at for v in found["甲"].visits] == [ago(9).isoformat(), ago(5).isoformat(), ago(1).isoformat()]
    assert found.keys() == {"甲"}
