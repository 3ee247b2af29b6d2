"""Where two people set one field to different values without knowing of each other. Pure.

The fold has decided (the later stamp stands); this finds what gave way, so that a person can look at it again. It follows from
the set of changes alone, so every laptop that holds the same changes finds the same.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from outreach.domain.change import Change, exact
from outreach.domain.fold import checks_of
from outreach.domain.form import Kind
from outreach.domain.records import REMOVED


class Disagreement(NamedTuple):
    """`stands` and `gave_way` set `field` of one record to different values, and neither writer knew of the other.

    `field` is `removed` too where one removed the record while the other changed it.
    """

    field: str
    stands: Change
    gave_way: Change

    @property
    def values(self) -> tuple[Any, Any]:
        """The value that stands, and the one that gave way."""
        return self.stands.fields.get(self.field), self.gave_way.fields.get(self.field)


def disagreements(kind: Kind, changes: Sequence[Change]) -> list[Disagreement]:
    """Those of one record, by field. When a mark was put on, and by whom, is not disputed: each of both is true.

    As in the fold, a value that this version does not know, or that does not fit, is left out.
    """
    checks = checks_of(kind.fields)
    by_field: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        for name, value in change.fields.items():
            if name in checks and (value is None or checks[name](value)):
                by_field[name].append(change)
    for name, made in by_field.items():
        made.sort(key=partial(_order, name))
    moot = {kind.dated, "by"}
    found = [disagreement for name in sorted(by_field.keys() - moot) for disagreement in _of_field(name, by_field[name])]
    return found or _with_removal(by_field.get(REMOVED, []), sorted(changes, key=partial(_order, None)))


def _order(field: str | None, change: Change) -> tuple[int, str, str, str]:
    """The fold's order of the changes of a field, then anything that tells two apart."""
    value = "" if field is None else exact(change.fields[field])
    return change.stamp, change.device, value, exact([change.fields, change.worker, change.base])


def _of_field(name: str, changes: Sequence[Change]) -> list[Disagreement]:
    """The last one stands; what nobody has built upon, and differs, gave way."""
    stands = changes[-1]
    return [
        Disagreement(name, stands, other)
        for other in changes[:-1]
        if other.fields[name] != stands.fields[name] and not any(later.saw(other) for later in changes if later is not other)
    ]


def _with_removal(removals: Sequence[Change], changes: Sequence[Change]) -> list[Disagreement]:
    """The record is removed; what was changed in it meanwhile gave way."""
    if not removals or not removals[-1].fields[REMOVED]:
        return []
    stands = removals[-1]
    return [
        Disagreement(REMOVED, stands, other)
        for other in changes
        if REMOVED not in other.fields and not stands.saw(other) and not other.saw(stands) and other.base is not None
    ]
