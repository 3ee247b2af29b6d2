"""The table of all commands. A command's module is imported when it is called."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from outreach import __version__
from outreach.cli.commands import Command, Entry, Group, LazyCommand
from outreach.i18n import N_, _

STREET = N_("In the street:")
LOOKING = N_("Looking:")
REGISTERS = N_("Registers:")
SUPERVISING = N_("Supervising:")
CARE = N_("Sharing and care:")
SUMMARY = N_(
    "Visits to neighbourhood shops, parents' introductions and follow-ups: recorded in the street without a network, "
    "shared through a folder, and turned into whom to visit next. Without a command: today's page."
)


def _entry(name: str, text: str, panel: str, *, module: str = "", function: str = "") -> Entry:
    return Entry(name, text, f"outreach.cli.{module or name}", function or name, panel)


ENTRIES = (
    _entry("visit", N_("Record a visit; alone, one after another"), STREET),
    _entry("refer", N_("A parent spoke to a merchant or a parent"), STREET),
    _entry("tag", N_("Put marks on a merchant"), STREET),
    _entry("untag", N_("Take marks off a merchant"), STREET, module="tag"),
    _entry("done", N_("Close a follow-up"), STREET, module="tag"),
    _entry("opinion", N_("What parents say about a merchant"), STREET),
    _entry("undo", N_("Take back the last thing recorded here"), STREET),
    _entry("find", N_("Search names, pinyin, phones and marks"), LOOKING),
    _entry("list", N_("List merchants"), LOOKING, module="listing", function="list_merchants"),
    _entry("show", N_("Everything about one merchant"), LOOKING),
    _entry("history", N_("Who recorded or changed what, and when"), LOOKING),
    _entry("due", N_("Follow-ups that are due"), LOOKING),
    _entry("priority", N_("Whom to visit next, and why"), SUPERVISING),
    _entry("why", N_("One merchant's score, explained"), SUPERVISING, module="priority"),
    _entry("panel", N_("Parents go through the pending shops, a key for each opinion"), SUPERVISING),
    _entry("report", N_("The weekly report"), SUPERVISING),
    _entry("backtest", N_("How well the advice would have done"), SUPERVISING),
    _entry("plan", N_("A walking list for a day, to print"), SUPERVISING),
    _entry("map", N_("What a community has, as a map"), SUPERVISING, function="map_resources"),
    _entry("sync", N_("Exchange with a shared folder"), CARE),
    _entry("import", N_("Take in a file: shops, visits, parents"), CARE, module="importing", function="import_file"),
    _entry(
        "export", N_("Write records to a file: .csv .xlsx .json .geojson"), CARE, module="exporting", function="export_file"
    ),
    _entry("settings", N_("Show or change a setting"), CARE),
    _entry("doctor", N_("Check that everything is sound"), CARE),
    _entry("demo", N_("Play with a made-up push of three weeks"), CARE),
)


def _register(kind: str, text: str, *actions: Entry) -> Group:
    members = [LazyCommand(entry) for entry in actions]
    return Group(kind, text, members, rich_help_panel=REGISTERS, no_args_is_help=True)


def _action(name: str, text: str, kind: str) -> Entry:
    return Entry(name, text, f"outreach.cli.{kind}", f"{name}_{kind}")


_MERGING = (
    Entry("duplicates", N_("Shops that may be one"), "outreach.cli.duplicates", "duplicates_merchant"),
    Entry("merge", N_("Two records of one shop become one"), "outreach.cli.merging", "merge_merchant"),
    Entry("unmerge", N_("Take apart what was merged"), "outreach.cli.merging", "unmerge_merchant"),
)
_PROFILE = (
    Entry("report", N_("The basic-situation report: ten headings"), "outreach.cli.profile", "report_community"),
    Entry("interview", N_("Ask what that report lacks, one by one"), "outreach.cli.interview", "interview_community"),
)


def _registers() -> list[Group]:
    basic = (
        ("add", N_("Add one")),
        ("edit", N_("Change its fields")),
        ("remove", N_("Take it off the lists; nothing is lost")),
        ("restore", N_("Bring a removed one back")),
    )
    looking = (("list", N_("List them")), ("show", N_("Everything about one")))

    def everything(kind: str) -> list[Entry]:
        return [_action(name, text, kind) for name, text in (*basic, *looking)]

    return [
        _register("merchant", N_("Shops"), *(_action(n, t, "merchant") for n, t in basic), *_MERGING),
        _register("parent", N_("Parent volunteers"), *everything("parent")),
        _register(
            "community",
            N_("Villages and neighbourhoods"),
            *(_action(n, t, "community") for n, t in (*basic, *looking)),
            *_PROFILE,
        ),
        _register("place", N_("Schools, clinics, markets, rooms"), *everything("place")),
    ]


def application() -> Group:
    """The whole command line."""
    commands = [LazyCommand(entry) for entry in ENTRIES]
    place = 1 + max(i for i, entry in enumerate(ENTRIES) if entry.panel == LOOKING)
    members = [*commands[:place], *_registers(), *commands[place:]]
    options = _global_options()
    return Group("outreach", SUMMARY, members, invoke_without_command=True, callback=options.callback, params=options.params)


def _global_options() -> Command:
    app = typer.Typer(add_completion=True, rich_markup_mode=None)
    app.command("outreach", cls=Command)(_start)
    built = typer.main.get_command(app)
    assert isinstance(built, Command)
    for parameter in built.params:
        if parameter.name in _COMPLETION:
            parameter.help = _COMPLETION[parameter.name]  # type: ignore[attr-defined]
    return built


_COMPLETION = {
    "install_completion": N_("Let the Tab key complete commands in this shell."),
    "show_completion": N_("Print what --install-completion would install."),
}


def _start(
    ctx: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help=N_("Shows the version."))] = False,
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="zh|en", help=N_("Chinese or English, instead of the system's language.")),
    ] = None,
) -> None:
    del lang  # read before anything else, in main
    if version:
        sys.stdout.write(_("outreach {version}").format(version=__version__) + "\n")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        from outreach.cli.today import today

        today(ctx)
