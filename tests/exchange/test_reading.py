"""Files as people's programs write them: encodings, delimiters, workbooks with titles and merged cells; what is no table."""

import csv
import io
import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.guarding import bare
from outreach.errors import OutreachError
from outreach.errors.importing import (
    CellTooLong,
    FileChanged,
    FileUnreadable,
    NotAnExport,
    NotATable,
    NotAWorkbook,
    NothingInside,
    OnlyAMark,
    RowGarbled,
    RowNotText,
)
from outreach.exchange import delimited
from outreach.exchange.files import read
from outreach.exchange.shared import sheets_of
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


@pytest.mark.parametrize("encoding", [*ENCODINGS, "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "，"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    (table,) = read(written(tmp_path / "list.csv", ROWS, encoding, delimiter))
    assert all_of(table) == ROWS
    assert [row.number for row in table.rows] == [2, 3]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "rows",
    [
        [("店名", "一"), *[("一一一一一一", "一")] * 900],  # each has a zero where a comma has none
        [("name", "phone"), ("Corner shop", "13800138000")],
        [("皮村一带走访过的商户名单，由三位社工在二〇二六年三月整理，请勿外传，有错请告诉林晓", ""), ("店名", "社区")],
    ],
)
def test_utf16_whose_mark_is_missing(tmp_path: Path, encoding: str, rows: list[tuple[str, str]]) -> None:
    (table,) = read(written(tmp_path / "list.csv", rows, encoding))
    assert all_of(table)[-1] == rows[-1]


_CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=12)


@given(st.lists(st.tuples(_CELLS, _CELLS), max_size=8), st.sampled_from(ENCODINGS))
def test_what_was_written_is_read(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], encoding: str) -> None:
    path = written(tmp_path_factory.mktemp("read") / "list.csv", [("店名", "备注"), *rows], encoding)
    (table,) = read(path)
    assert all_of(table)[1:] == [tuple(map(bare, row)) for row in rows if "".join(row).strip()]


def fails(path: Path, error: type[OutreachError]) -> OutreachError:
    with pytest.raises(error) as caught:
        _ = [list(table.rows) for table in read(path)]
    return caught.value


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("rows", [3, 30_000])
def test_wrong_bytes_are_named_by_their_row(tmp_path: Path, encoding: str, rows: int) -> None:
    path = tmp_path / "list.csv"
    before = '店名,备注\n"老王\n超市",很好\n' + "小李菜店,再来\n" * (rows - 2)
    wrong = b"\x00\xd8\x0a\x00" if encoding == "utf-16" else b"\x80\xff\n"
    after = ("东门百货,很好\n" * 5).encode(encoding).removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe")
    path.write_bytes(before.encode(encoding) + wrong + after)
    assert fails(path, RowNotText).facts["row"] == rows + 1


def test_wrong_bytes_in_the_first_row(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"name,\xff\x80\n" + "老王,很好\n".encode() * 9)
    assert fails(path, RowNotText).facts["row"] == 1


