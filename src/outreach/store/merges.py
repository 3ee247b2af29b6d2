"""What a merge changed on the shop that stayed, read from the journal, so that it can be given back weeks later."""

import sqlite3
from collections.abc import Sequence

from outreach.domain.change import Fields
from outreach.store.history import Entry, history_of
from outreach.store.records import get_record

_ACT = 1000  # ms; an act has one time, and a record with a later stamp is given the next one


def before_merge(db: sqlite3.Connection, root: str, part: str) -> Fields:
    """The fields of `root` that merging `part` into it changed and nobody changed since, as they were before."""
    told = history_of(db, root)
    links = [e for e in told if e.change.id == part and e.change.fields.get("merged_into") == root]
    now = get_record(db, "merchant", root) or {}
    other = get_record(db, "merchant", part) or {}
    found = _taken(told, links[-1], other) if links else {}
    return {field: was for field, was in found.items() if now.get(field) == other.get(field)}


def _taken(told: Sequence[Entry], link: Entry, other: Fields) -> Fields:
    """What the fields were that got the part's value in the act of the link."""
    root, device, stamp = link.change.fields["merged_into"], link.change.device, link.change.stamp
    near = (e for e in told if e.change.id == root and e.change.device == device and abs(e.change.stamp - stamp) < _ACT)
    return {f: e.before[f] for e in near for f, value in e.change.fields.items() if f in other and value == other[f]}
