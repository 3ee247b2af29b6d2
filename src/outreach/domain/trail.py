"""What a merchant's visits come to: where it stands, since when, how often it was tried in vain. Pure.

Where it stands agrees with `outreach.domain.standing` (tests/domain/test_trail.py).
"""

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
    status, known, begun = None, None, 0  # where it stands, by the latest visit at which someone was met; since which visit
    before, first = None, -1  # where it stood when the week began; the first visit since
    for i, visit in enumerate(visits):
        if first < 0 and visit.visited_at >= week_from:
            before, first = status, i
        outcome = visit.outcome
        if outcome == _NOT_MET:
            status = status or outcome
        elif known is None or outcome != status:
            status, known, begun = outcome, visit, i
        else:
            known = visit
    last = visits[-1]
    return Trail(
        status,
        known is not None and known.firm and status == _REFUSED,
        earlier + len(visits),
        last.visited_at,
        None if known is None else known.visited_at,
        (known or last).reasons,
        visits[begun].visited_at,
        len(visits) - begun if spoken is None else sum(answers(v.visited_at, spoken) for v in visits[begun:]),
        status if first < 0 else before,
        () if first < 0 else tuple(visits[first:]),
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
