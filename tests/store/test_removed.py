"""What was removed is on no list, and still found by its name to be restored."""

import sqlite3

import pytest

from outreach.domain.change import Draft
from outreach.store.journal import record
from outreach.store.removed import merged_with, removed

NOW = 1_764_000_000_000
KINDS = ("merchant", "parent")


@pytest.fixture
def gone(db: sqlite3.Connection) -> sqlite3.Connection:
    """A database with removed shops, one that is there, and a removed parent."""
    names = {"a": "老王超市", "b": "老王超市二店", "c": "老李菜店", "d": "老王超市"}
    drafts = [Draft("merchant", i, {"name": name, "removed": True}) for i, name in names.items()]
    drafts += [Draft("merchant", "e", {"name": "老王面馆"}), Draft("parent", "p", {"alias": "老王", "removed": True})]
    record(db, drafts, now=NOW, label="test")
    return db


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("老王超市", ["d", "a"]),  # those that are called so, the latest first, and no other that fits
        ("老王", ["p"]),
        ("老王超", ["d", "b", "a"]),
        ("lwcs", ["d", "b", "a"]),
        ("laoli", ["c"]),
        ("老李 菜店", ["c"]),
        ("老王面馆", []),
        ("菜店(", []),
        ("", []),
        ("  ", []),
    ],
)
def test_what_was_removed_is_found(gone: sqlite3.Connection, words: str, found: list[str]) -> None:
    assert [one.id for one in removed(gone, words, KINDS)] == found


def test_only_of_the_kinds_that_are_asked_for(gone: sqlite3.Connection) -> None:
    assert [one.id for one in removed(gone, "老王", ["merchant"])] == ["d", "b", "a"]


def test_removed_shops_that_are_one_are_restored_together(gone: sqlite3.Connection) -> None:
    links = {"a": "b", "b": "d", "c": "e"}
    record(gone, [Draft("merchant", part, {"merged_into": whole}) for part, whole in links.items()], now=NOW + 1, label="test")
    for one in "abd":
        assert (merged_with(gone, one)[0], set(merged_with(gone, one))) == ("d", set("abd"))
    assert merged_with(gone, "c") == ["c"]  # what it was merged into was not removed
    record(
        gone,
        [
            Draft("merchant", "x", {"name": "x", "removed": True}),
            Draft("merchant", "y", {"name": "y", "removed": True, "merged_into": "x"}),
        ],
        now=NOW + 2,
        label="test",
    )
    assert set(merged_with(gone, "a")) == set("abd")
