"""The page in a browser: nothing is fetched, nothing complains, the map moves by mouse and by keys, and it prints on A4."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Laptop
from tests.report.browser import CHROMIUM, Page

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
MOVED = "document.querySelector('.stage').getAttribute('transform')"
DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(scope="module")
def report(sample: Laptop) -> Path:
    """The page of the demo's last week, with a shop whose name would run if it could."""
    laptop, page = Laptop(sample.home, lang="zh"), sample.home.parent / "report.html"
    laptop.shop("<img src=https://x.example/a onerror=alert(1)>", "signed-up", "--at", "2026-11-20")
    laptop.shop("店" * 100, "signed-up", "--at", "2026-11-20")
    laptop.run("report", "--week", "2026-W47", "--html", page)
    return page


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 800, 1280])
def test_nothing_is_fetched_nothing_complains_and_nothing_sticks_out(
    browser: Page, report: Path, width: int, *, dark: bool
) -> None:
    browser.behaves(report, width=width, dark=dark)
    assert browser.run("document.querySelectorAll('section').length") == 18


def test_the_map_moves_and_grows_by_mouse_and_by_keys(browser: Page, report: Path) -> None:
    browser.open(report)
    browser.run("document.querySelector('svg.map').focus()")
    browser.press("ArrowRight")
    browser.run(DRAWN)
    assert browser.run(MOVED) == "translate(-60 0) scale(1)"
    browser.press("0")
    browser.press("+")
    browser.run(DRAWN)
    assert browser.run(MOVED).endswith("scale(1.3)")
    browser.press("n")
    named = browser.run("document.querySelector('.tools output').textContent")
    assert named == browser.run("document.querySelector('.dot title').textContent")
    browser.press("0")
    x, y = browser.run("(({x, y}) => [x + 20, y + 20])(document.querySelector('svg.map').getBoundingClientRect())")
    browser.run(f"scrollBy(0, {y - 100})")
    for what, along in (("mousePressed", 0), ("mouseMoved", 50), ("mouseReleased", 50)):
        browser.mouse(what, x + along, 100)
    browser.run(DRAWN)
    assert re.fullmatch(r"translate\([1-9][\d.]* 0\) scale\(1\)", browser.run(MOVED)), browser.run(MOVED)
    assert browser.complaints == []


def test_it_reads_without_its_script(browser: Page, report: Path) -> None:
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(report)
    assert browser.run("document.querySelector('.tools').hidden")
    assert "老周粮油店" in browser.run("document.body.innerText")
    assert browser.run("document.querySelectorAll('.dot title').length") > 80


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_it_prints_on_a4_with_heads_on_every_page(browser: Page, report: Path, tmp_path: Path) -> None:
    browser.open(report)
    (tmp_path / "report.pdf").write_bytes(browser.pdf())
    told = subprocess.run(["pdfinfo", "report.pdf"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert re.search(r"Page size: +59[45](\.\d+)? x 84[12]", told)
    text = subprocess.run(["pdftotext", "-layout", "report.pdf", "-"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert text.stdout.count("得分") >= 2  # the ranking's head, repeated
    assert "+\n−" not in text.stdout  # no buttons on paper
