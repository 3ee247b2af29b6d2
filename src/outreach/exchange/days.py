"""A cell as a day or an instant: what spreadsheets make of days, and what people write beside them. No SQL, no words to show.

The hour counts where one is said: 3/20 下午3点; of 3月7日上午 only the day does.
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from outreach.domain import dates
from outreach.domain.acts import stamp_text
from outreach.errors.typed import BadDate, FarDate
from outreach.exchange.table import Cell

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's day 0, of no zone
_SERIALS = (20_000, 80_000)  # 1954 to 2119: what a number in a column of days is taken for
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?", re.ASCII).fullmatch
_HOUR = re.compile(r"(.*?)\s*(凌晨|早上|早晨|上午|中午|下午|傍晚|晚上)\s*(?:(\d{1,2})(?:[点时:](?:(半)|(\d{1,2})分?)?)?)?$")
_YEAR_LAST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)", re.ASCII)
_AM_PM = re.compile(r"\b(0?\d|1[0-2])(:\d\d(?::\d\d)?)\s*([AaPp])[Mm]", re.ASCII)
_ZONE = re.compile(r"(?<=\d)([+-]\d\d)(\d\d)?$", re.ASCII)  # of a phone: +03, +0300
_NOON = 12
_MONTHS = 12
_LATER = ("下午", "傍晚", "晚上", "中午")


def moment(cell: Cell, now: datetime) -> date | datetime:
    """A day, or an instant in the zone of `now`; one without a year lies behind. Raises BadDate, FarDate."""
    cell = _near(_from_serial(cell), now)
    if isinstance(cell, datetime):
        exact = cell.replace(microsecond=0)
        zoned = exact if exact.tzinfo else exact.replace(tzinfo=now.tzinfo)
        return exact.date() if exact.time() == time() else zoned
    return cell if isinstance(cell, date) else dates.parse_moment(_plain(_text(cell)), now, dates.Toward.PAST)


def day_ahead(cell: Cell, now: datetime) -> str:
    """A day that is due; one without a year lies ahead. Raises as `moment`."""
    cell = _near(_from_serial(cell), now)
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    text = _plain(_text(cell))
    try:
        return dates.parse_day(text, now.date(), dates.Toward.FUTURE).isoformat()
    except BadDate:
        return stamp_text(dates.parse_moment(text, now, dates.Toward.FUTURE))[:10]


def _near(cell: Cell, now: datetime) -> Cell:
    """A day as it is, if it is near enough: 2026 in a cell for days is one of 1905. Raises FarDate."""
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        if abs((day - now.date()).days) > dates.FARTHEST:
            raise FarDate(text=day)
    return cell


def _text(cell: Cell) -> str:
    """20261124 without a point."""
    return str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)


def _from_serial(cell: Cell) -> Cell:
    """A spreadsheet's number of a day, where its cell was not formatted as one, or was made a text."""
    if isinstance(cell, str) and _SERIAL(cell.strip()):
        cell = float(cell)
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    return _EPOCH + timedelta(days=float(cell)) if is_number and _SERIALS[0] <= cell <= _SERIALS[1] else cell  # type: ignore[arg-type,operator]


def two_days(cell: Cell) -> str:
    """What half the world reads as another day, 5/11/2026, without the hour after it; nothing where there is one day."""
    said = _YEAR_LAST.match(unicodedata.normalize("NFKC", cell).strip()) if isinstance(cell, str) else None
    return said[0] if said and said[1] != said[2] and max(int(said[1]), int(said[2])) <= _MONTHS else ""


def _year_first(said: re.Match[str]) -> str:
    """3/7/2026 as 2026/3/7; 13/7/2026 can only have the day first."""
    month, day = (said[2], said[1]) if int(said[1]) > _MONTHS else (said[1], said[2])
    return f"{said[3]}/{month}/{day}"


def _plain(text: str) -> str:
    """As `dates` reads it: 2026年3月7日15:30 with a space before the hour, 3/20 下午3点 as 3/20 15:00, 3/7/2026 as 2026/3/7."""
    spaced = re.sub(r"(?<=[日号])(?=\d)", " ", unicodedata.normalize("NFKC", text).strip())
    plain = _of_a_form(_YEAR_LAST.sub(_year_first, spaced))
    said = _HOUR.fullmatch(plain)
    if said is None or not said[1]:
        return plain
    if said[3] is None:
        return said[1]
    hour = int(said[3])
    later = said[2] in _LATER and hour < (_NOON - 1 if said[2] == "中午" else _NOON)
    return f"{said[1]} {hour + _NOON * later:02}:{'30' if said[4] else (said[5] or '0').zfill(2)}"


def _of_a_form(text: str) -> str:
    """As ODK's older programs write an instant: Sep 18, 2026 4:12:21 PM as … 16:12:21; 2026-09-18T16:12:21.000+03."""
    text = _AM_PM.sub(lambda said: f"{int(said[1]) % _NOON + _NOON * (said[3] in 'Pp'):02}{said[2]}", text)
    return _ZONE.sub(lambda said: f"{said[1]}:{said[2] or '00'}", text) if "T" in text else text
