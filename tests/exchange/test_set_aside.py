"""Rows to look at as the workbook holds them: with the ids of visits, so that mending a row corrects the visit it made."""

import pytest

from outreach.exchange.fates import Fate, Finding, Outcome, Settled
from outreach.exchange.set_aside import cells_of, heads_of

MADE = {"": Settled(Fate.NEW, {"outcome": "pending"}, {}, {})}
BROUGHT = {"merchant.": MADE[""]}  # its shop only, and no visit


def outcome(*findings: Finding, kind: str = "visit", header: tuple[str, ...] = ("店名", "结果", "备注")) -> Outcome:
    return Outcome("list", kind, header, problems=list(findings))


def test_a_row_that_made_a_visit_has_its_id_and_no_other() -> None:
    made = Finding(2, Fate.DOUBTFUL, "visit", id="v", parts=MADE, cells=("甲店", "待定"))
    brought = Finding(3, Fate.DOUBTFUL, "visit", id="w", parts=BROUGHT, cells=("乙店", "待定", "忙"))
    wide = Finding(4, Fate.REFUSED, "visit", cells=("丙店", "待定", "忙", "13"))
    found = outcome(made, brought, wide)
    assert heads_of(found) == ("店名", "结果", "备注", "id")
    assert cells_of(found, made) == ("甲店", "待定", None, "v")
    assert cells_of(found, brought) == ("乙店", "待定", "忙", None)
    assert cells_of(found, wide) == ("丙店", "待定", "忙", None)


@pytest.mark.parametrize(
    ("kind", "header", "parts"),
    [("visit", ("店名",), BROUGHT), ("visit", ("店名", "id"), MADE), ("merchant", ("店名",), MADE)],
    ids=["none-made", "has-ids", "has-a-name"],
)
def test_where_there_are_no_ids_to_add(kind: str, header: tuple[str, ...], parts: dict[str, Settled]) -> None:
    one = Finding(2, Fate.DOUBTFUL, kind, id="x", parts=parts, cells=("甲店",))
    found = outcome(one, kind=kind, header=header)
    assert (heads_of(found), cells_of(found, one)) == (header, ("甲店",))
