"""What the supervisor reads: who moved and thanks to whom, what is overdue, why merchants waver, whom to visit next."""

from outreach.domain.rules import Rules
from outreach.report.standing import Numbers
from outreach.report.weekly import NEXT, Report, weekly
from tests.domain.states import TODAY, ago, follow_up, parent, state, visit, word


def moves(report: Report) -> list[tuple[str, str | None, str]]:
    return [(move.merchant.name, move.before, move.after) for move in report.moved]


def test_the_week_is_named_and_seen_from_its_day() -> None:
    report = weekly(state(), Rules())
    assert (report.week, report.monday.isoformat(), report.sunday.isoformat(), report.day) == (
        "2026-W48", "2026-11-23", "2026-11-29", TODAY,
    )  # fmt: skip


def test_the_owner_of_the_forty_minutes_moved_and_the_mother_who_spoke_to_him_is_named() -> None:
    known = state(
        [visit("老周粮油店", 31, "pending", "suspects_scam", i="a"), visit("老周粮油店", 1, "signed_up", i="b")],
        parents=[parent("燕子"), parent("刘姐"), parent("阿芳"), parent("小何")],
        words=[
            word("燕子", "老周粮油店", 2), word("刘姐", "老周粮油店", 9, "asked"), word("阿芳", "老周粮油店", 40),
            word("小何", "老周粮油店", 0, "vouched"),
        ],
    )  # fmt: skip
    (move,) = weekly(known, Rules()).moved
    assert (move.before, move.after, move.day, move.community) == ("pending", "signed_up", ago(1), "皮村")
    assert [p.alias for p in move.introduced_by] == [
        "燕子",
        "刘姐",
    ]  # latest first; not 40 days before, nor the day after


def test_moving_is_a_change_within_the_week_and_a_first_visit_only_moves_who_joins() -> None:
    visits = [
        visit("早就待定", 9, "pending", i="a"), visit("早就待定", 1, "pending", i="b"),
        visit("去而复返", 9, "pending", i="a"), visit("去而复返", 1, "refused", i="b"), visit("去而复返", 0, "pending", i="c"),
        visit("终于见到", 9, "not_met", i="a"), visit("终于见到", 1, "pending", i="b"),
        visit("上周就定", 2, "signed_up"), visit("一说就成", 0, "signed_up"), visit("头回去", 1, "refused"),
    ]  # fmt: skip
    report = weekly(state(visits), Rules())
    assert moves(report) == [("终于见到", "not_met", "pending"), ("一说就成", None, "signed_up")]
    assert report.first_visits == Numbers(2, signed_up=1, refused=1)


def test_why_merchants_are_pending_the_most_frequent_first_what_was_not_noted_last() -> None:
    visits = [
        visit("甲", 9, "pending", "suspects_scam", "must_ask_family"), visit("乙", 8, "pending", "suspects_scam"),
        visit("丙", 9, "pending", "payment_worry", i="a"), visit("丙", 1, "not_met", i="b"), visit("丁", 9, "pending"),
        visit("戊", 9, "pending"), visit("己", 9, "refused", "too_much_trouble"),
    ]  # fmt: skip
    found = weekly(state(visits), Rules()).reasons
    assert found == (("suspects_scam", 2), ("must_ask_family", 1), ("payment_worry", 1), (None, 2))


def test_who_made_the_visits_of_the_week() -> None:
    visits = [visit("甲", 1, "pending"), visit("乙", 0, "pending"), visit("丙", 9, "pending")]
    unsaid = visit("丁", 0, "pending")._replace(by=None)
    workers = weekly(state([*visits, unsaid]), Rules()).workers
    assert [(w.worker, w.visits, w.merchants, w.ended.pending) for w in workers] == [("林晓", 2, 2, 2), (None, 1, 1, 1)]


def test_follow_ups_are_overdue_from_the_day_after_and_the_longest_comes_first() -> None:
    tags = [follow_up("甲", 0), follow_up("乙", -1), follow_up("丙", -8)]
    report = weekly(state([visit(m, 20, "pending") for m in "甲乙丙"], tags=tags), Rules())
    assert [(late.merchant.name, late.days) for late in report.overdue] == [("丙", 8), ("乙", 1)]


def test_the_next_ten_are_the_head_of_the_ranking_and_the_rest_is_counted() -> None:
    visits = [visit(f"店{i:02}", 20 if i < 8 else 2, "pending") for i in range(15)]
    report = weekly(state(visits), Rules())
    assert [r.case.merchant.name for r in report.next] == [f"店{i:02}" for i in range(NEXT)]
    assert (report.ready, report.held) == (8, 7)
