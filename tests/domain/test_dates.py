"""Dates as people type them, in both languages and both directions."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from outreach.domain.dates import FARTHEST, Toward, parse_day, parse_moment, parse_week, week_name, week_of
from outreach.errors.typed import BadDate, BadWeek

TODAY = date(2026, 11, 24)  # a Tuesday
BEIJING = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=BEIJING)
SAME = [  # one meaning, whichever way one looks
    ("2026-11-24", "2026-11-24"),
    ("2026-11-03", "2026-11-03"),
    ("2026-11-3", "2026-11-03"),
    ("2026/11/24", "2026-11-24"),
    ("2026.11.24", "2026-11-24"),
    ("20261124", "2026-11-24"),
    ("２０２６－１１－２４", "2026-11-24"),
    ("2026年11月24日", "2026-11-24"),
    ("2026年11月24号", "2026-11-24"),
    ("2024-02-29", "2024-02-29"),
    ("24 Nov 2026", "2026-11-24"),
    ("24-Nov-26", "2026-11-24"),
    ("Nov 4, 2026", "2026-11-04"),
    ("November 4th 2026", "2026-11-04"),
    ("Tue, Sept. 1st, 2026", "2026-09-01"),
    ("1st Mar 2026", "2026-03-01"),
    (" 2026 年 11 月 24 日 ", "2026-11-24"),
    ("today", "2026-11-24"),
    ("Today", "2026-11-24"),
    ("ＴＯＤＡＹ", "2026-11-24"),
    ("今天", "2026-11-24"),
    ("yesterday", "2026-11-23"),
    ("昨天", "2026-11-23"),
    ("昨日", "2026-11-23"),
    ("前天", "2026-11-22"),
    ("大前天", "2026-11-21"),
    ("tomorrow", "2026-11-25"),
    ("明天", "2026-11-25"),
    ("后天", "2026-11-26"),
    ("大后天", "2026-11-27"),
    ("3 days ago", "2026-11-21"),
    ("-3d", "2026-11-21"),
    ("+3d", "2026-11-27"),
    ("in 3 days", "2026-11-27"),
    ("in 2 weeks", "2026-12-08"),
    ("in 1 month", "2026-12-24"),
    ("三天前", "2026-11-21"),
    ("3天前", "2026-11-21"),
    ("三天后", "2026-11-27"),
    ("3天以后", "2026-11-27"),
    ("两天之后", "2026-11-26"),
    ("十天后", "2026-12-04"),
    ("十二天后", "2026-12-06"),
    ("二十天后", "2026-12-14"),
    ("二十一天后", "2026-12-15"),
    ("两周后", "2026-12-08"),
    ("两周前", "2026-11-10"),
    ("一个星期后", "2026-12-01"),
    ("两个礼拜前", "2026-11-10"),
    ("一个月后", "2026-12-24"),
    ("三个月前", "2026-08-24"),
    ("半个月后", "2026-12-09"),
    ("半个月前", "2026-11-09"),
    ("next friday", "2026-12-04"),
    ("this friday", "2026-11-27"),
    ("last friday", "2026-11-20"),
    ("Next Monday", "2026-11-30"),
    ("下周三", "2026-12-02"),
    ("下周一", "2026-11-30"),
    ("下个星期三", "2026-12-02"),
    ("下礼拜天", "2026-12-06"),
    ("下下周一", "2026-12-07"),
    ("本周五", "2026-11-27"),
    ("这周日", "2026-11-29"),
    ("这个星期一", "2026-11-23"),
    ("上周日", "2026-11-22"),
    ("上周五", "2026-11-20"),
    ("上上周五", "2026-11-13"),
]
BOTH_WAYS = [  # what is typed, the visit's day, the due day
    ("3d", "2026-11-21", "2026-11-27"),
    ("0d", "2026-11-24", "2026-11-24"),
    ("1 day", "2026-11-23", "2026-11-25"),
    ("3天", "2026-11-21", "2026-11-27"),
    ("三天", "2026-11-21", "2026-11-27"),
    ("2w", "2026-11-10", "2026-12-08"),
    ("两周", "2026-11-10", "2026-12-08"),
    ("1m", "2026-10-24", "2026-12-24"),
    ("1 month", "2026-10-24", "2026-12-24"),
    ("半个月", "2026-11-09", "2026-12-09"),
    ("friday", "2026-11-20", "2026-11-27"),
    ("Fri", "2026-11-20", "2026-11-27"),
    ("monday", "2026-11-23", "2026-11-30"),
    ("tuesday", "2026-11-24", "2026-12-01"),  # today is one: a visit was today, a due day lies ahead
    ("周五", "2026-11-20", "2026-11-27"),
    ("星期五", "2026-11-20", "2026-11-27"),
    ("礼拜五", "2026-11-20", "2026-11-27"),
    ("周二", "2026-11-24", "2026-12-01"),
    ("周日", "2026-11-22", "2026-11-29"),
    ("星期天", "2026-11-22", "2026-11-29"),
    ("周7", "2026-11-22", "2026-11-29"),
    ("11-24", "2026-11-24", "2026-11-24"),
    ("11-20", "2026-11-20", "2027-11-20"),
    ("11-30", "2025-11-30", "2026-11-30"),
    ("11/30", "2025-11-30", "2026-11-30"),
    ("11.30", "2025-11-30", "2026-11-30"),
    ("30 Nov", "2025-11-30", "2026-11-30"),
    ("Nov 30th", "2025-11-30", "2026-11-30"),
    ("12月5日", "2025-12-05", "2026-12-05"),
    ("12月5号", "2025-12-05", "2026-12-05"),
    ("2-29", "2024-02-29", "2028-02-29"),
]
NO_DATES = [
    "", " ", "soon", "2026-02-30", "2026-02-29", "2026-13-01", "2026-00-10", "2026-11-00", "0000-01-01", "13-01", "2-30",
    "0-0", "00", "31", "2026", "202611", "2026-11", "2026-W48", "32d2", "d", "3", "3x", "d3", "--3d", "3d ago ago",
    "fri day night", "someday", "next", "next week", "周", "周八", "周0", "下周", "明后天", "号", "1900-01-01", "2999-01-01",
    "9999d", "9999m", "99999d", "9999-12-31", "2026-11-24; DROP TABLE visit", "\0", "\ud800", "٣", "2026-११-24", "半天",
    "半半月", "三三三月", "Nov 2026", "30 Feb 2026", "5 Nob 2026", "Smarch 5", "Nov", "[red]today[/red]", "today\x1b[0m",
]  # fmt: skip
SEVERAL = ["两三天后", "三五天", "三四个月后", "十十天", "二三周前"]  # how people speak: no day is named, none is to be guessed
MOMENTS = [
    ("15:30", "2026-11-24T15:30:00+08:00"),
    ("8:05", "2026-11-24T08:05:00+08:00"),
    ("８：０５", "2026-11-24T08:05:00+08:00"),
    ("8点05", "2026-11-24T08:05:00+08:00"),
    ("yesterday 9:05", "2026-11-23T09:05:00+08:00"),
    ("昨天 15:30", "2026-11-23T15:30:00+08:00"),
    ("昨天15:30", "2026-11-23T15:30:00+08:00"),
    ("11-20 15:30", "2026-11-20T15:30:00+08:00"),
    ("2026-11-24T08:30", "2026-11-24T08:30:00+08:00"),
    ("2026-11-24 08:30:00", "2026-11-24T08:30:00+08:00"),
    ("2026-11-24T08:30:00+08:00", "2026-11-24T08:30:00+08:00"),
    ("2026-11-24T00:30:00Z", "2026-11-24T08:30:00+08:00"),
    ("friday 23:59", "2026-11-20T23:59:00+08:00"),
]
NO_MOMENTS = [
    "25:00", "24:01", "9:60", "8:30:99", "9:5", ":30", "12:30pm", "2026-02-30 9:00", "soon 9:00", "9:00 9:00", "10:30-11:30",
]  # fmt: skip
date_like = st.text("0123456789-/.:年月日号天周星期礼拜个两三十半零后前以下上本dwm+ TZago点inext fri٣２", max_size=14)
any_text = st.one_of(st.text(st.characters(codec=None), max_size=30), date_like)
either_way = st.sampled_from(Toward)
days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(("typed", "wanted"), SAME)
def test_a_date_with_a_direction_of_its_own(typed: str, wanted: str) -> None:
    assert [str(parse_day(typed, TODAY, way)) for way in Toward] == [wanted, wanted]


@pytest.mark.parametrize(("typed", "visited", "due"), BOTH_WAYS)
def test_a_bare_date_lies_behind_for_a_visit_and_ahead_for_a_due_day(typed: str, visited: str, due: str) -> None:
    assert str(parse_day(typed, TODAY, Toward.PAST)) == visited
    assert str(parse_day(typed, TODAY, Toward.FUTURE)) == due


@pytest.mark.parametrize("way", Toward)
@pytest.mark.parametrize("typed", [*NO_DATES, *SEVERAL])
def test_what_is_no_date_is_refused(typed: str, way: Toward) -> None:
    with pytest.raises(BadDate):
        parse_day(typed, TODAY, way)


@pytest.mark.parametrize("typed", ["2026-112", "2026-111", "2026.1123", "202611-4"])
def test_a_date_whose_digits_can_be_read_in_two_ways_is_not_guessed(typed: str) -> None:
    with pytest.raises(BadDate):
        parse_day(typed, TODAY, Toward.PAST)


def test_the_refusal_shows_what_was_typed() -> None:
    with pytest.raises(BadDate, match="2026-02-30"):
        parse_day("2026-02-30", TODAY, Toward.PAST)


@pytest.mark.parametrize(("today", "typed", "wanted"), [
    ("2026-01-31", "一个月后", "2026-02-28"),
    ("2028-01-31", "一个月后", "2028-02-29"),
    ("2026-12-31", "两个月后", "2027-02-28"),
    ("2026-03-31", "1 month ago", "2026-02-28"),
    ("2026-01-15", "一个月前", "2025-12-15"),
])  # fmt: skip
def test_a_month_ends_on_its_last_day(today: str, typed: str, wanted: str) -> None:
    assert str(parse_day(typed, date.fromisoformat(today), Toward.FUTURE)) == wanted


@pytest.mark.parametrize(("typed", "wanted"), MOMENTS)
def test_an_hour_makes_an_instant(typed: str, wanted: str) -> None:
    found = parse_moment(typed, NOW, Toward.PAST)
    assert found.isoformat() == wanted


@pytest.mark.parametrize("typed", ["2026-11-24", "昨天", "3d", "friday"])
def test_without_an_hour_it_is_a_day(typed: str) -> None:
    found = parse_moment(typed, NOW, Toward.PAST)
    assert not isinstance(found, datetime)
    assert found == parse_day(typed, TODAY, Toward.PAST)


@pytest.mark.parametrize("typed", [*NO_MOMENTS, *NO_DATES, *SEVERAL])
def test_what_is_no_moment_is_refused(typed: str) -> None:
    with pytest.raises(BadDate):
        parse_moment(typed, NOW, Toward.PAST)


@given(any_text, days, either_way)
@example("两三天后", TODAY, Toward.FUTURE)
@example("9" * 5_000 + "d", TODAY, Toward.FUTURE)
@example("2-29", date(1, 1, 1), Toward.PAST)
@example("下" * 300 + "周一", date(9999, 12, 31), Toward.FUTURE)
def test_any_text_is_a_day_or_a_bad_date(typed: str, today: date, way: Toward) -> None:
    try:
        found = parse_day(typed, today, way)
    except BadDate:
        return
    assert abs((found - today).days) <= FARTHEST


@given(any_text, either_way)
@example("99:99", Toward.PAST)
@example("2026-11-24T09:00+99:99", Toward.PAST)
@example("٣٣:٣٣", Toward.PAST)
def test_any_text_is_a_moment_or_a_bad_date(typed: str, way: Toward) -> None:
    try:
        found = parse_moment(typed, NOW, way)
    except BadDate:
        return
    assert not isinstance(found, datetime) or found.tzinfo is not None


@given(days, st.integers(-FARTHEST, FARTHEST), either_way)
def test_every_written_day_is_read_back(today: date, offset: int, way: Toward) -> None:
    day = today + timedelta(days=offset)
    for written in (f"{day}", f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日", f"{day.year}/{day.month}/{day.day}"):
        assert parse_day(written, today, way) == day


@given(days, days.map(lambda d: (d.month, d.day)), either_way)
def test_a_day_without_its_year_is_the_nearest_that_way(today: date, month_and_day: tuple[int, int], way: Toward) -> None:
    month, day = month_and_day
    found = parse_day(f"{month}-{day}", today, way)
    assert (found.month, found.day) == month_and_day
    assert (found - today).days * way >= 0
    assert abs(found.year - today.year) <= (8 if month_and_day == (2, 29) else 1)


@pytest.mark.parametrize(
    ("typed", "monday", "sunday"),
    [
        ("2026-W48", "2026-11-23", "2026-11-29"),
        ("2026-w48", "2026-11-23", "2026-11-29"),
        ("2026W48", "2026-11-23", "2026-11-29"),
        ("２０２６－Ｗ４８", "2026-11-23", "2026-11-29"),
        (" 2026-W1 ", "2025-12-29", "2026-01-04"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
        ("this", "2026-11-23", "2026-11-29"),
        ("本周", "2026-11-23", "2026-11-29"),
        ("Last Week", "2026-11-16", "2026-11-22"),
        ("上周", "2026-11-16", "2026-11-22"),
        ("上上周", "2026-11-09", "2026-11-15"),
    ],
)
def test_weeks(typed: str, monday: str, sunday: str) -> None:
    assert parse_week(typed, TODAY) == (date.fromisoformat(monday), date.fromisoformat(sunday))


@pytest.mark.parametrize("typed", [
    "", "W48", "2026-48", "2026-W0", "2026-W54", "2025-W53", "0000-W01", "9999-W53", "2026-W4x", "2026-W٤٨", "next week",
    "\0",
])  # fmt: skip
def test_what_is_no_week_is_refused(typed: str) -> None:
    with pytest.raises(BadWeek):
        parse_week(typed, TODAY)


@given(st.one_of(st.text(st.characters(codec=None), max_size=20), st.from_regex(r"\A\d{4}-?[Ww]\d{1,2}\Z")))
@example("9999-W52")
def test_any_text_is_a_week_or_a_bad_week(typed: str) -> None:
    read: Callable[[str, date], tuple[date, date]] = parse_week
    try:
        monday, sunday = read(typed, TODAY)
    except BadWeek:
        return
    assert monday.weekday() == 0
    assert sunday - monday == timedelta(days=6)


@given(days)
def test_a_day_lies_in_its_week_and_the_week_s_name_is_read_back(day: date) -> None:
    monday, sunday = week_of(day)
    assert monday <= day <= sunday
    assert parse_week(week_name(day), TODAY) == (monday, sunday)
