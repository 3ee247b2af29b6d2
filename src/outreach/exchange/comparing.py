"""A record as it is here beside what a file says of it: what to write, and what a person's word stands against. Pure."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from outreach.domain.change import Fields
from outreach.domain.merging import PLACE, same
from outreach.exchange.fates import Step


class Compared(NamedTuple):
    """`changed`: what to write. `kept`: what stays as it is here (before), though the file says something else (after)."""

    changed: dict[str, Step]
    kept: dict[str, Step]


def differing(before: Fields, said: Fields) -> dict[str, Step]:
    """The fields of which the file says something else; of what it does not speak, it says nothing."""
    return {name: Step(before.get(name), value) for name, value in said.items() if not _same(before.get(name), value)}


def _same(one: object, other: object) -> bool:
    """Whether two values say the same; an instant is the same in every zone."""
    if one == other or not (isinstance(one, str) and isinstance(other, str)):
        return one == other
    return bool(_is_instant(one) and _is_instant(other)) and datetime.fromisoformat(one) == datetime.fromisoformat(other)


_is_instant = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d").fullmatch


def compared(differences: Mapping[str, Step], spoken: Collection[str], *, overwrite: bool) -> Compared:
    """The law of a second import. `spoken`: the fields of which something else than an import on this laptop spoke last.

    Written is what fills a gap or corrects what an import wrote. What a person wrote, or cleared, stays, unless `overwrite`.
    A place is one thing: half of it from a person and half from a file would be another place.
    """
    stay = set() if overwrite else differences.keys() & spoken
    if stay & {*PLACE}:
        stay |= differences.keys() & {*PLACE}
    kept = {name: step for name, step in differences.items() if name in stay and not same(name, *step)}
    return Compared({name: step for name, step in differences.items() if name not in stay}, kept)
