"""How names are found: folded text, pinyin in all readings, and the pattern that matches what people type.

A name's pinyin is written as ` chong/zhong qing xiao mian`: a space before each syllable, readings by `/`, letters and
digits of other scripts one by one as they are. Single characters have all their readings; a dictionary of phrases would only
hide some.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple, Protocol

from outreach.characters import readings, simplified

_SHORT = 12  # letters; 3 readings a syllable are half a million ways at the very worst
_REST = r"(?:[a-z]*(?:/[a-z]+)* (?:[a-z]+/)*)?"


def folded(text: str) -> str:
    """Text with width, case, spaces and traditional forms taken away: 老王（總店） and 老王(总店) are the same.

    One character at a time, so that a part of a name folds as it does within the whole.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return plain if plain.isascii() else plain.translate(_SIMPLE)


def pinyin_key(text: str) -> str:
    """The pinyin of a name, all readings of each character (曾 is ceng and zeng, 重 chong and zhong)."""
    return folded(text).translate(_SOUND)


class _Characters(dict[int, str]):
    """What stands for a character, worked out when it is first met; `str.translate` looks it up in C."""

    def __init__(self, look_up: Callable[[str], str]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, code: int) -> str:
        found = self[code] = self._look_up(chr(code))
        return found


def _sound(character: str) -> str:
    return f" {character if character.isascii() else readings(character)}" if character.isalnum() else ""


_SIMPLE, _SOUND = _Characters(simplified), _Characters(_sound)


def could_be_pinyin(query: str) -> bool:
    """Whether a folded query may be pinyin: ASCII letters and digits, a letter among them."""
    return query.isascii() and query.isalnum() and not query.isdigit()


class Hit(Protocol):
    """Where a sound was found."""

    def start(self) -> int:
        """0 at the beginning of a name, more within it."""


class Sound(Protocol):
    """What was typed, to be looked for in pinyin keys."""

    def search(self, key: str, /) -> Hit | None:
        """Whether a name may be meant, and from where in it."""

    def match(self, key: str, /) -> Hit | None:
        """Whether a name may be meant from its beginning."""


def pinyin_pattern(query: str) -> Sound:
    """Finds the pinyin keys of names that `query` may stand for: full (laowang), initials (lw), mixed (laow).

    Each letter goes on within the syllable at hand or begins the next one. Short queries are a regular expression, for its
    speed; a long one is walked, for an expression would try every way through a name like 和和和和 (he, huo, hu).
    """
    if len(query) > _SHORT:
        return _Walk(query)
    return re.compile(r" (?:[a-z]+/)*" + _REST.join(re.escape(c) for c in query))


class _Start(NamedTuple):
    at: int

    def start(self) -> int:
        return self.at


class _Walk(NamedTuple):
    """Walks all ways through a name at once: the same names as the expression finds, in steps that do not multiply."""

    query: str

    def search(self, key: str) -> Hit | None:
        syllables = [syllable.split("/") for syllable in key.split()]
        return next((_Start(i) for i in range(len(syllables)) if self._from(i, syllables)), None)

    def match(self, key: str) -> Hit | None:
        return _Start(0) if self._from(0, [syllable.split("/") for syllable in key.split()]) else None

    def _from(self, first: int, syllables: list[list[str]]) -> bool:
        rest = {(first, reading[1:]) for reading in syllables[first] if reading.startswith(self.query[0])}
        for letter in self.query[1:]:
            within = {(i, left[1:]) for i, left in rest if left.startswith(letter)}
            following = {i + 1 for i, _left in rest if i + 1 < len(syllables)}
            rest = within | {(i, reading[1:]) for i in following for reading in syllables[i] if reading.startswith(letter)}
        return bool(rest)


def subsequence(query: str) -> str:
    """A LIKE pattern that every key matched by `pinyin_pattern` fits; SQLite narrows ten thousand names by it."""
    return "%" + "%".join(query) + "%"


def digits(text: str) -> str:
    """The digits of a phone number or of a query."""
    plain = text.isascii() and text.isdecimal()
    return text if plain else "".join(c for c in unicodedata.normalize("NFKC", text) if c.isdecimal())
