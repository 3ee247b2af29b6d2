"""Shops as GeoJSON (RFC 7946: WGS-84, longitude first), for maps. Shops without a place are not in it."""

import json
import sqlite3
from collections.abc import Iterator
from typing import IO

from outreach.domain.change import Fields
from outreach.domain.datum import MICRO
from outreach.domain.records import MERCHANT, REMOVED
from outreach.exchange.out_wording import Order
from outreach.store.chosen import as_far_as_chosen, condition_of
from outreach.store.export import live_records
from outreach.store.merchants import Listed, list_merchants

_ELSEWHERE = {REMOVED, "merged_into", "community"}


def write_geojson(db: sqlite3.Connection, file: IO[bytes], order: Order) -> dict[str, int]:
    """Write the shops of the order that have a place; says how many, and how many there are without one."""
    numbers = {"merchants": 0, "without_place": 0}
    opening = b'{"type":"FeatureCollection","features":[\n'
    for feature in _features(db, order):
        if feature["geometry"] is None:
            numbers["without_place"] += 1
            continue
        numbers["merchants"] += 1
        file.write(opening + json.dumps(feature, ensure_ascii=False, separators=(",", ":")).encode())
        opening = b",\n"
    file.write(b"\n]}\n" if numbers["merchants"] else opening + b"]}\n")
    return numbers


def _features(db: sqlite3.Connection, order: Order) -> Iterator[Fields]:
    stand = {shop.id: shop for shop in list_merchants(db, order.wanted)}
    fields = tuple(f for f in MERCHANT.fields if f.name not in _ELSEWHERE and (order.contacts or not f.contact))
    for shop in live_records(db, MERCHANT, fields, condition_of(MERCHANT, order.wanted), as_far_as_chosen):
        if listed := stand.get(shop["id"]):  # one that was merged into another is part of that one
            yield _feature(shop, listed)


def _feature(shop: Fields, listed: Listed) -> Fields:
    lat, lon = (shop.pop(name, None) for name in ("lat", "lon"))
    placed = lat is not None and lon is not None
    stands = {
        "community": listed.community,
        "status": listed.status,
        "visits": listed.visits,
        "last_visit": listed.last_visit,
        "tags": list(listed.tags),
    }
    return {
        "type": "Feature",
        "id": shop["id"],
        "geometry": {"type": "Point", "coordinates": [lon / MICRO, lat / MICRO]} if placed else None,
        "properties": shop | {name: value for name, value in stands.items() if value not in (None, [])},
    }
