"""docs/sync.md is true where a test can tell: each case names tests that exist, and what it shows is what is written."""

import json
import re
from pathlib import Path

from outreach.domain.change import canonical
from outreach.sync.segment import Header

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "sync.md").read_text(encoding="utf-8")


def test_each_of_the_28_cases_has_a_test_that_exists() -> None:
    rows = re.findall(r"^\| (\d+) .*\| (.*) \|$", TEXT.partition("## The 28 cases")[2], re.M)
    assert [int(number) for number, _tests in rows] == list(range(1, 29))
    for number, tests in rows:
        for named in tests.split(", "):
            file, _colons, function = named.replace("cases/", "sync/cases/", 1).partition("::")
            source = (ROOT / "tests" / file).read_text(encoding="utf-8")
            assert f"\ndef {function}(" in source, (number, named)


def test_every_member_of_the_header_is_explained() -> None:
    table = TEXT.partition("| header member |")[2].partition("\n\n")[0]
    named = {name for cell in re.findall(r"^\| (`.*?) \|", table, re.M) for name in re.findall(r"`(\w+)`", cell)}
    assert named == set(Header.model_fields)


def test_the_change_that_is_shown_is_canonical() -> None:
    (shown,) = re.findall(r'^`(\{"base".*\})`$', TEXT, re.M)
    assert canonical(json.loads(shown)) == shown


def test_laws_are_numbered_without_a_gap() -> None:
    assert [int(n) for n in re.findall(r"^(\d+)\. ", TEXT, re.M)] == list(range(1, 35))
