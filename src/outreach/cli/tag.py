"""`outreach tag`, `untag` and `done`: marks on merchants, and follow-ups, which are marks with a due date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import choosing, parsing
from outreach.cli import words as shown
from outreach.cli.session import say, session_of
from outreach.cli.visiting import mark_drafts
from outreach.domain import acts
from outreach.domain.text import natural_key
from outreach.errors.registers import NothingOpen, NotTagged, SeveralOpen
from outreach.i18n import N_, _
from outreach.report.labels import mark_label

if TYPE_CHECKING:
    from outreach.cli.session import Session
    from outreach.domain.change import Fields
    from outreach.store.finding import Match

Merchant = Annotated[str, typer.Argument(metavar=N_("MERCHANT"), help=N_("Name, part, pinyin or initials"))]
Labels = Annotated[list[str], typer.Argument(metavar=N_("LABEL"), help=N_("The mark, in your own words"))]
EXAMPLES = {
    "tag": "outreach tag lwcs 潜在伙伴 有冷柜\noutreach tag 老王超市 跟进 --due 下周三 --note 带宣传单",
    "untag": "outreach untag lwcs 有冷柜",
    "done": "outreach done lwcs",
}


def tag(
    ctx: typer.Context,
    merchant: Merchant,
    labels: Labels,
    *,
    due: Annotated[str | None, typer.Option(metavar=N_("WHEN"), help=N_("Due then: the mark is a follow-up"))] = None,
    note: Annotated[str | None, typer.Option(metavar=N_("TEXT"), help=N_("A note"))] = None,
) -> None:
    session = session_of(ctx)
    day = parsing.due(due, session) if due is not None else None
    text = parsing.note(note)
    marks = acts.one_each(acts.Mark(parsing.mark(label), day, text) for label in labels)
    found = choosing.merchant(session, merchant)
    session.record(mark_drafts(session, found.id, marks, at=session.now(), by=session.worker), "tag")
    _confirm(found, _(", ").join(shown.mark(m.label, m.due, session.today()) for m in marks))


def untag(ctx: typer.Context, merchant: Merchant, labels: Labels) -> None:
    session = session_of(ctx)
    found = choosing.merchant(session, merchant)
    tags = [_tag(session, found, parsing.mark(label)) for label in dict.fromkeys(labels)]
    session.record([acts.remove("tag", t["id"]) for t in tags], "untag")
    _confirm(found, _("no longer {labels}").format(labels=_(", ").join(mark_label(t["label"]) for t in tags)))


def done(
    ctx: typer.Context,
    merchant: Merchant,
    label: Annotated[str | None, typer.Argument(metavar=N_("LABEL"), help=N_("Which, if several are open"))] = None,
) -> None:
    session = session_of(ctx)
    found = choosing.merchant(session, merchant)
    closed = _to_close(session, found, parsing.mark(label) if label is not None else None)
    session.record([acts.close(closed, session.now())], "done")
    _confirm(found, _("{label} done").format(label=shown.mark(closed["label"], closed.get("due"))))


def _tag(session: Session, found: Match, label: str) -> Fields:
    from outreach.store.followups import marks_on

    wanted = natural_key(label)
    on = next((t for t in marks_on(session.db, found.id) if natural_key(t["label"]) == wanted), None)
    if on is None:
        raise NotTagged(merchant=found.name, label=mark_label(label))
    return on


def _to_close(session: Session, found: Match, label: str | None) -> Fields:
    from outreach.store.followups import open_follow_ups

    if label is not None:
        tag = _tag(session, found, label)
        if "done_at" in tag:
            raise NothingOpen(merchant=found.name)
        return tag
    tags = open_follow_ups(session.db, found.id)
    if not tags:
        raise NothingOpen(merchant=found.name)
    if len(tags) > 1:
        raise SeveralOpen(merchant=found.name, labels=_(", ").join(mark_label(t["label"]) for t in tags))
    return tags[0]


def _confirm(found: Match, what: str) -> None:
    say(_("Recorded: {line}").format(line=f"{found.name} · {what}"))
