"""`outreach export`: what is in each kind of file, who may read it, and that nothing that was typed does anything there."""

import csv
import datetime as dt
import io
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest
from python_calamine import CalamineWorkbook

from outreach.domain.guarding import bare
from outreach.domain.text import clean
from tests.conftest import Laptop
from tests.exchange.files import ALL, filled
from tests.exchange.naughty import NAUGHTY

OFFICE = shutil.which("soffice")
OGRINFO = shutil.which("ogrinfo")
posix = pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's folders to the user by itself")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    """A laptop with some of everything."""
    return filled(Laptop(tmp_path_factory.mktemp("full") / "home"))


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def table(path: Path) -> list[dict[str, str]]:
    head, *body = rows(path)
    return [dict(zip(head, row, strict=True)) for row in body]


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_csv_file_is_for_excel_and_for_everything_else(full: Laptop, tmp_path: Path) -> None:
    ran = full.run("export", tmp_path / "shops.csv")
    assert ran.out == f"Written: {tmp_path / 'shops.csv'}\nmerchant: 4\n"
    data = (tmp_path / "shops.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 5
    assert all(cell.startswith('"') for cell in data.decode("utf-8-sig").splitlines())
    first = table(tmp_path / "shops.csv")[0]
    assert first["name"] == "老王超市"
    assert (first["community"], first["latitude"], first["status"], first["visits"]) == ("皮村", "39.9214", "pending", "2")


def test_a_table_speaks_the_language_of_whoever_writes_it(full: Laptop, tmp_path: Path) -> None:
    full.run("--lang", "zh", "export", tmp_path / "visits.csv", "--kind", "走访")
    (first,) = [row for row in table(tmp_path / "visits.csv") if row["分钟"] == "20"]
    assert (first["商户"], first["社区"], first["结果"], first["顾虑"]) == ("老王超市", "皮村", "待定", "怀疑是骗子、其他")
    assert first["走访时间"] == "2026-11-23T10:30:00+08:00"
    assert first["陪同家长"] == "刘姐"


@pytest.mark.parametrize(
    ("kind", "number"),
    [("merchants", 4), ("visits", 4), ("parents", 2), ("referrals", 2), ("tags", 2), ("marks", 2), ("opinions", 1),
     ("communities", 2), ("overrides", 1), ("separations", 1), ("商户", 4)],
)  # fmt: skip
def test_each_kind_has_its_table(full: Laptop, tmp_path: Path, kind: str, number: int) -> None:
    full.run("export", tmp_path / "some.csv", "--kind", kind)
    assert len(table(tmp_path / "some.csv")) == number


@pytest.mark.parametrize(
    ("words", "shops", "visits"),
    [
        (("--status", "pending"), {"老王超市"}, 2),
        (("--community", "北山村"), {"小芳水果"}, 1),
        (("--category", "水果店"), {"小芳水果"}, 1),
        (("--tag", "冷柜"), {"小芳水果"}, 1),
        (("--worker", "赵敏"), {"老王超市"}, 1),
        (("--since", "2026-11-23"), {"老王超市", "老张面馆"}, 2),
        (("--until", "2026-11-20"), {"老王超市", "小芳水果"}, 2),
    ],
)
def test_the_filters_are_those_of_list(
    full: Laptop, tmp_path: Path, words: tuple[str, ...], shops: set[str], visits: int
) -> None:
    """Of visits those that the filter names; whatever else belongs to the shops comes along."""
    assert {shop["name"] for shop in full.json("list", *words)["merchants"]} == shops
    full.run("export", tmp_path / "some.csv", *words)
    assert {row["name"] for row in table(tmp_path / "some.csv")} == shops
    full.run("export", tmp_path / "visits.csv", "--kind", "visits", *words)
    assert len(table(tmp_path / "visits.csv")) == visits
    full.run("export", tmp_path / "some.json", *words)
    found = json.loads((tmp_path / "some.json").read_text(encoding="utf-8"))
    assert len(found["visits"]) == visits
    ids = {record["id"] for kind in ("merchants", "parents", "communities") for record in found[kind]}
    for record in (record for some in found.values() if isinstance(some, list) for record in some):
        points = [record.get(name) for name in ("merchant", "community", "parent", "to_parent")] + record.get("with", [])
        assert ids.issuperset(filter(None, points)), record


def test_of_what_a_removed_parent_said_the_opinion_stays_and_the_introduction_goes(laptop: Laptop, tmp_path: Path) -> None:
    laptop.shop("老王超市")
    laptop.run("parent", "add", "刘姐", "--community", "皮村")
    laptop.run("opinion", "老王超市", "first", "--parent", "刘姐")
    laptop.run("refer", "刘姐", "老王超市")
    laptop.run("parent", "remove", "刘姐")
    laptop.run("export", tmp_path / "all.json")
    found = json.loads((tmp_path / "all.json").read_bytes())
    assert [(one["view"], one.get("parent")) for one in found["opinions"]] == [("first", None)]
    assert (found["parents"], found["referrals"]) == ([], [])


def test_no_contact_is_in_any_file_unless_asked_for_and_then_it_says_so(full: Laptop, tmp_path: Path) -> None:
    private = ("12000015678", "王建国", "laowang88", "12000098765")
    for ending in ("csv", "xlsx", "json", "geojson"):
        plain, told = tmp_path / f"plain.{ending}", tmp_path / f"told.{ending}"
        assert "With contacts" not in full.run("export", plain).out
        ran = full.run("export", told, "--with-contacts")
        assert "With contacts: this file holds phone numbers. Do not pass it on." in ran.out
        texts = [str(sheets(p)) if ending == "xlsx" else p.read_text(encoding="utf-8") for p in (plain, told)]
        assert not any(secret in texts[0] for secret in private)
        assert all(secret in texts[1] for secret in (private if ending in ("xlsx", "json") else private[:3]))


def test_the_places_of_the_communities_that_go_in_go_in_too(laptop: Laptop, tmp_path: Path) -> None:
    laptop.shop("老王超市")
    laptop.shop("小芳水果", community="上冲")
    for name, community in (("皮村小学", "皮村"), ("上冲卫生站", "上冲")):
        laptop.run("place", "add", name, "--kind", "school", "--community", community)
    laptop.run("export", tmp_path / "all.json")
    laptop.run("export", tmp_path / "one.json", "--community", "皮村")
    laptop.run("export", tmp_path / "places.csv", "--kind", "places")
    names = [[p["name"] for p in json.loads((tmp_path / f).read_bytes())["places"]] for f in ("all.json", "one.json")]
    assert [sorted(some) for some in names] == [["上冲卫生站", "皮村小学"], ["皮村小学"]]
    assert sorted(row["name"] for row in table(tmp_path / "places.csv")) == ["上冲卫生站", "皮村小学"]
    other = Laptop(tmp_path / "other")
    other.run("import", tmp_path / "all.json")
    assert sorted(p["name"] for p in other.json("place", "list")["places"]) == ["上冲卫生站", "皮村小学"]


@posix
@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "geojson"])
def test_only_its_owner_may_read_a_file(full: Laptop, tmp_path: Path, ending: str) -> None:
    full.run("export", tmp_path / f"some.{ending}")
    assert stat.S_IMODE((tmp_path / f"some.{ending}").stat().st_mode) == 0o600
    assert len(list(tmp_path.iterdir())) == 1


