"""Shops that may be one, asked of the database: the short way at the door finds what comparing with every shop finds."""

import sqlite3
from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from measure_duplicates import labelled
from outreach.domain.acts import new_record, separation
from outreach.domain.change import Draft
from outreach.domain.likeness import Shop, alike
from outreach.domain.proximity import Spot
from outreach.store.connection import rehearsed
from outreach.store.journal import record
from outreach.store.likely import Likely, all_shops, likely_pairs, likely_same, likely_same_of_all

NOW = 1_795_500_000_000  # 2026-11-24, ms since 1970
DAY = date(2026, 11, 24)
CHARACTERS = "王玉汪土士大太老里重庆福副好a7"  # some of one sound, of one look, of several readings
OWN = st.text(CHARACTERS, min_size=1, max_size=5)
ENDING = st.sampled_from(["", "水果店", "大药房", "超市", "（东街店）"])
PHONE = st.sampled_from([None, None, "12000012345"])
PLACE = st.sampled_from([None, Spot(39_921_400, 116_583_000), Spot(39_921_900, 116_583_200)])
SLIPS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2), st.text(CHARACTERS, max_size=2)), max_size=2)


@st.composite
def shops(draw: st.DrawFn, own: str) -> Shop:
    """A shop called nearly so: up to two places of the name are written otherwise."""
    for at, gone, written in draw(SLIPS):
        own = own[:at] + written + own[at + gone :]
    name = draw(st.sampled_from(["", "皮村"])) + own + draw(ENDING)
    return Shop("", name or own, draw(st.sampled_from(["皮村", None])), draw(PHONE), draw(PLACE), "皮村")


def keep(db: sqlite3.Connection, shops: Iterable[Shop]) -> None:
    shops = list(shops)
    drafts = [new_record("community", name, {"name": name}) for name in {shop.community for shop in shops if shop.community}]
    for shop in shops:
        fields = {"name": shop.name, "community": shop.community, "phone": shop.phone}
        drafts.append(new_record("merchant", shop.id, fields | (shop.spot._asdict() if shop.spot else {})))
    record(db, drafts, now=NOW, label="test")


def ids(found: Iterable[Likely]) -> list[str]:
    return sorted(likely.shop.id for likely in found)


@pytest.fixture
def known(db: sqlite3.Connection) -> sqlite3.Connection:
    """A database with one of each labelled pair."""
    keep(db, (pair.one._replace(id=f"m{i:03}") for i, pair in enumerate(labelled())))
    return db


def test_it_finds_at_the_door_what_comparing_with_all_of_them_finds(known: sqlite3.Connection) -> None:
    everyone = all_shops(known)
    asked = [pair.other._replace(id=f"n{i:03}") for i, pair in enumerate(labelled())]
    together = likely_same_of_all(known, asked)
    for shop in asked:
        wanted = sorted(other.id for other, _why in alike(shop, everyone))
        assert ids(likely_same(known, shop)) == wanted, shop.name
        assert set(ids(together.get(shop.id, []))) <= set(wanted)
    missed = sum(len(alike(shop, everyone)) for shop in asked) - sum(map(len, together.values()))
    assert missed == 0


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), OWN)
def test_whatever_shops_are_called_the_door_passes_none_over(db: sqlite3.Connection, data: st.DataObject, own: str) -> None:
    known, asked = (data.draw(st.lists(shops(own), min_size=3, max_size=6)) for _side in ("known", "asked"))
    with rehearsed(db):
        keep(db, (shop._replace(id=f"m{i}") for i, shop in enumerate(known) if shop.name))
        everyone = all_shops(db)
        for shop in asked:
            assert ids(likely_same(db, shop)) == sorted(other.id for other, _why in alike(shop, everyone))


def test_what_is_taken_for_another_at_a_glance_is_found_at_the_door(db: sqlite3.Connection) -> None:
    keep(db, [Shop("a", "大土福超市", "皮村"), Shop("b", "老土面馆", "皮村")])
    assert ids(likely_same(db, Shop("n", "太士福超市", "皮村"))) == ["a"]
    assert ids(likely_same(db, Shop("n", "老士面馆", "皮村"))) == ["b"]


def test_a_name_that_has_no_sound_is_asked_about_too(db: sqlite3.Connection) -> None:
    keep(db, [Shop("a", "老王超市", "皮村", "12000012345")])
    assert ids(likely_same(db, Shop("n", "！？", "皮村"))) == []
    assert ids(likely_same(db, Shop("n", "！？", "皮村", "12000012345"))) == ["a"]


def test_pairs_that_were_said_to_be_two_are_left_out_also_once_one_is_merged(db: sqlite3.Connection) -> None:
    keep(db, (Shop(i, name, "皮村") for i, name in (("a", "老王超市"), ("b", "老汪超市"), ("c", "老望超市"))))
    record(db, [separation("a", "b", at=DAY, by="林晓")], now=NOW, label="test")
    pairs = [(p.one, p.other) for p in likely_pairs(db, all_shops(db))]
    assert pairs == [("a", "c"), ("b", "c")]
    assert len(likely_pairs(db, all_shops(db), also_distinct=True)) == 3
    record(db, [Draft("merchant", "b", {"merged_into": "c"})], now=NOW, label="test")
    assert likely_pairs(db, all_shops(db)) == []
    record(db, [Draft("merchant", "c", {"merged_into": "a"})], now=NOW, label="test")
    assert [shop.id for shop in all_shops(db)] == ["a"]
