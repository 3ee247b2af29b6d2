"""A form and its repeats in text files, as KoboToolbox and ODK give them: each repeat gets what its form says."""

import csv
import struct
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from outreach.errors import OutreachError
from outreach.errors.importing import NoTableInZip, RowNotText, ZipLocked, ZipTooBig, ZipTorn
from outreach.exchange import zipped
from outreach.exchange.entries import entries
from outreach.exchange.entry import Entry
from outreach.exchange.files import read
from outreach.exchange.headers import Recognised, recognise
from outreach.exchange.table import Table
from outreach.exchange.values import Reading

ONE, TWO = "73a23093-2215-4812-9071-14e2d2b65e5a", "f5279bc4-db5f-41ba-91b5-062603515346"
FORM = [("店名", "社区", "_uuid", "_index"), ("老王超市", "皮村", ONE, "1"), ("小芳水果", "北山村", TWO, "2")]
VISITS = [
    ("visits/走访日期", "结果", "_index", "_parent_table_name", "_parent_index", "_submission__uuid"),
    ("2026-11-20", "待定", "1", "商户", "2", TWO),
    ("2026-11-21", "拒绝", "2", "商户", "1", ONE),
]
BELONGS = [("2026-11-20", "小芳水果"), ("2026-11-21", "老王超市")]
Rows = Sequence[Sequence[str]]


def written(path: Path, rows: Rows, delimiter: str = ";") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    return path


def shops(table: Table) -> list[tuple[object, object]]:
    """The first cell of each row, and the shop that it got."""
    place = table.header.index("店名")
    return [(row.cells[0], row.cells[place]) for row in table.rows]


def without(rows: Rows, *columns: str) -> Rows:
    places = [i for i, name in enumerate(rows[0]) if name not in columns]
    return [[row[i] for i in places] for row in rows]


@pytest.mark.parametrize(
    ("form", "lacking"),
    [
        ("商户.csv", ()),
        ("商户.csv", ["_submission__uuid"]),
        ("商户 - all versions.csv", ["_submission__uuid"]),
        ("renamed.csv", ()),
        ("renamed.csv", ["_submission__uuid", "_parent_table_name"]),
    ],
)
def test_two_text_files_in_any_order(tmp_path: Path, form: str, lacking: Sequence[str]) -> None:
    visits, of = written(tmp_path / "商户-visits.csv", without(VISITS, *lacking)), written(tmp_path / form, FORM, ",")
    table, whole = read(visits, of)
    assert shops(table) == BELONGS
    assert (table.title, table.alone, whole.alone) == ("商户-visits.csv", False, False)
    found = recognise(table.name, table.header, {})
    assert found is not None
    assert (found.kind, found.unknown) == ("visit", ())


@pytest.mark.parametrize("name", ["商户-visits.csv", "商户-visits (1).csv", "visits.csv"])
def test_a_repeat_has_one_key_whatever_its_file_is_called(tmp_path: Path, name: str) -> None:
    """Else a form that was fetched again on the second day would be imported again."""
    table, _form = read(written(tmp_path / name, VISITS), written(tmp_path / "商户.csv", FORM))
    keys = [row.cells[table.header.index("_uuid")] for row in table.rows]
    assert keys == [f"{TWO}/visits[1]", f"{ONE}/visits[1]"]


def test_what_was_sent_at_once_belongs_together_wherever_it_stands(tmp_path: Path) -> None:
    """Two exports of one form count its rows anew."""
    form = [FORM[0], (*FORM[2][:3], "1"), (*FORM[1][:3], "2")]
    assert shops(read(written(tmp_path / "商户.csv", form), written(tmp_path / "v.csv", VISITS))[1]) == BELONGS
    form = [FORM[0], FORM[2]]
    assert shops(read(written(tmp_path / "商户.csv", form), written(tmp_path / "v.csv", VISITS))[1]) == [
        BELONGS[0], ("2026-11-21", None)
    ]  # fmt: skip


