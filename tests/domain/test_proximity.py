"""The nearest of many places is the nearest, whatever the grid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.proximity import WITHIN, Nearest, Spot, metres, spot

_offsets = st.integers(-40_000, 40_000)
_near = st.builds(lambda lat, lon: Spot(39_990_000 + lat, 116_600_000 + lon), _offsets, _offsets)
_anywhere = st.builds(Spot, st.integers(-88_000_000, 88_000_000), st.integers(-180_000_000, 180_000_000))


def test_a_walk_through_picun_is_as_long_as_on_the_map() -> None:
    """A thousandth of a degree: 111 m to the north, 85 m to the east at 40 degrees."""
    here = Spot(39_990_000, 116_600_000)
    assert metres(here, Spot(39_991_000, 116_600_000)) == 111
    assert metres(here, Spot(39_990_000, 116_601_000)) == 85
    assert metres(here, here) == 0


@given(st.lists(_near | _anywhere, max_size=30), _near | _anywhere)
def test_the_nearest_is_what_looking_at_all_of_them_finds(places: list[Spot], at: Spot) -> None:
    found = Nearest(zip(places, range(len(places)), strict=True)).of(at)
    best = min((metres(at, place) for place in places), default=WITHIN + 1)
    assert (found and found[0]) == (best if best <= WITHIN else None)
    assert found is None or metres(at, places[found[1]]) == best


def test_of_several_at_one_place_it_is_the_first_that_was_given() -> None:
    here, east = Spot(39_990_000, 116_600_000), Spot(39_990_000, 116_600_300)
    assert Nearest([(east, "first"), (east, "second")]).of(here) == (26, "first")


@pytest.mark.parametrize(("lat", "lon"), [(None, 1), (1, None), (90_000_001, 0), (0, -180_000_001), (999_999_999_999, 0)])
def test_a_place_that_is_not_known_or_on_no_globe_is_none(lat: int | None, lon: int | None) -> None:
    assert spot(lat, lon) is None
