"""A segment: some changes of one laptop in one file, written whole and never touched again. Its form, and how one is made.

Values in, bytes out: knows no folder and no database (`outreach.sync.reading` goes the other way). The form: LF line ends,
UTF-8, canonical JSON (`outreach.domain.change`); a header line, then a line per change. The name carries the number and the
first 16 digits of the file's sha256, so a name promises its bytes. Members that a version does not know are passed over.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from outreach import __version__
from outreach.domain.change import canonical

FORMAT = "outreach/segment/1"
PLAIN = "plain"  # how the changes are sealed; there is no other way yet
MOST = 10_000  # changes in a segment. A bigger backlog makes several, so that no reader needs much memory or a long lock

_NAME = re.compile(r"([0-9]{6,9})-([0-9a-f]{16})\.jsonl")
Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a segment lies: whose it is, its number (from 1), the first 16 digits of its hash."""

    device: str
    number: int
    hash16: str

    @property
    def name(self) -> str:
        """The file's name."""
        return f"{self.number:06d}-{self.hash16}.jsonl"

    @property
    def file(self) -> str:
        """The file, relative to the shared folder."""
        return f"changes/{self.device}/{self.name}"


def place_of(device: str, name: str) -> Place | None:
    """The place that a file's name says, or None where it is no segment's name."""
    match = _NAME.fullmatch(name)
    place = Place(device, int(match[1]), match[2]) if match else None
    return place if place and place.number and place.name == name else None


class Header(BaseModel):
    """The first line. `size` and `sha256` are of the bytes after it; `previous` is the hash of the own segment before.

    `export` is the hash of outreach.json as its writer would have written it then: laptops that hold the same changes and
    say different hashes have a fault to find. `clock` is the writer's clock then, `heard` the latest clock that the writer had
    read of in others' segments (both ms since 1970, 0 where unknown). `replaces`: the hashes of own segments for which this
    one stands.
    """

    model_config = ConfigDict(strict=True, frozen=True)

    format: str
    device: str
    name: str
    number: Annotated[int, Field(ge=1)]
    count: Annotated[int, Field(ge=1)]
    size: int | None = None
    sha256: Hash
    previous: Hash | None
    sealed: str
    version: str
    export: Hash | None
    clock: int = 0
    heard: int = 0
    replaces: tuple[Hash, ...] = ()


def head_of(body: bytes, count: int, **facts: Any) -> str:
    """The header line for a body. `facts`: device, name, number, previous, export, clock, heard, replaces, as in `Header`."""
    header = Header(format=FORMAT, sealed=PLAIN, version=__version__, count=count, size=len(body), sha256=sha256(body), **facts)
    always = {"previous": header.previous, "export": header.export}
    return canonical(header.model_dump(mode="json", exclude_defaults=True) | always)


def assemble(head: str, body: bytes) -> bytes:
    """The file."""
    return head.encode() + b"\n" + body


def hash_of(head: str, body: bytes) -> str:
    """The sha256 of the file."""
    digest = hashlib.sha256(head.encode() + b"\n")
    digest.update(body)
    return digest.hexdigest()


@lru_cache(1024)  # the same ones are asked for their size again and again
def header_of(head: str) -> Header:
    """The header that this laptop wrote in that line."""
    return Header.model_validate_json(head)


def size_of(head: str) -> int:
    """How many bytes the file with this header line has."""
    return len(head.encode()) + 1 + (header_of(head).size or 0)


def sha256(data: bytes) -> str:
    """As 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
