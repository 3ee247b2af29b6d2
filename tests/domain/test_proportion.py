"""Wilson's interval: the published figure of the programme, the edges, and that it always holds the share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.proportion import Proportion


def test_sixteen_of_eighty_nine() -> None:
    """The programme's own base rate: 18.0 %, 11.4 to 27.2 %."""
    found = Proportion(16, 89)
    assert found.share == pytest.approx(0.180, abs=0.0005)
    assert found.interval == pytest.approx((0.114, 0.272), abs=0.0005)


def test_none_of_none_has_no_share_and_none_of_some_is_not_impossible() -> None:
    assert (Proportion(0, 0).share, Proportion(0, 0).interval) == (None, None)
    low, high = Proportion(0, 10).interval or (1, 0)
    assert (low, high) == pytest.approx((0, 0.278), abs=0.001)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_narrows_with_the_number(counts: tuple[int, int]) -> None:
    hits, of = counts
    found, larger = Proportion(hits, of), Proportion(hits * 10, of * 10)
    assert found.interval is not None
    assert larger.interval is not None
    low, high = found.interval
    assert 0 <= low <= hits / of + 1e-12
    assert hits / of - 1e-12 <= high <= 1
    assert larger.interval[1] - larger.interval[0] < high - low