def test_a_workbook_has_a_sheet_for_each_kind_with_days_as_days(full: Laptop, tmp_path: Path) -> None:
    full.run("--lang", "zh", "export", tmp_path / "all.xlsx", TZ="Asia/Shanghai")
    found = sheets(tmp_path / "all.xlsx")
    assert list(found) == ["社区", "商户", "走访", "家长", "引荐", "标记", "家长意见", "人工决定", "不是同一家", "资源点"]
    visits = [dict(zip(found["走访"][0], row, strict=True)) for row in found["走访"][1:]]
    moments = {visit["走访时间"]: visit["分钟"] for visit in visits}
    assert moments[dt.datetime(2026, 11, 23, 10, 30)] == 20  # noqa: DTZ001 - a workbook knows no zone
    assert dt.date(2026, 11, 20) in moments
    marks = [dict(zip(found["标记"][0], row, strict=True)) for row in found["标记"][1:]]
    assert dt.date(2026, 11, 27) in [mark["到期"] for mark in marks]
    full.run("export", tmp_path / "visits.xlsx", "--kind", "visits")
    assert list(sheets(tmp_path / "visits.xlsx")) == ["visits"]


def test_a_workbook_prints_on_few_pages_each_with_its_head(full: Laptop, tmp_path: Path) -> None:
    """As wide as a page that lies, ids narrow; a long note goes on in the next line instead of being cut."""
    full.run("export", tmp_path / "visits.xlsx", "--kind", "visits")
    with zipfile.ZipFile(tmp_path / "visits.xlsx") as packed:
        sheet, book = (packed.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "workbook"))
    assert '<pageSetUpPr fitToPage="1"/>' in sheet
    assert '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/>' in sheet
    assert re.search(r'name="_xlnm.Print_Titles"[^>]*>visits!\$1:\$1<', book)
    assert float(re.findall(r'<col min="1" max="1" width="([\d.]+)"', sheet)[0]) < 8
    assert len(re.findall(r'ht="30"', sheet)) == 1  # the note of two lines


