"""Reading a segment that somebody wrote: is it what it says? Nothing of it is believed before it is checked.

Bytes in, values out: knows no folder and no database.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError
from pydantic_core import from_json

from outreach.domain.change import LATEST, Written, canonical
from outreach.domain.plain import Batch, Block, pattern
from outreach.domain.records import KINDS
from outreach.errors.sharing import SegmentRefused
from outreach.sync.result import Reason
from outreach.sync.segment import FORMAT, PLAIN, Header, Place, sha256

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
    id: Annotated[str, Field(min_length=1, pattern=r"^[^\x00]+$")]
    kind: Annotated[str, Field(min_length=1, pattern=r"^[^\x00]+$")]
    stamp: Annotated[int, Field(ge=0, le=LATEST)]
    worker: str | None = None
    base: Annotated[int | None, Field(ge=0, le=LATEST)] = None


_LINE = TypeAdapter(_Line)


@dataclass(frozen=True, slots=True)
class Received:
    """A segment that is what it says. `head` is its header line, `hash` the sha256 of the whole file."""

    header: Header
    head: str
    hash: str
    body: bytes

    @property
    def file(self) -> bytes:
        """Its bytes."""
        return self.head.encode() + b"\n" + self.body

    def lines(self) -> "Lines":
        """Its changes, in its order."""
        return lines_of(self.body, self.header.device)


@dataclass(frozen=True, slots=True)
class Lines:
    """The changes of a segment. `odd`: the numbers, from 1, of lines that this version cannot read; they wait.

    `exact`: every line is as this version writes it, so that the journal can give back the bytes.
    """

    changes: Batch
    odd: tuple[int, ...]
    exact: bool


def lines_of(body: bytes, device: str) -> Lines:
    """The lines of a body. One that no version writes does not keep the others from being read."""
    text = body.decode(errors="surrogateescape").removesuffix("\n")
    lines = text.split("\n")
    plain, rest = _plain(lines) if unicodedata.is_normalized("NFC", text) else ([], range(len(lines)))
    others: dict[int, Written] = {}
    odd = []
    exact = True
    for place in rest:
        found = _as_written(lines[place], device)
        if found is None:
            exact = False
            found = _other(lines[place], device)
        if found is None:
            odd.append(place + 1)
        else:
            others[place] = found
    return Lines(Batch(device, plain, others), tuple(odd), exact)


_STAMP = "0|[1-9][0-9]{0,14}"  # surely no more than LATEST
_KIND = re.compile(r'"kind":"([a-z_]+)","stamp":')


@cache
def _line_of(kind: str) -> re.Pattern[str]:
    """A line with a plain change of that kind, as this version writes it."""
    return re.compile(
        rf'\{{(?:"base":({_STAMP}),)?"fields":({pattern(KINDS[kind])}),"id":"([0-9a-z_]+)","kind":"{kind}",'
        rf'"stamp":({_STAMP})(?:,"worker":"([^"\\\x00-\x1f\ud800-\udfff]*)")?\}}'
    )


def _plain(lines: Sequence[str]) -> tuple[list[Block], list[int]]:
    """Which of these lines, in NFC, are read in one look; and the places of the others. Each is first tried as of the kind
    that the one before was of: a run of one kind, which most are, without a step for each.
    """
    blocks: dict[str, Block] = {}
    rest: list[int] = []
    block, match = Block(""), re.compile("(?!)").fullmatch
    for start in range(0, len(lines), _RUN):
        run = lines[start : start + _RUN]
        matches = list(map(match, run))
        if None not in matches:
            block.places.extend(range(start, start + len(run)))
            block.rows.extend(map(_GROUPS, matches))
            continue
        for place, line in enumerate(run, start):
            found = match(line)
            if found is None and (told := _KIND.search(line)) and told[1] in KINDS and told[1] != block.kind:
                block = blocks.setdefault(told[1], Block(told[1]))
                match = _line_of(told[1]).fullmatch
                found = match(line)
            if found is None:
                rest.append(place)
            else:
                block.places.append(place)
                block.rows.append(found.groups())
    return list(blocks.values()), rest


_RUN = 100  # lines that are tried together
_GROUPS: Callable[[Any], tuple[str | None, ...]] = re.Match.groups


_FORM = re.compile(
    r'\{(?:"base":(0|[1-9][0-9]{0,15}),)?"fields":(\{.*\}),"id":"([0-9a-z_]+)","kind":"([a-z_]+)",'
    r'"stamp":(0|[1-9][0-9]{0,15})(?:,"worker":("(?:[^"\\\x00-\x1f]|\\["\\])*"))?\}'
)


def _as_written(line: str, device: str) -> Written | None:
    """A line as this version writes it, its fields believed only as far as they are JSON; None for any other."""
    found = _FORM.fullmatch(line)
    if found is None or not unicodedata.is_normalized("NFC", line) or ("\\u" in line and _ESCAPED.search(line)):
        return None
    base, text, record, kind, stamp, worker = found.groups()
    try:
        fields = from_json(text, allow_inf_nan=False)
        author = None if worker is None else from_json(worker)
    except (ValueError, TypeError):  # no JSON, or no UTF-8
        return None
    at, on = int(stamp), None if base is None else int(base)
    if at > LATEST or (on or 0) > LATEST or not _is_sound(fields) or (len(text) > _MANY and _HUGE.search(text)):
        return None
    return Written(at, device, kind, record, text, author, on)


def _is_sound(fields: dict[str, Any]) -> bool:
    """Whether these are values of the kinds that are ever synced; a list among them is looked through."""
    if _SIMPLE.issuperset(map(type, fields.values())):
        return True
    return all(type(v) in _SIMPLE or (type(v) is list and _TEXTS.issuperset(map(type, v))) for v in fields.values())


_SIMPLE = frozenset({str, int, bool, type(None)})
_TEXTS = frozenset({str})
_ESCAPED = re.compile(r"\\u(?!00[01])")  # what needs no escape: decoded, it might not be in NFC
_MANY = 400
_HUGE = re.compile(f"[0-9]{{{_MANY}}}")  # in a number: more than Python would write again without being asked


def _other(line: str, device: str) -> Written | None:
    """A line in another form: other members, another order, nested values. None if it is no change."""
    try:
        found = _LINE.validate_json(line.encode(errors="surrogateescape"), strict=True)
        text = canonical(found.fields)  # no floats: two laptops might write them differently
    except (ValueError, RecursionError):
        return None
    return Written(found.stamp, device, found.kind, found.id, text, found.worker, found.base)


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
