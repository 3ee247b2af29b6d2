"""What this laptop knows of segments: those it sealed, those it took in, and how to give each back byte for byte.

The rows of table `segment` are the seen-set: (device, number, hash). A row is written in the transaction that writes its
changes, so that neither is there without the other. Knows no files.

A segment's changes are the rows of the journal from `first` to `last`; of an own segment, those of them that were made here
(received ones may lie between). Where rows cannot give its bytes (a line that could not be read, a change that another segment
brought before), `raw` keeps them. One that replaces others has none of both: its body is theirs, one after another.
"""

import dataclasses
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from outreach.domain.plain import Batch
from outreach.store.absorb import Absorbed, absorb
from outreach.store.connection import transaction
from outreach.store.journal import UNSEALED, unsealed_place
from outreach.store.laptops import Said, note_device
from outreach.store.pieces import marks

_HASH16 = 16


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment as it is kept here. `hash`: sha256 of the whole file; `head`: its first line; `id`: of the row, once kept.

    `published`: whether it ever lay in a folder, None where this laptop did not seal it. `odd`: lines that could not be read.
    """

    device: str
    number: int
    hash: str
    head: str
    published: bool | None = None
    odd: int = 0
    first: int | None = None
    last: int | None = None
    id: int = 0


class Lines(NamedTuple):
    """Rows of the journal as they go out, a line for each: from `first` to `last`, how many, their newest stamp."""

    first: int
    last: int
    number: int
    newest: int
    text: str


_COLUMNS = "id, device, number, hash, header, published, odd, first, last"


def _segment(row: sqlite3.Row) -> Segment:
    published = None if row["published"] is None else bool(row["published"])
    facts = (row["device"], row["number"], row["hash"], row["header"], published, row["odd"] or 0)
    return Segment(*facts, row["first"], row["last"], row["id"])


def _select(db: sqlite3.Connection, rest: str, values: Sequence[object] = ()) -> list[Segment]:
    return [_segment(row) for row in db.execute(f"SELECT {_COLUMNS} FROM segment {rest}", values)]  # noqa: S608 - our own words


def seen(db: sqlite3.Connection) -> set[tuple[str, str]]:
    """(device, first 16 digits of the hash) of every segment that is known here, or is replaced by one that is."""
    rows = db.execute("SELECT device, substr(hash, 1, ?) FROM segment", (_HASH16,))
    return {(device, start) for device, start in rows}


def kept(db: sqlite3.Connection) -> list[Segment]:
    """What should lie in the folder: every segment that brought something and that no other replaces."""
    return _select(db, "WHERE replaced_by IS NULL AND first IS NOT NULL ORDER BY device, number")


def own_segments(db: sqlite3.Connection, device: str) -> list[Segment]:
    """What this laptop sealed under that id and nothing replaces, in order."""
    return _select(db, "WHERE device = ? AND published IS NOT NULL AND replaced_by IS NULL ORDER BY number", (device,))


def unpublished(db: sqlite3.Connection) -> list[Segment]:
    """What this laptop sealed, under whatever id, and never put into a folder."""
    return _select(db, "WHERE published = 0 AND replaced_by IS NULL ORDER BY id")


def replaced(db: sqlite3.Connection, device: str) -> list[tuple[Segment, Segment]]:
    """This laptop's segments that others replace, each with the one that stands for it in the end."""
    rows = db.execute("SELECT id, replaced_by FROM segment WHERE device = ? AND replaced_by IS NOT NULL", (device,)).fetchall()
    leads = {row["id"]: row["replaced_by"] for row in rows}
    by_id = {s.id: s for s in _select(db, "WHERE device = ?", (device,))} if leads else {}
    found = []
    for start in leads:
        end = start
        while end in leads:
            end = leads[end]
        found.append((by_id[start], by_id[end]))
    return found


def last_of(db: sqlite3.Connection, device: str) -> Segment | None:
    """The segment of a device with the highest number."""
    return next(iter(_select(db, "WHERE device = ? ORDER BY number DESC LIMIT 1", (device,))), None)


def with_odd_lines(db: sqlite3.Connection) -> list[Segment]:
    """The segments of which a line could not be read."""
    return _select(db, "WHERE odd > 0 AND replaced_by IS NULL ORDER BY device, number")


