"""Shops that were put together go into files, and come out of them on an empty laptop: links, parts, what is apart again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from outreach.cli.main import main

Run = Callable[..., None]
NAMES = ("甲超市", "乙便利店", "丙水果", "丁面馆", "戊五金")


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command on the laptop of that name, in this process."""
    monkeypatch.setenv("OUTREACH_NOW", "2026-11-24T09:00:00+08:00")

    def run(laptop: str, *words: object, lang: str = "zh") -> None:
        monkeypatch.setenv("OUTREACH_HOME", str(tmp_path / laptop))
        assert main(["--lang", lang, *map(str, words)]) == 0

    return run


def merged(run: Run) -> None:
    """A chain 丙 → 乙 → 甲, a pair that was taken apart again, and visits and marks on each of them."""
    for i, name in enumerate(NAMES):
        run(
            "here",
            "visit",
            name,
            "pending",
            "--new",
            "--community",
            "皮村",
            "--at",
            f"2026-11-1{i}",
            "--by",
            "赵敏",
            "--tag",
            name,
        )
        run("here", "merchant", "edit", name, "--phone", f"1380000000{i}")
    run("here", "merchant", "merge", NAMES[1], NAMES[2], "--keep", "A")
    run("here", "merchant", "merge", NAMES[0], NAMES[1], "--keep", "B")
    run("here", "merchant", "merge", NAMES[3], NAMES[4], "--keep", "A")
    run("here", "merchant", "unmerge", NAMES[4])


def everything(run: Run, laptop: str, place: Path) -> Any:
    run(laptop, "export", place / f"{laptop}.json", "--with-contacts", "--force")
    return json.loads((place / f"{laptop}.json").read_bytes())


@pytest.mark.parametrize(
    "files", [("all.json",), ("all.xlsx",), ("tags.csv", "visits.csv", "merchants.csv", "communities.csv")]
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_merged_shops_come_back_as_they_were(on: Run, tmp_path: Path, files: tuple[str, ...], lang: str) -> None:
    merged(on)
    for name in files:
        kind = ["--kind", name.removesuffix(".csv")] if name.endswith(".csv") else []
        on("here", "export", tmp_path / name, *kind, "--with-contacts", lang=lang)
    on("there", "import", *(tmp_path / name for name in files), lang=lang)
    here, there = (everything(on, laptop, tmp_path) for laptop in ("here", "there"))
    assert here == there
    links = {shop["name"]: shop.get("merged_into") for shop in there["merchants"]}
    ids = {shop["id"]: shop["name"] for shop in there["merchants"]}
    assert {name: ids[link] for name, link in links.items() if link} == {"乙便利店": "甲超市", "丙水果": "乙便利店"}
    on("there", "import", *(tmp_path / name for name in files), lang=lang)
    on("there", "merchant", "unmerge", "丙水果")
    assert "merged_into" not in next(s for s in everything(on, "there", tmp_path)["merchants"] if s["name"] == "丙水果")
