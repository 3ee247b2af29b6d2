"""Each rule by which a shop is named worth a mark, and what keeps one from being named."""

from outreach.domain.facts import State, Tag, Tail
from outreach.report.worth import Why, worth_a_mark
from tests.domain.states import follow_up, opinion, state, visit, word


def named(known: State, minutes: dict[str, int] | None = None) -> list[tuple[str, Why]]:
    tails = {m: Tail((visit(m, 5, "pending")._replace(minutes=n),)) for m, n in (minutes or {}).items()}
    return [(found.merchant.name, found.why) for found in worth_a_mark(known, tails)]


def test_the_four_rules_the_strongest_first() -> None:
    known = state(
        [
            visit("请他来", 9, "refused", firm=True), visit("家长说好", 9, "refused"), visit("谈得久", 9, "pending"),
            visit("店主不在", 9, "refused", "owner_away"), visit("嫌麻烦", 9, "refused", "too_much_trouble"),
            visit("坚决", 9, "refused", "owner_away", firm=True), visit("已加入", 9, "signed_up"),
        ],
        words=[word("刘姐", "请他来", 2), word("刘姐", "坚决", 20)],
        opinions=[opinion("家长说好", "reliable")],
    )  # fmt: skip
    assert named(known, {"谈得久": 30, "嫌麻烦": 29, "已加入": 60}) == [
        ("请他来", Why.INVITED), ("家长说好", Why.WELL_SPOKEN_OF), ("谈得久", Why.LONG_TALK), ("店主不在", Why.MAY_PASS),
    ]  # fmt: skip


def test_one_that_is_marked_is_left_out_but_a_follow_up_is_no_mark() -> None:
    visits = [visit("标了", 9, "refused", "owner_away"), visit("要跟进", 9, "refused", "owner_away")]
    known = state(visits, tags=[Tag("t", "标了", "潜在伙伴"), follow_up("要跟进", 3)])
    assert named(known) == [("要跟进", Why.MAY_PASS)]


def test_a_doubt_outweighs_praise() -> None:
    said = [opinion("甲", "reliable"), opinion("甲", "doubtful", by="刘姐")]
    assert named(state([visit("甲", 9, "refused")], opinions=said)) == []
