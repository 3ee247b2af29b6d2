"""The weekly report as a document: which sections it has, in which order, and the sentences at its head."""

from collections.abc import Mapping

from outreach.i18n import _, ngettext
from outreach.report.document import Document, Section
from outreach.report.labels import day_text
from outreach.report.sections import care, doors, overview, people, tasks
from outreach.report.standing import Numbers
from outreach.report.weekly import Report

Extra = Mapping[str, Mapping[str, str]]


def document(report: Report, extra: Extra, *, contacts: bool = False) -> Document:
    """The whole report in words. `extra`: the reasons of one's own in the settings. `contacts`: with phone numbers."""
    title = _("Weekly report {week}").format(week=report.week)
    if not any(line.merchants for line in report.communities):
        return Document(title, report.day, (*_lead(report), _("No merchant had been recorded by then.")), ())
    said = _("With contacts: this page holds phone numbers. Do not pass it on.") if contacts else ""
    sections = _sections(report, extra, contacts=contacts)
    return Document(title, report.day, _lead(report), sections, said, report.places)


def _sections(report: Report, extra: Extra, *, contacts: bool) -> tuple[Section, ...]:
    waiting = care.waiting(report)
    return (
        overview.standing(report),
        overview.figures(report),
        overview.moved(report),
        overview.communities(report),
        overview.activity(report),
        doors.workers(report),
        doors.days(report),
        doors.reasons(report, extra),
        doors.introductions(report),
        tasks.overdue(report),
        tasks.due(report),
        tasks.following(report),
        tasks.communities(report),
        tasks.decisions(report),
        people.parents(report),
        people.worth_a_mark(report),
        *((waiting,) if waiting else ()),
        care.to_check(report),
        *((care.contacts(report),) if contacts else ()),
    )


def _lead(report: Report) -> tuple[str, ...]:
    week = _(
        "Week {week}, {monday} to {sunday}. Visits: {visits}; newly signed up: {new}; parents' introductions: {referrals}."
    )
    facts = {"week": report.week, "monday": report.monday, "sunday": report.sunday}
    n = report.totals
    lines = [_standing(n), week.format(**facts, visits=n.visits, new=n.new_signed_up, referrals=n.referrals)]
    if report.day < report.sunday:
        lines.append(_("The week is not over; this is how it stood on {day}.").format(day=day_text(report.day)))
    if report.late:
        text = ngettext(
            "{n} visit of this week was recorded after it; a page printed before does not count it.",
            "{n} visits of this week were recorded after it; a page printed before does not count them.",
            report.late,
        )
        lines.append(text.format(n=report.late))
    return tuple(lines)


def _standing(n: Numbers) -> str:
    """How many merchants were visited, and where they stand; those never met are left out where there are none."""
    short = ngettext(
        "{n} merchant visited: {signed_up} signed up, {pending} pending, {refused} refused.",
        "{n} merchants visited: {signed_up} signed up, {pending} pending, {refused} refused.",
        n.merchants_visited,
    )
    long = ngettext(
        "{n} merchant visited: {signed_up} signed up, {pending} pending, {refused} refused, {not_met} not met.",
        "{n} merchants visited: {signed_up} signed up, {pending} pending, {refused} refused, {not_met} not met.",
        n.merchants_visited,
    )
    facts = {"signed_up": n.signed_up, "pending": n.pending, "refused": n.refused, "not_met": n.not_met}
    return (long if n.not_met else short).format(n=n.merchants_visited, **facts)
