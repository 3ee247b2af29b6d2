"""docs/scoring.md is true: its defaults are the program's, all of them."""

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from outreach.domain.rules import Holds, Weights

DOC = (Path(__file__).parent.parent / "docs" / "scoring.md").read_text(encoding="utf-8")


def table(heading: str) -> dict[str, str]:
    """The first two columns of the table under a heading."""
    part = DOC.split(heading, 1)[1].split("\n#", 1)[0]
    return dict(re.findall(r"^\| `(\w+)` \| ([^|]+?) \|", part, re.MULTILINE))


@pytest.mark.parametrize(("heading", "numbers"), [("## The terms", Weights()), ("### Holds", Holds())])
def test_every_default_stands_in_the_document(heading: str, numbers: Weights | Holds) -> None:
    shown = {k: " ".join(v) if isinstance(v, tuple) else str(v) for k, v in asdict(numbers).items()}
    assert table(heading) == shown
