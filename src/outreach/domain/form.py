"""What a kind of record is made of: its fields, and what their values look like. No kind of ours is known here."""

from enum import StrEnum, auto
from typing import NamedTuple


class Form(StrEnum):
    """What a field's value looks like in JSON."""

    TEXT = auto()  # one line
    NOTE = auto()  # some lines
    NUMBER = auto()  # a whole number, 0 or more
    DEGREES = auto()  # micro-degrees: no float is ever synced
    FLAG = auto()  # true or false
    DAY = auto()  # 2026-11-24
    MOMENT = auto()  # 2026-11-24T15:30:00+08:00, or a day where the hour is not known
    WORD = auto()  # one of a closed set
    WORDS = auto()  # a list of words
    REFERENCE = auto()  # the id of a record
    REFERENCES = auto()  # a list of ids


class Field(NamedTuple):
    """A field of a record. `words`: its closed set. `to`: the kind it points to. `contact`: hidden unless asked for."""

    name: str
    form: Form = Form.TEXT
    required: bool = False
    words: type[StrEnum] | None = None
    to: str | None = None
    contact: bool = False


class Kind(NamedTuple):
    """A kind of record. `named`: the field people find it by. `dated`: the field that says when it happened."""

    name: str
    plural: str
    fields: tuple[Field, ...]
    named: str | None = None
    dated: str | None = None

    def field(self, name: str) -> Field | None:
        """The field of that name, or None."""
        return next((f for f in self.fields if f.name == name), None)

    @property
    def required(self) -> tuple[str, ...]:
        """The fields without which a record is not shown."""
        return tuple(f.name for f in self.fields if f.required)
