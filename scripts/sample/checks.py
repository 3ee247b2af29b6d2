"""What must hold for the made-up push before it is written. Stops with a sentence where something does not."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from sample.acts import NO_SUCH_PREFIX, Act
from sample.diary import LAPTOPS
from sample.tally import marks, tally

FIRST_MINUTE, LAST_MINUTE = "08:30", "18:30"
LAST_VISIT, SYNC_DAY = 19, 20
DAYS_OF_WEEK = 7
EXPECTED = {"signed_up": 16, "pending": 58, "refused": 15}
FIRM, OVERDUE, TO_PARENTS = 4, 8, 2
VISITS = range(150, 181)
MOST_FREQUENT = ["suspects_scam", "no_neighbour_has_joined"]

Thing = tuple[str, ...]


def check(acts: Sequence[Act]) -> None:
    """Every invariant of the sample."""
    check_times(acts)
    check_days(acts)
    check_places(acts)
    check_names(acts)
    check_phones(acts)
    check_knowledge(acts)
    check_disagreement(acts)
    check_companions(acts)
    check_counts(acts)


def check_times(acts: Sequence[Act]) -> None:
    """In order, within the working day, never two acts at once on a laptop, and a visit takes its minutes."""
    if [(a["day"], a["time"]) for a in acts] != sorted((a["day"], a["time"]) for a in acts):
        raise SystemExit("The acts are not in the order of their times.")
    for act in acts:
        if not FIRST_MINUTE <= act["time"] <= LAST_MINUTE:
            raise SystemExit(f"Nobody works at this hour: {act}")
    for laptop in LAPTOPS:
        for before, after in pairwise(act for act in acts if act["laptop"] == laptop):
            if before["day"] == after["day"] and _minute(before) + max(1, before.get("minutes", 1)) > _minute(after):
                raise SystemExit(f"Two things at once: {before} and {after}")


def check_days(acts: Sequence[Act]) -> None:
    """No work on Sundays, no visit after the last Friday, and what is due lies ahead."""
    for act in acts:
        if act["day"] % DAYS_OF_WEEK == 0 or act["day"] > SYNC_DAY:
            raise SystemExit(f"Nobody works on this day: {act}")
        if act["do"] == "visit" and act["day"] > LAST_VISIT:
            raise SystemExit(f"The visits were over by then: {act}")
        if any(due is not None and (due <= act["day"] or due % DAYS_OF_WEEK == 0) for _, due in marks(act)):
            raise SystemExit(f"Due in the past or on a Sunday: {act}")
        if max(act.get(key, 0) for key in ("trained_day", "consent_day", "checked_day")) > act["day"]:
            raise SystemExit(f"A training, a consent or a look that has not happened yet: {act}")


def check_places(acts: Sequence[Act]) -> None:
    """A worker walks one village a day, and notes what else there is where she walks."""
    where: dict[tuple[str, int], str] = {}
    for act in acts:
        if (
            act["do"] in ("visit", "place")
            and where.setdefault((act["laptop"], act["day"]), act["community"]) != act["community"]
        ):
            raise SystemExit(f"A second village on the same day: {act}")


def check_names(acts: Sequence[Act]) -> None:
    """Every merchant is new exactly once, at its first visit."""
    met: set[str] = set()
    for act in acts:
        if act["do"] == "visit" and ("new" in act) == (act["merchant"] in met):
            raise SystemExit(f"New twice, or never new: {act}")
        met |= {act["merchant"]} if "new" in act else set()


def check_phones(acts: Sequence[Act]) -> None:
    """No text holds a number that could be somebody's, and no two merchants or parents share one."""
    numbers = [number for act in acts for number in re.findall(r"\d{10,}", str(act))]
    if any(not re.fullmatch(NO_SUCH_PREFIX + r"\d{6}", number) for number in numbers):
        raise SystemExit("A phone number that could be somebody's.")
    held = [h["phone"] for act in acts for h in (act, act.get("new", {}), act.get("fields", {})) if "phone" in h]
    if len(held) != len(set(held)):
        raise SystemExit("Two records have the same phone number.")


