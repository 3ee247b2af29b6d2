"""Which shops may be one, and why: names without suffix and branch mark, by sound, with place, phone and community. Pure.

It only suggests; a chain's branches, and neighbours such as 老王超市 and 老李超市, are left alone.
Knows no database and no words for it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import combinations, islice, product
from typing import NamedTuple

from outreach.domain.naming import digits, folded, pinyin_key
from outreach.domain.proximity import Spot, metres

NEAR = 150  # metres; cut the wrong pairs of 1,282 real shops to a seventh, with the branch marks aside
FAR = 500  # metres: two places so far apart are two shops, whatever they are called
_BRANCH = re.compile(r"[(\[【]([^)\]】]*)[)\]】]?")
_SUFFIX = re.compile(
    "(?:24小时|平价|生活|食品|综合|连锁)*"
    "(?:便利商店|便利超市|便利店|便民店|超市|商店|商行|小卖部|小店|士多店?|百货店?|杂货店?|门市部|店)+$"
)
_LEAST = 3  # syllables: in shorter names one syllable is all the difference
_WAYS = 16  # of reading a name
_PHONE = 7  # digits: less is no whole number
_CROWD = 50  # shops under one key: more are a chain, and say nothing about each other


class Why(StrEnum):
    """What speaks for two shops being one."""

    PHONE = "phone"
    NAME = "name"
    SOUND = "sound"
    NEARLY = "nearly"
    PLACE = "place"


class Shop(NamedTuple):
    """What is compared of a shop."""

    id: str
    name: str
    community: str | None = None
    phone: str | None = None
    spot: Spot | None = None


class Pair(NamedTuple):
    """Two shops that may be one, by id, and why."""

    one: str
    other: str
    why: tuple[Why, ...]


class _Known(NamedTuple):
    shop: Shop
    core: str
    branch: str
    phone: str
    sounds: tuple[tuple[str, ...], ...]


def pairs(shops: Iterable[Shop]) -> list[Pair]:
    """Every two of `shops` that may be one, in their order."""
    known = [_known(shop) for shop in shops]
    together: dict[object, list[int]] = defaultdict(list)
    for place, one in enumerate(known):
        for key in _keys(one):
            together[key].append(place)
    met = {pair for places in together.values() if len(places) <= _CROWD for pair in combinations(places, 2)}
    found = ((known[a], known[b], _why(known[a], known[b])) for a, b in sorted(met))
    return [Pair(one.shop.id, other.shop.id, why) for one, other, why in found if why]


def core(name: str) -> tuple[str, str]:
    """A name without its suffix and branch mark, and that mark: 美宜佳(东街店) is 美宜佳 and 东街."""
    whole = folded(name)
    mark = _BRANCH.search(whole)
    bare = _BRANCH.sub("", whole)
    return _SUFFIX.sub("", bare) or bare or whole, mark[1].removesuffix("店") if mark else ""


def _known(shop: Shop) -> _Known:
    bare, branch = core(shop.name)
    syllables = [syllable.split("/") for syllable in pinyin_key(bare).split()]
    phone = digits(shop.phone or "")
    return _Known(shop, bare, branch, phone if len(phone) >= _PHONE else "", tuple(islice(product(*syllables), _WAYS)))


def _keys(one: _Known) -> Iterator[object]:
    """Two shops that share none of these are not compared; keys hold the community where it is known."""
    if one.phone:
        yield one.phone
    yield from {(where, part) for sound in one.sounds for part in _parts(sound) for where in _where(one.shop)}


def _parts(sound: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield sound
    if len(sound) >= _LEAST:
        yield from ((*sound[:i], "", *sound[i + 1 :]) for i in range(len(sound)))


def _where(shop: Shop) -> Sequence[object]:
    cell = None if shop.spot is None else (shop.spot.lat // 10_000, shop.spot.lon // 10_000)
    return [place for place in (shop.community, cell) if place is not None] or [None]


def _why(one: _Known, other: _Known) -> tuple[Why, ...]:
    """What speaks for it; nothing where too little does, or a branch mark or the distance speaks against it."""
    apart = metres(one.shop.spot, other.shop.spot) if one.shop.spot and other.shop.spot else None
    phone = [Why.PHONE] if one.phone and one.phone == other.phone else []
    place = [Why.PLACE] if apart is not None and apart <= NEAR else []
    two_branches = one.branch != other.branch and bool(one.branch and other.branch)
    if not phone and (two_branches or (apart is not None and apart > FAR)):
        return ()
    name = _alike(one, other)
    if not phone and (name is None or (name is Why.NEARLY and not place)):
        return ()
    return (*phone, *([name] if name else []), *place)


def _alike(one: _Known, other: _Known) -> Why | None:
    if one.core == other.core:
        return Why.NAME
    if set(one.sounds) & set(other.sounds):
        return Why.SOUND
    shared = {p for s in one.sounds for p in _parts(s)} & {p for s in other.sounds for p in _parts(s)}
    return Why.NEARLY if shared else None
