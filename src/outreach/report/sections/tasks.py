"""What to do: follow-ups overdue and due, and whom to visit next, with the reasons and the advice."""

from collections.abc import Sequence

from outreach.domain.priority import Ranked
from outreach.domain.records import Ruling
from outreach.domain.term import Term
from outreach.domain.text import covered
from outreach.i18n import _
from outreach.report.document import Cell, Column, Kind, Look, Section, first_of
from outreach.report.labels import label, mark_label, status_text
from outreach.report.weekly import Decision, FollowUp, Report
from outreach.report.wording import advice_text, community_text, term_text


def overdue(report: Report) -> Section:
    """Those that are late, the latest first."""
    columns = (Column("due", _("Due"), Kind.DAY), Column("days", _("Days"), Kind.COUNT), *_about())
    rows, more = first_of([(late.due, late.days, *_whose(late)) for late in report.overdue])
    return Section("overdue", _("Follow-ups overdue"), columns, rows, empty=_("No follow-up is overdue."), more=more)


def due(report: Report) -> Section:
    """Those to come, up to the end of next week."""
    columns = (Column("due", _("Due"), Kind.DAY), *_about())
    rows, more = first_of([(ahead.due, *_whose(ahead)) for ahead in report.due])
    empty = _("No follow-up is due until the end of next week.")
    return Section("due", _("Follow-ups due until the end of next week"), columns, rows, empty=empty, more=more)


def _about() -> Sequence[Column]:
    return (
        Column("merchant", _("Merchant")),
        Column("community", _("Community")),
        Column("mark", _("Mark")),
        Column("worker", _("Worker")),
    )


def _whose(found: FollowUp) -> tuple[Cell, ...]:
    return found.merchant.name, found.community, mark_label(found.tag.label), found.tag.by


def following(report: Report) -> Section:
    """The head of the ranking."""
    columns = (
        Column("rank", "#", Kind.COUNT),
        Column("merchant", _("Merchant")),
        Column("community", _("Community")),
        Column("status", _("Status")),
        Column("score", _("Score"), Kind.COUNT),
        Column("advice", _("Advice"), Kind.LONG),
        Column("reasons", _("Reasons"), Kind.LINES),
    )
    rows = tuple(map(_ranked, report.next))
    title = _("To visit next (may be visited now: {ready}; better wait: {held})").format(ready=report.ready, held=report.held)
    more = report.ready + report.held - len(rows)
    return Section("next", title, columns, rows, Look.CARDS, _("No merchant is left to win."), more=more)


def communities(report: Report) -> Section:
    """How to go to each community, where most may be visited first."""
    columns = (
        Column("community", _("Community")),
        Column("ready", _("May be visited"), Kind.COUNT),
        Column("held", _("Better wait"), Kind.COUNT),
        Column("advice", _("Advice"), Kind.LONG),
    )
    rows, more = first_of(
        [(a.name or _("no community"), a.ready, a.held, community_text(a, report.day)) for a in report.advised]
    )
    return Section("advice", _("Where to go"), columns, rows, empty=_("No merchant is left to win."), more=more)


def decisions(report: Report) -> Section:
    """What people decided, whatever the score says."""
    columns = (
        Column("of", _("About")),
        Column("community", _("Community")),
        Column("decision", _("Decision")),
        Column("until", _("Until"), Kind.DAY),
        Column("reason", _("Reason"), Kind.LONG),
        Column("by", _("Decided by")),
        Column("day", _("Decided on"), Kind.DAY),
    )
    rows, more = first_of(list(map(_decision, report.decisions)))
    return Section("decisions", _("What people decided"), columns, rows, empty=_("No decision is in force."), more=more)


def _decision(found: Decision) -> tuple[Cell, ...]:
    o, name = found.override, found.merchant.name if found.merchant else _("the whole community")
    return name, found.community, label(Ruling, o.ruling), o.until, covered(o.note), o.by, o.day


def _points(term: Term) -> str:
    return f"{term.points:+d}" if term.points else "0"


def _ranked(found: Ranked) -> tuple[Cell, ...]:
    case = found.case
    status = status_text(case.trail.status, firm=case.trail.firm)
    reasons = tuple(f"{_points(term)} {term_text(term, case.day)}" for term in found.terms)
    return found.rank, case.merchant.name, case.community, status, found.score, advice_text(found.advice, case.day), reasons
