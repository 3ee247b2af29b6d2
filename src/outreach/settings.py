"""What a person may set, in `settings.toml` beside the database, and where that folder is.

Read with the standard library only: `outreach visit` reads it every time. The numbers of the score are checked where they
are used (`outreach.report.scoring`).
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from outreach.errors.storage import BadSetting, BadSettingsFile, DatabaseUnreachable, SettingIsGroup, SettingsUnreadable
from outreach.faults import why
from outreach.i18n import _

FILE = "settings.toml"
TEXTS = ("worker", "laptop")  # settings that are one line of text
TABLES = ("reasons", "weights", "holds")  # settings that are tables


class Settings(NamedTuple):
    """`reasons`: own words for why, with a label per language. `weights`, `holds`: overrides of the score's numbers.

    `unknown`: names in the file that mean nothing.
    """

    path: Path
    worker: str = ""
    laptop: str = ""
    reasons: Mapping[str, Mapping[str, str]] = {}
    weights: Mapping[str, Any] = {}
    holds: Mapping[str, Any] = {}
    unknown: tuple[str, ...] = ()


def home(environ: Mapping[str, str]) -> Path:
    """The laptop's data folder: OUTREACH_HOME, else the platform's place for a program's data."""
    if said := environ.get("OUTREACH_HOME"):
        try:
            return Path(said).expanduser()
        except RuntimeError as error:  # nobody has that name
            raise DatabaseUnreachable(path=said, why=_("there is no such user")) from error
    from platformdirs import user_data_path

    return user_data_path("outreach", appauthor=False, roaming=False)


def load(folder: Path, environ: Mapping[str, str]) -> Settings:
    """The settings; OUTREACH_WORKER goes before `worker`. Raises BadSettingsFile and BadSetting."""
    path = folder / FILE
    text = read(path)
    found = parse(text, path) if text else Settings(path)
    return found._replace(worker=environ["OUTREACH_WORKER"]) if environ.get("OUTREACH_WORKER") else found


def parse(text: str, path: Path) -> Settings:
    """The settings in a TOML text, said to be from `path`. Raises BadSettingsFile and BadSetting."""
    raw = table_of(text, path)
    _check(raw, path)
    known = (*TEXTS, *TABLES)
    return Settings(
        path, **{key: raw[key] for key in known if key in raw}, unknown=tuple(key for key in raw if key not in known)
    )


def table_of(text: str, path: Path) -> dict[str, Any]:
    """A TOML text, whatever its keys. Raises BadSettingsFile."""
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSettingsFile(path=path, why=_where(text, str(error))) from error


def _where(text: str, said: str) -> str:
    """The line that a parser stopped at."""
    import re

    lines = text.splitlines() or [""]
    found = re.search(r"at line (\d+)", said)
    number = min(int(found[1]), len(lines)) if found else len(lines)
    return _("line {n} is not written as settings are, KEY = VALUE: {line}").format(n=number, line=lines[number - 1].strip())


def _check(raw: Mapping[str, Any], path: Path) -> None:
    for key in TEXTS:
        if not isinstance(raw.get(key, ""), str):
            raise BadSetting(key=key, path=path, why=_("it needs a text in quotes"))
        if "\0" in raw.get(key, ""):
            raise BadSetting(key=key, path=path, why=_("it has a character that no file can keep"))
    for key in TABLES:
        if not isinstance(raw.get(key, {}), dict):
            raise SettingIsGroup(key=key, path=path)
    for code, labels in raw.get("reasons", {}).items():
        if not isinstance(labels, dict) or not all(isinstance(text, str) for text in labels.values()):
            raise BadSetting(key=f"reasons.{code}", path=path, why=_('it needs labels, such as {zh = "歇业", en = "closed"}'))


def read(path: Path) -> str:
    """The text of the settings file; nothing where there is none. Raises SettingsUnreadable and BadSettingsFile."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise BadSettingsFile(path=path, why=_("it is not UTF-8 text")) from error
    except OSError as error:
        if os.path.exists(path):  # Path.exists raises where a name is too long
            raise SettingsUnreadable(path=path, why=why(error)) from error
        return ""  # the folder cannot be one; whoever opens the database says so


def write(path: Path, text: str) -> None:
    """Replace the settings file, readable by its owner only. Raises DatabaseUnreachable where the folder cannot be written."""
    beside = path.with_suffix(".tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise DatabaseUnreachable(path=path, why=why(error)) from error