def test_geojson_is_wgs84_longitude_first_and_says_what_is_not_on_the_map(full: Laptop, tmp_path: Path) -> None:
    ran = full.run("export", tmp_path / "map.geojson")
    assert ran.out.endswith("merchant: 2\nWithout a place, so not on the map: 2\n")
    found = json.loads((tmp_path / "map.geojson").read_text(encoding="utf-8"))
    assert (found["type"], "crs" in found) == ("FeatureCollection", False)
    wang, fang = sorted(found["features"], key=lambda f: f["properties"]["name"] != "老王超市")
    assert wang["geometry"] == {"type": "Point", "coordinates": [116.583, 39.9214]}
    assert fang["geometry"]["coordinates"] == pytest.approx([116.377817, 39.911954], abs=2e-6)  # given as GCJ-02
    assert fang["properties"]["datum"] == "gcj02"
    assert {k: wang["properties"][k] for k in ("community", "status", "visits")} == {
        "community": "皮村", "status": "pending", "visits": 2
    }  # fmt: skip


@pytest.mark.skipif(OGRINFO is None, reason="GDAL's ogrinfo is not installed")
@pytest.mark.parametrize("words", [(), ("--category", "没有的")])
def test_gdal_opens_geojson(full: Laptop, tmp_path: Path, words: tuple[str, ...]) -> None:
    full.run("export", tmp_path / "map.geojson", *words)
    done = subprocess.run(
        [str(OGRINFO), "-al", str(tmp_path / "map.geojson")], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert "ERROR" not in done.stderr + done.stdout
    assert f"Feature Count: {0 if words else 2}" in done.stdout
    assert 'GEOGCRS["WGS 84"' in done.stdout
    assert words or "POINT (116.583 39.9214)" in done.stdout


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    """A laptop on which every text is naughty."""
    laptop = Laptop(tmp_path_factory.mktemp("hostile") / "home")
    laptop.run("visit", "店", "pending", "--new", "--community", "皮村")
    for i, text in enumerate(NAUGHTY):
        name = f"{text[:90]} {i}"
        laptop.run("merchant", "add", f"--category={text}", f"--address={text}", f"--owner={text}", "--", name)
        laptop.run("visit", "店", "pending", f"--note={text}", f"--by={name}")
    return laptop


def test_naughty_texts_are_texts_in_a_csv_and_come_back_as_they_were(hostile: Laptop, tmp_path: Path) -> None:
    hostile.run("export", tmp_path / "shops.csv", "--with-contacts")
    hostile.run("export", tmp_path / "visits.csv", "--kind", "visits")
    shops, visits = table(tmp_path / "shops.csv"), table(tmp_path / "visits.csv")
    cells = [cell for row in (*shops, *visits) for cell in row.values()]
    assert not [cell for cell in cells if cell.lstrip()[:1] in set("=+-@＝＋－＠\t\r\n") and cell.strip()]
    kept = list(map(clean, NAUGHTY))
    assert {bare(row["address"]) for row in shops} - {""} == set(kept) - {""}  # a lone \x85 is a space
    assert [bare(row["note"]) for row in visits[1:]] == kept


def test_naughty_texts_are_texts_in_a_workbook(hostile: Laptop, tmp_path: Path) -> None:
    hostile.run("export", tmp_path / "all.xlsx", "--with-contacts")
    with zipfile.ZipFile(tmp_path / "all.xlsx") as packed:
        inner = {name: packed.read(name).decode() for name in packed.namelist() if name.startswith("xl/worksheets")}
    assert not any("<f>" in text or "<hyperlink" in text for text in inner.values())
    head, *body = sheets(tmp_path / "all.xlsx")["visits"]
    notes = [str(row[head.index("note")]) for row in body[1:]]
    assert [note for note in notes if note[:1] != "'"] == [text for text in map(clean, NAUGHTY) if text[:1] != "'"]
    assert list(map(bare, notes)) == list(map(clean, NAUGHTY))


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", ["all.xlsx", "visits.csv"])
def test_libreoffice_opens_it_with_its_chinese_intact(full: Laptop, tmp_path: Path, name: str) -> None:
    full.run("--lang", "zh", "export", tmp_path / name, "--kind", "visits")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    kind = "csv:Text - txt - csv (StarCalc):44,34,76,1"  # comma, quotes, UTF-8, from the first row
    source = [] if name.endswith("xlsx") else ["--infilter=CSV:44,34,76,1"]
    target = ["--convert-to", kind, "--outdir", str(tmp_path / "out"), str(tmp_path / name)]
    command = [str(OFFICE), profile, "--headless", *source, *target]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    (made,) = (tmp_path / "out").iterdir()
    (visit,) = [row for row in table(made) if row["分钟"] == "20"]
    assert (visit["商户"], visit["结果"], visit["顾虑"], visit["备注"]) == (
        "老王超市",
        "待定",
        "怀疑是骗子、其他",
        "问“谁付钱”，\n下周再说",
    )


def test_a_full_list_can_be_read_by_programs(full: Laptop, tmp_path: Path) -> None:
    found = full.json("export", tmp_path / "all.json")
    assert found["format"] == "outreach/export-file/1"
    assert found["records"]["visits"] == 4
    assert found["contacts"] is False


@pytest.mark.parametrize("words", [(), ("--status", "pending"), ("--worker", "赵敏"), ("--community", "皮村")])
def test_a_shop_that_was_merged_is_none_of_those_counted_as_in_the_list(
    laptop: Laptop, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """It goes along, so that another laptop gets the same records, and is counted beside them."""
    for name in ("老王超市", "小芳水果", "王家超市"):
        laptop.shop(name, "pending", "--by", "赵敏")
    laptop.run("merchant", "merge", "老王超市", "王家超市")
    shops = len(laptop.json("list", *words)["merchants"])
    assert shops == 2
    for ending in ("csv", "xlsx", "json"):
        path = tmp_path / f"some.{ending}"
        assert "merchant: 2 (and 1 merged into another)" in laptop.run("export", path, *words).out
        found = laptop.json("export", path, *words, "--force")["records"]
        assert (found["merchants"], found["merged"]) == (2, 1)
    assert len(table(tmp_path / "some.csv")) == 3
    assert "not on the map: 2" in laptop.run("export", tmp_path / "some.geojson", *words).out
    other = Laptop(tmp_path / "other")
    other.run("import", tmp_path / "some.xlsx")
    assert len(other.json("list")["merchants"]) == 2


def test_a_worker_of_whom_no_visit_is_known_is_said_with_who_may_be_meant(full: Laptop, tmp_path: Path) -> None:
    ran = full.run("export", tmp_path / "some.csv", "--worker", "林", code=1)
    assert ran.err.endswith("No visit by 林 is recorded. Did you mean 林晓?\nNothing was written, for no visit is by 林.\n")
    assert not (tmp_path / "some.csv").exists()
    assert "known are 林晓, 赵敏" in full.run("list", "--worker", "Bob").err
    assert "Did you mean" not in full.run("list", "--worker", "林晓").err


# What can be wrong


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("shops.doc",), ".csv .xlsx .json .geojson"),
        (("shops",), ".csv .xlsx .json .geojson"),
        (("",), "The name of the file to write is missing."),
        (("a.csv", "--kind", "families"), "--kind knows no “families”. There are: communities merchants"),
        (("a.json", "--kind", "visits"), "--kind chooses what goes into a table"),
        (("a.csv", "--status", "maybe"), "signed-up"),
    ],
)
def test_what_is_asked_for_wrongly_is_said(full: Laptop, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    place = [str(tmp_path / words[0]) if words[0] else "", *words[1:]]
    assert said in full.run("export", *place, code=2).err
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written_it_says_so(full: Laptop, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    assert "is a folder" in full.run("export", tmp_path / "folder.csv", code=1).err
    assert "there is no folder" in full.run("export", tmp_path / "none" / "a.csv", code=1).err


def test_a_file_that_is_there_is_replaced_only_with_force(full: Laptop, tmp_path: Path) -> None:
    there = tmp_path / "shops.csv"
    there.write_text("mine", encoding="utf-8")
    assert "is there already" in full.run("export", there, code=1).err
    assert there.read_text(encoding="utf-8") == "mine"
    full.run("export", there, "--force")
    assert len(table(there)) == 4


@pytest.fixture
def asked(full: Laptop, tmp_path: Path) -> Iterator[Any]:
    (tmp_path / "shops.csv").write_text("mine", encoding="utf-8")
    child = pexpect.spawn(
        sys.executable, ["-m", "outreach", "export", str(tmp_path / "shops.csv")], env=full.env(TERM="xterm"), encoding="utf-8",
        timeout=20,
    )  # fmt: skip
    yield child
    child.close(force=True)


@posix
def test_on_a_terminal_it_asks_first(asked: Any, tmp_path: Path) -> None:
    asked.expect("Replace it")
    asked.send("1")
    asked.expect("merchant: 4")
    asked.expect(pexpect.EOF)
    assert len(table(tmp_path / "shops.csv")) == 4


def test_where_nothing_fits_the_file_has_its_head_and_that_is_said(full: Laptop, tmp_path: Path) -> None:
    for ending in ("csv", "xlsx", "json", "geojson"):
        ran = full.run("export", tmp_path / f"none.{ending}", "--category", "没有的", "--with-contacts")
        assert "Nothing fits; the file holds no record." in ran.out
        assert "phone numbers" not in ran.out + ran.err
    assert len(rows(tmp_path / "none.csv")) == 1
    assert [len(found) for found in sheets(tmp_path / "none.xlsx").values()] == [1]
    assert json.loads((tmp_path / "none.geojson").read_bytes())["features"] == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_leaves_no_half_file(hostile: Laptop, tmp_path: Path) -> None:
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", str(place)], check=False, capture_output=True
    ).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        other = place / "other"
        other.write_bytes(b"x" * 4096)  # all that there is room for
        for kind in ("csv", "xlsx", "json", "geojson"):
            ran = hostile.run("export", place / f"all.{kind}", code=1)
            assert "cannot be written (no space is left on the disk)" in ran.err
            assert list(place.iterdir()) == [other]
    finally:
        subprocess.run(["umount", str(place)], check=True)


# There and back


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "files", [("all.json",), ("all.xlsx",), tuple(f"{kind}.csv" for kind in ALL)], ids=["json", "xlsx", "csv"]
)
def test_what_is_exported_and_imported_into_an_empty_laptop_gives_the_same_records(
    full: Laptop, tmp_path: Path, files: tuple[str, ...], lang: str
) -> None:
    there_and_back(full, Laptop(tmp_path / "other", lang=lang), tmp_path, files)


