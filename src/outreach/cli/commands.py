"""Commands that are imported when they are called, and groups of them; usage mistakes become our own sentences.

`outreach visit` must not pay for the imports of `outreach report`. A command's place in the table and its one-line help are
known at once; its options when it is used.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

import typer
from typer import core
from typer._click import exceptions as click  # Typer has Click within; decisions/0003
from typer._click.core import Command as ClickCommand
from typer._click.core import Context

from outreach.cli.help import help_text
from outreach.errors import OutreachError
from outreach.errors.typed import (
    CommandElsewhere,
    Missing,
    NoSuchCommand,
    NoSuchCommandNearly,
    NoSuchOption,
    OptionNeedsValue,
    OptionTakesNone,
    TooManyWords,
)
from outreach.i18n import _

_MINUS = tuple("-－−")


class Entry(NamedTuple):
    """A command: its name, one line of help, the module it lives in and the function there, its panel in the help."""

    name: str
    help: str
    module: str
    function: str
    panel: str = ""


def _is_below_zero(word: str) -> bool:
    return word.startswith(_MINUS) and word[1:].replace(".", "").isdecimal()


class Command(core.TyperCommand):
    """A command that shows its help our way."""

    def get_help(self, ctx: Context) -> str:
        return help_text(self, ctx)

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - as Click has it
        text = self.short_help or self.help or ""
        return _(text)

    def make_context(self, info_name: str | None, args: list[str], parent: Context | None = None, **extra: Any) -> Context:
        below_zero = any(map(_is_below_zero, args))  # -5 is a number, not an option
        try:
            return super().make_context(
                info_name, args, parent, allow_extra_args=True, ignore_unknown_options=below_zero, **extra
            )
        except click.UsageError as error:
            raise explained(error, _path(parent, info_name)) from error

    def invoke(self, ctx: Context) -> Any:
        if ctx.args:
            raise TooManyWords(words=" ".join(ctx.args), command=ctx.command_path)
        return super().invoke(ctx)


class LazyCommand(Command):
    """A command that is built from its module when it is used."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry.name, help=entry.help, rich_help_panel=entry.panel)
        self._entry = entry

    def make_context(self, info_name: str | None, args: list[str], parent: Context | None = None, **extra: Any) -> Context:
        return build(self._entry).make_context(info_name, args, parent, **extra)


def build(entry: Entry) -> ClickCommand:
    """The command of an entry, its module imported. A module may give `EXAMPLES`, by function name, for the help's end."""
    module = importlib.import_module(entry.module)
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    examples: Mapping[str, str] = getattr(module, "EXAMPLES", {})
    function: Callable[..., Any] = getattr(module, entry.function)
    epilog = examples.get(entry.function)
    app.command(entry.name, cls=Command, help=entry.help, epilog=epilog)(function)
    return typer.main.get_command(app)


class Group(core.TyperGroup):
    """Commands under a name. Without a word it shows its help, or does `default`."""

    def __init__(self, name: str, help: str, members: Sequence[ClickCommand], **more: Any) -> None:  # noqa: A002 - as Click
        commands = {str(c.name): c for c in members}
        super().__init__(name=name, help=help, commands=commands, rich_markup_mode=None, **more)

    def get_help(self, ctx: Context) -> str:
        return help_text(self, ctx)

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - as Click has it
        text = self.help or ""
        return _(text)

    def make_context(self, info_name: str | None, args: list[str], parent: Context | None = None, **extra: Any) -> Context:
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            raise explained(error, _path(parent, info_name)) from error

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, ClickCommand | None, list[str]]:
        command = self.get_command(ctx, args[0])
        if command is None and not ctx.resilient_parsing:
            raise _no_such_command(args[0], list(self.commands), ctx)
        return args[0] if command else None, command, args[1:]


_ELSEWHERE = {"merchant list": "outreach list", "merchant show": "outreach show"}  # what people try first


def _no_such_command(word: str, known: Sequence[str], ctx: Context) -> OutreachError:
    if word.startswith("-"):
        return NoSuchOption(option=word, command=ctx.command_path)
    if other := _ELSEWHERE.get(f"{ctx.command.name} {word}"):
        return CommandElsewhere(word=word, command=other)
    near = get_close_matches(word, known)
    if near:
        return NoSuchCommandNearly(word=word, nearest=_(", ").join(near))
    return NoSuchCommand(word=word, command=ctx.command_path)


def _path(parent: Context | None, name: str | None) -> str:
    return f"{parent.command_path} {name}" if parent else str(name)


def explained(error: click.UsageError, command: str) -> OutreachError:
    """Typer's complaint as ours, in the user's language."""
    if isinstance(error, click.NoSuchOption):
        return NoSuchOption(option=error.option_name, command=command)
    if isinstance(error, click.BadOptionUsage):
        needs = "requires" in error.message
        return (OptionNeedsValue if needs else OptionTakesNone)(option=error.option_name, command=command)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        epilog = error.ctx.command.epilog if error.ctx else None
        example = epilog.split("\n")[0] if epilog else f"{command} --help"
        return Missing(what=_(error.param.metavar or f"--{error.param.name}"), example=example)
    return TooManyWords(words=error.format_message(), command=command)
