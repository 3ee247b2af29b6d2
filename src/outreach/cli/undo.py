"""`outreach undo`: take back the last thing recorded on this laptop, and say what it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from outreach.cli import words as shown
from outreach.cli.session import say, session_of
from outreach.i18n import _, ngettext

if TYPE_CHECKING:
    from outreach.cli.session import Session
    from outreach.store.undo import Undone


def undo(ctx: typer.Context) -> None:
    take_back_last(session_of(ctx))


def take_back_last(session: Session) -> str:
    """Undo, say so, and return the label of the act."""
    from outreach.store.undo import undo as take_back

    undone = take_back(session.db, now=session.now_ms(), worker=session.worker)
    say(_("Taken back: {what}").format(what=_(", ").join(_parts(session, undone))))
    if undone.kept:
        count = len(undone.kept)
        text = ngettext(
            "{n} entry stays: others have built on it since.", "{n} entries stay: others have built on them since.", count
        )
        say(text.format(n=count))
    return undone.act.label


def _parts(session: Session, undone: Undone) -> list[str]:
    """What the act had done, a phrase per record."""
    from outreach.cli.changes import Names, phrase

    names = Names(session.db)
    taken = {(draft.kind, draft.id) for draft in undone.drafts}
    phrases = [phrase(change, names) for change in undone.act.changes if change.key in taken]
    return [*dict.fromkeys(phrases), shown.clock(undone.act.at)]
