"""A change: "at stamp S, device D set these fields of record (kind, id)", its one canonical form, and how stamps are made.

No file, no SQL, no clock: the time comes in.
"""

import json
import unicodedata
from typing import Any, NamedTuple

Fields = dict[str, Any]  # field name to its JSON value: text, whole number, true/false, null, or a list of texts


LATEST = 2**53 - 1  # the largest stamp: whole in every JSON reader, with room to add to it in SQLite


class Draft(NamedTuple):
    """What someone wants recorded: these fields of that record. The journal gives it a stamp."""

    kind: str
    id: str
    fields: Fields


class Change(NamedTuple):
    """One entry of the journal. `stamp` is in milliseconds since 1970 (UTC); `worker` is who sat at the laptop.

    `base`: the newest stamp that its writer knew of on the record, None where the writer knew of no such record. So two
    changes that were made without knowledge of each other can be told from an answer to what was seen.
    """

    stamp: int
    device: str
    kind: str
    id: str
    fields: Fields
    worker: str | None = None
    base: int | None = None

    @property
    def key(self) -> tuple[str, str]:
        """The record it belongs to."""
        return self.kind, self.id

    def saw(self, other: "Change") -> bool:
        """Whether its writer knew of another change of the same record."""
        return self.base is not None and self.base >= other.stamp


class Written(NamedTuple):
    """A change as it lies in a segment and in the journal: `text` is the JSON of its fields, as its writer wrote it."""

    stamp: int
    device: str
    kind: str
    id: str
    text: str
    worker: str | None = None
    base: int | None = None

    @classmethod
    def of(cls, change: Change) -> "Written":
        """A change in its one form. Raises ValueError where it has none."""
        text = canonical(change.fields)
        return cls(change.stamp, change.device, change.kind, change.id, text, change.worker, change.base)

    @property
    def key(self) -> tuple[str, str]:
        """The record it belongs to."""
        return self.kind, self.id

    @property
    def meaning(self) -> str:
        """What the text says, in one form whatever its own. (To Python, true is 1.) Raises ValueError where it is no JSON."""
        return exact(json.loads(self.text))

    @property
    def change(self) -> Change:
        """What it says. Raises ValueError where `text` is no JSON."""
        return Change(self.stamp, self.device, self.kind, self.id, json.loads(self.text), self.worker, self.base)


def next_stamp(now: int, newest: int | None) -> int:
    """The stamp of an edit made at `now` (ms) to a record whose newest stamp is `newest`.

    Later than everything seen on the record, so an edit made after seeing a value beats it whatever the clocks say. Never later
    than `LATEST`, which no clock says (after a forged stamp of that size the tie decides), nor before 1970.
    """
    return min(max(now, 0) if newest is None else max(now, newest + 1), LATEST)


def exact(value: object) -> str:
    """The JSON text of a value, character by character what it is: what ties are decided by."""
    return _ENCODER.encode(value)


def canonical(value: object) -> str:
    """The one JSON text of a value: sorted keys, no spaces, NFC, no floats (ValueError)."""
    if _holds_float(value):
        raise ValueError("no floats in what is synced")
    text = _ENCODER.encode(value)
    return text if unicodedata.is_normalized("NFC", text) else _ENCODER.encode(_normal(value))


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _holds_float(value: object) -> bool:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return any(isinstance(one, _NOT_PLAIN) and _holds_float(one) for one in value)
    return isinstance(value, float)


_NOT_PLAIN = (float, dict, list, tuple)


def _normal(value: object) -> object:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {_normal(k): _normal(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_normal(v) for v in value]
    return value
