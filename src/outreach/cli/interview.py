"""`outreach community interview`: asks what the basic-situation report lacks, one thing after another.

Each answer is an act of its own, kept before the next question is asked: `outreach undo` takes back the last one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import typer

from outreach.cli import choosing, parsing
from outreach.cli.changes import field_name
from outreach.cli.registers import Name, confirm
from outreach.cli.session import Session, say, session_of, tell
from outreach.cli.words import joined
from outreach.domain import acts
from outreach.domain.profile import unanswered
from outreach.domain.records import COMMUNITY
from outreach.domain.text import natural_key
from outreach.errors.supervising import InterviewNeedsTerminal
from outreach.i18n import _, ngettext

if TYPE_CHECKING:
    from outreach.domain.change import Fields
    from outreach.store.finding import Match

EXAMPLES = {"interview_community": "outreach community interview 皮村"}
_SKIPPED = ""
_UNKNOWN = {"?", "不知道", "不清楚", "不详", "unknown", "don'tknow", "don’tknow"}
_BACK = object()  # the answer to a question that someone wants the last answer taken back instead


def interview_community(ctx: typer.Context, known_as: Name) -> None:
    session = session_of(ctx)
    found = choosing.community(session, known_as)
    missing = unanswered(_known(session, found))
    if not missing:
        say(
            _("Nothing is missing: {name} has an answer to everything. To change one: outreach community edit").format(
                name=found.name
            )
        )
        return
    if not session.interactive:
        raise InterviewNeedsTerminal(name=found.name, named=choosing.quoted(found.name), missing=_named(missing))
    Interview(session, found, missing).hold()


def _known(session: Session, community: Match) -> Fields:
    from outreach.store.records import get_record

    return get_record(session.db, "community", community.id) or {}


def _named(fields: Iterable[str]) -> str:
    return joined(field_name("community", name) for name in fields)


@dataclass
class Interview:
    """The questions, and the places among them of those that were answered, in that order."""

    session: Session
    about: Match
    questions: Sequence[str]
    answered: list[int] = field(default_factory=list)

    def hold(self) -> None:
        """One question after another, until the last or until someone ends; Ctrl-C is as Esc."""
        told = ngettext(
            "{n} question. Each answer is kept at once. Enter or ? skips one; “undo” takes the last one back; Esc ends.",
            "{n} questions. Each answer is kept at once. Enter or ? skips one; “undo” takes the last one back; Esc ends.",
            len(self.questions),
        )
        tell(told.format(n=len(self.questions)))
        place = 0
        try:
            while place < len(self.questions):
                place = self._one(place)
        except KeyboardInterrupt:
            pass
        self._sum_up()

    def _one(self, place: int) -> int:
        """Ask one; the place of the question that comes next."""
        answer = self._ask(place)
        if answer is _BACK:
            return self._take_back(place)
        if answer != _SKIPPED:
            self._keep(place, answer)
        return place + 1

    def _ask(self, place: int) -> object:
        from outreach.cli.prompts import line
        from outreach.report.profile_words import HINTS

        name = self.questions[place]
        tell("", _(HINTS[name]))
        facts = {"number": place + 1, "all": len(self.questions), "field": field_name("community", name)}
        return line(_("{number}/{all} {field}:").format(**facts), partial(self._read, name), escapes=True)

    def _read(self, name: str, text: str) -> object:
        """The answer as the field's value. Refused as `community edit` refuses it."""
        from outreach.cli.undo import TYPED

        if natural_key(text) in TYPED:
            return _BACK
        if natural_key(text) in _UNKNOWN:
            return _SKIPPED
        asked = COMMUNITY.field(name)
        assert asked is not None
        return parsing.field_value(asked, text, self.session)

    def _keep(self, place: int, answer: object) -> None:
        changes = acts.edit("community", self.about.id, _known(self.session, self.about), {self.questions[place]: answer})
        if changes:
            self.session.record(changes, "community interview")
            self.answered.append(place)

    def _take_back(self, place: int) -> int:
        """The last answer of this interview; what was recorded before it stays. Its question is asked again."""
        from outreach.cli.undo import take_back_last

        if not self.answered:
            tell(_("Nothing was answered in this interview yet."))
            return place
        take_back_last(self.session)
        return self.answered.pop()

    def _sum_up(self) -> None:
        if self.answered:
            confirm(COMMUNITY, self.about.name, _named(self.questions[place] for place in sorted(self.answered)))
            tell(_("outreach undo takes back the last answer; again, the one before it."))
        if left := unanswered(_known(self.session, self.about)):
            say(_("Still unanswered: {fields}").format(fields=_named(left)))
            tell(_("To go on: outreach community interview {name}").format(name=choosing.quoted(self.about.name)))
