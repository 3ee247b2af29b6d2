"""Shops that may be one, asked of the database: for a shop at the door among ten thousand, or all of them at once.

Pairs of which somebody said that they are two are left out, unless they are asked for.
"""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from outreach.domain.likeness import FAR, Pair, Shop, Why, alike, between, pairs
from outreach.domain.naming import digits
from outreach.domain.proximity import spot
from outreach.domain.shopname import parted, syllables

_DEGREES = 9 * FAR * 2  # micro-degrees that hold FAR metres and more, also of longitude up to 60 degrees north
_SHOPS = """
SELECT m.id, m.name, m.community, m.phone, m.lat, m.lon, c.name AS village
FROM merchant m LEFT JOIN community c ON c.id = m.community
WHERE m.live = 1 AND m.id NOT IN (SELECT merchant FROM standing WHERE root <> merchant)"""
_NEAR = "m.community IS ? OR (m.lat BETWEEN ? AND ? AND m.lon BETWEEN ? AND ?)"
_HEARD = (  # with LIMIT the text is made once, not for each syllable again
    "(SELECT {} FROM (SELECT replace(pinyin, '/', ' ') || ' ' AS heard FROM lookup WHERE id = m.id LIMIT 1)) >= ?"
)
_OF_PHONE = "m.id IN (SELECT id FROM lookup WHERE phone = ? AND kind = 'merchant')"


class Likely(NamedTuple):
    """A known shop that may be the one asked about, and why."""

    shop: Shop
    why: tuple[Why, ...]


def likely_same(db: sqlite3.Connection, shop: Shop) -> list[Likely]:
    """The known shops that `shop`, new or known, may be, the likeliest first."""
    apart = distinct_pairs(db)
    near = (other for other in _shops_near(db, shop) if frozenset((shop.id, other.id)) not in apart)
    return [Likely(other, why) for other, why in alike(shop, near)]


def likely_same_of_all(db: sqlite3.Connection, shops: Sequence[Shop]) -> dict[str, list[Likely]]:
    """The same for many shops at once, by their ids: they are compared with what is known, not with each other."""
    asked = {shop.id for shop in shops}
    known = {shop.id: shop for shop in all_shops(db) if shop.id not in asked}
    apart = distinct_pairs(db)
    found: dict[str, list[Likely]] = {}
    for pair in between(shops, known.values()):
        if frozenset((pair.one, pair.other)) not in apart:
            found.setdefault(pair.one, []).append(Likely(known[pair.other], pair.why))
    return found


def likely_pairs(db: sqlite3.Connection, shops: Iterable[Shop], *, also_distinct: bool = False) -> list[Pair]:
    """Every two of `shops` that may be one."""
    apart: Collection[frozenset[str]] = () if also_distinct else distinct_pairs(db)
    return [pair for pair in pairs(shops) if frozenset((pair.one, pair.other)) not in apart]


def all_shops(db: sqlite3.Connection) -> list[Shop]:
    """The shops on the lists; what is merged already is part of another."""
    return [_shop(row) for row in db.execute(f"{_SHOPS} ORDER BY m.id")]


def distinct_pairs(db: sqlite3.Connection) -> set[frozenset[str]]:
    """The pairs of which somebody said that they are two; of a merged shop it is said of what it is part of now."""
    sql = (
        "SELECT a.root, b.root FROM separation d JOIN standing a ON a.merchant = d.merchant "
        "JOIN standing b ON b.merchant = d.other WHERE d.live = 1 AND a.root <> b.root"
    )
    return {frozenset(row) for row in db.execute(sql)}


def _shops_near(db: sqlite3.Connection, shop: Shop) -> list[Shop]:
    """Those of its community or neighbourhood whose names sound nearly so, and those of its phone; few, and quickly."""
    lat, lon = shop.spot or (10**9, 10**9)  # no place lies there
    box = (lat - _DEGREES, lat + _DEGREES, lon - _DEGREES, lon + _DEGREES)
    telling, least = syllables(parted(shop.name, shop.village))
    heard = " + ".join(f"({' OR '.join(['instr(heard, ?) > 0'] * len(readings))})" for readings in telling) or "0"
    sql = f"{_SHOPS} AND ({_NEAR}) AND {_HEARD.format(heard)} UNION {_SHOPS} AND {_OF_PHONE}"
    sounds = (f" {reading} " for readings in telling for reading in readings)
    return list(map(_shop, db.execute(sql, (shop.community, *box, *sounds, least, digits(shop.phone or "") or None))))


def _shop(row: sqlite3.Row) -> Shop:
    place = spot(row["lat"], row["lon"])
    return Shop(row["id"], row["name"], row["community"], row["phone"], place, row["village"])
