"""The resource map of two communities of one name: they are told apart, and what one's record names is not the other's."""

import sqlite3
from datetime import UTC, date, datetime

from outreach.domain.change import Draft
from outreach.domain.resources import PlaceKind
from outreach.report.resource_html import resource_html
from outreach.report.resources import resource_map
from outreach.store.asof import state_on
from outreach.store.journal import record

DAY, NOW = date(2026, 11, 24), datetime(2026, 11, 24, tzinfo=UTC)


def two_of_a_name(db: sqlite3.Connection) -> None:
    north, south = "a" * 26, "b" * 26
    school = {"name": "新村小学", "kind": "school", "community": south, "lat": 22_200_000, "lon": 113_500_000}
    market = {"name": "早市", "kind": "market", "community": north, "lat": 39_900_000, "lon": 116_500_000}
    drafts = [
        Draft("community", north, {"name": "新村", "city": "北京", "school": "新村小学"}),
        Draft("community", south, {"name": "新村", "city": "珠海", "school": "新村小学，走十分钟"}),
        Draft("place", "c" * 26, school),
        Draft("place", "d" * 26, market),
    ]
    record(db, drafts, now=1_764_000_000_000, label="community add")


def test_each_has_its_city_after_its_name_and_what_its_own_record_names(db: sqlite3.Connection) -> None:
    two_of_a_name(db)
    found = {(one.community, one.name, one.kind) for one in resource_map(db, NOW).found}
    assert found == {
        ("新村 北京", "新村小学", PlaceKind.SCHOOL),
        ("新村 北京", "早市", PlaceKind.MARKET),
        ("新村 珠海", "新村小学", PlaceKind.SCHOOL),
    }


def test_a_supermarket_that_lies_nowhere_yet_is_as_far_as_the_communitys_record_says(db: sqlite3.Connection) -> None:
    here, far = "a" * 26, {"name": "公路口大超市", "kind": "supermarket", "community": "a" * 26}
    known = far | {"name": "东街超市", "lat": 39_900_000, "lon": 116_500_000}
    drafts = [Draft("community", here, {"name": "皮村", "supermarket_metres": 2800}), Draft("place", "c" * 26, far)]
    drafts += [Draft("place", "d" * 26, known), Draft("place", "e" * 26, far | {"name": "早市", "kind": "market"})]
    record(db, drafts, now=1_764_000_000_000, label="community add")
    assert "公路口大超市 → 2.8 km" in resource_html(resource_map(db, NOW)).decode()
    assert {one.name for one in resource_map(db, NOW).found if one.metres} == {"公路口大超市"}


def test_cities_apart_do_not_share_a_sheet(db: sqlite3.Connection) -> None:
    two_of_a_name(db)
    assert resource_html(resource_map(db, NOW)).decode().count('<svg class="map"') == 2


def test_in_the_report_of_a_week_they_are_told_apart_too(db: sqlite3.Connection) -> None:
    two_of_a_name(db)
    assert sorted(state_on(db, DAY, DAY, NOW).communities.values()) == ["新村 北京", "新村 珠海"]
