"""`outreach settings`: show all, one, or change one in settings.toml, its comments kept."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach import settings as stored
from outreach.cli.screen import fit_of, table
from outreach.cli.session import say, session_of, show, show_json, tell
from outreach.cli.setting_words import meaning
from outreach.domain.text import clean
from outreach.errors.storage import BadSetting, UnknownSetting
from outreach.errors.typed import BadValue
from outreach.i18n import N_, _
from outreach.report import scoring

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tomlkit import TOMLDocument

    from outreach.cli.session import Session

EXAMPLES = {"settings": "outreach settings worker 林晓\noutreach settings weights.introduced 25"}


def settings(
    ctx: typer.Context,
    key: Annotated[str | None, typer.Argument(metavar=N_("KEY"), help=N_("Which one; all, if none is named"))] = None,
    value: Annotated[str | None, typer.Argument(metavar=N_("VALUE"), help=N_("What it becomes; empty: the default"))] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help=N_("As JSON"))] = False,
) -> None:
    session = session_of(ctx)
    if key is not None and value is not None:
        change(session, key, value)
        if value == "" and key not in known(session):
            say(_("{key} was taken out.").format(key=key))
            return
    values = known(session)
    if key is not None:
        _must_be(key, values)
    if as_json:
        shown = values if key is None else {key: values[key]}
        show_json(
            {
                "format": "outreach/settings/1",
                "settings": shown,
                "defaults": {k: v for k, v in _defaults().items() if k in shown},
            }
        )
    elif key is not None:
        say(f"{key} = {_text(values[key])}")
        _explain(key, values[key])
    else:
        _list(session, values)


def _list(session: Session, values: dict[str, Any]) -> None:
    rows = [(name, _about(name, value), _text(value)) for name, value in values.items()]
    show(table([_("Setting"), _("Meaning"), _("Value")], rows, fit=fit_of(sys.stdout)))
    say(_("They are kept in {path}").format(path=session.settings.path))
    for text in strangers(session.settings):
        tell(text)


def strangers(own: stored.Settings) -> list[str]:
    """A sentence for each name in the file that means nothing."""
    text = _('{key} in {path} means nothing. Did you mean {nearest}? To take it out: outreach settings {key} ""')
    near = (scoring.nearest(key, (*stored.TEXTS, *stored.TABLES)) for key in own.unknown)
    return [text.format(key=key, path=own.path, nearest=nearest) for key, nearest in zip(own.unknown, near, strict=True)]


def _explain(key: str, value: object) -> None:
    if about := _about(key, value):
        say(about)


def _about(key: str, value: object) -> str:
    """What it means, and its default where that is another."""
    default = _defaults().get(key, value)
    changed = _("default {value}").format(value=_text(default)) if default not in (value, "") else ""
    return _("; ").join(filter(None, (meaning(key), changed)))


def _defaults() -> dict[str, Any]:
    return {"worker": "", "laptop": "", **scoring.in_force(stored.Settings(Path()))}


def known(session: Session) -> dict[str, Any]:
    """Every setting by its full name, with the value in force."""
    own = session.settings
    values: dict[str, Any] = {"worker": own.worker, "laptop": own.laptop}
    values |= {f"reasons.{code}": dict(texts) for code, texts in own.reasons.items()}
    return values | scoring.in_force(own)


def _text(value: object) -> str:
    """A value as it may be typed again: a list in brackets, its texts in quotes."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _must_be(key: str, names: Iterable[str]) -> None:
    """Raises UnknownSetting where none has that name."""
    if key not in (some := list(names)):
        near = scoring.nearest(key, some)
        raise UnknownSetting(key=key, nearest=near)


def change(session: Session, key: str, value: str) -> None:
    """Write one setting, if it is sound; an empty value takes it out, a name that means nothing too.

    What is wrong elsewhere in the file stays, and is said afterwards.
    """
    import tomlkit

    path = session.home / stored.FILE
    text = stored.read(path)
    raw = stored.table_of(text, path)
    if "." in key and not isinstance(raw.get(key.partition(".")[0], {}), dict):
        stored.parse(text, path)  # raises: a table is needed there
    own = [f"{table}.{name}" for table in stored.TABLES if isinstance(raw.get(table), dict) for name in raw[table]]
    allowed = [*_defaults(), *(name for name in (*raw, *own) if value == "" or name.startswith("reasons."))]
    _must_be(key, allowed)
    document = tomlkit.parse(text)
    _put(document, key.split("."), _typed(clean(value)))
    text = tomlkit.dumps(document)
    other = None
    try:
        scoring.in_force(stored.parse(text, path))
    except BadSetting as error:
        if error.facts["key"] == key:
            raise BadValue(key=key, value=value, why=error.facts["why"]) from None
        other = error
    stored.write(path, text)
    if other:
        tell(_("{key} was changed.").format(key=key))
        raise other
    vars(session).pop("settings", None)


def _put(document: TOMLDocument, names: list[str], value: object) -> None:
    table_: Any = document
    for name in names[:-1]:
        table_ = table_.setdefault(name, {})
    if value == "":
        table_.pop(names[-1], None)
    else:
        table_[names[-1]] = value


def _typed(text: str) -> object:
    """A number where it looks like one, a list where it has commas in brackets, else the text."""
    import tomlkit.exceptions

    try:
        return tomlkit.value(text).unwrap() if text[:1] in "0123456789-[" and text else text
    except tomlkit.exceptions.TOMLKitError:
        return text


def ask_worker(session: Session) -> None:
    """Ask once who sits at the laptop, and remember it."""
    from outreach.cli import prompts

    if name := prompts.line(_("Who are you? (your name, asked once)"), clean):
        change(session, "worker", name)
        tell(_("Remembered. To change it: outreach settings worker NAME"))
