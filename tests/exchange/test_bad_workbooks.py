"""Workbooks that are none, or too much of one: what is refused, with which sentence, before it takes the memory."""

import os
import random
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from outreach.errors import OutreachError
from outreach.errors.importing import NotAWorkbook, TooBig, WithPassword
from outreach.exchange import packed
from outreach.exchange.files import read

SHEET = "xl/worksheets/sheet1.xml"
SOFFICE = shutil.which("soffice")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A sound workbook of two shops."""
    place = tmp_path / "list.xlsx"
    book = xlsxwriter.Workbook(place)
    sheet = book.add_worksheet("名单")
    for i, row in enumerate([("店名", "电话"), ("老王超市", "138"), ("小李菜店", "139")]):
        sheet.write_row(i, 0, row)
    book.close()
    return place


def changed(path: Path, change: Callable[[bytes], bytes], member: str = SHEET) -> Path:
    """The workbook with one of its members changed."""
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts[member] = change(parts[member])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return path


def fails(path: Path, error: type[OutreachError]) -> None:
    with pytest.raises(error):
        _ = [list(table.rows) for table in read(path)]


def test_one_that_unpacks_to_more_than_it_may(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST", 1 << 20)
    changed(path, lambda data: data + b" " * (3 << 20))
    assert path.stat().st_size < 1 << 16
    fails(path, TooBig)


@pytest.mark.parametrize("piece", [1, 7, 100, 1 << 20])
def test_cells_are_counted_wherever_the_pieces_break(tmp_path: Path, piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "long.xlsx"
    with xlsxwriter.Workbook(place, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("名单")
        for row in range(50):
            sheet.write_row(row, 0, ["店名", "电话", "<c r=", "<row>"])
        sheet.write_formula(50, 3, "=1/0", None, "#DIV/0!")
    monkeypatch.setattr(packed, "_PIECE", piece)
    monkeypatch.setattr(packed, "CELLS", 51 * 4)
    assert packed.look_through(place) == {"名单": {(50, 3): "#DIV/0!"}}
    monkeypatch.setattr(packed, "CELLS", 51 * 4 - 1)
    fails(place, TooBig)


def test_one_that_lies_about_its_size(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST", 1 << 20)
    changed(path, lambda data: data + b" " * (3 << 20))
    data = path.read_bytes()
    with zipfile.ZipFile(path) as book:
        stated = struct.pack("<I", book.getinfo(SHEET).file_size)
    path.write_bytes(data.replace(stated, struct.pack("<I", 10)))
    fails(path, TooBig)


@pytest.mark.parametrize(
    "cell",
    [b'<c r="XFD1048576"><v>1</v></c>', b"<c t='n' r = 'xfd1048576'><v>1</v></c>", b'<x:c r="XFD1048576"><v>1</v></x:c>'],
)
def test_two_cells_in_far_corners(path: Path, cell: bytes) -> None:
    changed(path, lambda data: data.replace(b"</sheetData>", b'<row r="1048576">' + cell + b"</row></sheetData>"))
    fails(path, TooBig)


FAR = b'<c r="XFD1048576"><v>1</v></c>'
WIDE = b"<row>" + b"<c><v>1</v></c>" * 5_000 + b"</row>"


@pytest.mark.parametrize(
    "rows",
    [
        b'<row spans="1:1" r="1048576">' + FAR + b"</row>",
        b"<row>" + FAR + b"</row>",
        b'<row r="3">' + FAR + b"</row>",
        b"<x:row r='1048576'><x:c r='XFD3'><v>1</v></x:c></x:row>",
        WIDE + b'<row ht="9" r="1048576"><c><v>1</v></c></row>',
        b"<row><c/></row>" * 5_000 + WIDE,
    ],
    ids=["attributes", "no-number", "other-number", "prefixed", "unplaced-cells", "unplaced-rows"],
)
def test_far_corners_in_every_way_that_they_may_be_said(path: Path, rows: bytes) -> None:
    changed(path, lambda data: data.replace(b"</sheetData>", rows + b"</sheetData>"))
    fails(path, TooBig)


@pytest.mark.parametrize("cells", [b"<c " * 100_000, b'<c r="A1" ' * 100_000 + b't="e"'], ids=["cells", "failures"])
def test_cells_that_do_not_end_are_not_looked_through_again_and_again(path: Path, cells: bytes) -> None:
    changed(path, lambda _data: cells)
    fails(path, NotAWorkbook)


def test_a_sheet_that_numbers_neither_its_rows_nor_its_cells(path: Path) -> None:
    cells = b'<c t="inlineStr"><is><t>a</t></is></c>' * 5
    changed(path, lambda data: data.replace(b"</sheetData>", (b"<row>" + cells + b"</row>") * 40_000 + b"</sheetData>"))
    (table,) = read(path)
    assert sum(1 for _row in table.rows) == 40_002


def test_a_formula_that_failed_stands_in_its_cell(tmp_path: Path) -> None:
    place = tmp_path / "list.xlsx"
    book = xlsxwriter.Workbook(place)
    book.add_worksheet("空")
    sheet = book.add_worksheet("名 单")
    sheet.write_row(1, 1, ["店名", "电话", "地址"])
    sheet.write_formula(2, 1, "=A1", None, "老王超市")
    sheet.write_formula(2, 2, "=Z9", None, "#REF!")
    sheet.write_formula(2, 3, "=1/0", None, "#DIV/0!")
    book.close()
    (table,) = read(place)
    assert [row.cells for row in table.rows] == [("老王超市", "#REF!", "#DIV/0!")]


def test_two_hundred_sheets(tmp_path: Path) -> None:
    place = tmp_path / "list.xlsx"
    book = xlsxwriter.Workbook(place)
    for i in range(200):
        sheet = book.add_worksheet(f"村{i}")
        sheet.write_row(0, 0, ["店名", "电话"])
        sheet.write_row(1, 0, [f"店{i}", "138"])
    book.close()
    tables = read(place)
    assert [row.cells[0] for table in tables for row in table.rows] == [f"店{i}" for i in range(200)]


def test_one_with_a_password(tmp_path: Path) -> None:
    place = tmp_path / "list.xlsx"
    place.write_bytes(_container("EncryptionInfo", "EncryptedPackage"))
    fails(place, WithPassword)


def _container(*names: str) -> bytes:
    """An OLE container with empty streams, as Office puts an encrypted workbook into ([MS-CFB])."""
    free, end, fat_sector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    head = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, 1, 0, 4096, end, 0, end, 0, 0,
    )[:76]  # fmt: skip
    head += struct.pack("<109I", 0, *[free] * 108)
    fat = struct.pack("<128I", fat_sector, end, *[free] * 126)
    entries = [("Root Entry", 5, 1), *((name, 2, free) for name in names)]
    directory = b""
    for i, (name, kind, child) in enumerate(entries):
        text = name.encode("utf-16-le")
        right = i + 1 if 0 < i < len(entries) - 1 else free
        directory += struct.pack(
            "<64sHBBIII16xI16xIQ", text, len(text) + 2, kind, 1, free, right, child, 0, end if kind == 5 else 0, 0
        )
    return head + fat + directory.ljust(512, b"\0")


@pytest.mark.parametrize("member", ["xl/workbook.xml", SHEET, "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"])
def test_one_of_which_a_part_is_damaged(path: Path, member: str) -> None:
    """It is read, or it is refused; nothing else comes of it."""
    chance = random.Random(7)
    sound = path.read_bytes()
    for _ in range(40):
        path.write_bytes(sound)
        changed(path, lambda data: _damaged(data, chance), member)
        try:
            _ = [list(table.rows) for table in read(path)]
        except OutreachError:
            continue


def test_one_of_which_some_bytes_are_damaged(path: Path) -> None:
    chance = random.Random(8)
    sound = path.read_bytes()
    for _ in range(150):
        path.write_bytes(_damaged(sound, chance))
        try:
            _ = [list(table.rows) for table in read(path)]
        except OutreachError:
            continue


def _damaged(data: bytes, chance: random.Random) -> bytes:
    some = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        some[chance.randrange(len(some))] = chance.randrange(256)
    return bytes(some[: chance.randrange(1, len(some))] if chance.random() < 0.2 else some)


def test_one_of_a_newer_zip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\1\2") + 6] = 90
    path.write_bytes(data)
    fails(path, NotAWorkbook)


def test_half_of_one(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    fails(path, NotAWorkbook)


def test_a_document_that_is_packed_as_a_workbook_is(tmp_path: Path) -> None:
    place = tmp_path / "list.xlsx"
    with zipfile.ZipFile(place, "w") as book:
        book.writestr("word/document.xml", "<w/>")
    fails(place, NotAWorkbook)


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_a_file_that_is_bigger_than_what_it_may_hold_is_not_read(tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "list.xls"
    path.write_bytes(start)
    os.truncate(path, packed.MOST + 1)
    fails(path, TooBig)


def test_a_program_beside_an_old_workbook_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "struct.py").write_text("open('ran', 'w')\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.xls").write_bytes(b"\xd0\xcf\x11\xe0 is no old workbook")
    fails(tmp_path / "list.xls", NotAWorkbook)
    assert not (tmp_path / "ran").exists()


@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice to make an .xls")
def test_an_old_workbook(path: Path) -> None:
    long = path.with_name("long.xlsx")
    book = xlsxwriter.Workbook(long)
    for name in ("名单", "别的"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["店名", "电话"])
        for row in range(1, 400):
            sheet.write_row(row, 0, [f"老王超市{name}{row}", "138"])
    sheet.hide()
    sheet.write_string(400, 0, "老张面馆")
    sheet.write_formula(400, 1, "=1/0", None, "#DIV/0!")
    sheet.write_formula(401, 0, "=NA()", None, "#N/A")
    book.close()
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    words = [str(SOFFICE), profile, "--headless", "--convert-to", "xls", "--outdir", *map(str, (path.parent, path, long))]
    subprocess.run(words, check=True, capture_output=True)
    old = path.with_suffix(".xls")
    (table,) = read(old)
    assert [table.header, *(row.cells for row in table.rows)] == [("店名", "电话"), ("老王超市", "138"), ("小李菜店", "139")]
    first, second = read(long.with_suffix(".xls"))
    assert [first.hidden, second.hidden, [row.cells for row in first.rows][-1]] == [False, True, ("老王超市名单399", "138")]
    assert [row.cells for row in second.rows][-2:] == [("老张面馆", "#DIV/0!"), ("#N/A", None)]
    data = old.read_bytes()
    spoilt = old.with_name("spoilt.csv")  # what it is, its ending does not say
    for sound, wrong, error in (
        (struct.pack("<HH", 0x42, 2), struct.pack("<HH", 0x2F, 2), WithPassword),
        (struct.pack("<IIHH", 0, 3, 0, 2), struct.pack("<IIHH", 9, 3, 0, 2), NotAWorkbook),
    ):
        assert sound in data
        spoilt.write_bytes(data.replace(sound, wrong))
        fails(spoilt, error)
