"""What is known of the laptops whose changes are here: what each is called, how much of it is here, what its clock said."""

import sqlite3
from typing import NamedTuple


class Said(NamedTuple):
    """What the header of a segment says of its laptop: what it is called, its clock then, the latest clock it had heard of.

    Both clocks in ms since 1970, 0 where unknown.
    """

    name: str
    clock: int = 0
    heard: int = 0


def note_device(db: sqlite3.Connection, device: str, number: int, said: Said, *, changes: int, newest: int) -> None:
    """Add `changes` of a laptop, with their newest stamp; what it said in its latest segment is what counts."""
    db.execute(
        "INSERT INTO device (id, name, stamp, changes, number, clock, heard) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
        "ON CONFLICT (id) DO UPDATE SET name = iif(?5 >= number, ?2, name), clock = iif(?5 >= number, ?6, clock), "
        "heard = iif(?5 >= number, ?7, heard), number = max(number, ?5), stamp = max(stamp, ?3), changes = changes + ?4",
        (device, said.name, newest, changes, number, said.clock, said.heard),
    )


def device_names(db: sqlite3.Connection) -> dict[str, str]:
    """What each laptop calls itself, by its id."""
    return {row["id"]: row["name"] for row in db.execute("SELECT id, name FROM device")}


class Heard(NamedTuple):
    """A laptop as its latest segment tells of it (clocks in ms since 1970, 0: unknown)."""

    device: str
    name: str
    clock: int
    heard: int


def heard_of(db: sqlite3.Connection) -> list[Heard]:
    """Every laptop of which something is here."""
    return [Heard(*row) for row in db.execute("SELECT id, name, clock, heard FROM device ORDER BY name, id")]


def latest_clock(db: sqlite3.Connection, device: str) -> int:
    """The latest clock (ms) that other laptops' segments told of."""
    (latest,) = db.execute("SELECT coalesce(max(clock), 0) FROM device WHERE id <> ?", (device,)).fetchone()
    return int(latest)
