"""Laptops, views of one folder, and everything that goes wrong: after all is delivered, all hold the same, and nothing is lost.

A state machine: 3 laptops at first, up to 5 with those whose disks are copied. The steps record, sync (with clocks that are
wrong and a folder that refuses), carry files between views in any order and number, spoil them, bring back older states.

The long run: python scripts/bench/long_sync.py --minutes 60
"""

import json
import shutil
import tempfile
from contextlib import closing, suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from outreach.domain.acts import community_id, mark_id, override_id, separation_id
from outreach.domain.change import Draft, canonical
from outreach.errors import OutreachError
from outreach.errors.registers import NothingToUndo
from outreach.store import segments
from outreach.store.check import examine
from outreach.store.connection import FILE, open_database
from outreach.store.journal import record
from outreach.store.undo import undo
from outreach.sync import exchange, identity
from outreach.sync.folder import EXPORT, IDENTITY, Folder
from outreach.sync.replay import file_of
from outreach.sync.result import Laptop, Notice, Remark
from outreach.sync.segment import sha256
from tests.sync.conftest import NOON, Peer
from tests.sync.test_law import folded, rows
from tests.sync.views import COPIES, ERRORS, SPOIL, FaultyFolder, Killed, carry, files_of, heal, is_whole, restore, snapshot

DAY = 86_400_000
CLOCKS = st.sampled_from([NOON, NOON, NOON + 1, NOON + DAY, NOON - DAY, 0, NOON + 10 * 366 * DAY])
SHOPS = st.sampled_from(["m1", "m2", "m3"])
TEXTS = st.sampled_from(["老王超市", "重庆小面", "13800000001", 'a"b\\c', "é", "[red]x[/red]"])
GONE = st.sampled_from([True, None])
ODD = st.sampled_from([39_900_000, -116_400_000, "far away", None])  # micro-degrees, and no degrees
DRAFTS = st.one_of(
    st.builds(
        lambda i, fields: Draft("merchant", i, fields),
        SHOPS,
        st.dictionaries(st.sampled_from(["name", "phone", "owner", "of_a_later_version"]), st.none() | TEXTS, min_size=1),
    ),
    st.builds(lambda i, gone: Draft("merchant", i, {"removed": gone}), SHOPS, GONE),
    st.builds(lambda i, j: Draft("merchant", i, {"merged_into": j}), SHOPS, st.none() | SHOPS),
    st.builds(
        lambda i, m, outcome, at: Draft("visit", i, {"merchant": m, "outcome": outcome, "visited_at": at}),
        st.sampled_from(["v1", "v2", "v3", "v4"]),
        SHOPS,
        st.sampled_from(["pending", "refused", "signed_up", "not_met", "of_a_later_version"]),
        st.sampled_from(["2026-11-20", "2026-11-24T09:00:00+08:00"]),
    ),
    st.builds(
        lambda name, facts: Draft("community", community_id(name), {"name": name} | facts),
        st.sampled_from(["皮村", "上冲"]),
        st.dictionaries(st.sampled_from(["families", "needs", "of_a_later_version"]), st.none() | st.sampled_from([0, 73])),
    ),
    st.builds(
        lambda i, name, facts: Draft("place", i, {"name": name} | facts),
        st.sampled_from(["p1", "p2"]),
        TEXTS,
        st.fixed_dictionaries(
            {},
            optional={
                "kind": st.sampled_from(["school", "later"]),
                "lat": ODD,
                "datum": st.sampled_from(["bd09", "later", None]),
                "relation": st.sampled_from(["known", "trusted", "later", None]),
                "source": st.none() | TEXTS,
                "removed": GONE,
            },
        ),
    ),
    st.builds(
        lambda i, degrees: Draft("merchant", i, {"lat": degrees, "lon": degrees, "datum": "gcj02"}),
        SHOPS,
        ODD,
    ),
    st.builds(
        lambda i, j, gone: Draft("separation", separation_id(i, j), {"merchant": i, "other": j, "removed": gone}),
        SHOPS,
        SHOPS,
        GONE,
    ),
    st.builds(
        lambda m, gone: Draft(
            "override", override_id(m), {"merchant": m, "ruling": "pin", "note": "?", "at": "2026-11-24", "removed": gone}
        ),
        SHOPS,
        GONE,
    ),
    st.builds(
        lambda m, due: Draft("tag", mark_id(m, "跟进"), {"merchant": m, "label": "跟进", "due": due}),
        SHOPS,
        st.sampled_from(["2026-12-01", "2026-12-24", None]),
    ),
    st.just(Draft("made_up_later", "x1", {"name": "?", "deep": ["a", "b"]})),
)
FAULTS = st.dictionaries(st.integers(0, 12), st.sampled_from([*ERRORS, "torn", "killed"]), max_size=2)
TEAM = "0" * 32
MOST = 5  # laptops, and states to come back to
WHO = st.integers(0, MOST - 1)


