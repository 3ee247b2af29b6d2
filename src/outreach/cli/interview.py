"""`outreach community interview`: asks what the basic-situation report lacks, one thing after another; one act in the end."""

from __future__ import annotations

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
from outreach.errors.supervising import InterviewNeedsTerminal
from outreach.i18n import _, ngettext

if TYPE_CHECKING:
    from outreach.domain.change import Fields

EXAMPLES = {"interview_community": "outreach community interview 皮村"}


def interview_community(ctx: typer.Context, known_as: Name) -> None:
    from outreach.store.records import get_record

    session = session_of(ctx)
    found = choosing.community(session, known_as)
    before = get_record(session.db, "community", found.id) or {}
    missing = unanswered(before)
    if not missing:
        say(
            _("Nothing is missing: {name} has an answer to everything. To change one: outreach community edit").format(
                name=found.name
            )
        )
        return
    if not session.interactive:
        raise InterviewNeedsTerminal(name=found.name, named=choosing.quoted(found.name), missing=_named(missing))
    said = _ask_all(session, missing)
    if changes := acts.edit("community", found.id, before, said):
        session.record(changes, "community interview")
        confirm(COMMUNITY, found.name, _named(said))
    if left := [name for name in missing if name not in said]:
        say(_("Still unanswered: {fields}").format(fields=_named(left)))


def _named(fields: list[str] | Fields) -> str:
    return joined(field_name("community", name) for name in fields)


def _ask_all(session: Session, missing: list[str]) -> Fields:
    """The answers that were given; Esc and Ctrl-C end the asking and keep them."""
    from outreach.cli.prompts import line
    from outreach.report.profile_words import HINTS

    questions = ngettext("{n} question. Enter skips one; Esc ends, and keeps what was answered.",
                         "{n} questions. Enter skips one; Esc ends, and keeps what was answered.", len(missing))  # fmt: skip
    tell(questions.format(n=len(missing)))
    said: Fields = {}
    for number, name in enumerate(missing, 1):
        tell("", _(HINTS[name]))
        question = _("{number}/{all} {field}:").format(number=number, all=len(missing), field=field_name("community", name))
        try:
            answer = line(question, partial(_read, session, name), escapes=True)
        except KeyboardInterrupt:
            break
        if answer != "":
            said[name] = answer
    return said


def _read(session: Session, name: str, text: str) -> object:
    """The answer as the field's value; "" skips it. Refused as `community edit` refuses it."""
    field = COMMUNITY.field(name)
    assert field is not None
    return parsing.field_value(field, text, session)
