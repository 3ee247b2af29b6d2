"""The fold: a record is the union of its changes' fields, the latest stamp winning, field by field.

The laws (tests/domain/test_fold.py): order, repetition and grouping of changes never matter; an edit made after seeing a
value wins; ties are total: stamp, then device, then the value's text.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache, partial
from typing import Any, NamedTuple

from outreach.domain.change import Change, Fields, exact
from outreach.domain.form import Field, Form, Kind
from outreach.domain.records import REMOVED

LARGEST = 2**63 - 1
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


class _Test(NamedTuple):
    """A value fits that is of this type exactly (to Python, true is a 1), and of which something `holds`."""

    type: type
    holds: Callable[[Any], object]


def _check(field: Field) -> Callable[[object], bool]:
    type_, holds = _test(field)
    return lambda value: type(value) is type_ and bool(holds(value))


def _test(field: Field) -> _Test:
    if field.words is not None:
        return _Test(str, frozenset(map(str, field.words)).__contains__)
    return _TESTS[field.form]


def _is_time(pattern: re.Pattern[str], value: str) -> bool:
    if not pattern.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


is_text = re.compile("[^\0\ud800-\udfff]+").fullmatch  # no half of a character


def _are_texts(value: list[object]) -> bool:
    return all(type(text) is str and is_text(text) for text in value)


_TEXT = _Test(str, is_text)
_TEXTS = _Test(list, _are_texts)
_TESTS: Mapping[Form, _Test] = {
    Form.TEXT: _TEXT,
    Form.NOTE: _TEXT,
    Form.REFERENCE: _TEXT,
    Form.NUMBER: _Test(int, range(LARGEST + 1).__contains__),
    Form.DEGREES: _Test(int, range(-180_000_000, LARGEST + 1).__contains__),
    Form.FLAG: _Test(bool, {True, False}.__contains__),
    Form.DAY: _Test(str, partial(_is_time, _DAY)),
    Form.MOMENT: _Test(str, partial(_is_time, _MOMENT)),
    Form.WORDS: _TEXTS,
    Form.REFERENCES: _TEXTS,
}
