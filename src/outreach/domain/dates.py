"""Dates as people type them, in both languages: 2026-11-24, 11-24, today, 昨天, 3d, 两周后, friday, 下周三, 11月20日, 20 Nov.

`toward` says which way a bare form points: a due date lies ahead, a visit behind. No clock here: today comes in.
"""

import re
import unicodedata
from datetime import date, datetime, timedelta
from enum import IntEnum

from outreach.errors.typed import BadDate, BadWeek, FarDate

FARTHEST = 20 * 366  # days either way; anything beyond is a slip of the finger


class Toward(IntEnum):
    """Which way a date without a direction of its own points."""

    PAST = -1
    FUTURE = 1


_WORDS = {
    "today": 0, "now": 0, "今天": 0, "今日": 0, "现在": 0,
    "yesterday": -1, "昨天": -1, "昨日": -1, "前天": -2, "大前天": -3,
    "tomorrow": 1, "明天": 1, "明日": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = {said: i for i, name in enumerate(_NAMES) for said in (name, name[:3])} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH, _DAY = r"(?P<month>[a-z]{3,9})\.?", r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DAY_FIRST = rf"(?:[a-z]+,)?{_DAY}[-/.]?{_MONTH}[-/,]?(?P<year>\d{{4}}|\d\d)?"
_MONTH_FIRST = rf"(?:[a-z]+,)?{_MONTH}[-/]?{_DAY}(?:,?(?P<year>\d{{4}}))?"
_HAN_DAYS = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6} | {str(i + 1): i for i in range(7)}
_HAN_NUMBERS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "半": 0}
_UNITS = {"d": 1, "day": 1, "days": 1, "天": 1, "日": 1, "w": 7, "week": 7, "weeks": 7, "周": 7, "星期": 7, "个星期": 7,
          "礼拜": 7, "个礼拜": 7, "m": 0, "month": 0, "months": 0, "月": 0, "个月": 0}  # fmt: skip


def parse_day(text: str, today: date, toward: Toward) -> date:
    """The day that `text` names, seen from `today`. Raises BadDate and FarDate."""
    typed = "".join(unicodedata.normalize("NFKC", text).lower().split())
    for read in (_named, _numeric, _with_month, _counted, _weekday, _han_weekday):
        try:
            found = read(typed, today, toward)
        except (ValueError, OverflowError):
            break
        if found is not None and abs((found - today).days) > FARTHEST:
            raise FarDate(text=text)
        if found is not None:
            return found
    raise BadDate(text=text)


