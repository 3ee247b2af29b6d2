"""Files as people's programs write them: encodings, delimiters, workbooks with titles and merged cells; what is no table."""

import csv
import io
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import OutreachError
from outreach.errors.importing import (
    CellTooLong,
    FileChanged,
    FileUnreadable,
    NotATable,
    NotAWorkbook,
    NothingInside,
    RowGarbled,
    RowNotText,
    TooBig,
)
from outreach.exchange import delimited, workbook
from outreach.exchange.files import read
from outreach.exchange.table import Table

ROWS = [("店名", "备注"), ("老王超市", "第一行\n第二行"), ("小李, 菜店", '说"好"')]
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16")


def written(path: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def all_of(table: Table) -> list[tuple[object, ...]]:
    return [table.header, *(row.cells for row in table.rows)]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "，"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    (table,) = read(written(tmp_path / "list.csv", ROWS, encoding, delimiter))
    assert all_of(table) == ROWS
    assert [row.number for row in table.rows] == [2, 3]


_CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=12)


@given(st.lists(st.tuples(_CELLS, _CELLS), max_size=8), st.sampled_from(ENCODINGS))
def test_what_was_written_is_read(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], encoding: str) -> None:
    path = written(tmp_path_factory.mktemp("read") / "list.csv", [("店名", "备注"), *rows], encoding)
    (table,) = read(path)
    assert all_of(table)[1:] == [row for row in rows if any(row)]


def fails(path: Path, error: type[OutreachError]) -> OutreachError:
    with pytest.raises(error) as caught:
        _ = [list(table.rows) for table in read(path)]
    return caught.value


def test_wrong_bytes_in_the_middle_are_named_by_their_row(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("店名\n老王\n小李\n".encode() + b"\xff\xfe\xff\n" + "东门\n西门\n".encode())
    assert fails(path, RowNotText).facts["row"] == 4
    path.write_bytes("店名\n老王\n".encode("gb18030") + b"\x80\xff\n")
    assert fails(path, RowNotText).facts["row"] == 3


def test_an_open_quotation_mark_and_an_endless_cell(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('店名,备注\n老王,"没有完\n', encoding="utf-8")
    assert fails(path, RowGarbled).facts["row"] == 2
    path.write_text("店名,备注\n老王," + "长" * (delimited.LONGEST + 1), encoding="utf-8")
    assert fails(path, CellTooLong).facts["row"] == 2


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "list.csv", ROWS)
    (table,) = read(path)
    with path.open("a", encoding="utf-8") as file:
        file.write("东门,\n")
    with pytest.raises(FileChanged):
        list(table.rows)
    os.unlink(path)
    with pytest.raises(FileUnreadable):
        list(table.rows)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", NothingInside),
        (b"\n\n", NothingInside),
        (b"<html><table>", NotATable),
        (b"%PDF-1.7", NotATable),
        (b"PK\x03\x04 is no zip", NotAWorkbook),
        (b"\xd0\xcf\x11\xe0 is no old workbook", NotAWorkbook),
    ],
)
def test_what_is_no_table(tmp_path: Path, content: bytes, error: type[OutreachError]) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    fails(path, error)


def test_a_workbook_with_a_title_merged_cells_and_an_empty_sheet(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("名单")
    sheet.merge_range(0, 0, 0, 2, "皮村商户名单")
    sheet.write_row(2, 0, ["店名", "社区", "电话"])
    sheet.write_row(3, 0, ["老王超市", "", 13800138000])
    sheet.write_row(4, 0, ["小李菜店"])
    sheet.merge_range(3, 1, 4, 1, "皮村")
    book.add_worksheet("空")
    book.close()
    (table,) = read(path)
    assert table.name == "名单"
    assert all_of(table)[0] == ("店名", "社区", "电话")
    assert [(row.number, row.cells[:2]) for row in table.rows] == [(4, ("老王超市", "皮村")), (5, ("小李菜店", "皮村"))]


def test_a_workbook_that_unpacks_to_more_than_it_should(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST", 1 << 20)
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (3 << 20))
    assert path.stat().st_size < 1 << 16
    fails(path, TooBig)


def test_repeats_of_a_form_get_what_their_form_says(tmp_path: Path) -> None:
    path = tmp_path / "kobo.xlsx"
    book = xlsxwriter.Workbook(path)
    form, shops = book.add_worksheet("form"), book.add_worksheet("shops")
    form.write_row(0, 0, ["start", "community", "_uuid", "_index"])
    form.write_row(1, 0, ["2026-03-01", "皮村", "73a23093-2215-4812-9071-14e2d2b65e5a", 1])
    form.write_row(2, 0, ["2026-03-02", "马驹桥", "f5279bc4-db5f-41ba-91b5-062603515346", 2])
    shops.write_row(0, 0, ["shops/name", "_index", "_parent_table_name", "_parent_index"])
    for i, (name, of) in enumerate([("老王超市", 2), ("小李菜店", 1)], 1):
        shops.write_row(i, 0, [name, i, "form", of])
    book.close()
    table = read(path)[1]
    place = table.header.index("community")
    assert [(row.cells[0], row.cells[place]) for row in table.rows] == [("老王超市", "马驹桥"), ("小李菜店", "皮村")]
    assert "_uuid" not in table.header
