"""The numbers of the score as a person set them, checked with pydantic where they come in."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TypeVar

from outreach.domain.rules import Holds, Rules, Weights
from outreach.errors import BadSetting
from outreach.i18n import _
from outreach.settings import Settings

Numbers = TypeVar("Numbers", Weights, Holds)
_LISTS = ("ally_labels",)
_FROM_ONE = ("introduced_fade_days",)
_POINTS, _DAYS = (-100, 100), (0, 3650)


def rules(settings: Settings) -> Rules:
    """The weights and holds in force. Raises BadSetting."""
    weights = _checked(Weights, "weights", settings.weights, settings.path)
    return Rules(weights, _checked(Holds, "holds", settings.holds, settings.path))


def in_force(settings: Settings) -> dict[str, Any]:
    """Every number by its full name (`weights.introduced`). Raises BadSetting."""
    return {
        f"{table}.{name}": list(value) if name in _LISTS else value
        for table, numbers in asdict(rules(settings)).items()
        for name, value in numbers.items()
    }


def _checked(numbers: type[Numbers], table: str, said: Mapping[str, Any], path: Path) -> Numbers:
    """The defaults, but for what was said."""
    if not said:
        return numbers()
    from pydantic import TypeAdapter, ValidationError

    known = [f.name for f in fields(numbers)]
    for name in said:
        if name not in known:
            why = _("there is no such number; there are {names}").format(names=_(", ").join(known))
            raise BadSetting(key=f"{table}.{name}", path=path, why=why)
    try:
        found = TypeAdapter(numbers).validate_json(json.dumps(said, default=str), strict=True)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        raise BadSetting(key=f"{table}.{name}", path=path, why=_wanted(table, name)) from error
    for name in said:
        if name not in _LISTS and not _least(table, name) <= said[name] <= _most(table, name):
            raise BadSetting(key=f"{table}.{name}", path=path, why=_wanted(table, name))
    return found


def _wanted(table: str, name: str) -> str:
    if name in _LISTS:
        return _('it needs a list of texts, such as ["潜在伙伴"]')
    return _("it needs a whole number from {least} to {most}").format(least=_least(table, name), most=_most(table, name))


def _least(table: str, name: str) -> int:
    return 1 if name in _FROM_ONE else 0 if _is_count(name) else (_POINTS if table == "weights" else _DAYS)[0]


def _most(table: str, name: str) -> int:
    return _DAYS[1] if table == "holds" or _is_count(name) else _POINTS[1]


def _is_count(name: str) -> bool:
    """Whether a weight is a number of days or visits, not of points."""
    return name.endswith(("_days", "_free"))
