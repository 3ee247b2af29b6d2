"""Counts a push: where its merchants stand, which follow-ups are open, what was said. Reads acts, judges nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sample.acts import FOLLOW_UP, Act

TODAY = 21


@dataclass(frozen=True)
class Tally:
    """`status`: the latest outcome by merchant, not_met aside. `due`: the open follow-ups' days, by merchant and label."""

    status: Mapping[str, str]
    firm: int
    visits: Sequence[Act]
    reasons: Counter[str]
    follow_ups: int
    done: int
    due: Mapping[tuple[str, str], int]

    @property
    def outcomes(self) -> Counter[str]:
        """How many merchants stand where."""
        return Counter(self.status.values())

    @property
    def overdue(self) -> int:
        """Open follow-ups that are late on the Sunday after the push."""
        return sum(day < TODAY for day in self.due.values())


def tally(acts: Sequence[Act]) -> Tally:
    """Everything that is counted, merged merchants as one."""
    merged: dict[str, str] = {act["merchant"]: act["into"] for act in acts if act["do"] == "merge"}
    visits = [act for act in acts if act["do"] == "visit"]
    latest: dict[str, Act] = {merged.get(a["merchant"], str(a["merchant"])): a for a in visits if a["outcome"] != "not_met"}
    follow_ups = [mark for act in acts for mark in marks(act) if mark[1] is not None]
    return Tally(
        status={name: act["outcome"] for name, act in latest.items()},
        firm=sum("firm" in act for act in latest.values()),
        visits=visits,
        reasons=Counter(reason for act in visits for reason in act.get("reasons", [])),
        follow_ups=len(follow_ups),
        done=sum(act["do"] == "done" for act in acts),
        due=_open(acts),
    )


def marks(act: Act) -> list[tuple[str, int | None]]:
    """The labels that an act puts on its merchant, with the day they are due."""
    if act["do"] == "tag":
        return [(label, act.get("due")) for label in act["labels"]]
    if "follow_up" in act:
        return [*((label, None) for label in act.get("tags", [])), (FOLLOW_UP, act["follow_up"])]
    return [(label, None) for label in act.get("tags", [])]


def describe(acts: Sequence[Act]) -> Iterable[str]:
    """The counts as lines of text."""
    found = tally(acts)
    yield f"acts {len(acts)}: " + _listed(Counter(act["do"] for act in acts))
    yield f"merchants {len(found.status)}: " + _listed(found.outcomes) + f" ({found.firm} firm)"
    yield from _by_community(found)
    yield f"visits {len(found.visits)}: " + _listed(Counter(act["outcome"] for act in found.visits))
    yield "sign-ups by week: " + _listed(_sign_ups_by_week(found))
    yield "reasons: " + _listed(found.reasons)
    yield "referrals: " + _listed(Counter(act["kind"] for act in acts if act["do"] == "refer"))
    yield "opinions: " + _listed(Counter(act["view"] for act in acts if act["do"] == "opinion"))
    yield f"follow-ups {found.follow_ups}: done {found.done}, open {len(found.due)}, of these overdue {found.overdue}"
    yield "marks: " + _listed(Counter(label for act in acts for label, due in marks(act) if due is None))


def _by_community(found: Tally) -> Iterable[str]:
    home = {act["merchant"]: act["community"] for act in found.visits}
    for community in dict.fromkeys(home.values()):
        inside = Counter(status for name, status in found.status.items() if home[name] == community)
        yield f"  {community} {inside.total()}: " + _listed(inside)


def _sign_ups_by_week(found: Tally) -> Counter[str]:
    first: dict[str, int] = {}
    for act in found.visits:
        if act["outcome"] == "signed_up":
            first.setdefault(act["merchant"], act["day"])
    return Counter(f"week {(day - 1) // 7 + 1}" for day in first.values())


def _open(acts: Iterable[Act]) -> dict[tuple[str, str], int]:
    due: dict[tuple[str, str], int] = {}
    for act in acts:
        due |= {(act["merchant"], label): day for label, day in marks(act) if day is not None}
        if act["do"] == "done":
            due.pop((act["merchant"], act["label"]), None)
    return due


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common())
