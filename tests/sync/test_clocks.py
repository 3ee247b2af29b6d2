"""Whose clock is off, and who is silent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.store.laptops import Heard
from outreach.sync.clocks import TOLERANCE, UNHEARD, Clock, Finding, findings
from tests.sync.conftest import NOON

HOUR, DAY = 3_600_000, 86_400_000
YEAR = 365 * DAY


def heard(name: str, clock: int, latest: int = 0) -> Heard:
    return Heard(f"id-{name}", name, clock, latest)


@pytest.mark.parametrize("off", [0, 1, -TOLERANCE, TOLERANCE, -DAY, -UNHEARD])
def test_a_clock_that_is_right_or_nearly_so_is_not_spoken_of(off: int) -> None:
    assert findings(NOON, [heard("fang", NOON + off)]) == []


@pytest.mark.parametrize("off", [TOLERANCE + 1, HOUR, DAY, YEAR, 10 * YEAR])
def test_one_that_runs_ahead(off: int) -> None:
    others = [heard("fang", NOON + off), heard("lin", NOON)]
    assert findings(NOON, others) == [Finding(Clock.AHEAD, "fang", off)]


def test_one_of_1970() -> None:
    (found,) = findings(NOON, [heard("fang", DAY)])
    assert (found.clock, found.name) == (Clock.BEHIND, "fang")
    assert found.off > 50 * YEAR


def test_one_that_is_a_day_behind_what_it_had_read_itself() -> None:
    assert findings(NOON, [heard("fang", NOON - DAY, NOON), heard("lin", NOON)]) == [Finding(Clock.BEHIND, "fang", DAY)]


def test_one_that_had_read_of_a_clock_in_2036_is_not_behind_for_that() -> None:
    others = [heard("fang", NOON, NOON + 10 * YEAR), heard("lin", NOON + 10 * YEAR)]
    assert findings(NOON, others) == [Finding(Clock.AHEAD, "lin", 10 * YEAR)]
    assert findings(NOON, others[:1]) == []


def test_where_the_others_agree_this_laptop_is_the_one_that_is_off() -> None:
    others = [heard("fang", NOON + DAY), heard("lin", NOON + DAY + HOUR), heard("mei", NOON - 9 * DAY)]
    assert findings(NOON, others) == [Finding(Clock.MINE, "", DAY)]
    apart = [heard("fang", NOON + DAY), heard("lin", NOON + 10 * YEAR)]
    assert [f.clock for f in findings(NOON, apart)] == [Clock.AHEAD, Clock.AHEAD]


def test_one_that_has_sent_nothing_for_weeks() -> None:
    assert findings(NOON, [heard("fang", NOON - 30 * DAY)]) == [Finding(Clock.UNHEARD, "fang", 30 * DAY)]


def test_laptops_that_say_no_clock_are_not_spoken_of() -> None:
    assert findings(NOON, [heard("fang", 0)]) == []


clocks = st.integers(0, 2**52)


@given(clocks, st.lists(st.builds(heard, st.sampled_from(["fang", "lin", "mei"]), clocks, clocks), max_size=5))
def test_any_clocks_give_spans_that_can_be_said(now: int, others: list[Heard]) -> None:
    found = findings(now, others)
    assert all(f.off > 0 for f in found)
    assert findings(now, others[::-1]) == found[::-1] or len(found) > 1