class Machine(RuleBasedStateMachine):
    """The laptops, what they have recorded, and their views of the folder."""

    steps = 0
    synced = 0
    template: Path | None = None

    def __init__(self) -> None:
        super().__init__()
        memory = Path("/dev/shm")
        self.place = Path(tempfile.mkdtemp(prefix="machine-", dir=memory if memory.is_dir() else None))
        self.peers: list[Peer] = []
        self.ids = count(100)
        self.recorded: set[tuple[str, str, str]] = set()
        self.at_risk: set[tuple[str, str, str]] = set()  # not in any laptop any more, after a restore: in files, if at all
        self.forgot = False  # whether a restored laptop had a change that no other holds, be it the same as one they hold
        self.views_then: list[tuple[int, dict[str, Any]]] = []
        self.homes_then: list[tuple[int, Path]] = []

    def teardown(self) -> None:
        for peer in self.peers:
            peer.db.close()
        shutil.rmtree(self.place)

    # --- the laptops

    @initialize()
    def begin(self) -> None:
        if Machine.template is None:
            Machine.template = Path(tempfile.mkdtemp(prefix="template-"))
            with closing(open_database(Machine.template)) as db:
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for _number in range(3):
            peer = self._new(Machine.template / FILE)
            peer.db.execute("UPDATE meta SET value = ? WHERE key = 'device'", (f"{len(self.peers):010}",))
        first = self.peers[0]
        identity.found(Folder(first.share), TEAM)
        exchange.join(first.db, Folder(first.share))
        for peer in self.peers[1:]:
            carry(first.share, peer.share, [])

    def _new(self, database: Path) -> Peer:
        number = len(self.peers)
        home, view = self.place / f"home{number}", self.place / f"view{number}"
        home.mkdir()
        view.mkdir()
        shutil.copy(database, home / FILE)
        self.peers.append(Peer(home, open_database(home), view))
        return self.peers[-1]

    def _peer(self, who: int) -> Peer:
        return self.peers[who % len(self.peers)]

    def _copy(self, peer: Peer, name: str) -> Path:
        """The laptop's database, as a copied disk or a backup has it."""
        peer.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return Path(shutil.copy(peer.home / FILE, self.place / name))

    # --- what people do

    @rule(who=WHO, drafts=st.lists(DRAFTS, min_size=1, max_size=3), clock=CLOCKS)
    def records(self, who: int, drafts: list[Draft], clock: int) -> None:
        record(self._peer(who).db, drafts, now=clock, label="test", worker="王芳")
        self.recorded |= {(draft.kind, draft.id, canonical(draft.fields)) for draft in drafts}

    @rule(who=WHO, clock=CLOCKS, faults=FAULTS)
    def syncs_in_trouble(self, who: int, clock: int, faults: dict[int, int | str]) -> None:
        self._sync(who, clock, faults)

    def _sync(self, who: int, clock: int, faults: dict[int, int | str]) -> None:
        peer = self._peer(who)
        Machine.synced += 1
        try:
            exchange.sync(peer.db, FaultyFolder(peer.share, faults), self._laptop(peer, clock), many=3)
        except (OutreachError, Killed):
            assert not peer.db.in_transaction

    def _laptop(self, peer: Peer, clock: int) -> Laptop:
        """New ids are drawn in order, so that a run can be run again: files are chosen by their place among the names."""
        laptop = exchange.laptop_of(peer.db, peer.name, peer.home, clock)
        return replace(laptop, entropy=lambda size: next(self.ids).to_bytes(size))

    @rule(who=WHO, clock=CLOCKS)
    def syncs_undisturbed(self, who: int, clock: int) -> None:
        self._sync(who, clock, {})

    @rule(clock=CLOCKS)
    def sync_one_after_another(self, clock: int) -> None:
        for who in range(len(self.peers)):
            self._sync(who, clock, {})

    @rule(who=WHO)
    def undoes(self, who: int) -> None:
        with suppress(NothingToUndo):
            undone = undo(self._peer(who).db, now=NOON, worker="王芳")
            self.recorded |= {(draft.kind, draft.id, canonical(draft.fields)) for draft in undone.drafts}

    @rule(who=WHO, clock=CLOCKS)
    def rehearses(self, who: int, clock: int) -> None:
        peer = self._peer(who)
        before = peer.journal(), peer.tables(), peer.device
        try:
            exchange.rehearse(peer.db, Folder(peer.share), exchange.laptop_of(peer.db, peer.name, peer.home, clock))
        except OutreachError:
            return
        assert (peer.journal(), peer.tables(), peer.device) == before

    # --- what sync programs, sticks and shares do

    @rule(giver=WHO, taker=WHO, data=st.data())
    def carries_some(self, giver: int, taker: int, data: st.DataObject) -> None:
        there, here = self._peer(giver).share, self._peer(taker).share
        if there != here and (files := sorted(files_of(there))):
            carry(there, here, data.draw(st.lists(st.sampled_from(files), unique=True), label="files"))

    @rule(giver=WHO, taker=WHO)
    def carries_all(self, giver: int, taker: int) -> None:
        there, here = self._peer(giver).share, self._peer(taker).share
        if there != here:
            carry(there, here, files_of(there))

    @rule(giver=WHO, taker=WHO)
    def carries_deletions(self, giver: int, taker: int) -> None:
        there, here = self._peer(giver).share, self._peer(taker).share
        for file in files_of(here).keys() - files_of(there).keys():
            (here / file).unlink()

    @rule(who=WHO, how=st.sampled_from(sorted(SPOIL)), data=st.data())
    def spoils(self, who: int, how: str, data: st.DataObject) -> None:
        view = self._peer(who).share
        if files := files_of(view):
            file = data.draw(st.sampled_from(sorted(files)), label="file")
            (view / file).write_bytes(SPOIL[how](files[file]))

    @rule(who=WHO, name=st.sampled_from(COPIES), data=st.data())
    def makes_a_conflict_copy(self, who: int, name: str, data: st.DataObject) -> None:
        view = self._peer(who).share
        if files := files_of(view):
            path = view / data.draw(st.sampled_from(sorted(files)), label="file")
            shutil.copy(path, path.with_name(name.format(stem=path.stem, name=path.name)))

    @rule(who=WHO, data=st.data())
    def has_not_fetched(self, who: int, data: st.DataObject) -> None:
        view = self._peer(who).share
        if files := files_of(view):
            path = view / data.draw(st.sampled_from(sorted(files)), label="file")
            path.unlink()
            path.with_name(f".{path.name}.icloud").write_bytes(b"placeholder")

    @rule(who=WHO, identity=st.booleans())
    def empties(self, who: int, identity: bool) -> None:  # noqa: FBT001 - drawn
        view = self._peer(who).share
        shutil.rmtree(view / "changes", ignore_errors=True)
        if identity and who % len(self.peers):
            (view / IDENTITY).unlink(missing_ok=True)

    @precondition(lambda self: len(self.views_then) < MOST)
    @rule(who=WHO)
    def remembers_a_view(self, who: int) -> None:
        number = who % len(self.peers)
        self.views_then.append((number, snapshot(self.peers[number].share)))

    @precondition(lambda self: self.views_then)
    @rule(which=WHO)
    def restores_a_view(self, which: int) -> None:
        number, taken = self.views_then[which % len(self.views_then)]
        restore(self.peers[number].share, taken)

    # --- what happens to laptops

    @precondition(lambda self: len(self.peers) < MOST)
    @rule(who=WHO)
    def copies_the_disk(self, who: int) -> None:
        peer = self._peer(who)
        clone = self._new(self._copy(peer, "clone.db"))
        carry(peer.share, clone.share, files_of(peer.share))

    @precondition(lambda self: len(self.homes_then) < MOST)
    @rule(who=WHO)
    def backs_up(self, who: int) -> None:
        number = who % len(self.peers)
        self.homes_then.append((number, self._copy(self.peers[number], f"backup{len(self.homes_then)}.db")))

    @precondition(lambda self: self.homes_then)
    @rule(which=WHO)
    def restores_a_backup(self, which: int) -> None:
        """What only this laptop's lost disk had is lost; nothing else is."""
        number, backup = self.homes_then[which % len(self.homes_then)]
        peer = self.peers[number]
        lost, lines = values(peer), set(peer.journal())
        peer.db.close()
        for left in peer.home.glob(f"{FILE}*"):
            left.unlink()
        shutil.copy(backup, peer.home / FILE)
        peer.db = open_database(peer.home)
        self.at_risk |= lost - set().union(*(values(other) for other in self.peers))
        self.forgot |= not lines <= set().union(*(other.journal() for other in self.peers))

    # --- the law

    @invariant()
    def counts(self) -> None:
        Machine.steps += 1

    def check(self) -> None:
        """Deliver everything, let everyone sync as often as it takes, and compare."""
        gone = self._gone()
        for _round in range(8):
            heal([peer.share for peer in self.peers])
            results = [self._quietly(peer) for peer in self.peers]
            same = len({frozenset(peer.journal()) for peer in self.peers}) == 1
            if same and not any(result.sent or result.received or result.set_aside for result in results):
                break
        heal([peer.share for peer in self.peers])
        results = [self._quietly(peer) for peer in self.peers]
        first, *others = self.peers
        assert [result.set_aside for result in results] == [()] * len(results)
        assert len({result.export_sha256 for result in results}) == 1
        stale = [peer for peer, result in zip(self.peers, results, strict=True) if Notice(Remark.EXPORT_KEPT) in result.notices]
        assert self.forgot or not stale  # an export that knows of what nobody holds any more is not overwritten
        assert stale or len({(peer.share / EXPORT).read_bytes() for peer in self.peers}) == 1
        for other in others:
            assert other.journal() == first.journal()
            assert other.tables() == first.tables()
        assert folded(first) == {key: row for key, row in rows(first).items() if row}
        assert self.recorded - gone <= values(first)
        for peer in self.peers:
            assert [finding.difference for finding in examine(peer.db) if not finding.ok] == []
            for kept in segments.kept(peer.db):
                assert sha256(file_of(peer.db, kept)) == kept.hash

    def _gone(self) -> set[tuple[str, str, str]]:
        """What only a lost disk had, and no whole file has."""
        left = set().union(*(values(peer) | values_in(peer.share) for peer in self.peers))
        return self.at_risk - left

    def _quietly(self, peer: Peer) -> Any:
        return exchange.sync(peer.db, Folder(peer.share), self._laptop(peer, NOON), many=3)


def values(peer: Peer) -> set[tuple[str, str, str]]:
    """What was recorded, whatever id the laptop had."""
    return {(r["kind"], r["id"], r["fields"]) for r in peer.db.execute("SELECT kind, id, fields FROM journal")}


def values_in(view: Path) -> set[tuple[str, str, str]]:
    """The same, of what lies whole in a view."""
    whole = (data for file, data in files_of(view).items() if is_whole(file, data))
    lines = (json.loads(line) for data in whole for line in data.splitlines()[1:])
    return {(line["kind"], line["id"], canonical(line["fields"])) for line in lines}


class Checked(Machine):
    """The machine that checks the law when its steps are over."""

    def teardown(self) -> None:
        try:
            if self.peers:
                self.check()
        finally:
            super().teardown()


def run(examples: int, steps: int, **more: Any) -> None:
    """So many runs of so many steps."""
    chosen = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck), **more
    )
    run_state_machine_as_test(Checked, settings=chosen)


def test_whatever_happens_all_end_alike() -> None:
    run(60, 40)
