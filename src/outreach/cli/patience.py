"""That something is being done, on standard error, where that is a terminal and it takes longer than a moment."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.status import Status

_LONG = 1.0  # seconds; what is over sooner needs no line


@contextmanager
def patience(text: str) -> Iterator[None]:
    """Shows `text` while the work within goes on, if it goes on for long."""
    if not sys.stderr.isatty():
        yield
        return
    shown: list[Status] = []
    timer = Timer(_LONG, lambda: shown.append(_begin(text)))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        for status in shown:
            status.stop()


def _begin(text: str) -> Status:
    from rich.console import Console
    from rich.status import Status

    status = Status(text, console=Console(stderr=True))
    status.start()
    return status
