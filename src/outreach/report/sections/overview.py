"""Where the merchants stand and what the week brought: over all, by community, and what moved."""

from outreach.domain.records import Outcome
from outreach.i18n import _
from outreach.report.document import MOST, Cell, Column, Kind, Look, Section, first_of
from outreach.report.labels import status_text
from outreach.report.moves import Move
from outreach.report.standing import CommunityNumbers, Numbers
from outreach.report.weekly import Report


def standing(report: Report) -> Section:
    """Where those visited stand at the end of the week, and stood a week earlier."""
    rows = [(status_text(o), *_now_and_then(report, o.value), _share(report, o.value)) for o in Outcome]
    columns = (
        Column("status", _("Status")),
        Column("merchants", _("Merchants"), Kind.COUNT),
        Column("last_week", _("Last week"), Kind.COUNT),
        Column("change", _("Difference"), Kind.CHANGE),
        Column("share", _("Share"), Kind.SHARE),
    )
    return Section("standing", _("Where the merchants stand"), columns, tuple(rows), Look.BARS)


def _now_and_then(report: Report, name: str) -> tuple[int, int, int]:
    now, then = getattr(report.totals, name), getattr(report.before, name)
    return now, then, now - then


def _share(report: Report, name: str) -> float | None:
    visited = report.totals.merchants_visited
    return round(getattr(report.totals, name) / visited, 3) if visited else None


def figures(report: Report) -> Section:
    """The week in numbers, beside the week before."""
    words = {
        "merchants_visited": _("Merchants visited so far"),
        "visits": _("Visits"),
        "new_signed_up": _("Newly signed up"),
        "referrals": _("Parents' introductions"),
        "follow_ups_overdue": _("Follow-ups overdue"),
    }
    rows = tuple((text, *_now_and_then(report, name)) for name, text in words.items())
    columns = (
        Column("figure", _("Figure")),
        Column("this_week", _("This week"), Kind.COUNT),
        Column("last_week", _("Last week"), Kind.COUNT),
        Column("change", _("Difference"), Kind.CHANGE),
    )
    return Section("week", _("The week in numbers"), columns, rows)


def moved(report: Report) -> Section:
    """Who moved, from where to where, and thanks to whom."""
    rows, more = first_of([_move(move) for move in report.moved])
    columns = (
        Column("day", _("Day"), Kind.DAY),
        Column("merchant", _("Merchant")),
        Column("community", _("Community")),
        Column("before", _("Before")),
        Column("now", _("Now")),
        Column("introduced_by", _("Introduced by")),
    )
    empty = _("No merchant that was known before moved.")
    return Section("moved", _("What moved"), columns, rows, empty=empty, more=more, notes=_first(report.first_visits))


def _move(move: Move) -> tuple[Cell, ...]:
    more = f" +{len(move.introduced_by) - 1}" if len(move.introduced_by) > 1 else ""
    by = move.introduced_by[0].alias + more if move.introduced_by else None
    before = status_text(move.before) if move.before else _("not visited")
    return move.day, move.merchant.name, move.community, before, status_text(move.after), by


def _first(first: Numbers) -> tuple[str, ...]:
    if not first.merchants_visited:
        return ()
    text = _(
        "Visited for the first time: {merchants_visited}, of which {signed_up} signed up, {pending} pending, "
        "{refused} refused, {not_met} not met."
    )
    return (text.format(**vars(first)),)


def communities(report: Report) -> Section:
    """Where each community's merchants stand; how many had joined a week earlier."""
    rows, more = first_of([_community(line, report) for line in report.communities])
    columns = (
        Column("community", _("Community")),
        Column("merchants", _("Known"), Kind.COUNT),
        Column("visited", _("Visited"), Kind.COUNT),
        *(Column(outcome.value, status_text(outcome), Kind.COUNT) for outcome in Outcome),
        Column("joined_last_week", _("Joined before"), Kind.COUNT),
    )
    without = [line.name for line in report.communities if line.name and line.merchants and not line.numbers.signed_up]
    notes = (_("No redemption point yet: {names}.").format(names=_(", ").join(without[:MOST])),) if without else ()
    return Section("communities", _("Communities"), columns, rows, Look.STACKED, more=more, notes=notes)


def _community(line: CommunityNumbers, report: Report) -> tuple[Cell, ...]:
    n = line.numbers
    stand = (n.merchants_visited, *(getattr(n, outcome.value) for outcome in Outcome))
    return line.name or _("no community"), line.merchants, *stand, _before(line, report).signed_up


def _before(line: CommunityNumbers, report: Report) -> Numbers:
    return report.communities_before.get(line.id, Numbers())


def activity(report: Report) -> Section:
    """What the week brought in each community, the visits of the week before beside it."""
    found = [_activity(line, report) for line in report.communities]
    rows, more = first_of([row for row in found if any(row[1:])])
    columns = (
        Column("community", _("Community")),
        Column("visits", _("Visits"), Kind.COUNT),
        Column("last_week", _("Last week"), Kind.COUNT),
        Column("new_signed_up", _("Newly joined"), Kind.COUNT),
        Column("referrals", _("Introductions"), Kind.COUNT),
        Column("overdue", _("Overdue"), Kind.COUNT),
    )
    return Section("activity", _("The week by community"), columns, rows, Look.BARS, _("Nothing was recorded."), more=more)


def _activity(line: CommunityNumbers, report: Report) -> tuple[Cell, ...]:
    n, name = line.numbers, line.name or _("no community")
    return name, n.visits, _before(line, report).visits, n.new_signed_up, n.referrals, n.follow_ups_overdue
