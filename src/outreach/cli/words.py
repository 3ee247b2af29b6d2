"""How days, marks and numbers of things are written in lines for people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from outreach.domain.records import Approach, Met
from outreach.i18n import _, ngettext
from outreach.report.labels import day_text, label, mark_label


def day(when: date | datetime | str, today: date | None = None) -> str:
    """11-27 周五; with the year where that is not today's. Text is a day or an instant as recorded."""
    if isinstance(when, str):
        try:
            return day(date.fromisoformat(when[:10]), today)
        except ValueError:
            return when
    return day_text(when, today)


def moment(text: str) -> str:
    """2026-11-24 15:30, or the day where no hour was recorded."""
    return text[:16].replace("T", " ")


def mark(text: str, due: date | str | None = None, today: date | None = None) -> str:
    """A mark with its due day: 跟进 11-27 周五."""
    return f"{mark_label(text)} {day(due, today)}" if due else mark_label(text)


def clock(stamp: int) -> str:
    """When a stamp (ms since 1970) was, in local time: 2026-11-24 15:30."""
    try:
        return f"{datetime.fromtimestamp(stamp / 1000).astimezone():%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError, OSError):  # a stamp from a clock that was far off
        return f"({stamp})"


def joined(parts: Iterable[str]) -> str:
    """Several things in a row: 甲、乙; a, b."""
    return _(", ").join(parts)


def along(approach: str | None, parents: Iterable[str]) -> str:
    """How one went, and with whom: 家长陪同：刘姐."""
    names, how = joined(parents), label(Approach, approach)
    if not (names and how):
        return how or (_("with {names}").format(names=names) if names else "")
    return _("{how}: {names}").format(how=how, names=names)


def talk(met: str | None, minutes: int | None) -> str:
    """Whom one spoke to, and for how long: 见到负责人、20 分钟."""
    who = _("met {who}").format(who=label(Met, met)) if met else ""
    return joined(filter(None, (who, _("{n} min").format(n=minutes) if minutes is not None else "")))


def parents(n: int) -> str:
    """How many parents said something."""
    return ngettext("{n} parent", "{n} parents", n).format(n=n)
