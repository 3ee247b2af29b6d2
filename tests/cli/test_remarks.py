"""What is said of a row, in words."""

import sqlite3

import pytest

from outreach.cli.changes import Names
from outreach.cli.imported import Wording
from outreach.cli.remarks import sentence
from outreach.cli.session import Session
from outreach.exchange.fates import Outcome, Remark


@pytest.mark.parametrize(("code", "fact"), [("bad_value", "text"), ("no_merchant", "name"), ("formula_failed", "text")])
def test_a_cell_of_a_million_letters_is_named_by_its_beginning(db: sqlite3.Connection, code: str, fact: str) -> None:
    said = sentence(Remark(code, {"field": "address", fact: "东街" * 500_000}), "merchant", Names(db))
    assert "东街东街" in said
    assert len(said) < 200


def test_what_many_sheets_have_in_common_is_said_once(db: sqlite3.Connection) -> None:
    session = Session()
    session.db = db
    some = [Outcome(f"村{i}", "merchant", (), ("评分",)) for i in range(3)]
    for i, outcome in enumerate(some):
        outcome.communities[str(i)] = outcome.sheet
    said = list(Wording(session, some).remarks())
    assert said[0] == "New communities: 村0, 村1, 村2"
    assert [line for line in said if "评分" in line] == said[1:]
    assert len(said) == 2
