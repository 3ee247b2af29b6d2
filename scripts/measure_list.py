"""How likeness does on a real list of a map service (with Amap's columns) that is not in this project: for docs/duplicates.md.

    .venv/bin/python scripts/measure_list.py LIST.csv

How many pairs of the list are taken for one shop; and how many shops are found again under another spelling, 40 m away.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from outreach.domain.datum import Datum, to_wgs84
from outreach.domain.likeness import Shop, alike, pairs
from outreach.domain.proximity import Spot
from outreach.domain.shopname import parted
from outreach.exchange.files import read
from outreach.exchange.values import location

_AWAY = 360  # micro-degrees of latitude: 40 m
_LONG = 4  # characters of a name of which one may be lost


def shops_in(path: Path) -> list[Shop]:
    """The shops of the list; its district is their community."""
    (table,) = read(path)
    place = {head: n for n, head in enumerate(table.header)}
    found = []
    for number, row in enumerate(table.rows):
        lat, lon = to_wgs84(*location(row.cells[place["location"]]), Datum.GCJ02)
        name, district = (str(row.cells[place[head]]) for head in ("name", "adname"))
        found.append(Shop(str(number), name, district, None, Spot(lat, lon), district))
    return found


def _own(shop: Shop) -> str:
    return parted(shop.name, shop.village).whole


WRITTEN: Mapping[str, Callable[[Shop], str | None]] = {
    "another ending": lambda shop: _own(shop) + "商行",
    "without ending and mark": _own,
    "the district in front": lambda shop: (shop.village or "") + shop.name,
    "the second character lost": lambda shop: (
        None if len(name := parted(shop.name, shop.village).own) < _LONG else name[0] + name[2:]
    ),
}


def found_again(shops: Sequence[Shop], written: Callable[[Shop], str | None], *, placed: bool) -> tuple[int, int, int]:
    """Of how many that can be written so, how many are found, and how many other shops with them."""
    asked = right = others = 0
    for shop in shops:
        name = written(shop)
        if name is None or shop.spot is None:
            continue
        there = Spot(shop.spot.lat + _AWAY, shop.spot.lon) if placed else None
        found = [other.id for other, _why in alike(shop._replace(id="?", name=name, spot=there), shops)]
        asked, right, others = asked + 1, right + (shop.id in found), others + sum(i != shop.id for i in found)
    return asked, right, others


def main() -> None:
    """Print the figures."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - one word
        sys.exit(__doc__)
    shops = shops_in(Path(sys.argv[1]))
    print(f"{len(shops)} shops, {len(shops) * (len(shops) - 1) // 2} pairs, {len(pairs(shops))} listed")
    for text, written in WRITTEN.items():
        print(f"{text}: of {{}} {{}} found, {{}} others".format(*found_again(shops, written, placed=True)))
    print("the bare name, no place: of {} {} found, {} others".format(*found_again(shops, _own, placed=False)))


if __name__ == "__main__":
    main()
