"""Which kind of record a sheet holds, and which of its columns is which field: header words in Chinese and English. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from outreach.domain.records import KINDS, REMOVED
from outreach.domain.text import natural_key
from outreach.exchange.header_words import FOLLOWS, ID, LOCATION, NAMED_SO, PROBLEM_HEADS, SAYS_LESS, WORDS
from outreach.exchange.table import Cell, letters

LEAVE_OUT = "-"  # instead of a field
_ALSO = {"merchant": (ID, LOCATION), "place": (ID, LOCATION), "community": (ID,)}

_PLACE = re.compile("_(lat|lon)(?:itude|gitude)$")  # of a GPS question, as KoboToolbox splits it
_KEYS = {"_uuid", "uuid", "id", "_id", "编号", "序列号", "唯一编号", "key", "recordid", "instanceid", "metainstanceid", "主键"}
_PRIVATE = re.compile(
    "孩子|儿童|小孩|子女|学生|班级|年级|学校|身份证|证件号|银行|开户|户口|残疾|病史|"
    "child|pupil|student|school|class(?!if)|grade|id ?card|idnumber|identity|passport|bank|iban|accountn"
)
is_of_the_form = re.compile(r"_.*|start|end|\$edited|deviceid|username|meta/.*").fullmatch  # notes of the server or the phone
_PRAISE = re.compile(r"\(.*?\)|[*:：、。?\s]|^\d+[.、)]")  # what stands around the word: (必填), *, 1.


@dataclass(frozen=True)
class Recognised:
    """What a sheet is. `columns`: the field of a column by its place (`merchant.phone` where a visit's row describes its shop).

    `unknown`, `private`: headers of columns that are left out, because nobody knows them, or because nobody may read them.
    """

    kind: str
    columns: Mapping[int, str]
    unknown: tuple[str, ...] = ()
    private: tuple[str, ...] = ()


FIRST_ROWS = 10  # among which the header is: lists have a title above it
_HEADS = frozenset(word for some in WORDS.values() for words in some.values() for word in words.split())
_SURE = 2  # words that are known; one may be a shop that is called so


def heads_in(cells: Sequence[Cell], also: Collection[str] = ()) -> int:
    """How many of these cells say what is in a column: words that are known, or that are among `also`."""
    texts = [cell for cell in cells if isinstance(cell, str) and cell]
    return sum(text.strip() in also or not _HEADS.isdisjoint(_header(text).words) for text in texts)


def place_of_header(rows: Sequence[Sequence[Cell]], also: Collection[str] = ()) -> int:
    """Which of the first rows of a sheet is its header: the one with the most known words, else the first of two cells."""
    known = [heads_in(row, also) for row in rows]
    if max(known, default=0) >= _SURE:
        return known.index(max(known))
    places = (i for i, row in enumerate(rows) if known[i] or sum(cell not in (None, "") for cell in row) >= _SURE)
    return next(places, 0)


class _Header(NamedTuple):
    text: str
    words: tuple[str, ...]  # as they may be looked up: the whole, and, of group/field, the last part


def fields_of(kind: str) -> list[str]:
    """What a column of a sheet of that kind can be."""
    own = [field.name for field in KINDS[kind].fields if field.name != REMOVED]
    about = [f"merchant.{name}" for name in fields_of("merchant")] if "merchant" in own else []
    return [ID, *own, *(name for name in _ALSO.get(kind, ()) if name != ID), *about]


def kind_named(text: str) -> str | None:
    """The kind that is called so, in the singular or plural of either language."""
    key = natural_key(text)
    return next((kind for kind, words in NAMED_SO.items() if key in words.split()), None)


def recognise(name: str, header: Sequence[str], given: Mapping[str, str], kind: str | None = None) -> Recognised | None:
    """What the sheet of that name and header is; None where nothing says so. `given`: field, or `LEAVE_OUT`, by header."""
    headers = [_header(text) for text in header]
    aside = 2 if tuple(header[:2]) in PROBLEM_HEADS else 0  # of rows that were mended
    private = {i for i, one in enumerate(headers) if one.text not in given and _is_private(one, kind or kind_named(name))}
    open_ = {i: one for i, one in enumerate(headers) if i not in private and one.text and i >= aside}
    kind = kind or kind_named(name) or _kind_of(open_.values(), given)
    if kind is None:
        return None
    columns: dict[int, str] = {}
    for i, one in sorted(open_.items(), key=lambda item: item[1].words[0] in SAYS_LESS):
        field = given[one.text] if one.text in given else _field(kind, one)
        if field and (field == LEAVE_OUT or field not in columns.values()):
            columns[i] = field
    last = max(open_, default=0)
    follows = {i for i, one in enumerate(headers) if kind == "merchant" and one.words[0] in FOLLOWS}
    ours = follows if len(follows) == len(FOLLOWS) // 2 else set()  # of somebody else's list, a state that is left out is said
    unknown = (i for i in range(aside, last + 1) if i not in columns and i not in private | ours)
    left_out = tuple(headers[i].text or letters(i) for i in unknown if not is_of_the_form(headers[i].text))
    columns = {i: field for i, field in columns.items() if field != LEAVE_OUT}
    return Recognised(kind, columns, left_out, tuple(headers[i].text for i in sorted(private)))


def is_of_a_map(header: Sequence[str]) -> bool:
    """Whether these are columns of a map service: it writes a kind of shop from the general to the particular."""
    return {"type", "location"} <= set(header)


def is_amap(header: Sequence[str]) -> bool:
    """Whether these are the columns of Amap's place search, whose places are in GCJ-02."""
    return {"location", "typecode", "adname"} <= set(header)


def lacking(found: Recognised) -> str | None:
    """The field without which no row of the sheet could be taken in, if no column is that field."""
    kind = KINDS[found.kind]
    has = set(found.columns.values())
    if kind.named:
        return kind.named if not has & {kind.named, ID} else None
    if "merchant" not in kind.required or has & {"merchant", "merchant.id", "merchant.name"}:
        return None
    return "merchant"


def _header(text: str) -> _Header:
    whole = natural_key(text)
    last = whole.rsplit("/", 1)[-1]
    return _Header(text, tuple(dict.fromkeys((whole, _PRAISE.sub("", whole), last, _PRAISE.sub("", last)))))


def _is_private(header: _Header, kind: str | None) -> bool:
    return kind != "community" and _PRIVATE.search(header.words[0]) is not None


def _kind_of(headers: Iterable[_Header], given: Mapping[str, str]) -> str | None:
    """By what only one kind has. A list of shops with a state but no day is a list of shops."""
    some = list(headers)
    has = {kind: {f for h in some if (f := given.get(h.text) or _own(kind, h))} for kind in WORDS}
    shop = "name" in has["merchant"] or any(field.startswith("merchant") for field in given.values())
    if shop and {"outcome", "visited_at"} <= has["visit"]:
        return "visit"
    if "view" in has["opinion"] and shop:
        return "opinion"
    is_list = bool({"address", "phone", "category"} & has["merchant"])
    speaks = "parent" in has["referral"] and (shop or "to_parent" in has["referral"])
    if speaks and ("kind" in has["referral"] or not is_list):
        return "referral"
    if "label" in has["tag"] and shop and not is_list:
        return "tag"
    if shop:
        return "merchant"
    return "parent" if "alias" in has["parent"] else "community" if "name" in has["community"] else None


def _field(kind: str, header: _Header) -> str | None:
    if own := _own(kind, header):
        return own
    if kind != "merchant" and KINDS[kind].field("merchant") is not None:
        about = _own("merchant", header)
        return {"name": "merchant", ID: "merchant.id", None: None}.get(about, f"merchant.{about}")
    return None


def _own(kind: str, header: _Header) -> str | None:
    """The field of a kind that a header names: by the field's own name, by a word for it."""
    for word in header.words:
        for field, words in WORDS[kind].items():
            if word in words.split():
                return field
        plain = word.replace("-", "_")
        if plain in fields_of(kind):
            return plain
        if word in _KEYS:
            return ID
        if kind == "merchant" and (place := _PLACE.search(word)):
            return place[1][:3]
    return None
