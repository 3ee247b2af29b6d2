"""A short walk: every door once, never longer than as the doors come, and a street in its order."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.proximity import Spot, metres
from outreach.domain.route import Door, natural, ordered, short_walk

_spots = st.lists(st.builds(Spot, st.integers(39_900_000, 39_920_000), st.integers(116_500_000, 116_520_000)), max_size=14)
_doors = st.lists(
    st.builds(
        Door,
        st.sampled_from(["皮村", "上冲", ""]),
        st.none() | st.builds(Spot, st.integers(-90_000_000, 90_000_000), st.integers(-180_000_000, 180_000_000)),
        st.sampled_from(["", "大街9号", "大街12号", "北口路8号"]),
    ),
    max_size=12,
)


def long(spots: list[Spot]) -> int:
    """The metres of a walk as the spots come."""
    return sum(metres(one, other) for one, other in pairwise(spots))


@given(_spots)
def test_it_goes_to_every_door_once_and_is_never_longer_than_as_they_come(spots: list[Spot]) -> None:
    walk = short_walk(spots)
    assert sorted(walk) == list(range(len(spots)))
    assert long([spots[i] for i in walk]) <= long(spots)


@given(_doors)
def test_every_door_is_in_the_list_once_and_a_community_is_done_before_the_next(doors: list[Door]) -> None:
    order = ordered(doors)
    assert sorted(order) == list(range(len(doors)))
    communities = [doors[i].community for i in order]
    assert len(list(dict.fromkeys(communities))) == 1 + sum(one != other for one, other in pairwise(communities)) or not doors
    assert "" not in communities[: len(communities) - communities.count("")]


def test_a_street_is_walked_from_end_to_end_however_it_was_listed() -> None:
    street = [Spot(39_900_000, 116_500_000 + 1000 * i) for i in (4, 0, 3, 1, 2)]
    walk = [street[i].lon for i in short_walk(street)]
    assert walk in (sorted(walk), sorted(walk, reverse=True))


def test_a_crossing_is_undone() -> None:
    square = [Spot(0, 0), Spot(1000, 1000), Spot(1000, 0), Spot(0, 1000)]
    assert long([square[i] for i in short_walk(square)]) == 3 * metres(square[0], square[2])


def test_without_coordinates_numbers_are_taken_by_their_value_and_no_address_comes_last() -> None:
    doors = [Door("皮村", None, ""), Door("皮村", None, "大街12号"), Door("皮村", None, "大街9号"), Door("", None, "甲")]
    assert ordered(doors) == [2, 1, 0, 3]
    assert natural("大街9号") < natural("大街12号") < natural("大街12号院3")
