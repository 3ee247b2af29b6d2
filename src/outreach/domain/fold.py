"""The fold: a record is the union of its changes' fields, the latest stamp winning, field by field.

The laws (tests/domain/test_fold.py): order, repetition and grouping of changes never matter; an edit made after seeing a
value wins; ties are total: stamp, then device, then the value's canonical text.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from outreach.domain.change import Change, Fields, canonical
from outreach.domain.records import REMOVED, Field, Form, Kind

LARGEST = 2**63 - 1
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d|Z))?", re.ASCII)


def fold(kind: Kind, changes: Iterable[Change]) -> Fields:
    """The record's fields. What this version does not know, or what does not fit, is left out (the journal keeps it)."""
    winners: dict[str, tuple[int, str, Any]] = {}
    known = {f.name: f for f in kind.fields}
    for change in changes:
        for name, value in change.fields.items():
            field = known.get(name)
            if field and fits(field, value) and _beats(winners.get(name), change, value):
                winners[name] = (change.stamp, change.device, value)
    return {name: won[2] for name, won in winners.items() if won[2] is not None}


def _beats(current: tuple[int, str, Any] | None, change: Change, value: object) -> bool:
    if current is None:
        return True
    if (change.stamp, change.device) != current[:2]:
        return (change.stamp, change.device) > current[:2]
    return canonical(value) > canonical(current[2])


def is_live(kind: Kind, record: Mapping[str, object]) -> bool:
    """Whether a record is shown: complete, and not removed. (An edit may arrive before the record it edits.)"""
    return not record.get(REMOVED) and all(record.get(name) is not None for name in kind.required)


def fits(field: Field, value: object) -> bool:
    """Whether a value has the field's form. `None` clears a field and always fits."""
    return value is None or _FITS[field.form](field, value)


def _text(_field: Field, value: object) -> bool:
    return isinstance(value, str) and value != "" and "\0" not in value and not re.search("[\ud800-\udfff]", value)


def _texts(field: Field, value: object) -> bool:
    return isinstance(value, list) and all(_text(field, v) for v in value)


def _whole(value: object, least: int) -> bool:
    return type(value) is int and least <= value <= LARGEST


def _is_time(pattern: re.Pattern[str], value: object) -> bool:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


_FITS: Mapping[Form, Callable[[Field, object], bool]] = {
    Form.TEXT: _text,
    Form.NOTE: _text,
    Form.REFERENCE: _text,
    Form.NUMBER: lambda _field, value: _whole(value, 0),
    Form.DEGREES: lambda _field, value: _whole(value, -180_000_000),
    Form.FLAG: lambda _field, value: isinstance(value, bool),
    Form.DAY: lambda _field, value: _is_time(_DAY, value),
    Form.MOMENT: lambda _field, value: _is_time(_MOMENT, value),
    Form.WORD: lambda field, value: field.words is not None and value in list(field.words),
    Form.WORDS: _texts,
    Form.REFERENCES: _texts,
}
