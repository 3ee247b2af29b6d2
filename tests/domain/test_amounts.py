"""How many there are, as people write it down in a village."""

import pytest

from outreach.domain.amounts import amount


@pytest.mark.parametrize(
    ("text", "meant"),
    [("4100", 4100), ("４１００", 4100), ("13,000", 13_000), ("1，300，000", 1_300_000), ("1.3万", 13_000), ("2 万", 20_000),
     ("约4100户", 4100), ("大约 4千户左右", 4000), ("about 4,100", 4100), ("1万多户", 10_000), ("0", 0)],
)  # fmt: skip
def test_what_is_meant(text: str, meant: int) -> None:
    assert amount(text, "户家") == meant


@pytest.mark.parametrize(
    "text", ["", "很多", "1.3", "1.23456万", "13,00", "4100人", "-5", "3-5", "两三百", "1e5", "3.5公里", "万"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert amount(text, "户家") is None
