"""Changes that are read in one look, as most are, and the rest: what a segment brings. Pure.

A pattern for each kind, made from the forms of its fields. It matches what is plain: canonical JSON without escapes, of fields
that this version knows, each with a value that fits. The law (tests/domain/test_plain.py): what it reads is what
`outreach.domain.fold` makes of that change alone. So a record of which nothing else is known has its row at once, and many are
handled by column. What the pattern does not match goes the long way there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from outreach.domain.change import Change, Written
from outreach.domain.form import Field, Form, Kind

Row = tuple[Any, ...]  # texts, and None


@dataclass(frozen=True)
class Block:
    """Changes of one kind that were read in one look. `places`: which lines they are, from 0.

    `rows`: of each its base, the text of its fields, their values in the order of `names` (lists as their JSON text), the id of
    its record, its stamp and its worker; as they were read, None where there is none.
    """

    kind: str
    places: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        """Whose changes they are."""
        return [row[-3] for row in self.rows]

    @cached_property
    def columns(self) -> Sequence[Sequence[Any]]:
        """The same as `rows`, once they are complete, column by column."""
        return list(zip(*self.rows, strict=True))


@dataclass(frozen=True, slots=True)
class Batch:
    """The changes of one laptop that came together, each in its line, from 0: plain ones by kind, and the others."""

    device: str
    plain: Sequence[Block] = ()
    others: Mapping[int, Written] = field(default_factory=dict)

    @classmethod
    def of(cls, *changes: Change) -> "Batch":
        """These, none of them taken for plain."""
        return cls(changes[0].device if changes else "", (), dict(enumerate(map(Written.of, changes))))

    def __len__(self) -> int:
        return len(self.others) + sum(len(block.rows) for block in self.plain)

    @property
    def written(self) -> list[Written]:
        """All of them, in their order."""
        found = dict(self.others)
        for block in self.plain:
            found |= {place: self.unfold(block, row) for place, row in zip(block.places, block.rows, strict=True)}
        return [found[place] for place in sorted(found)]

    def unfold(self, block: Block, row: Row) -> Written:
        """A plain change as any other."""
        base, text, *_values, record, stamp, worker = row
        return Written(int(stamp), self.device, block.kind, record, text, worker, None if base is None else int(base))


def pattern(kind: Kind) -> str:
    """The expression for the text of the fields, with a group for each, in the order of `names`."""
    members = (f'(?:"{field.name}":{_value(field)}(?:,|(?=}})))?+' for field in _sorted(kind))
    return rf"\{{{''.join(members)}(?<!,)\}}"


def names(kind: Kind) -> list[str]:
    """What the groups are, in their order."""
    return [field.name for field in _sorted(kind)]


def _sorted(kind: Kind) -> list[Field]:
    return sorted(kind.fields, key=lambda field: field.name)


def _value(field: Field) -> str:
    if field.words is not None:
        return f'"({"|".join(field.words)})"'
    return _VALUES[field.form]


_PLAIN = r'[^"\\\x00-\x1f\ud800-\udfff]++'
_TEXT = f'"({_PLAIN})"'
_LIST = rf'(\[(?:"{_PLAIN}"(?:,"{_PLAIN}")*+)?\])'
_NUMBER = "0|[1-9][0-9]{0,17}"  # what surely fits 64 bits
_DAY = (  # that the calendar has; 29 February goes the long way
    "(?!0000)[0-9]{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
)
_HOUR = "(?:[01][0-9]|2[0-3])"
_TIME = f"T{_HOUR}:[0-5][0-9](?::[0-5][0-9])?(?:[+-]{_HOUR}:[0-5][0-9]|Z)"
_VALUES: Mapping[Form, str] = {
    Form.TEXT: _TEXT,
    Form.NOTE: _TEXT,
    Form.REFERENCE: _TEXT,
    Form.NUMBER: f"({_NUMBER})",
    Form.DEGREES: f"({_NUMBER}|-[1-9][0-9]{{0,7}}|-1[0-7][0-9]{{7}})",
    Form.FLAG: "(true|false)",
    Form.DAY: f'"({_DAY})"',
    Form.MOMENT: f'"({_DAY}(?:{_TIME})?)"',
    Form.WORDS: _LIST,
    Form.REFERENCES: _LIST,
}
