"""What visits come to. Where a merchant stands must agree with `standing`, which every other list shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.facts import NEVER_VISITED, Referral, Visit
from outreach.domain.records import Outcome, ReferralKind
from outreach.domain.standing import Call, standing
from outreach.domain.trail import answers, trail

_days = st.sampled_from([f"2026-11-{n:02}" for n in range(1, 29)])
_visits = st.builds(
    Visit, st.just("m"), _days, st.just("v"), st.sampled_from(list(Outcome)), st.booleans(), st.just("林晓"), st.just(())
)
histories = st.lists(_visits, max_size=12).map(lambda some: sorted(some, key=lambda v: v.visited_at))


def calls(visits: list[Visit]) -> list[Call]:
    return [Call(v.visited_at, v.outcome, v.firm, v.by) for v in visits]


@given(histories, _days)
def test_it_agrees_with_the_standing_that_lists_show(visits: list[Visit], week_from: str) -> None:
    found, shown = trail(visits, week_from), standing(calls(visits))
    assert (found.status, found.firm, found.visits, found.last_visit) == (
        shown.status, shown.firm, shown.visits, shown.last_visit,
    )  # fmt: skip


@given(histories, _days)
def test_the_standing_before_the_week_and_its_visits_are_what_they_would_have_been_then(visits: list[Visit], week: str) -> None:
    found = trail(visits, week)
    before = [v for v in visits if v.visited_at < week]
    assert found.before == standing(calls(before)).status
    assert [*before, *found.week] == visits


@given(histories)
def test_the_present_status_began_where_the_one_before_ended(visits: list[Visit]) -> None:
    found = trail(visits, "2026-11-24")
    if found.since is not None and found.status != Outcome.NOT_MET:
        earlier = [v for v in visits if v.visited_at < found.since]
        assert standing(calls(earlier)).status != found.status or any(v.visited_at == found.since for v in visits)
        assert all(v.outcome in (found.status, Outcome.NOT_MET) for v in visits if v.visited_at > found.since)
        assert found.tries >= sum(v.visited_at > found.since for v in visits)


def test_a_merchant_without_visits_has_no_trail() -> None:
    assert trail([], "2026-11-23") is NEVER_VISITED


def at(*said: tuple[str, str]) -> list[Visit]:
    return [Visit("m", day, f"v{n}", outcome, firm=False, by=None, reasons=()) for n, (day, outcome) in enumerate(said)]


def test_tries_count_from_the_last_change_and_visits_to_a_closed_door_are_tries_too() -> None:
    visits = at(("2026-11-01", "refused"), ("2026-11-05", "pending"), ("2026-11-08", "not_met"), ("2026-11-12", "pending"))
    assert trail(visits, "2026-11-23").tries == 3
    assert trail(visits, "2026-11-23").since == "2026-11-05"


def test_a_parents_word_begins_the_tries_anew() -> None:
    visits = at(*((f"2026-11-{n:02}", "pending") for n in (1, 5, 9, 13)))
    assert trail(visits, "2026-11-23").tries == 4
    assert trail(visits, "2026-11-23", Referral("r", "刘姐", "introduced", "2026-11-10", "m")).tries == 1
    assert trail(visits, "2026-11-23", Referral("r", "刘姐", "introduced", "2026-11-20", "m")).tries == 0


@pytest.mark.parametrize(
    ("visited", "spoken", "kind", "answered"),
    [
        ("2026-11-20", "2026-11-19", ReferralKind.INTRODUCED, True),
        ("2026-11-18", "2026-11-19", ReferralKind.INTRODUCED, False),
        ("2026-11-19", "2026-11-19", ReferralKind.INTRODUCED, False),  # which came first is not known: no introduction is lost
        ("2026-11-19", "2026-11-19", ReferralKind.ACCOMPANIED, True),  # she went along to that very visit
        ("2026-11-19T10:00:00+08:00", "2026-11-19T19:00:00+08:00", ReferralKind.INTRODUCED, False),
        ("2026-11-19T19:30:00+08:00", "2026-11-19T19:00:00+08:00", ReferralKind.ASKED, True),
        ("2026-11-19T11:30:00Z", "2026-11-19T19:00:00+08:00", ReferralKind.ASKED, True),
    ],
)
def test_a_visit_answers_a_parents_word_that_came_before_it(visited: str, spoken: str, kind: str, answered: bool) -> None:  # noqa: FBT001 - a case of the table
    assert answers(visited, Referral("r", "刘姐", kind, spoken, "m")) is answered
