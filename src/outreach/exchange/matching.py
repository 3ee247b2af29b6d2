"""Which record a row is, by its name: within its community, told apart by address and phone. Pure."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from outreach.domain.naming import digits
from outreach.domain.text import natural_key
from outreach.store.imports import Namesake


class Match(NamedTuple):
    """`one`: the record. `several`: too many fit. `taken`: the one that fits is what another row of the file is already."""

    one: Namesake | None = None
    several: bool = False
    taken: bool = False


def match(wanted: Namesake, some: Sequence[Namesake], taken: Collection[str] = ()) -> Match:
    """The one of `some`, all called as `wanted` is, that it means. None of them: it is another one, of the same name."""
    if not some:
        return Match()
    near = [one for one in some if _may_be(wanted.community, one.community)]
    sure = [one for one in near if _agree(wanted, one)]
    sure = [one for one in sure if one.community == wanted.community] or sure
    sure = [one for one in sure if not differ(wanted, one)] or sure
    if sure:
        free = [one for one in sure if one.id not in taken]
        return Match(free[0]) if free else _taken(wanted, sure)
    free = [one for one in near if one.id not in taken]
    if not free:
        return _taken(wanted, near)
    placed = [one for one in free if wanted.community is not None and one.community == wanted.community]
    open_ = placed or [one for one in free if not differ(wanted, one)]
    if len(open_) == 1:
        return Match(open_[0])
    return Match(several=len(open_) > 1)


def _taken(wanted: Namesake, some: Sequence[Namesake]) -> Match:
    """Of those that other rows are: the same once more, unless something tells the two apart, be it what such a row says."""
    others = {one.id for one in some if differ(wanted, one)}
    return Match(taken=any(one.id not in others for one in some))


def _may_be(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _agree(one: Namesake, other: Namesake) -> bool:
    return _same_text(one.address, other.address) is True or _same_phone(one, other) is True


def differ(one: Namesake, other: Namesake) -> bool:
    """Whether an address or a phone says that two are two."""
    return _same_text(one.address, other.address) is False or _same_phone(one, other) is False


def _same_text(one: str | None, other: str | None) -> bool | None:
    return natural_key(one) == natural_key(other) if one and other else None


def _same_phone(one: Namesake, other: Namesake) -> bool | None:
    """Nothing is said by a phone without digits: 无, 没有."""
    mine, theirs = digits(one.phone or ""), digits(other.phone or "")
    return mine == theirs if mine and theirs else None
