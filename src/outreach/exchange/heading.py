"""What stands at the head of one column: the words it may be looked up by, and which field of a kind it names. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from outreach.domain.records import KINDS, REMOVED
from outreach.domain.text import natural_key
from outreach.exchange.header_words import ID, LOCATION, WORDS
from outreach.exchange.private import may_be_private

_ALSO = {"merchant": (ID, LOCATION), "place": (ID, LOCATION), "community": (ID,)}
_PLACE = re.compile("_(lat|lon)(?:itude|gitude)$")  # of a GPS question, as KoboToolbox splits it
_KEYS = {"_uuid", "uuid", "id", "_id", "编号", "序列号", "唯一编号", "key", "recordid", "instanceid", "metainstanceid", "主键"}
is_of_the_form = re.compile(  # notes of the server or the phone, of KoboToolbox and of ODK
    r"_.*|start|end|today|\$edited|deviceid|username|meta[/.:-].*|(?:.*[/.:-])?_.*_(?:altitude|precision)|"
    r"(?:PARENT_)?KEY|SET-OF-.*|SubmissionDate|Submitter(?:ID|Name)|Attachments\w+|ReviewState|DeviceID|Edits|FormVersion|"
    r"isValidated|.*[.:-](?:Altitude|Accuracy)"
).fullmatch
_META = re.compile(r"meta([/.:-])\w+").fullmatch
_IN_GROUPS = ".-:"  # what KoboToolbox may be told to write there instead of /
_PRAISE = re.compile(r"\(.*?\)|[*:：、。?\s]|^\d+[.、)]")  # what stands around the word: (必填), *, 1.


class Header(NamedTuple):
    """`words`: as it may be looked up: the whole, and, of group/field, the last part."""

    text: str
    words: tuple[str, ...]


def header_of(text: str, parts: str = "/") -> Header:
    """The head of a column. `parts`: what stands between a group and its question."""
    whole = natural_key(text)
    last = whole.rsplit(parts, 1)[-1]
    bare = last if last.startswith("_") else last.replace("_", "")  # shop_name
    return Header(text, tuple(dict.fromkeys((whole, _PRAISE.sub("", whole), last, _PRAISE.sub("", last), bare))))


def is_form(header: Collection[str]) -> bool:
    """Whether these are columns of a form of KoboToolbox or ODK, or of its repeats."""
    return not {"_submission_time", "_submission__uuid"}.isdisjoint(header) or {"SubmissionDate", "KEY"} <= set(header)


def parts_of(header: Sequence[str]) -> str:
    """What stands between a group and its question at the heads of these columns: told by what the form notes itself.

    Else it is - with ODK, and with KoboToolbox what several heads have after the same group.
    """
    if told := next((match[1] for text in header if (match := _META(text))), None):
        return told
    if "KEY" in header:
        return "-"
    if not is_form(header) or any("/" in text and not _is_choice(text, header) for text in header):
        return "/"
    groups = Counter((text.rpartition(part)[0], part) for text in header for part in _IN_GROUPS if part in text)
    (_group, part), number = max(groups.items(), key=lambda one: one[1], default=(("", "/"), 0))
    return part if number > 1 else "/"


def is_in_parts(text: str, header: Collection[str], parts: str) -> bool:
    """Whether other columns say it too: a place KoboToolbox splits into four, choices it writes together and one by one."""
    group, mark, own = text.rpartition(parts)
    return f"{group}{mark}_{own}_latitude" in header or _is_choice(text, header)


def _is_choice(text: str, header: Collection[str]) -> bool:
    question, mark, _choice = text.rpartition("/")
    return bool(mark) and question in header


def is_private(header: Header, kind: str | None) -> bool:
    """Whether the column may hold what nobody needs here about children or papers; a community has schools."""
    return kind != "community" and may_be_private(header.text)


def fields_of(kind: str) -> list[str]:
    """What a column of a sheet of that kind can be."""
    own = [field.name for field in KINDS[kind].fields if field.name != REMOVED]
    about = [f"merchant.{name}" for name in fields_of("merchant")] if "merchant" in own else []
    return [ID, *own, *(name for name in _ALSO.get(kind, ()) if name != ID), *about]


def field_named(kind: str, header: Header) -> str | None:
    """The field of a kind that a header names, its own or its shop's."""
    if own := own_field(kind, header):
        return own
    if kind != "merchant" and KINDS[kind].field("merchant") is not None:
        about = own_field("merchant", header)
        return {"name": "merchant", ID: "merchant.id", None: None}.get(about, f"merchant.{about}")
    return None


def own_field(kind: str, header: Header) -> str | None:
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
        if (place := _PLACE.search(word)) and KINDS[kind].field(place[1]):
            return place[1]
    return None