def oldest_checked(db: sqlite3.Connection) -> Iterator[Segment]:
    """What should lie in the folder, first what was read back longest ago or never."""
    return iter(_select(db, "WHERE replaced_by IS NULL AND first IS NOT NULL ORDER BY coalesce(checked, 0), id"))


def mark_checked(db: sqlite3.Connection, found: Iterable[Segment]) -> None:
    """These segments were read back. Needs a transaction."""
    (turn,) = db.execute("SELECT coalesce(max(checked), 0) + 1 FROM segment").fetchone()
    db.executemany("UPDATE segment SET checked = ? WHERE id = ?", [(turn, segment.id) for segment in found])


def take_in(  # noqa: PLR0913 - a segment is these facts
    db: sqlite3.Connection,
    segment: Segment,
    said: Said,
    lines: Batch,
    file: bytes,
    *,
    exact: bool = True,
    stands_for_others: bool = False,
) -> Absorbed | None:
    """Absorb a segment, once, all of it or nothing; None where it is here already. Needs a transaction.

    `file`: its bytes. They are kept where the journal could not give them back: where not all of its lines are `exact`, or
    another segment had brought some of them. One that brings nothing is not kept at all, unless it `stands_for_others`.
    """
    row = _keep(db, segment)
    if row is None:
        return None
    absorbed = absorb(db, lines)
    if absorbed.new or not exact or stands_for_others:
        whole = exact and absorbed.new == len(lines)
        raw = None if whole else zlib.compress(file)
        values = (absorbed.first or 0, absorbed.last, raw, row)
        db.execute("UPDATE segment SET first = ?, last = ?, raw = ? WHERE id = ?", values)
    _hear(db, segment, said, absorbed)
    return absorbed


def read_again(db: sqlite3.Connection, segment: Segment, lines: Batch, *, odd: int) -> Absorbed:
    """Absorb the lines of a segment that could not be read before. Needs a transaction."""
    absorbed = absorb(db, lines)
    db.execute("UPDATE segment SET odd = ? WHERE id = ?", (odd, segment.id))
    _hear(
        db, dataclasses.replace(segment, number=0), Said(""), absorbed
    )  # as an older one: its name and clocks were noted then
    return absorbed


def _hear(db: sqlite3.Connection, segment: Segment, said: Said, absorbed: Absorbed) -> None:
    """Note what a laptop is called, its clocks, its newest stamp and how many of its changes are here.

    An older segment that comes late does not bring back an old name.
    """
    newest = db.execute(
        "SELECT coalesce(max(stamp), 0) FROM journal WHERE seq BETWEEN ? AND ?", (absorbed.first, absorbed.last)
    ).fetchone()[0]
    note_device(db, segment.device, segment.number, said, changes=absorbed.new, newest=newest)


def seal(db: sqlite3.Connection, segment: Segment, said: Said, lines: Lines) -> None:
    """Note a segment of this laptop with these rows of the journal, which were in none yet. Needs a transaction."""
    row = _keep(db, segment)
    db.execute("UPDATE segment SET first = ?, last = ? WHERE id = ?", (lines.first, lines.last, row))
    note_device(db, segment.device, segment.number, said, changes=lines.number, newest=lines.newest)


def _keep(db: sqlite3.Connection, segment: Segment) -> int | None:
    """The id of the new row, or None where there is one."""
    known = "SELECT 1 FROM segment WHERE device = ? AND hash = ?"
    if db.execute(known, (segment.device, segment.hash)).fetchone():
        return None
    cursor = db.execute(
        "INSERT INTO segment (device, number, hash, header, published, odd) VALUES (?, ?, ?, ?, ?, ?)",
        (segment.device, segment.number, segment.hash, segment.head, segment.published, segment.odd),
    )
    return cursor.lastrowid


def by_hash(db: sqlite3.Connection, device: str, hashes: Sequence[str]) -> list[Segment]:
    """Those segments of a laptop that are known here with their changes, in the order of `hashes`."""
    found = {}
    for segment in _select(db, f"WHERE device = ? AND number > 0 AND hash IN ({marks(hashes)})", (device, *hashes)):
        found[segment.hash] = segment
    return [found[h] for h in hashes if h in found]


