"""What is said of a row, in words."""

import sqlite3
from collections import Counter

import pytest

from outreach.cli.changes import Names
from outreach.cli.import_notes import notes
from outreach.cli.imported import Wording
from outreach.cli.remarks import reason, sentence
from outreach.cli.session import Session
from outreach.exchange.fates import Fate, Finding, Outcome, Remark, TakenAs
from outreach.exchange.header_words import EARLIER
from outreach.i18n import use


@pytest.mark.parametrize(("code", "fact"), [("bad_value", "text"), ("no_merchant", "name"), ("formula_failed", "text")])
def test_a_cell_of_a_million_letters_is_named_by_its_beginning(db: sqlite3.Connection, code: str, fact: str) -> None:
    said = sentence(Remark(code, {"field": "address", fact: "东街" * 500_000}), "merchant", Names(db))
    assert "东街东街" in said
    assert len(said) < 200


@pytest.mark.parametrize(
    ("remark", "kind"),
    [
        (Remark("kept", {"kind": "merchant", "field": "phone", "before": "139", "after": "138"}), "merchant"),
        (Remark("differs", {"kind": "merchant", "field": "owner", "before": "139", "after": "138"}), "visit"),
        (Remark("kept", {"kind": "parent", "field": "phone", "before": "139", "after": "138"}), "parent"),
        (Remark("zero_lost", {"text": "138139"}), "parent"),
        (Remark("digits_lost", {"text": "138139E+10"}), "merchant"),
        (Remark("bad_value", {"field": "phone", "text": "138139" * 100}), "visit"),
    ],
)
def test_no_contact_is_in_a_reason_unless_it_was_asked_for(db: sqlite3.Connection, remark: Remark, kind: str) -> None:
    said = sentence(remark, kind, Names(db))
    assert "***" in said
    assert "138" not in said
    assert "139" not in said
    told = sentence(remark, kind, Names(db, contacts=True))
    assert "138" in told
    assert "139" in told


@pytest.mark.parametrize(("fate", "taken_in"), [(Fate.REFUSED, False), (Fate.DOUBTFUL, True)])
def test_only_of_a_row_that_was_taken_in_it_is_said_that_it_was(db: sqlite3.Connection, fate: Fate, taken_in: bool) -> None:  # noqa: FBT001
    unread = Remark("unread", {"field": "reasons", "text": "没空"})
    said = reason(Finding(2, fate, "visit", remarks=(unread,)), Names(db))
    assert "没空" in said
    assert ("taken in" in said) is taken_in


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("code", ["twice", "differs"])
def test_import_knows_by_the_reason_that_an_earlier_row_counts(db: sqlite3.Connection, lang: str, code: str) -> None:
    use(lang)
    facts = {"name": "", "field": "address", "before": "东街", "after": "西街"}
    said = sentence(Remark(code, facts), "merchant", Names(db))
    assert [words for words in EARLIER if words in said]


def test_what_is_no_contact_is_told(db: sqlite3.Connection) -> None:
    remark = Remark("kept", {"kind": "merchant", "field": "address", "before": "东街", "after": "西街"})
    said = sentence(remark, "merchant", Names(db))
    assert "东街, which no import on this laptop wrote" in said  # another laptop's may have


def test_of_very_many_names_that_were_taken_as_others_the_most_frequent_are_told(db: sqlite3.Connection) -> None:
    outcome = Outcome("list", "merchant")
    outcome.taken_as.update({TakenAs("merchant", "community", f"村{i}社区", f"村{i}"): i for i in range(1, 31)})
    said = list(notes([outcome], Names(db)))
    assert said[0] == "community 村30社区: taken as 村30 (30 rows)"
    assert said[12:] == ["And 18 more that were taken as others; --json tells them."]


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


def test_what_is_counted_of_several_sheets_is_added_up(db: sqlite3.Connection) -> None:
    some = [
        Outcome(
            name, "visit", uncompared=n, unstated=2 * n, unvisited=3 * n, private=("孩子姓名",), also=Counter(merchant=4 * n)
        )
        for n, name in enumerate(("上周", "本周", "下周"))
    ]
    some[1].counts.update({Fate.REFUSED: 7, Fate.NEW: 1})
    said = [line.split(": ")[0] + ": " + line.split(": ")[1].split(".")[0] for line in notes(some, Names(db))]
    assert said == [
        "New shops that came along with 本周, 下周: 12",
        "New shops that were not compared with all others: 3",
        "Rows whose status was not compared with the records, for there are too many: 6",
        "New shops that have a status in the file and no visit: 9",
        "Rows to look at beyond those that are listed: 7",
        "Left out, for they may hold what nobody needs here about children or papers: 孩子姓名",
    ]
    assert list(notes([Outcome("list", "merchant")], Names(db))) == []
