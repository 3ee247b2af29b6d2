"""The fold: a record is the union of its changes' fields, the latest stamp winning, field by field.

The laws (tests/domain/test_fold.py): order, repetition and grouping of changes never matter; an edit made after seeing a
value wins; ties are total: stamp, then device, then the value's text.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache, partial
from typing import Any

from outreach.domain.change import Change, Fields, exact
from outreach.domain.records import REMOVED, Field, Form, Kind

LARGEST = 2**63 - 1
_HALF = re.compile("[\ud800-\udfff]")  # half a character
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d|Z))?", re.ASCII)


def fold(kind: Kind, changes: Iterable[Change]) -> Fields:
    """The record's fields. What this version does not know, or what does not fit, is left out (the journal keeps it)."""
    winners: dict[str, tuple[int, str, Any]] = {}
    checks = checks_of(kind.fields)
    for change in changes:
        for name, value in change.fields.items():
            check = checks.get(name)
            if check and (value is None or check(value)) and _beats(winners.get(name), change, value):
                winners[name] = (change.stamp, change.device, value)
    return {name: won[2] for name, won in winners.items() if won[2] is not None}


def fold_one(kind: Kind, fields: Fields) -> list[Any]:
    """What one change alone comes to, as the values of the kind's fields in their order. Most records have one change."""
    slots = _slots(kind.fields)
    values: list[Any] = [None] * len(slots)
    for name, value in fields.items():
        if value is not None and name in slots:
            place, check = slots[name]
            if check(value):
                values[place] = value
    return values


@cache
def _slots(fields: tuple[Field, ...]) -> Mapping[str, tuple[int, Callable[[object], bool]]]:
    return {field.name: (place, _check(field)) for place, field in enumerate(fields)}


def _beats(current: tuple[int, str, Any] | None, change: Change, value: object) -> bool:
    if current is None:
        return True
    if (change.stamp, change.device) != current[:2]:
        return (change.stamp, change.device) > current[:2]
    return exact(value) > exact(current[2])


def is_live(kind: Kind, record: Mapping[str, object]) -> bool:
    """Whether a record is shown: complete, and not removed. (An edit may arrive before the record it edits.)"""
    return not record.get(REMOVED) and all(record.get(name) is not None for name in kind.required)


def fits(field: Field, value: object) -> bool:
    """Whether a value has the field's form. `None` clears a field and always fits."""
    return value is None or _check(field)(value)


@cache
def checks_of(fields: tuple[Field, ...]) -> Mapping[str, Callable[[object], bool]]:
    """For each field, by name: whether a value other than None has its form."""
    return {field.name: _check(field) for field in fields}


def _check(field: Field) -> Callable[[object], bool]:
    if field.words is not None:
        return partial(_word, frozenset(map(str, field.words)))
    return _CHECKS[field.form]


def _text(value: object) -> bool:
    return isinstance(value, str) and value != "" and "\0" not in value and (value.isascii() or not _HALF.search(value))


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_text, value))


def _word(words: frozenset[str], value: object) -> bool:
    return isinstance(value, str) and value in words


def _whole(least: int, value: object) -> bool:
    return type(value) is int and least <= value <= LARGEST


def _is_time(pattern: re.Pattern[str], value: object) -> bool:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


_CHECKS: Mapping[Form, Callable[[object], bool]] = {
    Form.TEXT: _text,
    Form.NOTE: _text,
    Form.REFERENCE: _text,
    Form.NUMBER: partial(_whole, 0),
    Form.DEGREES: partial(_whole, -180_000_000),
    Form.FLAG: lambda value: isinstance(value, bool),
    Form.DAY: partial(_is_time, _DAY),
    Form.MOMENT: partial(_is_time, _MOMENT),
    Form.WORDS: _texts,
    Form.REFERENCES: _texts,
}
