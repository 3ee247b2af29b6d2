"""One cell as one field's value, by the field's form. Raises `Complaint`; what is kept but doubtful has a remark. Pure."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from outreach.domain.acts import stamp_text
from outreach.domain.datum import Datum
from outreach.domain.form import Field, Form
from outreach.domain.ids import is_id
from outreach.domain.records import KINDS, Outcome, Reason
from outreach.domain.text import LINE, NAME, NOTE, clean, has_phone, natural_key
from outreach.errors import OutreachError
from outreach.exchange import days
from outreach.exchange.closed import NO, YES, code_of, whether_joined
from outreach.exchange.fates import Remark, TakenAs
from outreach.exchange.map_kinds import kind_on_map
from outreach.exchange.table import Cell

MICRO = 1_000_000
_EXACT = 10**15  # whole numbers below it a float holds exactly
_AHEAD = ("due", "until")
_SOON = timedelta(days=183)
_SHORT = ("name", "alias", "label", "by")
_LIST = re.compile(r"[,，、;；/\n|]+")
_LOST = re.compile(r"\d(?:\.\d+)?e\+?\d+", re.IGNORECASE)
_PAPER_IN = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)\d{16,19}(?!\d)")


class Complaint(Exception):
    """A cell that cannot be the field's value. `code`: of a `Remark`."""

    def __init__(self, code: str = "bad_value") -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Reading:
    """What reading needs to know: the time, to which days without a year are near; own words for reasons, by code.

    `datum`: in which the places of the file are. `of_a_map`: whether it is a list of a map service.
    """

    now: datetime
    reasons: Mapping[str, Mapping[str, str]]
    datum: Datum = Datum.WGS84
    of_a_map: bool = False


Read = Callable[[Cell], tuple[Any, Remark | TakenAs | None]]


def reader(field: Field, reading: Reading, head: str = "") -> Read:
    """What gives the value of a cell of that field that is not empty, and what is to be said of it. It raises Complaint.

    `head`: what stands above, which may ask for yes or no.
    """
    look = partial(_outcome, field, head) if field.words is Outcome else _reader(field, reading)

    def read(cell: Cell) -> tuple[Any, Remark | TakenAs | None]:
        try:
            return look(cell)
        except (OutreachError, ValueError, OverflowError) as error:
            raise Complaint from error

    return read


def _reader(field: Field, reading: Reading) -> Read:
    if field.name in ("phone", "wechat"):
        return _phone
    if field.form is Form.NOTE or field.name == "source":
        return partial(_note, field)
    if field.name in _AHEAD:
        return partial(_due, field, reading)
    look = _READERS[field.form]
    if field.form in (Form.DAY, Form.MOMENT):
        return lambda cell: (found := look(field, cell, reading), _one_of_two_days(field, cell, found))
    return lambda cell: (look(field, cell, reading), None)


def _one_of_two_days(field: Field, cell: Cell, found: str) -> TakenAs | None:
    text = days.two_days(cell)  # few different ones, however many hours stand behind them
    if not text:
        return None
    kind = next(kind.name for kind in KINDS.values() if field in kind.fields)
    return TakenAs(kind, field.name, text, found[:10])


def text_of(cell: Cell) -> str:
    """A cell as a person would write it: a whole number without .0, a day without midnight."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    return "" if cell is None else str(cell)


def is_empty(cell: Cell) -> bool:
    """Whether nothing is in it."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def location(cell: Cell) -> tuple[int, int]:
    """lat and lon in micro-degrees, from `lon,lat` as map services write it, or `lat lon altitude precision` as Kobo does."""
    text = unicodedata.normalize("NFKC", text_of(cell)).strip()
    parts = re.split(r"[,;\s]+", text)
    try:
        first, second = (Decimal(part) for part in parts[:_PAIR])
    except (InvalidOperation, ValueError) as error:
        raise Complaint from error
    lat, lon = (second, first) if len(parts) == _PAIR and "," in text else (first, second)
    return _micro(lat), _micro(lon)


_PAIR = 2
_MOST = 180  # degrees, of a latitude too: the two may stand the other way round


def _micro(value: Decimal) -> int:
    if not -_MOST <= value <= _MOST:
        raise Complaint
    return int((value * MICRO).to_integral_value())


def _line(field: Field, cell: Cell, reading: Reading) -> str:
    if reading.of_a_map and field.name == "category":  # from the general to the particular
        return clean(kind_on_map(text_of(cell)))
    return clean(text_of(cell), most=NAME if field.name in _SHORT else LINE)


def _reference(field: Field, cell: Cell, reading: Reading) -> str:
    """A name or an id; what a shop was merged into is nobody's guess, so only an id says it."""
    text = _line(field, cell, reading)
    if field.name == "merged_into" and not is_id(text):
        raise Complaint
    return text