def test_a_repeat_within_a_repeat(tmp_path: Path) -> None:
    inner = [
        ("原因", "_index", "_parent_table_name", "_parent_index"), ("怕骗", "1", "visits", "2"), ("忙", "2", "visits", "1")
    ]  # fmt: skip
    names = (("inner", inner), ("visits", without(VISITS, "_submission__uuid")), ("商户", FORM))
    table, *_others = read(*(written(tmp_path / f"{name}.csv", rows) for name, rows in names))
    assert shops(table) == [("怕骗", "老王超市"), ("忙", "小芳水果")]
    alone, _form = read(tmp_path / "inner.csv", tmp_path / "商户.csv")
    assert alone.alone
    assert alone.header == inner[0]


def test_a_repeat_alone_says_so(tmp_path: Path) -> None:
    (table,) = read(written(tmp_path / "visits.csv", VISITS))
    assert table.alone
    assert table.header == VISITS[0]


def test_a_form_of_odk(tmp_path: Path) -> None:
    form = [
        ("SubmissionDate", "today", "shop-店名", "shop-village", "KEY", "Status", "ReviewState", "FormVersion"),
        ("2026-11-20T10:00:00Z", "2026-11-20", "老王超市", "皮村", f"uuid:{ONE}", "", "", "1"),
        ("2026-11-21T10:00:00Z", "2026-11-21", "小芳水果", "北山村", f"uuid:{TWO}", "", "", "1"),
    ]
    visits = [
        ("visit_date", "result", "PARENT_KEY", "KEY"),
        ("2026-11-20", "pending", f"uuid:{TWO}", f"uuid:{TWO}/visits[1]"),
        ("2026-11-21", "refused", f"uuid:{ONE}", f"uuid:{ONE}/visits[1]"),
    ]
    table, whole = read(written(tmp_path / "visits.csv", visits), written(tmp_path / "form.csv", form))
    place = table.header.index("shop-店名")
    assert [(row.cells[0], row.cells[place]) for row in table.rows] == BELONGS
    kinds = [recognise("", one.header, {}) for one in (table, whole)]
    assert [(one.kind, one.unknown) for one in kinds if one] == [("visit", ()), ("merchant", ())]


def entry_of(path: Path) -> tuple[Recognised, Entry]:
    """What the one row of a form is, as an import reads it."""
    (table,) = read(path)
    found = recognise(table.name, table.header, {})
    assert found is not None
    now = datetime.fromisoformat("2026-11-24T09:00:00+08:00")
    (entry,) = entries(table, found, Reading(now, {}), None)
    return found, entry


FACTS = {"name": "老王超市", "community": "皮村", "lat": 39_910_000, "lon": 116_370_000}
SAID = {"outcome": "pending", "reasons": ["suspects_scam", "owner_away"], "visited_at": "2026-09-18T16:12:21+08:00"}


@pytest.mark.parametrize("mark", ["/", ".", "-", ":"])
def test_groups_are_parted_by_whatever_was_chosen_and_what_is_said_in_parts_is_not_told_as_left_out(
    tmp_path: Path, mark: str
) -> None:
    form = {
        "start": "2026-09-18T16:12:21.147+08",
        "shop/shop_name": "老王超市",
        "shop/village": "皮村",
        "shop/phone": "n/a",
        "shop/gps": "39.91 116.37 1 5",
        "shop/_gps_latitude": "39.91",
        "shop/_gps_longitude": "116.37",
        "shop/_gps_altitude": "1",
        "visit/outcome": "pending",
        "visit/why": "suspects_scam owner_away",
        "_uuid": ONE,
        "_submission_time": "2026-09-19T08:14:00",
        "_index": "1",
    }
    rows = [{head.replace("/", mark): cell for head, cell in form.items()}]
    rows[0] |= {f"visit{mark}why/suspects_scam": "1", f"visit{mark}why/owner_away": "1"}
    found, entry = entry_of(written(tmp_path / "form.csv", [list(rows[0]), list(rows[0].values())]))
    assert (found.kind, found.unknown) == ("visit", ())
    assert entry.about["merchant"] | {"name": entry.fields["merchant"]} == FACTS
    assert {name: entry.fields[name] for name in SAID} == SAID


