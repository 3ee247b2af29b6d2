"""The weekly report, and a merchant with its score, laid out as text for a terminal, a pipe or a printer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from outreach.cli.screen import clean, columns, hanging, pad, table, width
from outreach.domain.records import Outcome, Reason
from outreach.i18n import _, ngettext
from outreach.report.explaining import story, turns_of
from outreach.report.labels import day_text, label, mark_label, status_text
from outreach.report.wording import advice_text, community_text, term_text

if TYPE_CHECKING:
    from datetime import date

    from outreach.domain.facts import Parent
    from outreach.domain.priority import Ranked
    from outreach.domain.village import CommunityAdvice
    from outreach.report.explaining import Explanation
    from outreach.report.standing import CommunityNumbers, Numbers
    from outreach.report.weekly import Move, Report

Extra = Mapping[str, Mapping[str, str]]
_WIDEST = 100
_BAR = 30  # cells of the longest bar


def explained(found: Ranked) -> str:
    """A merchant with its advice and every term of its score."""
    case = found.case
    standing = status_text(case.trail.status, firm=case.trail.firm)
    score = [_("score {n}").format(n=found.score)] if found.rank else []
    about = " · ".join((case.merchant.name, case.community or _("no community"), standing, *score))
    head = _hanging(f"{found.rank}. {about}" if found.rank else about, "", 4)
    advice = _hanging(advice_text(found.advice, case.day), "    → ", 6)
    if found.advice.otherwise:
        otherwise = _("Without this decision: {advice}").format(advice=advice_text(found.advice.otherwise, case.day))
        advice += _hanging(otherwise, " " * 6, 6)
    return "\n".join((*head, *advice, *_terms(found, 4)))


def why_text(explanation: Explanation, extra: Extra) -> str:
    """One merchant: a paragraph to read aloud, every term of its score, and what would change it."""
    found = explanation.found
    lines = _hanging(story(explanation, extra))
    if found.terms:
        lines += ["", _("How the score of {n} comes about").format(n=found.score), *_terms(found, 2)]
    if explanation.turns:
        lines += ["", _("What would change it")]
        lines += [line for text in turns_of(explanation) for line in _hanging(text, "  · ", 4)]
    return "\n".join(lines)


def _terms(found: Ranked, indent: int) -> list[str]:
    """A line for each term, its points before it."""
    lines = []
    for term in found.terms:
        points = f"{term.points:+d}" if term.points else "0"
        lines += _hanging(term_text(term, found.case.day), f"{' ' * indent}{points:>4}  ", indent + 6)
    return lines


def communities(advice: Iterable[CommunityAdvice], day: date) -> str:
    """A line for each community: go, or wait."""
    lines = [_("The communities")]
    for place in advice:
        lines += _hanging(
            _("{name}: {text}").format(name=place.name or _("no community"), text=community_text(place, day)), "  ", 4
        )
    return "\n".join(lines)


def _hanging(text: str, first: str = "", indent: int = 0) -> list[str]:
    """A sentence in lines, in a pipe too: a page is printed or mailed."""
    return hanging(text, first, indent, fit=min(columns(), _WIDEST))


def report_text(report: Report, extra: Extra) -> str:
    """The whole report. `extra`: the reasons of one's own in the settings."""
    return "\n\n".join("\n".join(section) for section in _sections(report, extra))


def _sections(report: Report, extra: Extra) -> Iterator[Sequence[str]]:
    yield _opening(report)
    if not any(line.merchants for line in report.communities):
        yield [_("No merchant had been recorded by then.")]
        return
    yield _bars([(status_text(outcome), getattr(report.totals, outcome)) for outcome in Outcome])
    yield _moved(report)
    if report.communities:
        yield [_("Communities"), _communities(report.communities)]
    if report.reasons:
        reasons = [(label(Reason, code, extra) if code else _("nothing noted"), n) for code, n in report.reasons]
        yield [_("Why merchants are pending"), *_bars(reasons)]
    if report.workers:
        yield [_("Who made the visits"), *_bars([(worker or _("not said"), n) for worker, n in report.workers])]
    yield _overdue(report)
    yield _next(report)


