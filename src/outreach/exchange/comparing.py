"""A record as it is here beside what a file says of it: what to write, and what a person's word stands against. Pure."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from outreach.domain.change import Fields
from outreach.exchange.fates import Step


class Compared(NamedTuple):
    """`changed`: what to write. `kept`: what stays as it is here (before), though the file says otherwise (after)."""

    changed: dict[str, Step]
    kept: dict[str, Step]


def differing(before: Fields, said: Fields) -> dict[str, Step]:
    """The fields of which the file says something else; of what it does not speak, it says nothing."""
    return {name: Step(before.get(name), value) for name, value in said.items() if before.get(name) != value}


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
