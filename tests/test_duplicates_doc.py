"""docs/duplicates.md says how often likeness is right: its figures are those of the labelled pairs, in both languages."""

from pathlib import Path

import pytest

from measure_duplicates import CLASSES, labelled, precision_and_recall, table

DOCS = Path(__file__).parent.parent / "docs"
PAIRS = labelled()
HELD_OUT = [pair for pair in PAIRS if pair.held_out]


@pytest.mark.parametrize(("lang", "name"), [("en", "duplicates.md"), ("zh", "duplicates.zh.md")])
def test_the_figures_are_those_of_the_pairs_that_were_held_out(lang: str, name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    assert table(HELD_OUT, lang) in text
    assert all(figure in text for figure in precision_and_recall(HELD_OUT))
    assert str(len(PAIRS)) in text
    assert str(len(HELD_OUT)) in text


def test_it_is_right_often_enough() -> None:
    """Nine of ten that are offered are one shop, and four of five that are one are offered."""
    precision, recall = (float(figure.split()[0]) for figure in precision_and_recall(HELD_OUT))
    assert precision >= 0.9
    assert recall >= 0.8


def test_a_third_is_held_out_of_every_kind() -> None:
    assert len(PAIRS) >= 300
    for kind in CLASSES:
        held_out = [pair.held_out for pair in PAIRS if pair.kind == kind]
        assert 0.2 <= sum(held_out) / len(held_out) <= 0.4
    assert {pair.kind for pair in PAIRS} == set(CLASSES)
