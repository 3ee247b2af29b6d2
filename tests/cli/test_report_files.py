"""The five renderings of a report agree cell for cell, on the sample and where names are markup."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from outreach.domain.text import harmless
from outreach.i18n import use
from tests.conftest import Laptop
from tests.report.readers import PART, Tables, from_html, from_json, from_markdown, from_terminal, from_workbook, squeezed

HOSTILE = (
    "=HYPERLINK(\"http://x.example\",\"甲\")", "<script>alert(1)</script>", "a|b`c`*d*_e_[f](g)", "</title><b>粗</b>",
    "老王\u202e市超", "\x1b[31m红\x1b[0m", "'; DROP TABLE visit; --", "&amp;lt;", "https://example.org/x", "@所有人 www.x.cn",
    "$x$ ~~删~~ \\| \\", "店" * 120, "+1", "-1", "#标题", "12", "2026-11-24", "[red]红[/red]", "一\n二",
)  # fmt: skip


class Files(NamedTuple):
    """One report in its five renderings."""

    document: dict[str, Any]
    terminal: str
    page: str
    text: str
    workbook: bytes
    place: Path


def made(laptop: Laptop, place: Path, *words: str, lang: str = "en") -> Files:
    """The report on last week in all five."""
    place.mkdir(exist_ok=True)
    paths = {kind: place / f"report.{kind}" for kind in ("html", "md", "xlsx")}
    options = [word for kind, path in paths.items() for word in (f"--{kind}", str(path))]
    base = ("--lang", lang, "report", *words)
    laptop.run(*base, *options, "--force")
    return Files(
        json.loads(laptop.run(*base, "--json").out),
        laptop.run(*base, COLUMNS="600").out,
        paths["html"].read_text(encoding="utf-8"),
        paths["md"].read_text(encoding="utf-8"),
        paths["xlsx"].read_bytes(),
        place,
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    """A laptop on which everything that people type is markup of one kind or another."""
    laptop = Laptop(tmp_path_factory.mktemp("hostile") / "home")
    for i, name in enumerate(HOSTILE):
        mark = ["--tag", name[:100]] if i % 3 == 0 else ["--follow-up", "2026-11-25"]
        by = ["--by", name[:100]]
        laptop.shop(name, ("pending", "refused", "signed-up", "not-met")[i % 4], *mark, *by, community=HOSTILE[-i % 7])
    laptop.run("refer", HOSTILE[2], HOSTILE[0], "--new", "--at", "2026-11-23")
    laptop.run("refer", HOSTILE[1], HOSTILE[4], "--new", "--at", "2026-11-23")
    return laptop


def agree(files: Files, *, lang: str) -> None:
    use(lang)
    expected = from_json(files.document)
    shown = _cells(expected, harmless)
    assert from_html(files.page) == shown
    assert _joined(from_markdown(files.text)) == _joined(shown)
    workbook = from_workbook(files.workbook, files.document)
    assert _cells(workbook, harmless) == _cells(shown, lambda cell: cell.replace(PART, "" if lang == "zh" else " "))
    on_terminal(files, shown)
    use("en")


def _cells(tables: Tables, read: Callable[[str], str]) -> Tables:
    return {title: [[read(cell) for cell in row] for row in rows] for title, rows in tables.items() if rows}


def _joined(tables: Tables) -> dict[str, list[list[str]]]:
    return {
        harmless(title): [[squeezed(cell.replace(PART, "")) for cell in row] for row in rows] for title, rows in tables.items()
    }


def on_terminal(files: Files, shown: Tables) -> None:
    """Cells come in their order on each line; those of a card in some lines."""
    titles = {section["title"]: section["code"] for section in files.document["sections"]}
    for heading, lines in from_terminal(files.terminal, titles):
        rows = shown.get(heading, [])
        if titles[heading] == "next":
            cards = re.split(r"\n(?=\d+\. )", "\n".join(lines))
            for card, (rank, *words, score, advice, reasons) in zip(cards, rows, strict=False):
                said = squeezed(card.split("\n63 ")[0].split("\n另有")[0])
                assert said.startswith(squeezed(f"{rank}." + "·".join(filter(None, words)))), card
                assert squeezed(f"{score}→{advice}{reasons.replace(PART, '')}") in said, card
        elif rows:
            start = 2 if any(s["warning"] for s in files.document["sections"] if s["title"] == heading) else 1
            for line, row in zip(lines[start:], rows, strict=False):
                found = [part for part in re.split(r"\s{2,}", line.strip()) if part.strip("█")]
                assert found == [re.sub(r"\s{2,}", " ", cell) for cell in row if cell], heading


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_five_agree_on_the_sample(sample: Laptop, tmp_path: Path, lang: str) -> None:
    files = made(sample, tmp_path, "--week", "2026-W47", lang=lang)
    assert len(files.document["sections"]) == 17
    agree(files, lang=lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_five_agree_where_names_are_markup(hostile: Laptop, tmp_path: Path, lang: str) -> None:
    agree(made(hostile, tmp_path, lang=lang), lang=lang)


def test_the_five_say_so_where_there_is_nothing(laptop: Laptop, tmp_path: Path) -> None:
    files = made(laptop, tmp_path)
    assert files.document["sections"] == []
    for said in (files.terminal, files.page, files.text):
        assert "No merchant had been recorded by then." in said
    assert from_workbook(files.workbook, files.document) == {}


def test_no_contact_is_in_any_unless_asked_for_and_then_it_says_so(laptop: Laptop, tmp_path: Path) -> None:
    laptop.shop("老王超市", "pending", "--phone", "12000015678")
    laptop.run("merchant", "edit", "老王超市", "--owner", "王建国", "--wechat", "laowang88")
    laptop.run("refer", "刘姐", "老王超市", "--new")
    laptop.run("parent", "edit", "刘姐", "--phone", "12000098765")
    private = ("12000015678", "王建国", "laowang88", "12000098765")
    plain, told = made(laptop, tmp_path), made(laptop, tmp_path, "--with-contacts")
    for without, with_them in zip(_texts(plain), _texts(told), strict=True):
        assert not any(secret in without for secret in private)
        assert all(secret in with_them for secret in private)
        assert "With contacts: this page holds phone numbers. Do not pass it on." in with_them
    agree(told, lang="en")


def _texts(files: Files) -> tuple[str, ...]:
    book = str(from_workbook(files.workbook, files.document)) + files.document["lead"][0] + (files.document["contacts"] or "")
    return json.dumps(files.document, ensure_ascii=False), files.terminal, files.page, files.text, book


def test_a_workbook_is_safe_and_neat(hostile: Laptop, tmp_path: Path) -> None:
    """Texts are texts: no formula, no link; heads are frozen and filtered; the names of sheets are legal and differ."""
    files = made(hostile, tmp_path)
    unpacked = tmp_path / "unpacked"
    shutil.unpack_archive(tmp_path / "report.xlsx", unpacked, "zip")
    sheets = [path.read_text(encoding="utf-8") for path in sorted((unpacked / "xl" / "worksheets").glob("sheet*.xml"))]
    assert not any("<f>" in sheet or "hyperlink" in sheet for sheet in sheets)
    assert all('state="frozen"' in sheet and "<autoFilter" in sheet for sheet in sheets[1:])
    names = re.findall(r'<sheet name="(.*?)"', (unpacked / "xl" / "workbook.xml").read_text(encoding="utf-8"))
    assert len({name.casefold() for name in names}) == len(names) == len(files.document["sections"]) + 1
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_workbook_and_finds_the_same(sample: Laptop, tmp_path: Path) -> None:
    files = made(sample, tmp_path, "--week", "2026-W47", lang="zh")
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = ["soffice", home, "--headless", "--convert-to", every_sheet, "--outdir", str(tmp_path / "csv"), "report.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    assert len(list((tmp_path / "csv").glob("*.csv"))) == len(files.document["sections"]) + 1
    for section in files.document["sections"]:
        (path,) = (tmp_path / "csv").glob(f"*-{section['title'][:31]}.csv")
        head, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
        kinds = [column["type"] for column in section["columns"]]
        assert head[: len(kinds)] == [column["title"] for column in section["columns"]]
        for found, row in zip(rows, section["rows"], strict=False):
            assert [_cell(kind, text) for kind, text in zip(kinds, found, strict=False)] == [
                _cell(kind, cell) for kind, cell in zip(kinds, row, strict=True)
            ]


def _cell(kind: str, cell: Any) -> object:
    """A cell of LibreOffice's text, or of the document, as a value of its type."""
    if cell in (None, ""):
        return None
    if kind in ("count", "change"):
        return int(cell)
    if kind == "share":
        return round(float(cell.rstrip("%")) / 100, 3) if isinstance(cell, str) else cell
    if kind == "range":
        return cell if isinstance(cell, str) else "–".join(f"{part * 100:.1f}%" for part in cell)
    return "".join(cell) if isinstance(cell, list) else cell


