"""That something is being done, on standard error, where that is a terminal and it takes longer than a moment."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.status import Status

_LONG = 1.0  # seconds; what is over sooner needs no line


@contextmanager
def patience(text: str) -> Iterator[Callable[[str], None]]:
    """Shows `text` while the work within goes on, if it goes on for long; what is given may say something else meanwhile."""
    if not sys.stderr.isatty():
        yield lambda _text: None
        return
    shown: list[Status] = []
    timer = Timer(_LONG, lambda: shown.append(_begin(text)))
    timer.daemon = True
    timer.start()
    try:
        yield partial(_update, shown)
    finally:
        timer.cancel()
        timer.join()
        for status in shown:
            status.stop()


def _update(shown: list[Status], text: str) -> None:
    for status in shown:
        status.update(text)


def _begin(text: str) -> Status:
    from rich.console import Console
    from rich.status import Status

    status = Status(text, console=Console(stderr=True))
    status.start()
    return status
