"""Wilson's interval: the programme's own figure, and what must hold of every interval."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.proportion import wilson


def test_sixteen_of_eighty_nine() -> None:
    """As in the project's notes: 18.0 %, 11.4 to 27.2 %."""
    assert wilson(16, 89) == pytest.approx((0.114, 0.272), abs=0.0006)


@given(st.integers(0, 500), st.integers(1, 500))
def test_it_holds_the_share_and_stays_within_all_and_nothing(successes: int, of: int) -> None:
    if successes <= of:
        low, high = wilson(successes, of)
        assert 0 <= low <= successes / of <= high <= 1
        assert wilson(of - successes, of) == pytest.approx((1 - high, 1 - low))


@given(st.integers(0, 20), st.integers(2, 9))
def test_more_of_the_same_makes_it_narrower(successes: int, times: int) -> None:
    few, many = wilson(successes, 20), wilson(successes * times, 20 * times)
    assert many.high - many.low < few.high - few.low


def test_nothing_tried_says_nothing() -> None:
    assert wilson(0, 0) == (0, 1)
