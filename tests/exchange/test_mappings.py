"""What was said of columns, kept for the next file that has them."""

import os
import stat
from pathlib import Path

import pytest

from outreach.exchange.header_words import PROBLEM_HEADS
from outreach.exchange.mappings import FILE, KIND, remember, remembered

HEADER, SAID = ("门店", "片区", "电话"), {"门店": "name", "片区": "community", KIND: "merchant"}


def test_it_holds_for_files_with_the_same_columns_in_any_order_and_no_others(tmp_path: Path) -> None:
    remember(tmp_path / "home", HEADER, SAID)
    remember(tmp_path / "home", ("甲", "乙"), {"甲": "alias"})
    first = next(iter(PROBLEM_HEADS))
    for same in (HEADER, HEADER[::-1], (" 门店", "片区 ", "电话"), (*first, *HEADER)):
        assert remembered(tmp_path / "home", same) == SAID
    for other in (HEADER[:2], (*HEADER, "备注"), ("门店片区", "电话")):
        assert remembered(tmp_path / "home", other) == {}


@pytest.mark.parametrize("text", ["", "{", "[]", "\udcff", '{"x": 1}'], ids=repr)
def test_what_makes_no_sense_is_forgotten(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, "utf-8", errors="surrogateescape")
    assert remembered(tmp_path, HEADER) == {}
    remember(tmp_path, HEADER, SAID)
    assert remembered(tmp_path, HEADER) == SAID


def test_whatever_another_import_is_writing_there_it_is_kept_and_nothing_else_stays(tmp_path: Path) -> None:
    (tmp_path / f"{FILE}.tmp").mkdir()
    remember(tmp_path, HEADER, SAID)
    assert remembered(tmp_path, HEADER) == SAID
    assert sorted(os.listdir(tmp_path)) == [FILE, f"{FILE}.tmp"]


def test_where_it_cannot_be_kept_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    remember(tmp_path, HEADER, SAID)
    assert os.listdir(tmp_path) == [FILE]
    (tmp_path / "file").touch()
    remember(tmp_path / "file", HEADER, SAID)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    remember(tmp_path, HEADER, SAID)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
