"""The week's visits: by worker, by day; why merchants waver; what introductions went along with."""

from collections.abc import Mapping

from outreach.domain.introductions import CREDITED, Comparison, Proportion
from outreach.domain.records import Outcome, Reason
from outreach.i18n import _
from outreach.report.document import Cell, Column, Kind, Look, Section, first_of
from outreach.report.doors import Ended
from outreach.report.labels import label, status_text
from outreach.report.weekly import WEEKS, Report


def workers(report: Report) -> Section:
    """Who made the visits, and how they ended."""
    rows, more = first_of(
        [(w.worker or _("not said"), w.visits, w.before, w.merchants, *_ended(w.ended)) for w in report.workers]
    )
    columns = (
        Column("worker", _("Worker")),
        Column("visits", _("Visits"), Kind.COUNT),
        Column("last_week", _("Last week"), Kind.COUNT),
        Column("merchants", _("Merchants"), Kind.COUNT),
        *_outcomes(),
    )
    empty = _("Nobody made a visit this week.")
    return Section("workers", _("Who made the visits"), columns, rows, Look.BARS, empty, more=more)


def _outcomes() -> tuple[Column, ...]:
    return tuple(Column(outcome.value, status_text(outcome), Kind.COUNT) for outcome in Outcome)


def _ended(ended: Ended) -> tuple[int, ...]:
    return tuple(getattr(ended, outcome.value) for outcome in Outcome)


def days(report: Report) -> Section:
    """How the week's visits ended, day by day."""
    columns = (
        Column("day", _("Day"), Kind.DAY),
        *_outcomes(),
        Column("visits", _("Visits"), Kind.COUNT),
        Column("last_week", _("Last week"), Kind.COUNT),
    )
    quiet = not any(d.ended.visits or d.before for d in report.days)
    rows: tuple[tuple[Cell, ...], ...] = (
        () if quiet else tuple((d.day, *_ended(d.ended), d.ended.visits, d.before) for d in report.days)
    )
    empty = _("No visit was recorded, this week or the week before.")
    return Section("days", _("Visits by day, and how they ended"), columns, rows, Look.STACKED, empty)


def reasons(report: Report, extra: Mapping[str, Mapping[str, str]]) -> Section:
    """Why merchants are pending; a merchant with two reasons counts for both."""
    now, then = dict(report.reasons), report.reasons_before
    gone = sorted((code for code in then if code not in now), key=lambda code: (code is None, code or ""))
    rows, more = first_of([_reason(code, now.get(code, 0), then.get(code, 0), extra) for code in (*now, *gone)])
    columns = (
        Column("reason", _("Reason")),
        Column("merchants", _("Merchants"), Kind.COUNT),
        Column("last_week", _("Last week"), Kind.COUNT),
        Column("change", _("Difference"), Kind.CHANGE),
    )
    empty = _("No merchant is pending.")
    note = _("A merchant with several reasons counts for each.")
    return Section("reasons", _("Why merchants are pending"), columns, rows, Look.BARS, empty, notes=(note,), more=more)


def _reason(code: str | None, now: int, then: int, extra: Mapping[str, Mapping[str, str]]) -> tuple[Cell, ...]:
    return (label(Reason, code, extra) if code else _("nothing noted")), now, then, now - then


def introductions(report: Report) -> Section:
    """Sign-ups of visits with a parent's introduction and without, this week and over twelve weeks."""
    week, longer = report.introductions
    rows = (*_compared(_("this week"), week), *_compared(_("last {n} weeks").format(n=WEEKS), longer))
    rows = rows if longer.introduced.of or longer.alone.of else ()
    columns = (
        Column("period", _("Period")),
        Column("group", _("Visits")),
        Column("signed_up", _("Signed up"), Kind.COUNT),
        Column("visits", _("Of visits"), Kind.COUNT),
        Column("share", _("Share"), Kind.SHARE),
        Column("interval", _("95% interval"), Kind.RANGE),
    )
    notes = (
        _(
            "Counted are visits at which someone was met who had not joined. With an introduction: a parent had spoken to that "
            "merchant in the {days} days before, or came along."
        ).format(days=CREDITED),
        _("Parents introduce shops that they trust already; so the difference is no proof that introductions caused it."),
    )
    title = _("Visits with and without a parent's introduction")
    empty = _("No visit of these weeks is to be compared.")
    return Section("introductions", title, columns, rows, Look.RANGES, empty, _thin(longer) if rows else "", notes)


def _thin(found: Comparison) -> str:
    if not found.is_thin:
        return ""
    text = _("Too few visits to conclude anything: {introduced} with an introduction, {alone} without. Read it as a hint.")
    return text.format(introduced=found.introduced.of, alone=found.alone.of)


def _compared(period: str, found: Comparison) -> tuple[tuple[Cell, ...], ...]:
    with_one, without = _("introduced"), _("not introduced")
    return (period, with_one, *_numbers(found.introduced)), (period, without, *_numbers(found.alone))


def _numbers(p: Proportion) -> tuple[Cell, ...]:
    interval = p.interval
    rounded = (round(interval[0], 3), round(interval[1], 3)) if interval else None
    return p.hits, p.of, None if p.share is None else round(p.share, 3), rounded
