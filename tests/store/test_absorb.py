"""Whether changes come in one look, by column, or one by one: the same is here afterwards."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.domain.change import Change
from outreach.domain.plain import Batch
from outreach.store.absorb import Absorbed, absorb
from outreach.store.check import examine
from outreach.store.connection import open_database, transaction
from outreach.sync.reading import lines_of
from tests.lines import Entry, body_of

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
    body = body_of(Entry(line.kind, line.id, line.stamp, line.worker, line.base, line.text) for line in written)
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


@settings(max_examples=60)  # each makes two databases
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


def absorb_all(db: sqlite3.Connection, *changes: Change) -> Absorbed:
    with transaction(db):
        return absorb(db, read(changes))


def visit(number: int, stamp: int = 5, **fields: object) -> Change:
    said = {"merchant": "m1", "visited_at": f"2026-11-{1 + number % 28:02}", "outcome": "pending"}
    return Change(stamp, FAR, "visit", f"v{number}", fields or said)


def test_of_very_many_visits_the_number_is_kept_up(db: sqlite3.Connection) -> None:
    """More, fewer, gone to another merchant, back again: always as a count would say."""
    shops = [Change(5, FAR, "merchant", i, {"name": i}) for i in ("m1", "m2")]
    absorb_all(db, *shops, *map(visit, range(1200)))
    absorb_all(db, visit(1200), visit(0, 6, removed=True), visit(1, 6, merchant="m2"), visit(2, 6, outcome="signed_up"))
    absorb_all(db, visit(0, 7, removed=False), visit(1, 7, merchant="m1"), visit(3, 6, merchant="m2"), visit(1200, 4, note="?"))
    assert [finding.difference for finding in examine(db) if not finding.ok] == []
    (many,) = db.execute("SELECT visits FROM standing WHERE merchant = 'm1'").fetchone()
    assert many == 1200


def test_a_standing_follows_its_visits_however_they_come_and_go(db: sqlite3.Connection) -> None:
    """Nobody met, a firm refusal, nobody met since, all of it taken back: always as the visits say, or nothing."""
    steps = (
        [Change(5, FAR, "merchant", "m1", {"name": "老王超市"})],
        [visit(1, 5, merchant="m1", visited_at="2026-11-01", outcome="not_met")],
        [visit(2, 5, merchant="m1", visited_at="2026-11-02", outcome="refused", firm=True)],
        [visit(3, 5, merchant="m1", visited_at="2026-11-03", outcome="not_met", by="林晓")],
        [visit(2, 6, removed=True)],
        [visit(1, 6, removed=True), visit(3, 6, removed=True)],
    )
    seen = []
    for step in steps:
        absorb_all(db, *step)
        assert [finding.difference for finding in examine(db) if not finding.ok] == []
        seen.append(tuple(db.execute("SELECT status, firm, visits, last_by FROM standing").fetchone()))
    none = (None, 0, 0, None)
    met, refused, missed = ("not_met", 0, 1, None), ("refused", 1, 2, None), ("refused", 1, 3, "林晓")
    assert seen == [none, met, refused, missed, ("not_met", 0, 2, "林晓"), none]


def test_a_record_may_have_thousands_of_changes(db: sqlite3.Connection) -> None:
    """Whether one is here is looked up: with searching, these took a minute, and nobody could record meanwhile."""
    changes = [Change(5 + number % 2, FAR, "merchant", "m1", {"name": f"店{number}"}) for number in range(4000)]
    assert absorb_all(db, *changes).new == 4000
    assert absorb_all(db, *changes, changes[0]).new == 0


def test_the_same_change_in_another_form_is_here_once(db: sqlite3.Connection) -> None:
    spaced, plain = (
        f'{{"fields":{text},"id":"m1","kind":"merchant","stamp":5}}\n' for text in ('{"name": "甲"}', '{"name":"甲"}')
    )
    with transaction(db):
        assert absorb(db, lines_of((spaced + plain + spaced).encode(), FAR).changes).new == 1
