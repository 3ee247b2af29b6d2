"""The entry point: language, streams, the table of commands, and the one place where errors become sentences."""

from __future__ import annotations

import gc

gc.disable()  # nothing lives long enough here to be collected while modules load

import os  # noqa: E402 - after the collector is off
import sys  # noqa: E402
from collections.abc import Sequence  # noqa: E402
from contextlib import suppress  # noqa: E402

import typer  # noqa: E402
from typer._click.exceptions import NoArgsIsHelpError  # noqa: E402

from outreach.cli.app import application  # noqa: E402
from outreach.cli.screen import clean  # noqa: E402
from outreach.cli.session import Session, tell  # noqa: E402
from outreach.errors import ExitStatus, OutreachError  # noqa: E402
from outreach.errors.storage import SystemRefused  # noqa: E402
from outreach.errors.typed import BadLanguage  # noqa: E402
from outreach.faults import why  # noqa: E402
from outreach.i18n import LANGUAGES, _, choose, use  # noqa: E402


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    use(choose(arguments, os.environ))
    _prepare_streams()
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except OSError as error:  # the output cannot be written; the database and the folders have sentences of their own
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        if not isinstance(error, BrokenPipeError):  # `outreach list | head` has seen enough
            tell(SystemRefused(why=why(error)).sentence(clean))
        return ExitStatus.REFUSED
    return status


def entry() -> None:
    """What the installed command and `python -m outreach` call.

    It ends without taking the process apart piece by piece (up to a tenth of the time of a list); all is flushed and closed.
    """
    status = main()
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


def _run(arguments: list[str]) -> int:
    gc.freeze()
    gc.set_threshold(100_000)  # lists of ten thousand rows are no garbage
    gc.enable()
    session = Session(asks="--json" not in _options(arguments))
    try:
        return _dispatch(_without_language(arguments), session)
    except OutreachError as error:
        tell(*error.sentence(clean).split("\n"))
        return error.exit_status
    except (KeyboardInterrupt, typer.Abort):
        tell(_("Stopped. Nothing half-done was kept."))
        return ExitStatus.INTERRUPTED
    finally:
        if "db" in vars(session):
            session.db.close()


def _dispatch(arguments: list[str], session: Session) -> int:
    from outreach.store.connection import FILE, explained

    try:
        with explained(session.home / FILE):
            result = application().main(
                arguments, "outreach", standalone_mode=False, obj=session, help_option_names=["--help", "-h"]
            )
    except NoArgsIsHelpError as error:
        tell(*error.format_message().split("\n"))
        return ExitStatus.USAGE
    return result if isinstance(result, int) else ExitStatus.DONE


def _options(arguments: Sequence[str]) -> Sequence[str]:
    """The words up to --, after which nothing is an option."""
    return arguments[: arguments.index("--")] if "--" in arguments else arguments


def _without_language(arguments: Sequence[str]) -> list[str]:
    """--lang may stand anywhere; it was read before anything else."""
    kept: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            return [*kept, word, *words]
        if word == "--lang" or word.startswith("--lang="):
            said = next(words, "") if word == "--lang" else word.removeprefix("--lang=")
            if said not in LANGUAGES:
                raise BadLanguage
        else:
            kept.append(word)
    return kept


def _prepare_streams() -> None:
    """A console that cannot show a character shows a question mark instead of failing; a closed one is as good as none."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - for as long as the process
        elif mode == "w" and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
