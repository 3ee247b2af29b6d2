"""The walking list in a real browser: one file, nothing fetched, no complaint, and whole stops on sheets of A4."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Laptop

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
LONG = "一个很长的店名" * 9


@pytest.fixture
def page(laptop: Laptop, tmp_path: Path) -> Path:
    """Twenty shops shared by two workers, one with a name that is long and one with a name that is markup."""
    for number in range(18):
        laptop.shop(f"小店{number:02}", "pending", "--at", "2026-11-01", "--why", "suspects-scam" if number == 1 else "other")
    laptop.run("parent", "add", "燕子", "--community", "皮村", "--consent-on", "2026-10-01", "--trained-on", "2026-10-05")
    laptop.shop(LONG, "pending", "--at", "2026-11-01")
    laptop.shop("<img src=//example.invalid/x onerror=alert(1)>", "pending", "--at", "2026-11-01")
    laptop.lang = "zh"
    path = tmp_path / "plan.html"
    laptop.run("plan", "--community", "皮村", "--limit", "10", "--by", "林晓", "--by", "赵敏", "--html", path)
    return path


def chromium(*words: str) -> str:
    """Run it on a file; what it says, its console included."""
    assert CHROMIUM is not None
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0", *words]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, timeout=120)
    return done.stdout + done.stderr


def test_it_names_nothing_to_fetch_and_lets_only_its_own_style_in(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"""(src|href|action)\s*=|url\(|@import|<script|https?:""", text.replace("&lt;img src=//", ""))
    assert "default-src 'none'" in text
    assert "unsafe-inline" not in text


@needs_chromium
def test_the_browser_shows_it_with_its_style_and_complains_of_nothing(page: Path) -> None:
    said = chromium("--dump-dom", page.as_uri())
    assert "CONSOLE" not in said
    assert "小店00" in said
    assert said.count('class="sheet"') == 2


@needs_chromium
@needs_poppler
def test_it_prints_on_a4_a_sheet_for_each_worker_and_no_stop_is_cut(page: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "plan.pdf"
    chromium(f"--print-to-pdf={pdf}", "--no-pdf-header-footer", page.as_uri())
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, encoding="utf-8", check=True)
    sheets = done.stdout.removesuffix("\f").split("\f")
    size = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Page size: +59\d(\.\d+)? x 84\d(\.\d+)? pts", size)
    heads = [sheet for sheet in sheets if "走访单" in sheet]
    assert ["林晓" in heads[0], "赵敏" in heads[1], len(heads)] == [True, True, 2]
    for sheet in sheets:
        assert sheet.count("说什么") == sheet.count("未见到负责人") == sheet.count("备注"), "each stop is on one sheet"
    assert sum(sheet.count("说什么") for sheet in sheets) == 20


@needs_chromium
@needs_poppler
def test_eight_shops_fit_one_sheet_and_each_sheet_says_its_own_number_and_worker(laptop: Laptop, tmp_path: Path) -> None:
    for number in range(16):
        laptop.shop(
            f"小店{number:02}", "pending", "--at", "2026-11-01", "--why", "other", "--note", "想再看看别的店怎么说，下月再谈"
        )
    laptop.lang = "zh"
    path, pdf = tmp_path / "plan.html", tmp_path / "plan.pdf"
    said = laptop.run("plan", "--community", "皮村", "--by", "林晓", "--by", "赵敏", "--html", path, OUTREACH_WORKER="林晓").err
    assert "没有赵敏的走访记录" not in said  # nobody's visits say who made them yet
    chromium(f"--print-to-pdf={pdf}", "--no-pdf-header-footer", path.as_uri())
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, encoding="utf-8", check=True)
    sheets = done.stdout.removesuffix("\f").split("\f")
    assert [sheet.count("说什么") for sheet in sheets] == [8, 8]
    for sheet, worker in zip(sheets, ("林晓", "赵敏"), strict=True):
        assert "本单列出 8 家" in sheet
        assert f"outreach visit --plan --by {worker}" in sheet