def test_two_lists_of_two_encodings_in_one_file_are_told_apart_by_the_row(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(("店名,备注\n" + "老王,很好\n" * 8).encode() + ("小李菜店,再来\n" * 12).encode("gb18030"))
    assert fails(path, RowNotText).facts["row"] == 10


@pytest.mark.parametrize(
    ("said", "row"),
    [("uugg", 3), ("uuuggg", 4), ("ugggu", 2), ("uggggu", 6), ("augggu", 3), ("gguu", 3), ("gugu", 2), ("gguuu", 1)],
)
def test_the_header_weighs_in_which_of_two_encodings_a_file_is(tmp_path: Path, said: str, row: int) -> None:
    """The row that is named is the first one that is not in the encoding of the file."""
    path = tmp_path / "list.csv"
    encodings = {"a": "ascii", "u": "utf-8", "g": "gb18030"}
    lines = ("name,note" if said[0] == "a" else "店名,备注", *("好,的" for _row in said[1:]))
    path.write_bytes(b"".join(text.encode(encodings[one]) + b"\n" for one, text in zip(said, lines, strict=True)))
    assert fails(path, RowNotText).facts["row"] == row


def test_nul_bytes_are_named_by_their_row(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(("店名,备注\n" + "老王,很好\n" * 9 + "小李,\0\n").encode())
    assert fails(path, RowNotText).facts["row"] == 11


@pytest.mark.parametrize(
    ("text", "header", "first"),
    [
        ("皮村商户名单,,\n2026年3月,,\n店名,社区,电话\n老王,皮村,1\n", ("店名", "社区", "电话"), ("老王", "皮村", "1")),
        ("店名;地址\n老王;东街1号,2楼,左\n小李;西街\n", ("店名", "地址"), ("老王", "东街1号,2楼,左")),
        ("字号;片区\n老王;东街1号,左\n小李;西街2号,右\n", ("字号", "片区"), ("老王", "东街1号,左")),
        ("店名\n老王，两家店\n小李，一家店\n", ("店名",), ("老王，两家店",)),
        ("字号,种类\n老王,商店\n", ("字号", "种类"), ("老王", "商店")),
    ],
)
def test_titles_and_delimiters_that_cells_have_too(
    tmp_path: Path, text: str, header: tuple[str, ...], first: tuple[str, ...]
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    (table,) = read(path)
    assert all_of(table)[:2] == [header, first]


def test_an_open_quotation_mark_and_an_endless_cell(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('店名,备注\n老王,"没有完\n', encoding="utf-8")
    assert fails(path, RowGarbled).facts["row"] == 2
    path.write_text("店名,备注\n老王," + "长" * (delimited.LONGEST + 1), encoding="utf-8")
    assert fails(path, CellTooLong).facts["row"] == 2


def test_the_mark_that_keeps_a_text_from_being_a_formula_is_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("店名,备注\n'=1+1,'08:00-21:00\n''老王,'再来\n", encoding="utf-8")
    (table,) = read(path)
    assert [row.cells for row in table.rows] == [("=1+1", "08:00-21:00"), ("''老王", "'再来")]


def test_it_is_taken_away_where_the_file_was_saved_as_a_workbook_too(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet().write_row(0, 0, ["店名", "备注", "电话"])
    book.worksheets()[0].write_row(1, 0, ["''=1+1", "'08:00-21:00", 13800138000])
    book.close()
    (table,) = read(path)
    assert [row.cells for row in table.rows] == [("'=1+1", "08:00-21:00", 13800138000)]


def test_a_header_that_stands_there_twice_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("店名,电话,店名,\n老王,1,老李,2\n", encoding="utf-8")
    (table,) = read(path)
    assert table.header == ("店名", "电话", "店名 (C)", "")


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
        (b" \t \n\t\t\n", NothingInside),
        (b",,,\n ,,,\n", NothingInside),
        (b"\n,,,\n", NothingInside),
        (b"\0" * 100, NotATable),
        (b"\x7fELF\2\1\1\0\0", NotATable),
        (b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0\n\0,\0", NotATable),
        (b"name,phone\nLi,1\0\n", NotATable),
        (b"<html><table>", NotATable),
        (b"[" + b'{"name":"a"},' * 20_000 + b"]", NotATable),
        (b"%PDF-1.7", NotATable),
        (b"PK\x03\x04 is no zip", NotAWorkbook),
        (b"\xd0\xcf\x11\xe0 is no old workbook", NotAWorkbook),
    ],
)
def test_what_is_no_table(tmp_path: Path, content: bytes, error: type[OutreachError]) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    fails(path, error)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes that have names")
def test_what_has_no_end_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "list.csv"
    os.mkfifo(pipe)
    fails(pipe, FileUnreadable)
    fails(Path("/dev/zero"), FileUnreadable)
    with pytest.raises(FileUnreadable):
        sheets_of(pipe)


EXPORT = '{"covers":{},"format":"outreach/export/1","merchants":[\n%s\n],"parents":[]}\n'


@pytest.mark.parametrize("content", [
    EXPORT % '{"id":"1","name":"老王',
    EXPORT % ('{"id":"1","name":' + "[" * 100_000 + "]" * 100_000 + "}"),
    (EXPORT % '{"id":"1","name":"老王超市"},\n{"id":"2","name":"小李菜店"}').partition("\n],")[0],
    (EXPORT % '{"id":"1","name":"老王超市"}').partition('"parents"')[0],
])  # fmt: skip
def test_an_export_that_is_not_whole(tmp_path: Path, content: str) -> None:
    path = tmp_path / "outreach.json"
    path.write_text(content, "utf-8")
    with pytest.raises(NotAnExport):
        _ = [list(sheet.entries) for sheet in sheets_of(path)]


def test_an_export_that_a_sync_writes_anew_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "outreach.json"
    path.write_text(EXPORT % '{"id":"1","name":"老王超市"},\n{"id":"2","name":"小李菜店"}', "utf-8")
    shops, *_others = sheets_of(path)
    path.write_text(EXPORT % '{"id":"1","name":"老王超市"}', "utf-8")
    with pytest.raises(FileChanged):
        list(shops.entries)


@pytest.mark.parametrize("name", ["~$list.xlsx", ".~lock.list.xlsx#"])
def test_what_only_marks_that_a_file_is_open(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\x05admin" + b" " * 90)
    fails(path, OnlyAMark)


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


def test_merged_cells_of_a_sheet_that_begins_far_from_its_corner(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("名单")
        for row, cells in enumerate(
            [["店名", "社区", "电话"], ["老王超市", "皮村", "1"], ["小李菜店", "", "2"], ["老张", "", "3"]]
        ):
            sheet.write_row(row + 4, 2, cells)
        sheet.merge_range(5, 3, 6, 3, "皮村")
        sheet.merge_range(20, 0, 30, 1, "")
    (table,) = read(path)
    place = table.header.index("社区")
    assert [row.cells[place] for row in table.rows] == ["皮村", "皮村", None]


def test_an_export_that_another_program_laid_out_anew(tmp_path: Path) -> None:
    path = tmp_path / "outreach.json"
    whole = json.loads(EXPORT % '{"id":"1","name":"老王超市"},{"id":"2","name":"小李菜店","lat":39.5,"hours":["9"]}')
    path.write_text(json.dumps(whole, indent=2), "utf-8")
    shops, parents = (list(sheet.entries) for sheet in sheets_of(path))
    assert [(one.row.number, one.id, one.fields["name"], one.refused) for one in shops] == [
        (1, "1", "老王超市", False),
        (2, "2", "小李菜店", True),
    ]
    assert {"39.5", '["9"]'} <= set(shops[1].row.cells)
    assert parents == []
    others: list[object] = [{"format": "shops/1"}, [whole], {"merchants": []}, "outreach/export/1"]
    for other in others:
        path.write_text(json.dumps(other, indent=2), "utf-8")
        with pytest.raises(NotAnExport):
            sheets_of(path)


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
    keys = [row.cells[table.header.index("_uuid")] for row in table.rows]
    assert keys == ["f5279bc4-db5f-41ba-91b5-062603515346/shops[1]", "73a23093-2215-4812-9071-14e2d2b65e5a/shops[1]"]
