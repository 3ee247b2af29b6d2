"""The resource map in a real browser: nothing fetched, nothing complains, it filters by keys, and prints with its names."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Laptop
from tests.report.browser import CHROMIUM, Page

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
MARKUP = "<img src=https://x.example/a onerror=alert(1)>"
SHOWN = "document.querySelectorAll('.thing:not(.off)').length"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A village with shops that lie together and apart, places, a name that would run, and one very long name."""
    place = tmp_path_factory.mktemp("village")
    laptop = Laptop(place / "home", lang="zh")
    for number in range(12):
        laptop.shop(
            f"小店{number:02}", "signed-up" if number % 3 else "pending", "--category", "超市" if number % 2 else "药店"
        )
        north = 39.98 + number / 1000 if number < 6 else 39.99
        laptop.run("merchant", "edit", f"小店{number:02}", "--lat", f"{north:.6f}", "--lon", "116.6")
    laptop.shop(MARKUP, "refused", "--category", MARKUP)
    laptop.shop("店" * 100, "refused")
    laptop.run("merchant", "edit", "店" * 100, "--lat", "39.982", "--lon", "116.61")
    laptop.run("place", "add", "卫生站", "--kind", "clinic", "--community", "皮村", "--lat", "39.985", "--lon", "116.605")
    laptop.run("place", "add", "活动中心", "--kind", "community-centre", "--community", "皮村", "--offers", MARKUP)
    laptop.run("map", "--html", place / "map.html")
    laptop.run("parent", "add", MARKUP, "--community", "皮村", "--consent-on", "2026-11-01")
    laptop.run("place", "edit", "卫生站", "--relation", "known", "--source", MARKUP)
    laptop.run("map", "--html", place / "named.html", "--with-people")
    return place / "map.html"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 800, 1280])
def test_nothing_is_fetched_nothing_complains_and_nothing_sticks_out(
    browser: Page, drawn: Path, width: int, *, dark: bool
) -> None:
    browser.behaves(drawn, width=width, dark=dark)


def test_a_box_unticked_takes_its_things_off_map_and_lists(browser: Page, drawn: Path) -> None:
    browser.open(drawn)
    assert browser.run(SHOWN) == 16
    browser.run("document.querySelector('input[value=layer-base]').focus()")
    browser.press(" ")
    assert browser.run(SHOWN) == 15
    browser.run("document.querySelector('input[value=status-signed_up]').click()")
    assert browser.run(SHOWN) == 7
    assert browser.run("document.querySelector('.filters output').textContent") == "显示 7 个，共 16 个"
    assert browser.run("[...document.querySelectorAll('tbody tr')].filter((row) => row.offsetHeight).length") == 1
    browser.run("document.querySelector('[data-all=\"0\"]').click()")
    assert browser.run(SHOWN) == 0
    assert browser.run("[...document.querySelectorAll('.number')].every((text) => text.classList.contains('off'))")
    browser.run("document.querySelector('svg.map').focus()")
    browser.press("n")
    assert browser.run("document.querySelector('.tools output').textContent") == ""
    assert browser.complaints == []


def test_people_are_a_layer_too_and_relations_a_filter(browser: Page, drawn: Path) -> None:
    browser.behaves(drawn.with_name("named.html"), width=360, dark=False)
    assert browser.run(SHOWN) == 17
    browser.run("document.querySelector('input[value=layer-people]').click()")
    assert browser.run(SHOWN) == 16
    assert browser.run("document.querySelector('#people').offsetHeight") == 0
    browser.run("document.querySelector('input[value=relation-known]').click()")
    assert (
        browser.run("[...document.querySelectorAll('.thing')].filter((one) => one.textContent.includes('卫生站')).length") == 1
    )
    assert not browser.run("[...document.querySelectorAll('.thing:not(.off)')].some((o) => o.textContent.includes('卫生站'))")
    assert browser.complaints == []


def test_it_reads_without_its_script(browser: Page, drawn: Path) -> None:
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(drawn)
    assert browser.run("document.querySelector('.filters').hidden")
    text = browser.run("document.body.innerText")
    assert all(name in text for name in ("小店00", "卫生站", "活动中心", MARKUP))


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_it_prints_on_a4_with_every_name_and_no_buttons(browser: Page, drawn: Path, tmp_path: Path) -> None:
    browser.open(drawn)
    (tmp_path / "map.pdf").write_bytes(browser.pdf())
    told = subprocess.run(["pdfinfo", "map.pdf"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert re.search(r"Page size: +59[45](\.\d+)? x 84[12]", told)
    text = subprocess.run(
        ["pdftotext", "-raw", "map.pdf", "-"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    assert all(f"小店{number:02}" in text for number in range(12))
    assert "北" in text
    assert "全选" not in text
    assert int(re.findall(r"Pages: +(\d+)", told)[0]) <= 3