def check_knowledge(acts: Sequence[Act]) -> None:
    """A laptop names only what it recorded or received; in the end all hold everything."""
    shared: set[Thing] = set()
    known: dict[str, set[Thing]] = {laptop: set() for laptop in LAPTOPS}
    for number, act in enumerate(acts):
        mine = known[act["laptop"]]
        if act["do"] == "sync":
            shared |= mine
            mine |= shared
            continue
        if missing := set(_needed(act)) - mine:
            raise SystemExit(f"{act['laptop']} cannot know {sorted(missing)} yet: {act}")
        mine |= {("act", str(number)), *_recorded(act)}
    if any(mine != shared for mine in known.values()):
        raise SystemExit("After the last sync the laptops do not hold the same.")


def check_disagreement(acts: Sequence[Act]) -> None:
    """Two laptops change the same phone, after a merge into that merchant, with no sync of theirs between."""
    target = next(act["into"] for act in acts if act["do"] == "merge")
    edits = [n for n, act in enumerate(acts) if act["do"] == "edit" and act.get("merchant") == target]
    between = acts[edits[0] : edits[-1] + 1]
    workers = {acts[n]["laptop"] for n in edits}
    if len(workers) != len(edits) or any(act["do"] == "sync" and act["laptop"] in workers for act in between):
        raise SystemExit(f"The two numbers of {target} do not come from two laptops apart.")


def check_companions(acts: Sequence[Act]) -> None:
    """Where a parent is said to have gone along, a visit of that day says so too, and the other way round."""
    went = {(a["day"], p, a["merchant"]) for a in acts if a["do"] == "visit" for p in a.get("with", [])}
    told = {(a["day"], a["parent"], a["merchant"]) for a in acts if a.get("kind") == "accompanied"}
    if went != told:
        raise SystemExit(f"Visits and referrals tell of different companions: {sorted(went ^ told)}")


def check_counts(acts: Sequence[Act]) -> None:
    """The figures of the push."""
    found = tally(acts)
    if found.outcomes != EXPECTED or found.firm != FIRM:
        raise SystemExit(f"Not the outcomes of the push: {found.outcomes}, {found.firm} firm.")
    if {act["merchant"] for act in found.visits} - {a["merchant"] for a in acts if a["do"] == "merge"} != set(found.status):
        raise SystemExit("Somebody was never met.")
    if len(found.visits) not in VISITS or found.overdue != OVERDUE:
        raise SystemExit(f"{len(found.visits)} visits and {found.overdue} overdue follow-ups are not what was meant.")
    if [reason for reason, _ in found.reasons.most_common(2)] != MOST_FREQUENT:
        raise SystemExit(f"Other reasons weigh more: {found.reasons}")
    if sum("to_parent" in act for act in acts) != TO_PARENTS:
        raise SystemExit("Not the referrals from parent to parent that were meant.")


def _minute(act: Act) -> int:
    hours, minutes = act["time"].split(":")
    return int(hours) * 60 + int(minutes)


def _needed(act: Act) -> Iterable[Thing]:
    if "merchant" in act and "new" not in act:
        yield "merchant", act["merchant"]
    if "into" in act:
        yield "merchant", act["into"]
    if "community" in act:
        yield "community", act["community"]
    for parent in [*act.get("with", []), *(act[key] for key in ("parent", "to_parent") if key in act)]:
        yield "parent", parent
    if act["do"] == "done":
        yield "mark", act["merchant"], act["label"]


def _recorded(act: Act) -> Iterable[Thing]:
    if act["do"] == "community":
        yield "community", act["name"]
    if act["do"] == "parent":
        yield "parent", act["alias"]
    if "new" in act:
        yield "merchant", act["merchant"]
    for label, _ in marks(act):
        yield "mark", act["merchant"], label