@pytest.mark.parametrize("mark", ["-", ":"])
def test_what_odks_older_programs_write(tmp_path: Path, mark: str) -> None:
    form = {
        "SubmissionDate": "Sep 18, 2026 4:12:21 PM",
        "shop/shop_name": "老王超市",
        "shop/village": "皮村",
        "shop/place/Latitude": "39.91",
        "shop/place/Longitude": "116.37",
        "shop/place/Altitude": "1",
        "shop/place/Accuracy": "5",
        "visit/outcome": "pending",
        "visit/why": "suspects_scam owner_away",
        "meta/instanceID": f"uuid:{ONE}",
        "KEY": f"uuid:{ONE}",
        "SubmitterID": "241",
        "SubmitterName": "lin",
        "Status": "hasIssues",
    }
    heads = [head.replace("/", mark) for head in form]
    found, entry = entry_of(written(tmp_path / "form.csv", [heads, list(form.values())], ","))
    assert (found.kind, found.unknown, entry.remarks) == ("visit", (), [])
    assert entry.about["merchant"] | {"name": entry.fields["merchant"]} == FACTS
    assert {name: entry.fields[name] for name in SAID} == SAID


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """A zip as a server gives it, packed on a Mac once more."""
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        target.write(written(tmp_path / "f.csv", FORM), "form/商户.csv")
        target.write(written(tmp_path / "v.csv", VISITS), "form/商户-visits.csv")
        target.writestr("__MACOSX/form/._商户.csv", b"\0\1")
        target.writestr("media/1.jpg", b"\xff\xd8\xff")
    return path


def test_a_zip_with_all_of_them(packed: Path) -> None:
    form, visits = read(packed)
    assert shops(visits) == shops(visits) == BELONGS
    assert (form.title, visits.title) == ("商户.csv", "商户-visits.csv")


def test_a_zip_from_an_old_chinese_windows(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("name.csv", "店名,社区\n老王超市,皮村\n")
    path.write_bytes(path.read_bytes().replace(b"name.csv", "商户.csv".encode("gb18030")))
    assert [table.title for table in read(path)] == ["商户.csv"]


def fails(path: Path, error: type[OutreachError]) -> None:
    with pytest.raises(error):
        _ = [list(table.rows) for table in read(path)]


def test_a_zip_that_cannot_be_unpacked(packed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = packed.read_bytes()
    packed.write_bytes(whole[:100])
    fails(packed, ZipTorn)
    packed.write_bytes(whole[:60] + b"\xff" * 20 + whole[80:])
    fails(packed, ZipTorn)
    packed.write_bytes(locked(whole))
    fails(packed, ZipLocked)
    packed.write_bytes(whole)
    monkeypatch.setattr(zipped, "MOST", 100)
    fails(packed, ZipTooBig)


def locked(data: bytes) -> bytes:
    """A zip that says that its members have a password."""
    found = bytearray(data)
    at = 0
    while (at := data.find(b"PK\1\2", at + 1)) > 0:
        found[at + 8 : at + 10] = struct.pack("<H", 1)
    return bytes(found)


def test_a_zip_whose_member_unpacks_to_more_than_it_says(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("a.csv", "店名,社区\n" + "老王超市,皮村\n" * 100_000)
        size = struct.pack("<I", target.getinfo("a.csv").file_size)
    path.write_bytes(path.read_bytes().replace(size, struct.pack("<I", 30)))
    fails(path, ZipTorn)


def test_a_zip_without_a_table_and_one_with_a_wrong_one(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("media/1.jpg", b"\xff\xd8\xff")
    fails(path, NoTableInZip)
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("a.csv", "店名,社区\n老王,皮村\n".encode() + b"\0,\0\n")
    with pytest.raises(RowNotText) as error:
        _ = list(read(path)[0].rows)
    assert str(error.value).startswith(f"{path}: a.csv, row 3")