def test_an_output_that_cannot_be(sample: Laptop, tmp_path: Path) -> None:
    """Each is refused in a sentence before anything is read, and nothing is left."""
    there = tmp_path / "there.html"
    there.write_text("mine", encoding="utf-8")
    same = tmp_path / "same.md"
    same.symlink_to(there)
    cases = (
        (
            ("--html", there),
            f"{there} is there already. Give another name, or --force to replace it; nothing was written.\n",
            1,
        ),
        (("--html", tmp_path), f"{tmp_path} is a folder. Give the name of a file in it.\n", 1),
        (("--md", ""), "The name of the file to write is missing. For example: report.html\n", 2),
        (("--md", there), "--md writes a file that ends in .md. For example: --md ", 2),
        (("--md", same, "--html", there), f"{there} is named twice. Give each output a file of its own.\n", 2),
        (("--xlsx", tmp_path / "no" / "a.xlsx"), f"{tmp_path}/no/a.xlsx cannot be written: there is no folder", 1),
    )
    for words, said, code in cases:
        ran = sample.run("report", *words, code=code)
        assert (ran.out, ran.err.startswith(said)) == ("", True), ran.err
    assert (there.read_text(encoding="utf-8"), sorted(tmp_path.iterdir(), reverse=True)) == ("mine", [there, same])
    sample.run("report", "--html", there, "--force")
    assert there.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
