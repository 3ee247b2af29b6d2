"""Shops that may be one, asked of the database: the short way at the door finds what comparing with every shop finds."""

import sqlite3
from collections.abc import Iterable
from datetime import date

import pytest

from measure_duplicates import labelled
from outreach.domain.acts import new_record, separation
from outreach.domain.change import Draft
from outreach.domain.likeness import Shop, alike
from outreach.store.journal import record
from outreach.store.likely import Likely, all_shops, likely_pairs, likely_same, likely_same_of_all

NOW = 1_795_500_000_000  # 2026-11-24, ms since 1970
DAY = date(2026, 11, 24)


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
