"""Segments of laptops that are not here, written by hand; and how what a sync came to is looked at."""

import re
from collections.abc import Iterable
from typing import Any

from outreach.domain.change import canonical
from outreach.store import segments
from outreach.store.check import examine
from outreach.sync import segment
from outreach.sync.folder import Folder
from outreach.sync.replay import file_of
from outreach.sync.result import Reason, Remark, SyncResult
from outreach.sync.segment import Place
from tests.sync.conftest import Peer, Team

ZZ = "00000000zz"


def line(name: str, stamp: int = 5, /, *, kind: str = "merchant", base: int | None = None, **fields: object) -> str:
    """A change as this version writes it: of a shop that is called `name`, or has these fields."""
    rest = {} if base is None else {"base": base}
    return canonical(rest | {"fields": fields or {"name": name}, "id": id_of(name), "kind": kind, "stamp": stamp})


def id_of(name: str) -> str:
    """An id as this version makes them: what a reader knows as its own form, and keeps as rows alone."""
    return name if re.fullmatch("[0-9a-z_]+", name) else "m" + name.encode().hex()


def made(device: str, *lines: str, number: int = 1, **facts: Any) -> tuple[Place, bytes]:
    """A segment of that laptop with these lines: its place, and its bytes. `facts`: more for its header.

    A byte that is no text is written as half a character ("\\udcff").
    """
    body = "".join(f"{text}\n" for text in lines).encode("utf-8", "surrogateescape")
    known = {"device": device, "name": "far away", "number": number, "previous": None, "export": None}
    head = segment.head_of(body, len(lines), **known | facts)
    return Place(device, number, segment.hash_of(head, body)[:16]), segment.assemble(head, body)


def put(team: Team, device: str, *lines: str, number: int = 1, **facts: Any) -> Place:
    """Such a segment in the team's folder."""
    place, data = made(device, *lines, number=number, **facts)
    Folder(team.share).write_segment(place, data, device)
    return place


def hash_of(team: Team, place: Place) -> str:
    """The sha256 of a file in the team's folder."""
    return segment.sha256((team.share / place.file).read_bytes())


def waiting(result: SyncResult) -> dict[str, Reason]:
    """What waits, and why."""
    return {item.file: item.reason for item in result.set_aside}


def remarks(result: SyncResult) -> list[tuple[Remark, int]]:
    """What was remarked, but for the first sync with a folder."""
    return [(n.remark, n.count) for n in result.notices if n.remark is not Remark.JOINED]


def names(peer: Peer) -> set[str]:
    """The shops that a laptop shows."""
    return {row["name"] for row in peer.db.execute("SELECT name FROM merchant WHERE live = 1")}


def files(team: Team) -> dict[str, bytes]:
    """All segments in the team's folder, by their path in it."""
    return {p.relative_to(team.share).as_posix(): p.read_bytes() for p in team.share.glob("changes/*/*.jsonl")}


def given_back(peer: Peer) -> dict[str, bytes]:
    """All segments that a laptop would put into an empty folder."""
    kept = segments.kept(peer.db)
    return {Place(s.device, s.number, s.hash[:16]).file: file_of(peer.db, s) for s in kept}


def faults(peers: Iterable[Peer]) -> list[object]:
    """What `outreach doctor` finds in these laptops' databases."""
    return [finding for peer in peers for finding in examine(peer.db) if not finding.ok]
