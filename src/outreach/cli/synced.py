"""What a sync came to, in words and as JSON: what went and came, what waits, what disagreed, whose clock is off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outreach.cli.disagreeing import Disagreeing
from outreach.i18n import N_, _, ngettext
from outreach.sync.clocks import Clock, Finding
from outreach.sync.folder import EXPORT
from outreach.sync.result import Notice, Reason, Remark, SetAside, SyncResult

if TYPE_CHECKING:
    from outreach.cli.session import Session

_SHOWN = 10  # disagreements on a screen
_REASONS = {
    Reason.EMPTY: N_("nothing is in it yet"),
    Reason.TORN: N_("only a part of it has arrived"),
    Reason.ALTERED: N_("it was altered after it was written"),
    Reason.FOREIGN: N_("it is not one of outreach's, or lies in the wrong place"),
    Reason.MALFORMED: N_("it is not written as outreach writes"),
    Reason.TOO_NEW: N_("a newer outreach wrote it; install the newer version"),
    Reason.UNREADABLE: N_("it cannot be read now"),
    Reason.DAMAGED: N_("it is gone, and this laptop cannot give it back; run outreach doctor here, and sync another laptop"),
    Reason.NOT_WRITABLE: N_("it cannot be written; what was to go there waits here"),
}
_MINUTE, _HOUR, _DAY, _YEAR = 60_000, 3_600_000, 86_400_000, 365 * 86_400_000


class Wording:
    """The words for one sync."""

    def __init__(self, session: Session, result: SyncResult) -> None:
        self._result = result
        self._disagreeing = Disagreeing(session, {a.device: a.name for a in result.arrivals if a.name})

    def results(self) -> list[str]:
        """What went, what came, what waits, what disagreed."""
        result = self._result
        shown = result.disagreements[:_SHOWN]
        lines = [self._sent(), self._received(), *map(waiting, result.set_aside)]
        lines += [line for found in shown for line in self._disagreeing.lines(found)]
        more = len(result.disagreements) - len(shown)
        if more:
            text = ngettext("{n} more value disagreed: outreach history", "{n} more values disagreed: outreach history", more)
            lines.append(text.format(n=more))
        return lines

    def remarks(self) -> list[str]:
        """What else there is to know."""
        return [*map(self._remark, self._result.notices), *map(_clock, self._result.clocks)]

    def document(self) -> dict[str, Any]:
        """As JSON."""
        result = self._result
        notices = [{"code": n.remark, "count": n.count, "text": self._remark(n)} for n in result.notices]
        notices += [{"code": f"clock_{c.clock}", "laptop": c.name, "ms": c.off, "text": _clock(c)} for c in result.clocks]
        return {
            "format": "outreach/sync/1",
            "folder": str(result.folder),
            "dry_run": result.rehearsal,
            "sent": result.sent,
            "received": result.received,
            "from": [{"device": a.device, "name": a.name, "changes": a.changes} for a in result.arrivals],
            "set_aside": [
                {"file": s.file, "reason": s.reason, "lines": list(s.lines), "text": waiting(s)} for s in result.set_aside
            ],
            "disagreements": [self._disagreeing.document(d) for d in result.disagreements],
            "notices": notices,
            "export_sha256": result.export_sha256,
        }

    def _sent(self) -> str:
        n = self._result.sent
        if not n and any(item.reason is Reason.NOT_WRITABLE and item.file != EXPORT for item in self._result.set_aside):
            return _("Nothing could be sent; what waits here is safe, and goes with the next sync.")
        if not n:
            return _("Nothing to send.")
        if self._result.rehearsal:
            return ngettext("Would send {n} change.", "Would send {n} changes.", n).format(n=n)
        return ngettext("Sent {n} change.", "Sent {n} changes.", n).format(n=n)

    def _received(self) -> str:
        n = self._result.received
        if not n:
            return _("Nothing new from the others.")
        by = _(", ").join(f"{a.name or a.device} {a.changes}" for a in self._result.arrivals)
        if self._result.rehearsal:
            return ngettext("Would receive {n} change: {by}.", "Would receive {n} changes: {by}.", n).format(n=n, by=by)
        return ngettext("Received {n} change: {by}.", "Received {n} changes: {by}.", n).format(n=n, by=by)

    def _remark(self, notice: Notice) -> str:
        remarks = {
            Remark.JOINED: _("From now on this laptop shares through {folder}."),
            Remark.NEW_IDENTITY: _(
                "Another laptop writes under this one's id: its disk was copied, or restored from a backup. "
                "This laptop goes on under a new id; everything of both was kept."
            ),
            Remark.REFILLED: ngettext(
                "{n} file was gone from the folder or damaged there, and was put back.",
                "{n} files were gone from the folder or damaged there, and were put back.",
                notice.count,
            ),
            Remark.STRAYS: ngettext(
                "{n} file in the folder is none of outreach's (a copy made by a sync program, perhaps) and was passed over.",
                "{n} files in the folder are none of outreach's (copies made by a sync program, perhaps) and were passed over.",
                notice.count,
            ),
            Remark.HOME_IS_MOVED: _(
                "This laptop's own data lies where a sync program moves it, which can damage it. "
                "Move it out of there, and set OUTREACH_HOME to its new place."
            ),
            Remark.EXPORT_KEPT: _("outreach.json there knows more than this laptop yet, and was left as it is."),
            Remark.EXPORT_MENDED: _("outreach.json there had been altered, or another version wrote it; it was written anew."),
        }
        return remarks[notice.remark].format(folder=self._result.folder, n=notice.count)


def waiting(item: SetAside) -> str:
    """What waits, and why."""
    why = _(_REASONS[item.reason]) + (_(" ({why})").format(why=item.why) if item.why else "")
    if item.lines:
        lines = _(", ").join(map(str, item.lines))
        return _("Set aside until the next sync: {file}, line {lines}: {why}").format(file=item.file, lines=lines, why=why)
    return _("Set aside until the next sync: {file}: {why}").format(file=item.file, why=why)


def _clock(found: Finding) -> str:
    sentences = {
        Clock.AHEAD: _("The clock of {name} runs {span} ahead. Please set it; no record is lost by it."),
        Clock.BEHIND: _("The clock of {name} runs {span} behind. Please set it; no record is lost by it."),
        Clock.MINE: _("The other laptops' clocks are {span} ahead of this one's. Please check the clock of this laptop."),
        Clock.UNHEARD: _("Nothing has come from {name} for {span}."),
    }
    return sentences[found.clock].format(name=found.name, span=_span(found.off))


def _span(ms: int) -> str:
    if ms >= 2 * _YEAR:
        n = ms // _YEAR
        return ngettext("{n} year", "{n} years", n).format(n=n)
    if ms >= 2 * _DAY:
        n = ms // _DAY
        return ngettext("{n} day", "{n} days", n).format(n=n)
    if ms >= 2 * _HOUR:
        n = ms // _HOUR
        return ngettext("{n} hour", "{n} hours", n).format(n=n)
    n = max(1, ms // _MINUTE)
    return ngettext("{n} minute", "{n} minutes", n).format(n=n)
