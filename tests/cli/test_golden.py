"""What people see, word for word, in both languages: the files of tests/golden. A change of them is a change to be looked at.

OUTREACH_GOLDEN=write .venv/bin/python -m pytest tests/cli/test_golden.py     writes them anew; then read the difference
"""

import os
from pathlib import Path

import pytest

from tests.conftest import Laptop

GOLDEN = Path(__file__).parents[1] / "golden"
PAGES = {
    "help": ("--help",),
    "visit-help": ("visit", "--help"),
    "list": ("list", "--limit", "25"),
    "show": ("show", "老周粮油店"),
    "priority": ("priority", "--top", "12"),
    "why": ("why", "sjlm"),
    "report": ("report", "--week", "2026-W47"),
    "merge-differs": ("merchant", "merge", "老周粮油店", "sjlm"),
    "backtest": ("backtest",),
    "backtest-too-short": ("backtest",),
}
TWINS = (
    ("老王超市", "--phone", "12000012345"),
    ("老汪便利店", "--phone", "120-0001-2345"),
    ("小芳水果店", "--lat", "39.9214", "--lon", "116.583"),
    ("皮村小芳鲜果", "--lat", "39.9215", "--lon", "116.583"),
    ("老孙家饺子",),
    ("老孙冢饺子馆",),
    ("老李超市",),
)
LATER = {"backtest": "2026-12-21T09:00:00+08:00"}  # pages of another day


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_the_page_is_as_it_was(sample: Laptop, page: str, lang: str) -> None:
    golden = GOLDEN / f"{page}.{lang}.txt"
    now = LATER.get(page, sample.now)
    ran = sample.run("--lang", lang, *PAGES[page], code=None, COLUMNS="80", OUTREACH_NOW=now)
    compare(golden, ran.out + ran.err)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_shops_that_may_be_one_are_shown_as_they_were(laptop: Laptop, lang: str) -> None:
    for name, *more in TWINS:
        laptop.run("merchant", "add", name, "--community", "皮村", *more)
    ran = laptop.run("--lang", lang, "merchant", "duplicates", COLUMNS="80")
    compare(GOLDEN / f"duplicates.{lang}.txt", ran.out + ran.err)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_text_to_paste_is_as_it_was(sample: Laptop, lang: str, tmp_path: Path) -> None:
    sample.run("--lang", lang, "report", "--week", "2026-W47", "--md", tmp_path / "report.md")
    compare(GOLDEN / f"report.{lang}.md", (tmp_path / "report.md").read_text(encoding="utf-8"))


def compare(golden: Path, shown: str) -> None:
    """The same as before, or written down as the new."""
    if os.environ.get("OUTREACH_GOLDEN") == "write":
        golden.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == golden.read_text(encoding="utf-8")
