"""Which language the user reads, and every sentence in it.

English sentences stand in the code and are the keys; `locales/zh/LC_MESSAGES/outreach.po` has their Chinese.
This module knows nothing of terminals, files of data or commands.
"""

import gettext
import os
import struct
import sys
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

LOCALES = Path(__file__).parent / "locales"
LANGUAGES = ("zh", "en")
_PARTS = "\0"  # between the forms of one sentence, in a compiled catalogue


class _Catalogue(dict[str, str]):
    """The Chinese of each sentence, found when it is first said: to read all of them takes 2 ms of every command.

    A compiled catalogue has the places of its sentences, which lie in order, and of their Chinese (gettext's manual, MO files).
    """

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._data = file.read_bytes()
        self._count, self._said, self._shown = struct.unpack_from("<3I", self._data, 8)

    def __missing__(self, message: str) -> str:
        wanted = message.encode()
        place = bisect_left(range(self._count), wanted, key=lambda i: self._text(self._said, i))
        known = place < self._count and self._text(self._said, place) == wanted
        found = self[message] = self._text(self._shown, place).decode() if known else message
        return found

    def _text(self, table: int, index: int) -> bytes:
        length, start = struct.unpack_from("<2I", self._data, table + 8 * index)
        return self._data[start : start + length]


_catalogue: _Catalogue | None = None  # none in English, which stands in the code


def _(message: str) -> str:
    """The sentence in the user's language."""
    return _catalogue[message] if _catalogue is not None and message else message


def ngettext(one: str, many: str, n: int) -> str:
    """The sentence for a number of things; Chinese has one form, English two."""
    found = _(f"{one}{_PARTS}{many}").split(_PARTS)
    return found[0] if n == 1 or len(found) == 1 else found[1]


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Marks a sentence that is translated later, where it is shown."""
    return message


def choose(argv: Sequence[str], environ: Mapping[str, str]) -> str:
    """`zh` or `en`: the option --lang, then OUTREACH_LANG, then the system's language; Chinese where none is set."""
    option = _option(argv)
    for said in (option if option in LANGUAGES else None, environ.get("OUTREACH_LANG"), *_system(environ)):
        if said:
            return "zh" if said.lower().startswith("zh") else "en"
    return "zh"


def _option(argv: Sequence[str]) -> str | None:
    for i, word in enumerate(argv):
        if word == "--":
            return None
        if word == "--lang" and i + 1 < len(argv):
            return argv[i + 1]
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


def _system(environ: Mapping[str, str]) -> list[str]:
    """The language of the system; `C` and `POSIX` name none."""
    said = [environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    named = [s for s in said if s and s.split(".")[0] not in ("C", "POSIX")]
    return named or _windows()


def _windows() -> list[str]:
    """The interface language of Windows, whose LANG is unset and whose regional format says little."""
    if sys.platform != "win32":
        return []
    import ctypes
    import locale

    number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
    return [locale.windows_locale.get(number, "")]


def use(language: str) -> None:
    """Speak `language` from now on, Typer's own words included (it asks gettext's global domain)."""
    global _catalogue
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("outreach", str(LOCALES))
    gettext.textdomain("outreach")
    file = LOCALES / language / "LC_MESSAGES" / "outreach.mo"
    _catalogue = _Catalogue(file) if file.exists() else None


def joined(sentences: Iterable[str]) -> str:
    """Sentences in a row: a space between English ones, nothing between Chinese ones; empty ones are left out."""
    return ("" if language() == "zh" else " ").join(filter(None, sentences))


def language() -> str:
    """The language in use, `zh` or `en`."""
    return "en" if _catalogue is None else "zh"
