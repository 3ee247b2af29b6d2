"""What people typed, as it is kept: NFC, without outer spaces, and nothing that a file cannot hold.

Everything else is kept exactly, markup and escape sequences included; showing it harmlessly is the showers' work, and
`harmless` is their common part.
"""

import re
import unicodedata

from outreach.errors.typed import EmptyName, NotText, TooLong

_INVISIBLE = "\u115f\u1160\u2800\u3164\uffa0"  # fillers, which count as letters
_HIDDEN = {*range(0x20), *range(0x7F, 0xA0)}  # control characters
_TURNING = {0x200E, 0x200F, 0x061C, 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}  # bidi, separators
_mobile = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)").search
_cannot_be_kept = re.compile("[\0\ud800-\udfff]").search
_SAFE = dict.fromkeys(_HIDDEN | _TURNING, "�") | {0x0A: "⏎", 0x0D: "", 0x09: " "}
LINE = 500
NAME = 120
NOTE = 20_000


def clean(text: str, *, most: int = LINE) -> str:
    """The text to keep; may be empty. Raises NotText (NUL, lone surrogates) and TooLong (over `most` characters)."""
    if _cannot_be_kept(text):
        raise NotText
    kept = unicodedata.normalize("NFC", text).strip()
    if len(kept) > most:
        raise TooLong(length=len(kept), most=most)
    return kept


def clean_name(text: str, *, most: int = NAME) -> str:
    """A name to keep: as `clean`, and not empty (EmptyName)."""
    kept = clean(text, most=most)
    if not any(c.isprintable() and not c.isspace() and c not in _INVISIBLE for c in kept):
        raise EmptyName
    return kept


def natural_key(text: str) -> str:
    """What two laptops must agree on to mean the same name: width, case and spaces aside. Never changes."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def shorten(text: str, most: int = 24) -> str:
    """The beginning of a note, in one line of at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def width_of(text: str) -> int:
    """How wide a text is, in letters; a Chinese character takes two."""
    return len(text) if text.isascii() else sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def covered(text: str) -> str:
    """A note, with what looks like a phone number covered."""
    return re.sub(r"\d(?:[\s-]?\d){6,}", "***", text)


def has_phone(text: str) -> bool:
    """Whether a mobile number is in a text."""
    return _mobile(text) is not None


def harmless(text: str) -> str:
    """The text as it may be shown in one line: what commands a terminal or turns a line is shown as �, a new line as ⏎."""
    return text.translate(_SAFE)
