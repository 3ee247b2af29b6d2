"""Reading a segment that somebody wrote: is it what it says? Nothing of it is believed before it is checked.

Bytes in, values out: knows no folder and no database.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError

from outreach.domain.change import Change
from outreach.errors import SegmentRefused
from outreach.sync.result import Reason
from outreach.sync.segment import FORMAT, PLAIN, Header, Place, sha256

LATEST = 2**53 - 1  # the largest stamp: whole in every JSON reader, with room to add to it in SQLite
_FAMILY = re.compile(r"outreach/segment/[0-9]+")


class _Start(BaseModel):
    """As much of a header as tells a newer or a torn file from a foreign one."""

    model_config = ConfigDict(strict=True)

    format: str
    sealed: str = PLAIN
    size: int | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """A change as it lies in a file."""

    fields: dict[str, JsonValue]
    id: Annotated[str, Field(min_length=1)]
    kind: Annotated[str, Field(min_length=1)]
    stamp: Annotated[int, Field(ge=0, le=LATEST)]
    worker: str | None = None


_LINE = TypeAdapter(_Line)


@dataclass(frozen=True, slots=True)
class Received:
    """A segment that is what it says. `head` is its header line, `hash` the sha256 of the whole file."""

    header: Header
    head: str
    hash: str
    body: bytes

    def changes(self) -> Iterator[Change]:
        """Its changes, in its order. Raises SegmentRefused at one that no version writes."""
        return (_change(line, self.header.device) for line in BytesIO(self.body))


def read(place: Place, data: bytes) -> Received:
    """The segment that `data`, found at `place`, is. Raises SegmentRefused with the reason."""
    head, _newline, body = data.partition(b"\n")
    digest = sha256(data)
    reason = _complaint(head, body, intact=digest.startswith(place.hash16)) if data else Reason.EMPTY
    if reason:
        raise SegmentRefused(reason=reason)
    return Received(_header(place, head, body), head.decode(), digest, body)


def _complaint(head: bytes, body: bytes, *, intact: bool) -> Reason | None:
    """What is wrong with a file before its header is read in full. `intact`: its bytes are those that its name promises."""
    try:
        start = _Start.model_validate_json(head)
    except ValidationError:
        return Reason.FOREIGN if intact else Reason.TORN
    if _FAMILY.fullmatch(start.format) and (start.format != FORMAT or start.sealed != PLAIN):
        return Reason.TOO_NEW
    if not intact:
        return Reason.TORN if len(body) < (start.size or 0) else Reason.ALTERED
    return None if start.format == FORMAT else Reason.FOREIGN


def _header(place: Place, head: bytes, body: bytes) -> Header:
    try:
        header = Header.model_validate_json(head)
    except ValidationError:
        raise SegmentRefused(reason=Reason.MALFORMED) from None
    if (header.device, header.number) != (place.device, place.number):
        raise SegmentRefused(reason=Reason.FOREIGN)
    promised = header.count, header.sha256, header.size if header.size is not None else len(body)
    if promised != (body.count(b"\n"), sha256(body), len(body)) or not body.endswith(b"\n"):
        raise SegmentRefused(reason=Reason.MALFORMED)
    return header


def _change(line: bytes, device: str) -> Change:
    try:
        found = _LINE.validate_json(line, strict=True)
        _refuse_floats(found.fields)
    except ValueError:
        raise SegmentRefused(reason=Reason.MALFORMED) from None
    return Change(found.stamp, device, found.kind, found.id, found.fields, found.worker)


def _refuse_floats(value: JsonValue) -> None:
    """No float is ever synced: two laptops might write it differently."""
    if isinstance(value, float):
        raise ValueError("a float")  # noqa: TRY004 - caught with pydantic's own
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            _refuse_floats(part)
