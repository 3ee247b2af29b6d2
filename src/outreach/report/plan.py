"""A walking list as a value: which shops to visit on a day, in which order, page by page. No wording; renderers lay it out."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from outreach.domain.change import Fields
from outreach.domain.priority import Ranked
from outreach.domain.proximity import metres
from outreach.domain.records import Approach
from outreach.domain.route import Door, ordered
from outreach.domain.village import CommunityAdvice
from outreach.report.ranking import head
from outreach.settings import Settings
from outreach.store.records import get_record, members, records_about

_WALK = 5_000  # metres: what a worker may be sent to on foot from the first shop of a list
_TOGETHER = {Approach.ACCOMPANIED, Approach.PARENT_LED}
_POOL = 10  # so many times the shops of a list are looked through for those that can be in it


@dataclass(frozen=True)
class Stop:
    """A shop to visit. `record`: its fields; `last`: its latest visit by the day; `metres`: from the stop before, if known."""

    number: int
    ranked: Ranked
    record: Fields
    last: Fields | None
    metres: int | None


@dataclass(frozen=True)
class Page:
    """One worker's stops, in the order of the walk."""

    worker: str | None
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class Plan:
    """`community`: its name, where the list is of one. `held`: how many shops had better wait that day.

    `advised`: how to go to each community it was taken from.
    """

    day: date
    community: str | None
    pages: tuple[Page, ...]
    ready: int
    held: int
    contacts: bool = False
    advised: tuple[CommunityAdvice, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """What a list is asked for. `community`: id and name. `limit`: stops on a page. `workers`: a page for each."""

    day: date
    limit: int
    workers: Sequence[str | None]
    community: tuple[str, str] | None = None
    contacts: bool = False


def plan(db: sqlite3.Connection, settings: Settings, wanted: Wanted, now: datetime) -> Plan:
    """The first shops of the ranking that may be visited on the day, in the order of a short walk, shared out among workers.

    Of no community in particular: the first one, and what lies within a walk of it. Nobody is asked along twice in a list.
    """
    place, most = wanted.community[0] if wanted.community else None, wanted.limit * len(wanted.workers)
    found = head(db, settings, wanted.day, now, most * _POOL, community=place)
    ready = [r for r in found.first if r.advice.is_open(wanted.day)]
    start = next((r for r in ready if r.case.merchant.community or r.case.merchant.at), None)
    chosen = list(islice(_each_parent_once(r for r in ready if place or start is None or _is_near(start, r)), most))
    records = {r.case.merchant.id: get_record(db, "merchant", r.case.merchant.id) or {} for r in chosen}
    walk = [chosen[i] for i in ordered([_door(r, records[r.case.merchant.id]) for r in chosen])]
    pages = tuple(
        Page(worker, tuple(_stops(db, some, records, wanted.day)))
        for worker, some in zip(wanted.workers, _shared(walk, len(wanted.workers)), strict=True)
    )
    name = wanted.community[1] if wanted.community else None
    return Plan(wanted.day, name, pages, found.ready, found.held, wanted.contacts, tuple(found.communities))


def _each_parent_once(found: Iterable[Ranked]) -> Iterator[Ranked]:
    """Those for which the parent is not asked along to an earlier one already: they keep for another day."""
    asked: set[str] = set()
    for one in found:
        along = {parent.id for parent in one.advice.parents} if one.advice.approach in _TOGETHER else set()
        if not along & asked:
            asked |= along
            yield one


def _is_near(first: Ranked, other: Ranked) -> bool:
    """Whether one can walk from one to the other: the same community, or not too far. One of nowhere is anywhere."""
    one, two = first.case.merchant, other.case.merchant
    if one.at and two.at:
        return metres(one.at, two.at) <= _WALK
    return two.community in (one.community, None)


def _door(found: Ranked, record: Fields) -> Door:
    return Door(found.case.community or "", found.case.merchant.at, str(record.get("address") or record.get("landmark") or ""))


def _shared(walk: Sequence[Ranked], workers: int) -> list[list[Ranked]]:
    """A stretch of the walk for each worker, as even as can be."""
    rest = iter(walk)
    return [list(islice(rest, len(walk) // workers + (i < len(walk) % workers))) for i in range(workers)]


def _stops(db: sqlite3.Connection, found: Sequence[Ranked], records: dict[str, Fields], day: date) -> list[Stop]:
    stops: list[Stop] = []
    for number, r in enumerate(found, 1):
        merchant = r.case.merchant
        visits = records_about(db, "visit", members(db, merchant.id))
        last = next((v for v in visits if v["visited_at"][:10] <= day.isoformat()), None)
        before = stops[-1].ranked.case.merchant.at if stops else None
        far = metres(before, merchant.at) if before and merchant.at else None
        stops.append(Stop(number, r, records[merchant.id], last, far))
    return stops
