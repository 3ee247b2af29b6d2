"""When merchants signed up, as recorded now: corrections and merges included."""

import sqlite3
from datetime import date

from outreach.domain import acts
from outreach.domain.change import Draft
from outreach.store.journal import record
from outreach.store.signups import sign_ups, visited


def put(db: sqlite3.Connection, *drafts: Draft) -> None:
    record(db, drafts, now=1_795_000_000_000, label="test")


def visit(i: str, merchant: str, day: str, outcome: str = "signed_up") -> Draft:
    return acts.new_record("visit", i, {"merchant": merchant, "visited_at": day, "outcome": outcome})


def test_the_days_of_each_merchant_the_earliest_first(db: sqlite3.Connection) -> None:
    shops = (acts.new_record("merchant", i, {"name": i}) for i in ("one", "two"))
    put(
        db, *shops, visit("a", "one", "2026-11-09"), visit("b", "one", "2026-11-02"), visit("c", "two", "2026-11-03", "pending")
    )
    assert sign_ups(db) == {"one": [date(2026, 11, 2), date(2026, 11, 9)]}
    assert visited(db) == (date(2026, 11, 2), date(2026, 11, 9))


def test_one_that_was_merged_since_has_the_days_of_both_under_either_id(db: sqlite3.Connection) -> None:
    put(db, *(acts.new_record("merchant", i, {"name": i}) for i in ("one", "two")), visit("a", "two", "2026-11-09"))
    put(db, Draft("merchant", "two", {"merged_into": "one"}))
    assert sign_ups(db) == {"one": [date(2026, 11, 9)], "two": [date(2026, 11, 9)]}


def test_a_visit_that_was_taken_back_counts_no_more(db: sqlite3.Connection) -> None:
    put(db, acts.new_record("merchant", "one", {"name": "one"}), visit("a", "one", "2026-11-09"))
    put(db, Draft("visit", "a", {"removed": True}))
    assert (sign_ups(db), visited(db)) == ({}, None)
