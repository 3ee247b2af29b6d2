"""Places as Chinese maps show them, and where they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.datum import MICRO, SHIFTS, Datum, is_shifted, to_wgs84

# Published with eviltransform: WGS-84 and GCJ-02, in Shanghai, Shenzhen and Beijing.
GCJ02 = (
    ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),
    ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),
    ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),
)
# Published with coordtransform, in Beijing: GCJ-02 and BD-09; WGS-84 and BD-09.
GCJ02_BD09 = ((39.915, 116.404), (39.92133699351021, 116.41036949371029))
WGS84_BD09 = ((39.915, 116.404), (39.922699552216216, 116.41662724378733))
PLACES = (st.integers(3 * MICRO, 53 * MICRO), st.integers(74 * MICRO, 135 * MICRO))


def micro(point: tuple[float, float]) -> tuple[int, int]:
    return round(point[0] * MICRO), round(point[1] * MICRO)


def shown_at(place: tuple[int, int], datum: Datum) -> tuple[int, int]:
    """Where a map of that datum shows a place."""
    return micro(SHIFTS[datum]((place[0] / MICRO, place[1] / MICRO)))


def off(one: tuple[int, int], other: tuple[int, int]) -> int:
    """In micro-degrees, each of which is a tenth of a metre."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(("earth", "shown"), GCJ02)
def test_gcj02_is_as_published(earth: tuple[float, float], shown: tuple[float, float]) -> None:
    assert off(shown_at(micro(earth), Datum.GCJ02), micro(shown)) <= 1
    assert off(to_wgs84(*micro(shown), Datum.GCJ02), micro(earth)) <= 1


def test_bd09_is_as_published() -> None:
    earth, shown = map(micro, WGS84_BD09)
    assert off(shown_at(earth, Datum.BD09), shown) <= 1
    assert off(to_wgs84(*shown, Datum.BD09), earth) <= 1
    amap, baidu = map(micro, GCJ02_BD09)
    assert off(to_wgs84(*amap, Datum.GCJ02), to_wgs84(*baidu, Datum.BD09)) <= 1


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
@given(lat=PLACES[0], lon=PLACES[1])
def test_there_and_back_is_the_same_place(datum: Datum, lat: int, lon: int) -> None:
    there = shown_at((lat, lon), datum)
    assert 0 < off(there, (lat, lon)) < 50_000  # some hundred metres, never kilometres
    assert off(to_wgs84(*there, datum), (lat, lon)) <= 1


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
def test_a_place_abroad_is_as_given(datum: Datum) -> None:
    london, lagos = (51_507_400, -127_800), (6_524_400, 3_379_200)
    for place in (london, lagos):
        assert not is_shifted(*place)
        assert to_wgs84(*place, datum) == place


def test_wgs84_is_as_given() -> None:
    assert to_wgs84(39_911_954, 116_377_817, Datum.WGS84) == (39_911_954, 116_377_817)
