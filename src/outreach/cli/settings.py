"""`outreach settings`: show all, one, or change one in settings.toml, its comments kept."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach import settings as stored
from outreach.cli.screen import fit_of, table
from outreach.cli.session import say, session_of, show, show_json, tell
from outreach.domain.text import clean
from outreach.errors.storage import BadSetting, UnknownSetting
from outreach.errors.typed import BadValue
from outreach.i18n import N_, _
from outreach.report import scoring

if TYPE_CHECKING:
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
    values = known(session)
    if key is not None:
        values = {key: _one(values, key)}
    if as_json:
        show_json({"format": "outreach/settings/1", "settings": values})
    elif key is not None:
        say(f"{key} = {_text(values[key])}")
    else:
        rows = [(name, _text(value)) for name, value in values.items()]
        show(table([_("Setting"), _("Value")], rows, fit=fit_of(sys.stdout)))
        say(_("They are kept in {path}").format(path=session.settings.path))


def known(session: Session) -> dict[str, Any]:
    """Every setting by its full name, with the value in force."""
    own = session.settings
    values: dict[str, Any] = {"worker": own.worker, "laptop": own.laptop}
    values |= {f"reasons.{code}": dict(texts) for code, texts in own.reasons.items()}
    return values | scoring.in_force(own)


def _text(value: object) -> str:
    """A value as it may be typed again: a list in brackets, its texts in quotes."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _one(values: dict[str, Any], key: str) -> Any:
    if key not in values:
        raise UnknownSetting(key=key)
    return values[key]


def change(session: Session, key: str, value: str) -> None:
    """Write one setting, if the whole is still sound with it; an empty value takes it out."""
    import tomlkit

    _one(known(session), key)
    path = session.settings.path
    document = tomlkit.parse(stored.read(path))
    _put(document, key.split("."), _typed(clean(value)))
    text = tomlkit.dumps(document)
    try:
        scoring.in_force(stored.parse(text, path))
    except BadSetting as error:
        if error.facts["key"] != key:
            raise
        raise BadValue(key=key, value=value, why=error.facts["why"]) from None
    stored.write(path, text)
    del session.settings


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
