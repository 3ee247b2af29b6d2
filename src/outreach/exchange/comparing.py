"""A record as it is here beside what a file says of it: what to write, and what a person's word stands against. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from outreach.domain.change import Fields
from outreach.exchange.fates import Step


class Compared(NamedTuple):
    """`changed`: what to write. `kept`: what stays as it is here (before), though the file says otherwise (after)."""

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


def compared(differences: Mapping[str, Step], imported: Mapping[str, Any], *, overwrite: bool) -> Compared:
    """The law of a second import. `imported`: what imports last wrote into each field of the record.

    Written is what fills a gap or corrects what an import wrote. What a person wrote, or cleared, stays, unless `overwrite`.
    """
    changed: dict[str, Step] = {}
    kept: dict[str, Step] = {}
    for name, step in differences.items():
        mine = imported.get(name) == step.before
        (changed if overwrite or mine else kept)[name] = step
    return Compared(changed, kept)
