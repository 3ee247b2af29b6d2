"""The pages of --help: usage, what it does, arguments, options, commands by panel, examples; aligned for Chinese too.

Typer measures text in characters and cuts Chinese help; so the page is laid out here, from Typer's own parameters.
Help texts are stored in English and put into the user's language here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from typer import core
from typer._click.core import Command, Context

from outreach.cli.screen import columns, pad, width, wrap
from outreach.i18n import _

_INDENT = 2
_WIDEST = 100
_LEFT = 34  # the widest a left column may be before its help moves to the next line

Row = tuple[str, str]


def help_text(command: Command, ctx: Context) -> str:
    """The whole page."""
    room = min(columns(), _WIDEST) - 1
    blocks = [_usage(command, ctx, room)]
    if command.help:
        blocks.append(_paragraphs(_(command.help), room))
    for head, rows in _sections(command, ctx):
        blocks.append(f"{head}\n{_rows(rows, room)}")
    if command.epilog:
        blocks.append(_("Examples:") + "\n" + _indented(command.epilog))
    return "\n\n".join(blocks)


def _usage(command: Command, ctx: Context, room: int) -> str:
    start = _("Usage: ") + ctx.command_path + " "
    parts = [_("[OPTIONS]"), *(_piece(p) for p in command.params if isinstance(p, core.TyperArgument))]
    if isinstance(command, core.TyperGroup):
        parts.append(_("COMMAND ..."))
    lines = wrap(" ".join(parts), max(room - width(start), 20))
    return ("\n" + " " * width(start)).join([start + lines[0], *lines[1:]])


def _piece(argument: core.TyperArgument) -> str:
    name = _(argument.metavar or str(argument.name))
    name += "..." if argument.nargs != 1 else ""
    return name if argument.required else f"[{name}]"


def _sections(command: Command, ctx: Context) -> Iterator[tuple[str, list[Row]]]:
    arguments = [_argument(p) for p in command.params if isinstance(p, core.TyperArgument)]
    if arguments:
        yield _("Arguments:"), arguments
    if isinstance(command, core.TyperGroup):
        yield from _panels(command, ctx)
    options = [_option(p) for p in command.params if isinstance(p, core.TyperOption) and not p.hidden]
    yield _("Options:"), [*options, ("--help", _("Shows this help; -h does, too."))]


def _argument(parameter: core.TyperArgument) -> Row:
    help_ = parameter.help or ""
    return _(parameter.metavar or str(parameter.name)), _(help_)


def _option(parameter: core.TyperOption) -> Row:
    value = "" if parameter.is_flag else " " + _(parameter.metavar or "TEXT")
    help_ = parameter.help or ""
    return ", ".join(parameter.opts) + value, _(help_) + (_(" (repeatable)") if parameter.multiple else "")


def _panels(group: core.TyperGroup, ctx: Context) -> Iterator[tuple[str, list[Row]]]:
    panels: dict[str, list[Row]] = {}
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        if command is not None and not command.hidden:
            panel = getattr(command, "rich_help_panel", None) or ""
            panels.setdefault(panel, []).append((name, command.get_short_help_str()))
    for panel, rows in panels.items():
        yield (_(panel) if panel else _("Commands:")), rows


def _rows(rows: Iterable[Row], room: int) -> str:
    rows = list(rows)
    left = min(max(width(first) for first, _second in rows), _LEFT)
    lines = []
    for first, second in rows:
        text = wrap(second, room - left - 2 * _INDENT) if second else [""]
        if width(first) > left:
            lines.append(" " * _INDENT + first)
            first = ""
        lines.append(" " * _INDENT + pad(first, left) + " " * _INDENT + text[0])
        lines += [" " * (left + 2 * _INDENT) + line for line in text[1:]]
    return "\n".join(line.rstrip() for line in lines)


def _paragraphs(text: str, room: int) -> str:
    return _indented("\n".join("\n".join(wrap(line, room - _INDENT)) for line in text.split("\n")))


def _indented(text: str) -> str:
    return "\n".join(" " * _INDENT + line if line else "" for line in text.split("\n"))
