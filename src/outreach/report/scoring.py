"""The numbers of the score as a person set them, checked with pydantic where they come in."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TypeVar

from outreach.domain.rules import Holds, Rules, Weights
from outreach.errors.storage import BadSettingValue, NoSuchNumber
from outreach.i18n import _
from outreach.settings import Settings

Numbers = TypeVar("Numbers", Weights, Holds)
_LISTS = ("ally_labels", "healthy_categories", "food_categories", "other_categories")
_FROM_ONE = ("introduced_fade_days", "far_point_metres", "supermarket_metres", "families_many", "family_size")
_FOR = (  # what speaks for a visit, never against it
    "introduced", "asked", "asked_most", "opinion", "opinions_most", "ally", "neighbour", "neighbour_wanted", "no_point",
    "far_point", "families", "supermarket",
)  # fmt: skip
_AGAINST = ("opinion_wait", "attempt")
_POINTS = 100  # either way
_MOST = {"_days": 3650, "_free": 3650, "_metres": 100_000, "_many": 1_000_000, "_size": 100}  # by how a weight's name ends


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


def nearest(key: str, known: Iterable[str]) -> str:
    """The name of a setting that was most likely meant."""
    import difflib

    return difflib.get_close_matches(key, known, 1, 0)[0]


def _checked(numbers: type[Numbers], table: str, said: Mapping[str, Any], path: Path) -> Numbers:
    """The defaults, but for what was said."""
    if not said:
        return numbers()
    from pydantic import TypeAdapter, ValidationError

    known = [f.name for f in fields(numbers)]
    for name in said:
        if name not in known:
            key = f"{table}.{name}"
            raise NoSuchNumber(key=key, path=path, nearest=nearest(key, [f"{table}.{one}" for one in known]))
    try:
        found = TypeAdapter(numbers).validate_json(json.dumps(said, default=str), strict=True)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        raise _refused(table, name, said[name], path) from error
    for name in said:
        if name not in _LISTS and not _least(table, name) <= said[name] <= _most(table, name):
            raise _refused(table, name, said[name], path)
    return found


def _refused(table: str, name: str, value: object, path: Path) -> BadSettingValue:
    shown = json.dumps(value, ensure_ascii=False, default=str)
    return BadSettingValue(key=f"{table}.{name}", value=shown, path=path, why=_wanted(table, name))


def _wanted(table: str, name: str) -> str:
    if name in _LISTS:
        example = json.dumps(getattr(Weights(), name)[:2], ensure_ascii=False)
        return _("it needs a list of texts, such as {example}").format(example=example)
    return _("it needs a whole number from {least} to {most}").format(least=_least(table, name), most=_most(table, name))


def _least(table: str, name: str) -> int:
    if name in _FROM_ONE:
        return 1
    return -_POINTS if table == "weights" and _counted(name) is None and name not in _FOR else 0


def _most(table: str, name: str) -> int:
    if table == "holds":
        return _MOST["_days"]
    return 0 if name in _AGAINST else _counted(name) or _POINTS


def _counted(name: str) -> int | None:
    """The most that a weight may be which counts days, visits, metres, families or people; None where it is points."""
    return next((most for ending, most in _MOST.items() if name.endswith(ending)), None)