@pytest.mark.parametrize("files", [("all.json",), ("all.xlsx",), ("merchants.csv", "visits.csv")], ids=["json", "xlsx", "csv"])
def test_naughty_texts_come_through_export_import_and_the_shared_folder(
    hostile: Laptop, tmp_path: Path, files: tuple[str, ...]
) -> None:
    other, third = Laptop(tmp_path / "other"), Laptop(tmp_path / "third")
    there_and_back(hostile, other, tmp_path, files)
    other.run("sync", tmp_path / "shared", "--init")
    third.run("sync", tmp_path / "shared")
    assert exported(third, tmp_path / "third.json") == exported(hostile, tmp_path / "first.json")


def there_and_back(laptop: Laptop, other: Laptop, place: Path, files: tuple[str, ...]) -> None:
    """What one laptop exports makes the same records on an empty one."""
    for name in files:
        kind = ["--kind", name.removesuffix(".csv")] if name.endswith(".csv") else []
        laptop.run("--lang", other.lang, "export", place / name, *kind, "--with-contacts")
    other.run("import", *(place / name for name in reversed(files)))
    assert exported(other, place / "after.json") == exported(laptop, place / "before.json")


def exported(laptop: Laptop, path: Path) -> Any:
    """All that a laptop knows."""
    laptop.run("export", path, "--with-contacts")
    return json.loads(path.read_bytes())
