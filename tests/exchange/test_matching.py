"""Which of several shops of one name a row means: by community, address and phone."""

import pytest

from outreach.exchange.matching import Match, match
from outreach.store.imports import Namesake


def shop(id_: str = "", community: str | None = "皮村", address: str | None = None, phone: str | None = None) -> Namesake:
    return Namesake(id_, "沙县小吃", community, address, phone)


EAST, WEST, BARE = shop("east", address="东街1号", phone="010-1"), shop("west", address="西街9号", phone="010-2"), shop("bare")


@pytest.mark.parametrize(
    ("wanted", "some", "meant"),
    [
        (shop(address="西街 9号"), [EAST, WEST], "west"),
        (shop(phone="0102"), [EAST, WEST], "west"),
        (shop(address="西街9号", phone="138"), [EAST, WEST, BARE], "west"),
        (shop(address="西街9号", phone="0101"), [EAST, shop("both", address="西街9号", phone="0101")], "both"),
        (shop(phone="0101"), [shop("nowhere", None, phone="0101"), EAST], "east"),
        (shop(phone="0101"), [shop("nowhere", None, phone="0101")], "nowhere"),
        (shop(phone="0101"), [shop("elsewhere", "马驹桥", phone="0101")], None),
        (shop(), [shop("nowhere", None), BARE], "bare"),
        (shop(), [shop("nowhere", None)], "nowhere"),
        (shop(address="南街"), [EAST], "east"),  # one of that name in a community may have moved
        (shop(community=None, address="南街"), [EAST, BARE], "bare"),
        (shop(community=None, address="南街"), [EAST], None),
        (shop(community=None), [shop("nowhere", None)], "nowhere"),
        (shop(address="南街", phone="无"), [shop("west", address="西街9号", phone="没有"), EAST], "several"),
        (shop(community=None, address="南街", phone="无"), [shop("west", address="西街9号", phone="没有")], None),
        (shop(address="西街9号", phone="无"), [shop("east", address="东街1号", phone="无"), WEST], "west"),
        (shop(), [EAST, WEST], "several"),
        (shop(community=None), [shop("nowhere", None), BARE], "several"),
        (shop(), [], None),
    ],
)
def test_which_is_meant(wanted: Namesake, some: list[Namesake], meant: str | None) -> None:
    for order in (some, some[::-1]):
        found = match(wanted, order)
        assert ("several" if found.several else found.one and found.one.id) == meant
        assert not found.taken


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (shop(), Match(taken=True)),
        (shop(address="东街1号"), Match(taken=True)),
        (shop(address="东街1号", phone="无"), Match(taken=True)),
        (shop(address="东街1号", phone="138"), Match()),
        (shop(address="南街"), Match()),
        (shop(phone="138"), Match()),
    ],
)
def test_what_another_row_is_already_is_that_row_again_or_another_shop(wanted: Namesake, found: Match) -> None:
    assert match(wanted, [EAST], {"east"}) == found


def test_of_two_alike_the_one_that_no_row_is_yet() -> None:
    assert match(shop(address="东街1号"), [EAST, EAST._replace(id="again")], {"east"}).one == EAST._replace(id="again")
