"""How far long work is: a line on standard error, where that is a terminal and there is enough to do."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from outreach.i18n import _
from outreach.sync.exchange import quiet
from outreach.sync.result import Stage

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from outreach.sync.result import Progress

_MANY = 20  # files
_LONG = 1.0  # seconds; what is over sooner needs no line


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """A progress of a sync that is shown, if there is anyone to see it."""
    if not sys.stderr.isatty():
        yield quiet
        return
    with ExitStack() as stack:
        yield _Shown(stack)


class _Shown:
    """Opens the bar once there is much to do, or it has taken long already."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._bar: Bar | None = None
        self._stage: Stage | None = None
        self._start = time.monotonic()

    def __call__(self, stage: Stage, done: int, of: int) -> None:
        if self._bar is None and (of >= _MANY or time.monotonic() - self._start > _LONG):
            self._bar = self._open()
        if self._bar is not None:
            new = stage is not self._stage  # a stage is named at once, however soon it is over
            self._stage = stage
            self._bar.update(self._bar.task_ids[0], description=_words(stage), completed=done, total=of, refresh=new)

    def _open(self) -> Bar:
        from rich.console import Console
        from rich.progress import Progress

        bar = self._stack.enter_context(Progress(console=Console(stderr=True), transient=True))
        bar.add_task("")
        return bar


def _words(stage: Stage) -> str:
    return {
        Stage.READING: _("Reading"),
        Stage.SEALING: _("Collecting"),
        Stage.WRITING: _("Writing"),
        Stage.EXPORTING: _("Exporting"),
        Stage.ROLLING: _("Tidying"),
    }[stage]