@pytest.mark.parametrize(("key", "replaced"), [("1", True), ("2", False)])
def test_a_terminal_is_asked_before_a_file_is_replaced(sample: Laptop, tmp_path: Path, key: str, *, replaced: bool) -> None:
    pexpect = pytest.importorskip("pexpect")
    there = tmp_path / "report.md"
    there.write_text("mine", encoding="utf-8")
    words = ["-m", "outreach", "report", "--md", str(there)]
    child = pexpect.spawn(
        sys.executable, words, env=sample.env(TERM="xterm"), encoding="utf-8", timeout=30, dimensions=(24, 200)
    )
    child.expect("is there already. Replace it")
    child.expect("press a number")
    child.send(key)
    child.expect(pexpect.EOF)
    child.close()
    assert (child.exitstatus == 0) is replaced
    assert (there.read_text(encoding="utf-8") != "mine") is replaced


def test_a_slip_in_the_settings_is_named_before_anything_is_written(laptop: Laptop, tmp_path: Path) -> None:
    laptop.home.mkdir()
    (laptop.home / "settings.toml").write_text("[weights]\nintroducd = 3\n", encoding="utf-8")
    ran = laptop.run("report", "--html", tmp_path / "report.html", code=2)
    assert "There is no setting weights.introducd" in ran.err
    assert not (tmp_path / "report.html").exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_leaves_no_half_file(sample: Laptop, tmp_path: Path) -> None:
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(place)], check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        for kind in ("html", "xlsx"):
            ran = sample.run("report", f"--{kind}", place / f"report.{kind}", code=1)
            assert "cannot be written (no space is left on the disk)" in ran.err
            assert list(place.iterdir()) == []
    finally:
        subprocess.run(["umount", str(place)], check=True)
