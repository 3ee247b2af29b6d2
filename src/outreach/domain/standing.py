"""Where a merchant stands: what its visits come to. Derived, never stored by hand."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from outreach.domain.records import Outcome


class Call(NamedTuple):
    """One visit, as far as standing goes. `visited_at` as recorded: an instant with its offset, or a day."""

    visited_at: str
    outcome: str
    firm: bool = False
    by: str | None = None


class Standing(NamedTuple):
    """`status` is the latest outcome, not_met aside (not_met where nobody was ever met, None without visits)."""

    status: str | None = None
    firm: bool = False
    visits: int = 0
    last_visit: str | None = None
    last_by: str | None = None


def standing(calls: Iterable[Call]) -> Standing:
    """What calls in the order of their `visited_at` come to."""
    status, firm, visits = None, False, 0
    last: Call | None = None
    for call in calls:
        visits += 1
        last = call
        if call.outcome != Outcome.NOT_MET:
            status, firm = call.outcome, bool(call.firm) and call.outcome == Outcome.REFUSED
    if last is None:
        return Standing()
    return Standing(status or Outcome.NOT_MET.value, firm, visits, last.visited_at, last.by)


def roots(merged_into: Mapping[str, str]) -> dict[str, str]:
    """Where each merged merchant leads in the end; in a loop made by two laptops, the smallest id of the loop."""
    found: dict[str, str] = {}
    for start in merged_into:
        path = _path(start, merged_into, found)
        last = path[-1]
        following = merged_into.get(last)
        in_loop = last not in found and following is not None
        end = min(path[path.index(following) :]) if in_loop and following is not None else found.get(last, last)
        found |= dict.fromkeys(path, end)
    return {start: found[start] for start in merged_into}


def _path(start: str, merged_into: Mapping[str, str], found: Mapping[str, str]) -> list[str]:
    """From `start` on, until the end, a merchant whose root is known, or the last before one that was passed already."""
    path, passed = [start], {start}
    while path[-1] not in found and (following := merged_into.get(path[-1])) is not None and following not in passed:
        path.append(following)
        passed.add(following)
    return path