def _number(_field: Field, cell: Cell, _reading: Reading) -> int:
    typed = natural_key(text_of(cell)).rstrip("分钟米人户个minutes")
    if not re.fullmatch(r"\d{1,9}", typed):
        raise Complaint
    return int(typed)


def _degrees(_field: Field, cell: Cell, _reading: Reading) -> int:
    try:
        return _micro(Decimal(natural_key(text_of(cell)).rstrip("°")))
    except InvalidOperation as error:
        raise Complaint from error


def _flag(_field: Field, cell: Cell, _reading: Reading) -> bool:
    typed = natural_key(text_of(cell))
    if typed not in YES | NO:
        raise Complaint
    return typed in YES


def _moment(_field: Field, cell: Cell, reading: Reading) -> str:
    """A day, or an instant in the zone of the laptop. Raises Complaint where it lies ahead."""
    found = days.moment(cell, reading.now)
    if (found.date() if isinstance(found, datetime) else found) > reading.now.date():
        raise Complaint("future")
    return stamp_text(found)


def _day(field: Field, cell: Cell, reading: Reading) -> str:
    """A day; one that is due may lie ahead."""
    return days.day_ahead(cell, reading.now) if field.name in _AHEAD else _moment(field, cell, reading)[:10]


def _due(field: Field, reading: Reading, cell: Cell) -> tuple[str, Remark | None]:
    """A day without a year lies ahead, by up to a year, and may have been of this one."""
    found = _day(field, cell, reading)
    far = date.fromisoformat(found) > reading.now.date() + _SOON
    return found, Remark("far", {"field": field.name, "text": text_of(cell), "after": found}) if far else None


def _word(field: Field, cell: Cell, _reading: Reading) -> str:
    assert field.words is not None
    return _known(code_of(field.words, text_of(cell)))


def _outcome(field: Field, head: str, cell: Cell) -> tuple[str, TakenAs | None]:
    """How a visit ended, or whether the shop joined; that no is not yet is for people to know."""
    text = text_of(cell)
    if joined := whether_joined(head, text):
        return joined.value, TakenAs("visit", field.name, text, joined.value) if joined is Outcome.PENDING else None
    return _known(code_of(Outcome, text)), None


def _known(code: str | None) -> str:
    if code is None:
        raise Complaint
    return code


def _reasons(_field: Field, cell: Cell, reading: Reading) -> list[str]:
    """Those of a form stand with spaces between them, and so may the words of one."""
    found: list[str] = []
    for text in _parts(cell):
        whole = _reason(text, reading)
        found += [whole] if whole else [_known(_reason(word, reading)) for word in text.split()]
    return list(dict.fromkeys(found))


def _reason(text: str, reading: Reading) -> str | None:
    own = (c for c, said in reading.reasons.items() if natural_key(text) in map(natural_key, (c, *said.values())))
    return next(own, None) or code_of(Reason, text)


def _names(_field: Field, cell: Cell, _reading: Reading) -> list[str]:
    return [clean(text, most=NAME) for text in _parts(cell)]


def _parts(cell: Cell) -> Sequence[str]:
    text = text_of(cell).strip().strip("[]").replace('"', "")
    return [part.strip() for part in _LIST.split(text) if part.strip()]


def _phone(cell: Cell) -> tuple[str, Remark | None]:
    text = clean(unicodedata.normalize("NFKC", text_of(cell))).lstrip("'")  # by which people make a number a text
    text = text[:-2] if text.endswith(".0") and text[:-2].isdecimal() else text
    if _LOST.fullmatch(text):
        return text, Remark("digits_lost", {"text": text})
    short = text.isdecimal() and not text.startswith(("0", "400")) and 9 <= len(text) <= 10  # noqa: PLR2004
    return text, Remark("zero_lost", {"text": text}) if short else None


def _note(field: Field, cell: Cell) -> tuple[str, Remark | None]:
    text = clean(text_of(cell), most=NOTE if field.form is Form.NOTE else LINE)
    return text, _found_in(text, field.name)


def _found_in(text: str, field: str) -> Remark | None:
    if has_phone(text):
        return Remark("phone_in_note", {"field": field})
    return Remark("paper_in_note", {"field": field}) if _PAPER_IN.search(text) else None


_READERS: Mapping[Form, Callable[[Field, Cell, Reading], Any]] = {
    Form.TEXT: _line,
    Form.NUMBER: _number,
    Form.DEGREES: _degrees,
    Form.FLAG: _flag,
    Form.DAY: _day,
    Form.MOMENT: _moment,
    Form.WORD: _word,
    Form.WORDS: _reasons,
    Form.REFERENCE: _reference,
    Form.REFERENCES: _names,
}
