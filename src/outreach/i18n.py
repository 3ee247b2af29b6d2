"""Which language the user reads, and every sentence in it.

English sentences stand in the code and are the keys; `locales/zh/LC_MESSAGES/outreach.po` has their Chinese.
This module knows nothing of terminals, files of data or commands.
"""

import gettext
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

LOCALES = Path(__file__).parent / "locales"
LANGUAGES = ("zh", "en")
_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def _(message: str) -> str:
    """The sentence in the user's language."""
    return _catalogue.gettext(message) if message else ""


def ngettext(one: str, many: str, n: int) -> str:
    """The sentence for a number of things; Chinese has one form, English two."""
    return _catalogue.ngettext(one, many, n)


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
    _catalogue = gettext.translation("outreach", str(LOCALES), [language], fallback=True)


def joined(sentences: Iterable[str]) -> str:
    """Sentences in a row: a space between English ones, nothing between Chinese ones; empty ones are left out."""
    return ("" if language() == "zh" else " ").join(filter(None, sentences))


def language() -> str:
    """The language in use, `zh` or `en`."""
    return "zh" if type(_catalogue) is gettext.GNUTranslations else "en"
