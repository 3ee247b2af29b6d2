"""What a merchant's visits come to: where it stands, since when, how often it was tried in vain. Pure.

Where it stands agrees with `outreach.domain.standing` (tests/domain/test_trail.py); this reads from the latest visit back, and
so looks at a few visits of a merchant instead of all.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime

from outreach.domain.facts import NEVER_VISITED, Referral, Trail, Visit
from outreach.domain.records import Outcome, ReferralKind

_DAY = len("2026-11-24")
_NOT_MET, _REFUSED = Outcome.NOT_MET, Outcome.REFUSED  # reached for each visit; a member of an enum is slow to reach


def trail(visits: Sequence[Visit], week_from: str, spoken: Referral | None = None, *, earlier: int = 0) -> Trail:
    """The trail of `visits`, in their order. `week_from`: an ISO day. `spoken`: a parent's latest word to the merchant.

    `earlier`: how many visits came before these, of which nothing need be known (`outreach.store.tails`).
    """
    if not visits:
        return NEVER_VISITED
    if len(visits) == 1 and not earlier:
        return _single(visits[0], week_from, spoken)
    met = _last_met(visits, len(visits))
    begun = _begun(visits, met)
    known = visits[-1] if met is None else visits[met]
    begins = visits[-1].visited_at >= week_from  # else nothing of the week is there to look for
    first = bisect_left(visits, week_from, key=lambda visit: visit.visited_at) if begins else len(visits)
    return Trail(
        status=known.outcome,
        firm=known.firm and known.outcome == _REFUSED,
        visits=earlier + len(visits),
        last_visit=visits[-1].visited_at,
        met_at=None if met is None else known.visited_at,
        reasons=known.reasons,
        since=visits[begun].visited_at,
        tries=len(visits) - begun if spoken is None else sum(answers(v.visited_at, spoken) for v in visits[begun:]),
        before=_status(visits, first) if begins else known.outcome,
        week=tuple(visits[first:]),
    )


def _single(one: Visit, week_from: str, spoken: Referral | None) -> Trail:
    """The same for a single visit, as most merchants have."""
    at, outcome, firm, reasons = one.visited_at, one.outcome, one.firm, one.reasons
    met = None if outcome == _NOT_MET else at
    tries = 1 if spoken is None else int(answers(at, spoken))
    firm = firm and outcome == _REFUSED
    new = at >= week_from
    return Trail(outcome, firm, 1, at, met, reasons, at, tries, None if new else outcome, (one,) if new else ())


def _last_met(visits: Sequence[Visit], end: int) -> int | None:
    """The place of the latest visit before `end` at which someone was met."""
    for i in range(end - 1, -1, -1):
        if visits[i].outcome != _NOT_MET:
            return i
    return None


def _begun(visits: Sequence[Visit], met: int | None) -> int:
    """The place of the visit that began the status of the visit at `met`."""
    if met is None:
        return 0
    begun, status = met, visits[met].outcome
    for i in range(met - 1, -1, -1):
        if visits[i].outcome == status:
            begun = i
        elif visits[i].outcome != _NOT_MET:
            break
    return begun


def _status(visits: Sequence[Visit], end: int) -> str | None:
    """The status that the visits before `end` come to."""
    met = _last_met(visits, end)
    if met is not None:
        return visits[met].outcome
    return _NOT_MET.value if end else None


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
