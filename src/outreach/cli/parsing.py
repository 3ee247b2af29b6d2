"""From what was typed to values: words of closed sets, numbers, days, coordinates. Refuses with a sentence, changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from outreach.domain import dates
from outreach.domain.form import Field, Form
from outreach.domain.records import FOLLOW_UP_LABEL
from outreach.domain.text import NOTE, clean, clean_name, natural_key
from outreach.errors.typed import BadAmount, BadCoordinate, BadDate, BadDueDate, BadNumber, BadWord, FutureDate, PastDate
from outreach.i18n import _
from outreach.report.labels import FIELD_LABELS, FOLLOW_UP, label, spellings

if TYPE_CHECKING:
    from outreach.cli.session import Session

MICRO = 1_000_000
_MOST = 10**9  # of anything in a village
_UNITS = {"population": "人口名", "migrants": "人口名", "families": "户家", "supermarket_metres": "米m"}
_DIGITS = 12  # a number with more is a slip
_EXAMPLES = {"--lat": "39.9214"}
_YES = {"yes", "y", "true", "1", "on", "是", "对", "有"}
_NO = {"no", "n", "false", "0", "off", "否", "不", "没有"}


def word(
    text: str, words: type[StrEnum], extra: Mapping[str, Mapping[str, str]] | None = None, *, but: tuple[str, ...] = ()
) -> str:
    """The code of a typed word: the code with hyphens or underscores, or its label in either language (BadWord).

    Of a Chinese label its beginning will do, where no other begins so.
    """
    typed = natural_key(text).replace("-", "_")
    known = [(natural_key(spelling).replace("-", "_"), code) for spelling, code in spellings(words, extra) if code not in but]
    same = [code for spelling, code in known if spelling == typed]
    begun = {code for spelling, code in known if spelling.startswith(typed)} if not typed.isascii() else set()
    if same or len(begun) == 1:
        return same[0] if same else begun.pop()
    codes = dict.fromkeys(code for _spelling, code in known)
    listed = (_("{code} ({label})").format(code=c.replace("_", "-"), label=label(words, c, extra)) for c in codes)
    raise BadWord(text=text, words=_(", ").join(listed))


def number(text: str, option: str, *, least: int = 0, most: int = 10**9) -> int:
    """A whole number (BadNumber). Full-width digits count."""
    typed = natural_key(text)
    whole = typed.removeprefix("-")
    if not whole.isdecimal() or len(whole) > _DIGITS or not least <= int(typed) <= most:
        raise BadNumber(option=option, text=text, least=least, most=most)
    return int(typed)


def amount(text: str, field: Field) -> int:
    """How many there are, in the words people use (BadAmount)."""
    from outreach.domain.amounts import amount as meant

    found = meant(text, _UNITS.get(field.name, ""))
    if found is None or found > _MOST:
        raise BadAmount(field=FIELD_LABELS["", field.name], text=text)
    return found


def degrees(text: str, option: str) -> int:
    """Decimal degrees as micro-degrees (BadCoordinate)."""
    from decimal import Decimal, InvalidOperation

    most = 90 if option == "--lat" else 180
    try:
        value = Decimal(natural_key(text))
        inside = -most <= value <= most
    except InvalidOperation:
        inside = False
    if not inside:
        raise BadCoordinate(option=option, text=text, least=-most, most=most, example=_EXAMPLES.get(option, "116.5830"))
    return int((value * MICRO).to_integral_value())


def flag(text: str) -> bool:
    """Yes or no (BadWord)."""
    typed = natural_key(text)
    if typed not in _YES | _NO:
        raise BadWord(text=text, words=_("yes, no"))
    return typed in _YES


def happened(text: str | None, session: Session) -> date | datetime:
    """When something was: now, or a day or instant that does not lie ahead (BadDate, FutureDate)."""
    now = session.now()
    if text is None:
        return now
    moment = dates.parse_moment(text, now, dates.Toward.PAST)
    ahead = moment > now if isinstance(moment, datetime) else moment > now.date()
    if ahead:
        from outreach.domain.acts import stamp_text  # a command that only reads needs nothing else of it

        raise FutureDate(date=stamp_text(moment))
    return moment


def due(text: str, session: Session, *, since: date | datetime | None = None) -> date:
    """The day something is due: today or later, or, of what is keyed in late, no earlier than it was (BadDueDate, PastDate)."""
    today = session.today()
    first = min(today, since.date() if isinstance(since, datetime) else since) if since else today
    try:
        day = dates.parse_day(text, today, dates.Toward.FUTURE)
    except BadDate:
        raise BadDueDate(text=text) from None
    if day < first:
        raise PastDate(date=day)
    return day


def past_day(text: str, session: Session) -> date:
    """A day that has come (BadDate, FutureDate)."""
    day = dates.parse_day(text, session.today(), dates.Toward.PAST)
    if day > session.today():
        raise FutureDate(date=day)
    return day


def mark(text: str) -> str:
    """A mark's label; the name of the tool's own one in either language is that one."""
    typed = clean_name(text, most=40)
    own = {natural_key(spelling) for spelling in FOLLOW_UP}
    return FOLLOW_UP_LABEL if natural_key(typed) in own else typed


def note(text: str | None) -> str | None:
    """A note of at most 20,000 characters (TooLong, NotText)."""
    return (clean(text, most=NOTE) or None) if text is not None else None


def field_value(field: Field, text: str, session: Session) -> object:
    """What a register's option holds, by the field's form; empty clears it."""
    if clean(text, most=NOTE) == "":
        return ""
    option = "--" + field.name.replace("_", "-")
    readers: dict[Form, Callable[[], object]] = {
        Form.NUMBER: lambda: amount(text, field),
        Form.DEGREES: lambda: degrees(text, option),
        Form.FLAG: lambda: flag(text),
        Form.DAY: lambda: past_day(text, session).isoformat(),
        Form.NOTE: lambda: note(text),
        Form.WORD: lambda: word(text, field.words) if field.words else text,
    }
    if field.words is not None:
        return word(text, field.words)
    read = readers.get(field.form)
    return read() if read else clean(text)
