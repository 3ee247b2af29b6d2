"""Everything that can be refused, each with its sentence (what is wrong, what to do) and its exit code.

An error carries facts; its sentence is made when it is shown, in the user's language.
Caught in one place, `outreach.cli.main`. Here the root of the tree; each module has those of one part of the work.
"""

from collections.abc import Callable
from enum import IntEnum

from outreach.i18n import _


class ExitStatus(IntEnum):
    """What the process says when it ends (DESIGN.md, section 6)."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    SET_ASIDE = 3
    INTERRUPTED = 130


class OutreachError(Exception):
    """The root. `template` is the sentence, with the names of the facts that fill it."""

    exit_status = ExitStatus.REFUSED
    template = ""

    def __init__(self, **facts: object) -> None:
        super().__init__(facts)
        self.facts = facts

    def sentence(self, clean: Callable[[object], str] = str) -> str:
        """What is wrong and what to do, with every fact put through `clean`; lists of lines stay lines."""
        shown = {k: "\n".join(map(clean, v)) if isinstance(v, list) else clean(v) for k, v in self.facts.items()}
        return _(self.template).format(**shown)

    def __str__(self) -> str:
        return self.sentence()


class UsageError(OutreachError):
    """What was typed cannot be understood."""

    exit_status = ExitStatus.USAGE