def replace(db: sqlite3.Connection, segment: Segment, hashes: Sequence[str], *, body_is_theirs: bool) -> None:
    """Note that a segment, kept already or not, stands for those with these `hashes`, known here or not. Needs a transaction.

    `body_is_theirs`: all of them are known, and its body is theirs, so that nothing of it has to be kept but its header.
    """
    if body_is_theirs:
        _keep(db, segment)
        odd = sum(part.odd for part in by_hash(db, segment.device, hashes))
        values = (odd, segment.device, segment.hash)
        db.execute("UPDATE segment SET first = 0, odd = ? WHERE device = ? AND hash = ?", values)
    (row,) = db.execute("SELECT id FROM segment WHERE device = ? AND hash = ?", (segment.device, segment.hash)).fetchone()
    for part in hashes:
        known = db.execute("UPDATE segment SET replaced_by = ? WHERE device = ? AND hash = ?", (row, segment.device, part))
        if not known.rowcount:
            db.execute(
                "INSERT INTO segment (device, number, hash, header, replaced_by) VALUES (?, 0, ?, '', ?)",
                (segment.device, part, row),
            )


def mark_published(db: sqlite3.Connection, found: Sequence[Segment]) -> None:
    """These segments of this laptop lie in the shared folder."""
    if found:
        with transaction(db):
            db.executemany("UPDATE segment SET published = 1 WHERE id = ?", [(segment.id,) for segment in found])


def raw_of(db: sqlite3.Connection, segment: Segment) -> bytes | None:
    """The whole file, where it had to be kept."""
    (packed,) = db.execute("SELECT raw FROM segment WHERE id = ?", (segment.id,)).fetchone()
    return None if packed is None else zlib.decompress(packed)


def parts_of(db: sqlite3.Connection, segment: Segment) -> list[Segment]:
    """The segments whose bodies are its body; none where it has its own."""
    if segment.first != 0:
        return []
    return by_hash(db, segment.device, json.loads(segment.head).get("replaces", []))


# A row as the line of a segment that it goes out as: canonical JSON, whose fields are the text that was kept. In SQL, since ten
# thousand lines at once cost a third of what they cost one by one. Names are in NFC, as whatever is recorded here.
_LINE = (
    """printf('{%s"fields":%s,"id":%s,"kind":%s,"stamp":%d%s}', iif(base IS NULL, '', printf('"base":%d,', base)), fields, """
    """json_quote(id), json_quote(kind), stamp, iif(worker IS NULL, '', ',"worker":' || json_quote(worker))) || char(10)"""
)


def _lines(db: sqlite3.Connection, rows: str, values: Sequence[object], most: int = -1) -> Lines | None:
    """Those of these rows that come first, `most` at the most (-1: all); None where there are none."""
    sql = (
        "SELECT min(seq), max(seq), count(*), max(stamp), group_concat(line, '') "  # noqa: S608 - our own words
        f"FROM (SELECT seq, stamp, {_LINE} AS line {rows} ORDER BY seq LIMIT ?)"
    )
    found = Lines(*db.execute(sql, (*values, most)).fetchone())
    return found if found.number else None


def lines_of(db: sqlite3.Connection, segment: Segment) -> str:
    """The lines of a segment, made from the journal's rows."""
    own = "AND act IS NOT NULL AND device = ?3" if segment.published is not None else "AND ?3 IS NOT NULL"
    found = _lines(db, f"FROM journal WHERE seq BETWEEN ?1 AND ?2 {own}", (segment.first, segment.last, segment.device))
    return found.text if found else ""


def unsealed(db: sqlite3.Connection, most: int) -> Lines | None:
    """The first rows that are in no segment yet."""
    return _lines(db, UNSEALED, unsealed_place(db), most)


def unsealed_newest(db: sqlite3.Connection) -> int:
    """The newest stamp among the rows that are in no segment yet, 0 without any."""
    (newest,) = db.execute(f"SELECT max(stamp) {UNSEALED}", unsealed_place(db)).fetchone()
    return newest or 0
