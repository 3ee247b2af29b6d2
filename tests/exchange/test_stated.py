"""A state that somebody changed in a table of shops: it comes from visits, so it is told and not passed over."""

import os
import sqlite3

import pytest

from outreach.domain.acts import Maker
from outreach.domain.change import Draft
from outreach.exchange import stated
from outreach.exchange.entry import Entry
from outreach.exchange.fates import Outcome
from outreach.exchange.importer import Options
from outreach.exchange.run import Sheet, Who, run
from outreach.exchange.table import Row
from outreach.store.journal import record
from outreach.store.records import all_records
from tests.exchange.entries import NOW, counts, entry, take


def row(status: str, name: str = "老王超市") -> Entry:
    found = entry(name=name, community="皮村")
    found.status = status
    return found


def visited(db: sqlite3.Connection, outcome: str) -> None:
    (shop,) = all_records(db, "merchant")
    fields = {"merchant": shop["id"], "visited_at": "2026-11-20", "outcome": outcome}
    record(db, [Draft("visit", f"v{outcome}", fields)], now=NOW, label="visit")


def told(outcome: Outcome) -> list[tuple[int, str, str | None, str]]:
    facts = [(f.number, r.facts) for f in outcome.findings for r in f.remarks if r.code == "status"]
    return [(number, fact["status"], fact["stands"], fact["name"]) for number, fact in facts]


def test_a_state_that_the_records_do_not_say_is_told(db: sqlite3.Connection) -> None:
    take(db, "merchant", [entry(name="老王超市", community="皮村")])
    visited(db, "pending")
    outcome = take(db, "merchant", [row("signed_up")])
    assert told(outcome) == [(2, "signed_up", "pending", "老王超市")]
    assert counts(outcome) == {"doubtful": 1}
    assert outcome.doubted == {"same": 1}
    for said in ("随便", "未走访"):
        assert told(take(db, "merchant", [row(said)])) == [(2, said, "pending", "老王超市")]


@pytest.mark.parametrize(("status", "outcome"), [("pending", "pending"), ("未走访", None), ("Not visited", None)])
def test_one_that_they_say_too_is_not(db: sqlite3.Connection, status: str, outcome: str | None) -> None:
    take(db, "merchant", [entry(name="老王超市", community="皮村")])
    if outcome:
        visited(db, outcome)
    assert counts(take(db, "merchant", [row(status)])) == {"same": 1}


def test_a_new_shop_with_a_state_and_no_visit_is_told(db: sqlite3.Connection) -> None:
    outcome = take(db, "merchant", [row("signed_up")])
    assert told(outcome) == [(2, "signed_up", None, "老王超市")]
    assert outcome.doubted == {"new": 1}


def test_of_a_table_of_shops_without_their_visits_that_is_said_once(db: sqlite3.Connection) -> None:
    take(db, "merchant", [entry(name="老王超市", community="皮村")])
    visited(db, "pending")
    outcome = take(db, "merchant", [row("signed_up"), *(row("pending", f"{i}号店") for i in range(11))])
    assert told(outcome) == [(2, "signed_up", "pending", "老王超市")]
    assert outcome.unvisited == 11


def test_what_the_visits_of_the_file_come_to_is_so_and_what_they_do_not_is_told(db: sqlite3.Connection) -> None:
    names = ("老王超市", "小李菜店")
    shops = [row("signed_up", name) for name in names] + [row("pending", f"{i}号店") for i in range(11)]
    ended = zip(names, ("signed_up", "refused"), strict=True)
    visits = [entry(merchant=name, visited_at="2026-11-20", outcome=outcome) for name, outcome in ended]
    for number, one in enumerate(shops, 2):
        one.row = Row(number, ())
    sheets = [Sheet("商户", "merchant", (), shops), Sheet("走访", "visit", (), visits)]
    outcome, _visits = run(db, sheets, Who(NOW, "林晓", Maker(NOW, os.urandom)), Options())
    assert told(outcome) == [(3, "signed_up", "refused", "小李菜店")]
    assert outcome.unvisited == 11


def test_of_two_shops_of_one_name_the_id_is_said(db: sqlite3.Connection) -> None:
    take(db, "merchant", [entry(name="美宜佳", community="皮村"), entry(name="美宜佳", community="北山村")])
    shop = next(one["id"] for one in all_records(db, "merchant"))
    chosen = row("signed_up", "美宜佳")
    chosen.id = shop
    assert told(take(db, "merchant", [chosen])) == [(2, "signed_up", None, shop)]


def test_beyond_what_can_be_listed_it_is_counted(db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stated, "PROBLEMS", 1)
    outcome = take(db, "merchant", [row("signed_up"), row("signed_up", "东门百货")])
    assert (len(told(outcome)), outcome.unstated) == (1, 1)
