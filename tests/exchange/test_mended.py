"""What rows to look at were imported with goes with them, whatever it is, and comes back."""

import pytest

from outreach.exchange.header_words import PROBLEM_HEADS
from outreach.exchange.mended import HEADS, With, ahead, imported_with
from outreach.exchange.table import Row, Table

FIRST = next(iter(PROBLEM_HEADS))


def table(*cells: str | None, third: str = HEADS[0]) -> Table:
    return Table(
        "list", (*FIRST, third), [Row(2, ("2", "why")), *(Row(i, ("2", "why", cell)) for i, cell in enumerate(cells, 3))]
    )


@pytest.mark.parametrize(
    "said",
    [
        With(),
        With("皮村"),
        With("新村 珠海", "gcj02", new_shops=True),
        With("O'Brien's \"Village\"", None, new_shops=True),
        With("两\n行", "bd09"),
        With("--datum", "wgs84"),
        With(new_shops=True),
    ],
    ids=repr,
)
def test_what_was_said_comes_back(said: With) -> None:
    assert imported_with(table(None, str(said), "")) == said


@pytest.mark.parametrize("text", ["", "import --community '", "--community", "=1+1"])
def test_what_makes_no_sense_says_nothing(text: str) -> None:
    assert imported_with(table(text)) in (With(), With(""))


def test_another_third_column_says_nothing() -> None:
    assert imported_with(table("import --community 皮村", third="店名")) == With()
    assert [ahead(table(third=head).header) for head in (*HEADS, "店名")] == [3, 3, 2]
    assert ahead(("店名", *FIRST)) == 0


def test_what_is_said_now_goes_before_what_was_said_then() -> None:
    then = With("皮村", "gcj02", new_shops=True)
    assert With("马驹桥").or_else(then) == With("马驹桥", "gcj02", new_shops=True)
    assert With().or_else(With("皮村")) == With("皮村")
    assert With("皮村", "wgs84").or_else(With()) == With("皮村", "wgs84")
