"""The options by which shops are chosen, the same for every command that lists them; and what they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from outreach.cli import choosing, parsing
from outreach.cli.session import tell
from outreach.cli.words import joined
from outreach.domain.records import Outcome
from outreach.domain.text import clean
from outreach.i18n import N_, _

if TYPE_CHECKING:
    from outreach.cli.session import Session
    from outreach.store.merchants import Filter

Status = Annotated[str | None, typer.Option(metavar=N_("STATUS"), help=N_("Where it stands, such as pending"))]
Community = Annotated[str | None, typer.Option(metavar=N_("NAME"), help=N_("Only this community"))]
Category = Annotated[str | None, typer.Option(metavar=N_("TEXT"), help=N_("Only this kind of shop"))]
Tag = Annotated[str | None, typer.Option(metavar=N_("LABEL"), help=N_("Only with this mark"))]
Worker = Annotated[str | None, typer.Option(metavar=N_("WORKER"), help=N_("Only visited by this worker"))]
Since = Annotated[str | None, typer.Option(metavar=N_("WHEN"), help=N_("Only visited since"))]
Until = Annotated[str | None, typer.Option(metavar=N_("WHEN"), help=N_("Only visited until"))]


class Options(NamedTuple):
    """The options as they were typed."""

    status: str | None
    community: str | None
    category: str | None
    tag: str | None
    worker: str | None
    since: str | None
    until: str | None


def wanted(session: Session, typed: Options) -> Filter:
    """The filter that the options come to. Raises what reading them raises."""
    from outreach.store.merchants import Filter

    return Filter(
        status=parsing.word(typed.status, Outcome) if typed.status else None,
        community=choosing.community(session, typed.community).id if typed.community else None,
        category=clean(typed.category) if typed.category else None,
        label=parsing.mark(typed.tag) if typed.tag else None,
        worker=_worker(session, typed.worker) if typed.worker else None,
        since=parsing.past_day(typed.since, session) if typed.since else None,
        until=parsing.past_day(typed.until, session) if typed.until else None,
    )


def _worker(session: Session, text: str) -> str:
    """A worker's name; where no visit is by one of that name, it says who may have been meant."""
    from difflib import get_close_matches

    from outreach.store.records import workers_known

    name, known = clean(text), workers_known(session.db)
    if name not in known and known:
        near = [one for one in known if name in one] or get_close_matches(name, known)
        meant = _("No visit by {name} is recorded. Did you mean {names}?")
        said = meant if near else _("No visit by {name} is recorded yet; known are {names}.")
        tell(said.format(name=name, names=joined(near or known)))
    return name