def _opening(report: Report) -> list[str]:
    week = _(
        "Week {week}, {monday} to {sunday}. Visits: {visits}; newly signed up: {new}; parents' introductions: {referrals}."
    )
    facts = {"week": report.week, "monday": report.monday, "sunday": report.sunday}
    n = report.totals
    lines = _hanging(_standing_sentence(n))
    lines += _hanging(week.format(**facts, visits=n.visits, new=n.new_signed_up, referrals=n.referrals))
    if report.day < report.sunday:
        lines += _hanging(_("The week is not over; this is how it stood on {day}.").format(day=day_text(report.day)))
    return lines


def _standing_sentence(n: Numbers) -> str:
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


def _bars(rows: Sequence[tuple[str, int]]) -> list[str]:
    """A bar a line, the number before it; scaled where the longest would be too long."""
    names = [clean(name) for name, _count in rows]
    left, most = max(map(width, names)), max(count for _name, count in rows)
    digits, scale = len(str(most)), min(1, _BAR / most) if most else 1
    bars = ("█" * (max(1, round(count * scale)) if count else 0) for _name, count in rows)
    lines = zip(names, (count for _name, count in rows), bars, strict=True)
    return [f"  {pad(name, left)}  {count:>{digits}}  {bar}".rstrip() for name, count, bar in lines]


def _moved(report: Report) -> list[str]:
    lines = [_("What moved")]
    if report.moved:
        heads = [_("Day"), _("Merchant"), _("Community"), _("Before"), _("Now"), _("Introduced by")]
        lines.append(table(heads, map(_move, report.moved), fit=columns()))
    else:
        lines.append(_("No merchant that was known before moved."))
    first = report.first_visits
    if first.merchants_visited:
        text = _(
            "Visited for the first time: {merchants_visited}, of which {signed_up} signed up, {pending} pending, "
            "{refused} refused, {not_met} not met."
        )
        lines += _hanging(text.format(**vars(first)))
    return lines


def _move(move: Move) -> tuple[object, ...]:
    before, after = status_text(move.before), status_text(move.after)
    return day_text(move.day), move.merchant.name, move.community, before, after, _credited(move.introduced_by)


def _credited(parents: Sequence[Parent]) -> str:
    """The parent who spoke last, and how many more had."""
    more = f" +{len(parents) - 1}" if len(parents) > 1 else ""
    return parents[0].alias + more if parents else ""


def _communities(lines: Sequence[CommunityNumbers]) -> str:
    """A line each: where its merchants stand, then what the week brought."""
    heads = [
        _("Community"), _("Visited"), _("Joined"), _("Pending"), _("Refused"), _("Not met"), _("Visits"), _("New"), _("Intros"),
        _("Late"),
    ]  # fmt: skip
    rows = [(line.name or _("no community"), *map(_right, heads[1:], vars(line.numbers).values())) for line in lines]
    return table(heads, rows, fit=columns())


def _right(head: str, number: int) -> str:
    """A number that ends under the end of its heading."""
    return f"{number:>{width(head)}}"


def _overdue(report: Report) -> list[str]:
    if not report.overdue:
        return [_("No follow-up is overdue.")]
    heads = [_("Due"), _("Days"), _("Merchant"), _("Community"), _("Mark"), _("Worker")]
    rows = [
        (day_text(late.due, report.day), late.days, late.merchant.name, late.community, mark_label(late.tag.label), late.tag.by)
        for late in report.overdue
    ]
    return [_("Follow-ups overdue"), table(heads, rows, fit=columns())]


def _next(report: Report) -> list[str]:
    heading = _("To visit next (may be visited now: {ready}; better wait: {held})")
    if not report.next:
        return [_("No merchant is left to win.")]
    return [heading.format(ready=report.ready, held=report.held), *map(explained, report.next)]
