"""The report as a document: ten thousand merchants are cut and counted, one visit is enough, each word has its language."""

import pytest

from outreach.domain.facts import Merchant, Tail
from outreach.domain.rules import Rules
from outreach.i18n import use
from outreach.report.contents import document
from outreach.report.document import Document, Kind, Section
from outreach.report.html import html
from outreach.report.markdown import markdown
from outreach.report.weekly import Sources, weekly
from outreach.report.xlsx import workbook
from tests.domain.states import decided, follow_up, parent, state, visit, word


def section(found: Document, code: str) -> Section:
    return next(s for s in found.sections if s.code == code)


def test_of_ten_thousand_merchants_lists_are_cut_and_counted_and_the_map_has_all() -> None:
    shops = [Merchant(f"m{i}", f"店{i:05}", f"村{i % 300:03}") for i in range(10_000)]
    known = state(
        [visit(m.id, 20, "pending") for m in shops] + [visit(m.id, 0, "refused", i="w") for m in shops[:5_000]],
        merchants=shops,
        tags=[follow_up(m.id, -3) for m in shops[:500]],
    )
    found = document(weekly(known, Rules()), {})
    cut = {s.code: (len(s.rows), s.more) for s in found.sections if s.more}
    assert cut == {
        "moved": (100, 4_900), "communities": (100, 200), "activity": (100, 200), "overdue": (100, 400), "next": (10, 9_990),
        "advice": (100, 200),
    }  # fmt: skip
    page = html(found)
    assert len(page) < 2_500_000
    assert page.count(b'class="thing"') == 10_000
    assert b"4900 more are not shown." in page
    assert b"4900 more are not shown." in markdown(found)
    assert workbook(found)[:2] == b"PK"


def test_one_visit_in_one_community_is_a_whole_report_that_warns() -> None:
    only = visit("老王超市", 0, "signed_up")
    found = document(weekly(state([only]), Rules(), Sources({"老王超市": Tail((only,))})), {})
    assert section(found, "standing").rows[0] == ("signed up", 1, 0, 1, 1.0)
    assert section(found, "introductions").warning.startswith("Too few visits to conclude anything: 0 with an introduction")
    assert section(found, "next").empty == "No merchant is left to win."
    assert html(found)


def test_a_week_without_anything_prints_no_table_of_zeros() -> None:
    found = document(weekly(state(merchants=[Merchant("m", "老王超市", "皮村")]), Rules()), {})
    for code in ("activity", "days", "workers", "introductions"):
        assert section(found, code).rows == (), code
        assert section(found, code).empty, code
    assert section(found, "introductions").warning == ""


def test_what_people_decided_and_where_to_go_stand_in_the_report_and_a_number_in_a_reason_is_covered() -> None:
    overrides = [
        decided("hold", place="皮村", until=5), decided("pin", "老王超市"), decided("pin", "小芳水果", until=-1, days=4)
    ]  # fmt: skip
    overrides[1] = overrides[1]._replace(note="店主 138 1234 5678 说可以")
    shops = [Merchant("老王超市", "老王超市", "皮村"), Merchant("小芳水果", "小芳水果", "上冲")]
    found = document(weekly(state(merchants=shops, overrides=overrides), Rules()), {})
    rows = section(found, "decisions").rows
    assert [(row[0], row[1], row[2]) for row in rows] == [
        ("the whole community", "皮村", "hold off"), ("老王超市", "皮村", "visit first"),
    ]  # fmt: skip
    assert rows[1][4] == "店主 *** 说可以"
    assert "5678" not in str(found.sections)
    assert [row[:3] for row in section(found, "advice").rows] == [("上冲", 1, 0), ("皮村", 1, 0)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_cell_is_what_its_column_says(lang: str) -> None:
    use(lang)
    known = state(
        [visit("甲", 9, "pending", "suspects_scam"), visit("乙", 0, "not_met")],
        parents=[parent()],
        words=[word("刘姐", "甲", 1)],
        tags=[follow_up("甲", -1), follow_up("乙", 2)],
    )
    found = document(weekly(known, Rules(), Sources()), {}, contacts=True)
    use("en")
    for part in found.sections:
        for row in part.rows:
            assert len(row) == len(part.columns)
            for column, cell in zip(part.columns, row, strict=True):
                if column.kind in (Kind.COUNT, Kind.CHANGE):
                    assert isinstance(cell, int), (part.code, column.code)
                elif column.kind in (Kind.TEXT, Kind.LONG):
                    assert cell is None or isinstance(cell, str), (part.code, column.code)
        titles = [part.title, *(column.title for column in part.columns), *part.notes]
        assert all(any(ord(c) > 0x2E7F for c in title) or title == "#" for title in titles) is (lang == "zh"), titles
