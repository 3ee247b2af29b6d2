"""What a merchant's visits come to: where it stands, since when, how often it was tried in vain. Pure.

Where it stands agrees with `outreach.domain.standing` (tests/domain/test_trail.py).
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime

from outreach.domain.facts import NEVER_VISITED, Referral, Trail, Visit
from outreach.domain.records import Outcome, ReferralKind

Call = tuple[str, str, bool | None, tuple[str, ...]]  # of a visit: when, its outcome, whether it was firm, the reasons
_DAY = len("2026-11-24")
_NOT_MET, _REFUSED = Outcome.NOT_MET, Outcome.REFUSED  # reached for each visit; a member of an enum is slow to reach


def trail(visits: Sequence[Visit], week_from: str, spoken: Referral | None = None, *, earlier: int = 0) -> Trail:
    """The trail of `visits`, in their order. `week_from`: an ISO day. `spoken`: a parent's latest word to the merchant.

    `earlier`: how many visits came before these, of which nothing need be known (`outreach.store.tails`).
    """
    calls = [(visit.visited_at, visit.outcome, visit.firm, visit.reasons) for visit in visits]
    found = trail_of(calls, spoken, earlier=earlier)
    if not visits or visits[-1].visited_at < week_from:
        return found
    first = bisect_left(visits, week_from, key=lambda visit: visit.visited_at)
    return found._replace(before=trail_of(calls[:first]).status, week=tuple(visits[first:]))


def trail_of(calls: Sequence[Call], spoken: Referral | None = None, *, earlier: int = 0) -> Trail:
    """The same where no visit is of the week."""
    if not calls:
        return NEVER_VISITED
    status: str | None = None  # where it stands, by the latest visit at which someone was met
    met: str | None = None
    firm: bool | None = None
    begun, told = 0, calls[-1][3]  # the visit since which it stands there; the reasons
    for i, (at, outcome, refused, reasons) in enumerate(calls):
        if outcome == _NOT_MET:
            status = status or outcome
            continue
        if met is None or outcome != status:
            status, begun = outcome, i
        met, firm, told = at, refused, reasons
    tries = len(calls) - begun if spoken is None else sum(answers(call[0], spoken) for call in calls[begun:])
    return Trail(
        status,
        bool(firm) and status == _REFUSED,
        earlier + len(calls),
        calls[-1][0],
        met,
        told,
        calls[begun][0],
        tries,
        status,
    )


def answers(visited_at: str, spoken: Referral) -> bool:
    """Whether a visit came after a parent's word, or was the visit she went along to.

    On one day the hours decide; where one of them is not known the parent's word counts as the later, so that no introduction
    is lost.
    """
    day, word = visited_at[:_DAY], spoken.at[:_DAY]
    if day != word or spoken.kind == ReferralKind.ACCOMPANIED:
        return day >= word
    if len(visited_at) == _DAY or len(spoken.at) == _DAY:
        return False
    return _instant(visited_at) >= _instant(spoken.at)


def is_later(at: str, than: str) -> bool:
    """Whether one moment surely came after another: on one day only where both hours are known."""
    day, other = at[:_DAY], than[:_DAY]
    if day != other or _DAY in (len(at), len(than)):
        return day > other
    return _instant(at) > _instant(than)


def _instant(text: str) -> datetime:
    """An instant; one recorded without an offset is taken as local time."""
    return datetime.fromisoformat(text).astimezone()
