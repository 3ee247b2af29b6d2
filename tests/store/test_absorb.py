"""Whether changes come in one look, by column, or one by one: the same is here afterwards."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.change import Change
from outreach.domain.plain import Batch
from outreach.store.absorb import Absorbed, absorb
from outreach.store.check import examine
from outreach.store.connection import open_database, transaction
from outreach.store.segments import Entry
from outreach.sync.reading import lines_of
from outreach.sync.segment import body_of

FAR = "00000000zz"
names = st.sampled_from(["老王超市", "重庆小面", '"小芳"', "e\u0301"])
visits = st.fixed_dictionaries(
    {},
    optional={
        "merchant": st.sampled_from(["m1", "m2"]),
        "visited_at": st.sampled_from(["2026-11-24", "2026-11-25T09:30:00+08:00"]),
        "outcome": st.sampled_from(["pending", "signed_up", "not_met"]),
        "minutes": st.integers(0, 40),
        "firm": st.booleans(),
        "reasons": st.lists(st.sampled_from(["other", "owner_away"]), max_size=2),
        "removed": st.booleans(),
    },
)
merchants = st.fixed_dictionaries({}, optional={"name": names, "phone": st.none() | st.just("1"), "merged_into": st.just("m2")})
worker = st.sampled_from([None, "王芳"])


def change(kind: str, ids: Sequence[str], fields: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[Change]:
    base = st.none() | st.integers(0, 9)
    return st.builds(Change, st.integers(0, 9), st.just(FAR), st.just(kind), st.sampled_from(ids), fields, worker, base)


segments = st.lists(
    st.lists(change("visit", ["v1", "v2", "v3", "v4"], visits) | change("merchant", ["m1", "m2"], merchants), max_size=8),
    min_size=1,
    max_size=3,
)
TABLES = ("merchant", "visit", "standing", "lookup")


def read(part: Sequence[Change]) -> Batch:
    written = Batch.of(*part).written
    body = body_of(Entry(0, line.kind, line.id, line.stamp, line.worker, line.base, line.text) for line in written)
    return lines_of(body, FAR).changes if part else Batch(FAR)


def held(db: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    """The journal in its order, and the tables."""
    journal = "SELECT kind, id, stamp, device, worker, fields, act, base FROM journal ORDER BY seq"
    tables = [f"SELECT * FROM {table} ORDER BY 1, 2" for table in TABLES]  # noqa: S608 - our own names
    return [[tuple(row) for row in db.execute(sql)] for sql in (journal, *tables)]


def absorbed(home: Path, batches: Sequence[Batch]) -> tuple[list[Absorbed], list[list[tuple[object, ...]]]]:
    with closing(open_database(home)) as db:
        told = []
        for batch in batches:
            with transaction(db):
                told.append(absorb(db, batch))
        assert [finding for finding in examine(db) if not finding.ok] == []
        return told, held(db)


@given(segments)
def test_by_column_or_one_by_one_the_same_is_here_afterwards(parts: list[list[Change]]) -> None:
    batches = [read(part) for part in parts]
    singly = [Batch(FAR, (), dict(enumerate(batch.written))) for batch in batches]
    with TemporaryDirectory() as place:
        assert absorbed(Path(place) / "a", batches) == absorbed(Path(place) / "b", singly)


def test_and_it_does_come_by_column() -> None:
    """Else the law above would say nothing."""
    fields = {"merchant": "m1", "visited_at": "2026-11-24", "outcome": "pending"}
    batch = read([Change(5, FAR, "visit", i, fields) for i in ("v1", "v2")])
    assert ([block.ids for block in batch.plain], batch.others) == ([["v1", "v2"]], {})
