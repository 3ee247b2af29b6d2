"""Which shops may be one, and why: names without suffix and branch mark, by sound, with place, phone and community. Pure.

It only suggests; a chain's branches, and neighbours such as 老王超市 and 老李超市, are left alone.
Knows no database and no words for it. docs/duplicates.md has how often it is right.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from enum import StrEnum
from itertools import combinations, product
from typing import NamedTuple

from outreach.domain.naming import digits
from outreach.domain.proximity import Spot, metres
from outreach.domain.shopname import ShopName, parted, slip

NEAR = 150  # metres; cut the wrong pairs of 1,282 real shops to a seventh, with the branch marks aside
FAR = 500  # metres: two places so far apart are two shops, whatever they are called
_LEAST = 3  # syllables: in shorter names one syllable is all the difference
_ENOUGH = 4  # syllables: in longer ones a slip is a slip, also where nobody noted the places
_PHONE = 7  # digits: less is no whole number
_CROWD = 50  # shops under one key: more are a chain, and only what is nearer than the key says something
_CELL = 10_000  # micro-degrees, 1.1 km
_REACH = (2_500, 4_000)  # micro-degrees to either side: places within FAR share a cell, up to 53 degrees north
_CORNER = (_REACH[0] // 4, _REACH[1] // 4)

Two = Callable[[Sequence[int]], Iterator[tuple[int, int]]]  # which two of some are looked at, by their numbers


class Why(StrEnum):
    """What speaks for two shops being one."""

    PHONE = "phone"
    NAME = "name"
    SOUND = "sound"
    NEARLY = "nearly"
    PLACE = "place"


class Shop(NamedTuple):
    """What is compared of a shop. `community` is an id, `village` its name."""

    id: str
    name: str
    community: str | None = None
    phone: str | None = None
    spot: Spot | None = None
    village: str | None = None


class Pair(NamedTuple):
    """Two shops that may be one, by id, and why."""

    one: str
    other: str
    why: tuple[Why, ...]


class _Known(NamedTuple):
    shop: Shop
    name: ShopName
    phone: str


def pairs(shops: Iterable[Shop]) -> list[Pair]:
    """Every two of `shops` that may be one, in their order."""
    return _pairs(list(map(_known, shops)), lambda few: combinations(few, 2))


def between(some: Iterable[Shop], others: Iterable[Shop]) -> list[Pair]:
    """Every two that may be one, of which one is of `some` and the other of `others`."""
    known = list(map(_known, some))
    first = len(known)
    known += map(_known, others)

    def across(few: Sequence[int]) -> Iterator[tuple[int, int]]:
        border = bisect_left(few, first)
        return product(few[:border], few[border:])

    return _pairs(known, across)


def _pairs(known: Sequence[_Known], two: Two) -> list[Pair]:
    """`two`: which two of shops that have something in common are looked at, by their numbers."""
    met = {pair for numbers in _together(known, two) for few in _few(numbers, known) for pair in two(few)}
    found = ((known[a], known[b], _why(known[a], known[b])) for a, b in sorted(met))
    return [Pair(one.shop.id, other.shop.id, why) for one, other, why in found if why]


def _together(known: Sequence[_Known], two: Two) -> Iterator[list[int]]:
    """Shops that have a phone, or a part of the name and the neighbourhood, in common; others are not compared.

    One neighbourhood after another, so that only the parts of its names are in memory.
    """
    yield from _by(range(len(known)), known, lambda one: [one.phone] if one.phone else ())
    for numbers in _by(range(len(known)), known, lambda one: _where(one.shop)):
        if next(two(numbers), None):
            yield from _by(numbers, known, lambda one: _parts(one.name))


def _by(numbers: Iterable[int], known: Sequence[_Known], keys: Callable[[_Known], Iterable[object]]) -> Iterable[list[int]]:
    """The shops that share a key, by their numbers; under each key, in order."""
    found: dict[object, list[int]] = defaultdict(list)
    for number in numbers:
        for key in keys(known[number]):
            found[key].append(number)
    return (together for together in found.values() if len(together) > 1)


def alike(shop: Shop, others: Iterable[Shop]) -> list[tuple[Shop, tuple[Why, ...]]]:
    """Those of `others` that may be the same shop, the likeliest first, and why."""
    one = _known(shop)
    found = [(other, _why(one, _known(other))) for other in others if other.id != shop.id]
    order = list(Why)
    return sorted(((o, why) for o, why in found if why), key=lambda hit: ([order.index(w) for w in hit[1]], hit[0].id))


def core(name: str) -> tuple[str, str]:
    """A name without its suffix and branch mark, and that mark: 美宜佳(东街店) is 美宜佳 and 东街."""
    found = parted(name)
    return found.whole, found.branch


def _known(shop: Shop) -> _Known:
    phone = digits(shop.phone or "")
    return _Known(shop, parted(shop.name, shop.village), phone if len(phone) >= _PHONE else "")


def _few(numbers: Sequence[int], known: Sequence[_Known]) -> Iterable[Sequence[int]]:
    """Those under one key; of a crowd, those that share a corner of 300 m, or a branch mark."""
    if len(numbers) <= _CROWD:
        return [numbers]
    nearer = _by(numbers, known, lambda one: filter(None, (one.name.branch, *_cells(one.shop.spot, _CELL // 4, _CORNER))))
    return (few for few in nearer if len(few) <= _CROWD)


def _parts(name: ShopName) -> Set[object]:
    """Two names that share none of these are not alike: how it looks, how it sounds, and that but for a syllable."""
    found: set[object] = {("seen", name.seen), *name.sounds, *name.whole_sounds}
    for sound in name.whole_sounds:
        if len(sound) >= _LEAST:
            found.update((*sound[:i], *sound[i + 1 :]) for i in range(len(sound)))
    return found


def _where(shop: Shop) -> Sequence[object]:
    return [shop.community, *_cells(shop.spot, _CELL, _REACH)]


def _cells(at: Spot | None, size: int, reach: Sequence[int]) -> set[tuple[int, int]]:
    """The cells that a place lies in or near: two places share one wherever its borders run."""
    if at is None:
        return set()
    rows, columns = ({(x - r) // size, (x + r) // size} for x, r in zip(at, reach, strict=True))
    return {(row, column) for row in rows for column in columns}


def _why(one: _Known, other: _Known) -> tuple[Why, ...]:
    """What speaks for it; nothing where too little does, or a branch mark or the distance speaks against it."""
    apart = metres(one.shop.spot, other.shop.spot) if one.shop.spot and other.shop.spot else None
    phone = [Why.PHONE] if one.phone and one.phone == other.phone else []
    place = [Why.PLACE] if apart is not None and apart <= NEAR else []
    two_branches = one.name.branch != other.name.branch and bool(one.name.branch and other.name.branch)
    if not phone and (two_branches or (apart is not None and apart > FAR) or _elsewhere(one.shop, other.shop, apart)):
        return ()
    if _second_shop(one.name, other.name):
        return ()
    name = _alike(one.name, other.name, near=bool(phone or place), placed=apart is not None)
    return (*phone, *([name] if name else []), *place) if phone or name else ()


def _second_shop(one: ShopName, other: ShopName) -> bool:
    """Whether an owner has two shops by one name, 老王超市 and 老王快递: one phone, perhaps, but two trades."""
    return one.own == other.own and _two_trades(one, other)


def _two_trades(one: ShopName, other: ShopName) -> bool:
    return None not in (one.sells, other.sells) and one.sells != other.sells


def _elsewhere(one: Shop, other: Shop, apart: int | None) -> bool:
    """Whether nothing but the names could bring them together: they are of two communities, or of none that is known."""
    return apart is None and one.community != other.community


def _alike(one: ShopName, other: ShopName, *, near: bool, placed: bool) -> Why | None:
    if one.own == other.own:
        return Why.NAME
    if len(one.own) == len(other.own) and set(one.sounds) & set(other.sounds) and not _two_trades(one, other):
        return Why.SOUND
    if len(one.whole) == len(other.whole) and set(one.whole_sounds) & set(other.whole_sounds):
        return Why.SOUND
    found = slip(one, other)
    if found is None or _two_trades(one, other):
        return None
    return Why.NEARLY if found.sure or _is_slip(found.own, near=near, placed=placed) else None


def _is_slip(own: int | None, *, near: bool, placed: bool) -> bool:
    """Whether one character is a slip. In an own name of three it takes a place next door."""
    if own is None:
        return True
    return own >= (_LEAST if near else _ENOUGH) and (near or not placed)
