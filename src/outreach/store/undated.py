"""What has no day of its own (merchants, communities, parents), and the marks and decisions: as a day knows them."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from outreach.domain.change import Fields
from outreach.domain.facts import Merchant
from outreach.domain.proximity import spot
from outreach.store.records import all_records

UNDATED = ("merchant", "community", "parent")
_MERCHANTS = "SELECT id, name, community, category, lat, lon, merged_into FROM merchant WHERE live = 1"
_Row = tuple[Any, ...]  # of these columns


@dataclass(frozen=True)
class Undated:
    """Live records by kind and id, and which of their ids were recorded only later. `tags`: live marks, closed ones too.

    `records`: whole, of communities and parents, and of a day that is over of merchants too. `merchants`: all of them, merged
    ones included. `merged`: what each of these was merged into, of these. `overrides`: what people decided, ended or not.
    """

    records: Mapping[str, Mapping[str, Fields]]
    merchants: Mapping[str, Merchant]
    merged: Mapping[str, str]
    tags: Sequence[Fields]
    overrides: Sequence[Fields] = ()
    late: frozenset[str] = frozenset()


def undated_now(db: sqlite3.Connection) -> Undated:
    """The undated records and the marks as they are now, from the tables."""
    records = {kind: {record["id"]: record for record in all_records(db, kind)} for kind in ("community", "parent")}
    cursor = db.cursor()
    cursor.row_factory = None
    merchants, merged = _merchants(cursor.execute(_MERCHANTS), records["community"])
    return Undated(records, merchants, merged, all_records(db, "tag"), all_records(db, "override"))


def as_merchants(records: Iterable[Fields], communities: Collection[str]) -> tuple[dict[str, Merchant], dict[str, str]]:
    """Live merchants by id, and what was merged into what. `communities`: the ids of those on the lists."""
    names = ("id", "name", "community", "category", "lat", "lon", "merged_into")
    return _merchants((tuple(map(record.get, names)) for record in records), communities)


def _merchants(rows: Iterable[_Row], communities: Collection[str]) -> tuple[dict[str, Merchant], dict[str, str]]:
    merchants, merged = {}, {}
    for i, name, place, category, lat, lon, into in rows:
        at = None if lat is None else spot(lat, lon)
        astray = at is None and (lat is not None or lon is not None)
        merchants[i] = Merchant(i, name, place if place in communities else None, category, at, astray)
        if into:
            merged[i] = into
    return merchants, {i: into for i, into in merged.items() if into in merchants}
