"""A file that a command writes for people: where it may go, and how it gets there whole or not at all.

Knows nothing of what is in it. Such files may hold names, so they are readable by their owner only.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from outreach.errors.supervising import (
    EmptyPath,
    OutputExists,
    OutputFolderMissing,
    OutputIsFolder,
    OutputRefused,
    OutputTwice,
    WrongEnding,
)
from outreach.faults import why
from outreach.i18n import _

if TYPE_CHECKING:
    from outreach.cli.session import Session


def places(session: Session, *texts: str | None, force: bool = False) -> list[Path | None]:
    """The paths to write to, checked before any work is done; None where none is wanted.

    A file that is there already is asked about on a terminal; elsewhere it needs `force`. Raises the errors named above.
    """
    found = [None if text is None else _place(text) for text in texts]
    wanted = [path for path in found if path is not None]
    for path in wanted:
        if wanted.count(path) > 1:
            raise OutputTwice(path=path)
        _check(path)
    _ask(session, [path for path in wanted if os.path.lexists(path)], force=force)
    return found


def ends_in(text: str | None, option: str, endings: Sequence[str]) -> None:
    """A file is opened by its ending. Raises WrongEnding."""
    if text and text.strip() and not os.path.isdir(text) and not text.casefold().endswith(tuple(endings)):
        raise WrongEnding(option=option, ending=endings[0], name=text + endings[0])


def save(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: beside it, to the disk, then in its place. Raises OutputRefused."""
    beside: str | None = None
    try:
        handle, beside = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError as error:
        raise OutputRefused(path=path, why=why(error)) from error
    finally:
        _discard(beside)


def _discard(beside: str | None) -> None:
    if beside is not None:
        with suppress(OSError):  # it has its place, or nothing can be done there
            os.unlink(beside)


def _place(text: str) -> Path:
    """Where that really is: a link is written through, not replaced."""
    if not text.strip() or "\0" in text:
        raise EmptyPath
    try:
        return Path(os.path.realpath(Path(text).expanduser()))
    except (OSError, RuntimeError) as error:  # nobody has that name
        raise OutputRefused(path=text, why=_("there is no such user")) from error


def _check(path: Path) -> None:
    if os.path.isdir(path):
        raise OutputIsFolder(path=path)
    if not os.path.isdir(path.parent):
        raise OutputFolderMissing(path=path, folder=path.parent)
    if os.path.lexists(path) and not os.path.isfile(path):
        raise OutputRefused(path=path, why=_("it is no ordinary file"))
    try:
        handle, beside = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
        os.close(handle)
        os.unlink(beside)
    except OSError as error:
        raise OutputRefused(path=path, why=why(error)) from error


def _ask(session: Session, there: Sequence[Path], *, force: bool) -> None:
    for path in there:
        if force:
            continue
        if not session.interactive:
            raise OutputExists(path=path)
        from outreach.cli.prompts import pick

        question = _("{path} is there already. Replace it?").format(path=path)
        if not pick(question, [(_("replace it"), True), (_("leave it as it is"), False)]):
            raise OutputExists(path=path)