def parse_moment(text: str, now: datetime, toward: Toward) -> date | datetime:
    """A day, or an instant where an hour is given too (`15:30`, `yesterday 9:05`, `2026-11-24T15:30`). Raises BadDate.

    A fraction of a second, as forms note it, is dropped.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    clock = re.fullmatch(r"(.*?)[T\s]*(\d{1,2})[:点](\d{2})(?::([0-5]\d)(?:[.,]\d{1,9})?)?([+-]\d{2}:\d{2}|Z)?", typed)
    if clock and clock[5] and not clock[1]:
        raise BadDate(text=text)  # 10:30-11:30 is no moment
    if not clock:
        return parse_day(text, now.date(), toward)
    day = parse_day(clock[1], now.date(), toward) if clock[1] else now.date()
    zone = clock[5] or ""
    try:
        moment = datetime.fromisoformat(f"{day}T{int(clock[2]):02}:{clock[3]}:{clock[4] or '00'}{zone}")
        return moment.astimezone(now.tzinfo) if zone else moment.replace(tzinfo=now.tzinfo)
    except ValueError:
        raise BadDate(text=text) from None


def _named(typed: str, today: date, _toward: Toward) -> date | None:
    days = _WORDS.get(typed)
    return None if days is None else today + timedelta(days=days)


def _numeric(typed: str, today: date, toward: Toward) -> date | None:
    """2026-11-24, 2026/11/24, 20261124, 2026年11月24日; and without the year: the nearest such day that way."""
    full = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?|(\d{4})(\d\d)(\d\d)", typed, re.ASCII)
    if full and full[4]:
        return date(int(full[4]), int(full[5]), int(full[6]))
    if full:
        return date(int(full[1]), int(full[2]), int(full[3]))
    short = re.fullmatch(r"(\d{1,2})[-/.月](\d{1,2})[日号]?", typed, re.ASCII)
    if not short:
        return None
    from calendar import isleap

    month, day = int(short[1]), int(short[2])
    years = (today.year + step * toward for step in range(9))
    days = (date(y, month, day) for y in years if (month, day) != (2, 29) or isleap(y))
    return next(d for d in days if (d - today).days * toward >= 0)


def _with_month(typed: str, today: date, toward: Toward) -> date | None:
    """5 Nov 2026, 05-nov-26, Thu, Nov 5th, 2026, November 5: the month by its English name."""
    found = re.fullmatch(_DAY_FIRST, typed, re.ASCII) or re.fullmatch(_MONTH_FIRST, typed, re.ASCII)
    month = next((i for i, name in enumerate(_MONTHS, 1) if found and name.startswith(found["month"])), None)
    if not (found and month):
        return None
    year = found["year"] or ""
    year = f"20{year}" if len(year) == len("26") else year
    return _numeric("-".join(filter(None, (year, str(month), found["day"]))), today, toward)


def _counted(typed: str, today: date, toward: Toward) -> date | None:
    """3d, 2w, 1 month, +3d, -3d, 3 days ago, in 2 weeks, 三天后, 两周前, 半个月后."""
    found = re.fullmatch(
        r"(in|\+|-)?(\d{1,4}|[一二三四五六七八九]?十[一二三四五六七八九]?|[零一二三四五六七八九两半])([a-z]+?|[^\W\d]+?)(ago|前|以前|后|以后|之后)?",
        typed,
    )
    if not found or found[3] not in _UNITS:
        return None
    sign = -1 if found[1] == "-" or found[4] in ("ago", "前", "以前") else 1 if found[1] or found[4] else toward
    if found[2] == "半":
        return today + timedelta(days=15 * sign) if _UNITS[found[3]] == 0 else None
    count = sign * (int(found[2]) if found[2].isdecimal() else _han_number(found[2]))
    return today + timedelta(days=count * _UNITS[found[3]]) if _UNITS[found[3]] else _months(today, count)


def _han_number(text: str) -> int:
    """十 10, 十二 12, 二十 20, 二十三 23."""
    tens, ten, ones = text.rpartition("十")
    return (_HAN_NUMBERS[tens] if tens else 1) * 10 * bool(ten) + (_HAN_NUMBERS[ones] if ones else 0)


def _months(today: date, count: int) -> date:
    from calendar import monthrange

    year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _weekday(typed: str, today: date, toward: Toward) -> date | None:
    """friday: the nearest one that way (a due one never today); next friday, last friday: of the week after, before."""
    found = re.fullmatch(r"(next|last|this)?([a-z]+)", typed)
    if not found or found[2] not in _DAYS:
        return None
    if found[1]:
        return _in_week(today, {"last": -1, "this": 0, "next": 1}[found[1]], _DAYS[found[2]])
    if toward is Toward.PAST:
        return today - timedelta(days=(today.weekday() - _DAYS[found[2]]) % 7)
    return today + timedelta(days=(_DAYS[found[2]] - today.weekday() - 1) % 7 + 1)


def _han_weekday(typed: str, today: date, toward: Toward) -> date | None:
    """周五 and 星期五: the nearest that way; 本周五, 这周五, 下周三, 下下周一, 上周日: of that week, which begins on Monday."""
    found = re.fullmatch(r"(本|这|下+|上+)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天1-7])", typed)
    if not found:
        return None
    day = _HAN_DAYS[found[2]]
    if found[1]:
        return _in_week(today, found[1].count("下") - found[1].count("上"), day)
    return _weekday(_NAMES[day], today, toward)


def _in_week(today: date, weeks: int, weekday: int) -> date:
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks, days=weekday)


Week = tuple[date, date]  # Monday and Sunday


_WEEKS = {"this": 0, "this week": 0, "本周": 0, "这周": 0, "last": -1, "last week": -1, "上周": -1, "上上周": -2}


def parse_week(text: str, today: date) -> Week:
    """The Monday and Sunday of an ISO week written 2026-W48 (ISO 8601), or of this or last week. Raises BadWeek."""
    said = unicodedata.normalize("NFKC", text).strip().casefold()
    if said in _WEEKS:
        return week_of(today + timedelta(7 * _WEEKS[said]))
    found = re.fullmatch(r"(\d{4})-?[Ww](\d{1,2})", unicodedata.normalize("NFKC", text).strip(), re.ASCII)
    try:
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else None
        return (monday, monday + timedelta(days=6)) if monday else _no_week(text)
    except (ValueError, OverflowError):
        return _no_week(text)


def week_of(day: date) -> Week:
    """The ISO week that a day lies in."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def week_name(day: date) -> str:
    """2026-W48, the ISO name of a day's week."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _no_week(text: str) -> Week:
    raise BadWeek(text=text)
