"""The state at the end of a day (`outreach.domain.facts.State`), so that last week's page can be printed again.

What happened (visits, referrals, opinions) counts by the day it says it happened, as it is recorded now, corrections included.
What has no day (names, communities, merges, parents) and the marks are as they were then (`outreach.store.past`). So whatever
happens later changes no earlier page; a slip that is taken back, and paper that is keyed in late, do.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from outreach.domain.change import Fields
from outreach.domain.dates import week_of
from outreach.domain.facts import Merchant, Opinion, Override, Parent, Profile, Referral, State, Tag, Tail, Task
from outreach.domain.namesakes import told_apart
from outreach.domain.records import ReferralKind
from outreach.domain.standing import roots
from outreach.store.records import all_records, members, records_about
from outreach.store.tables import day_of
from outreach.store.tails import words_in
from outreach.store.trails import trails as trails_on
from outreach.store.trails import trails_from
from outreach.store.undated import Undated, undated_now

RECENT = 366  # days for which a parent's introductions and visits are told


def state_on(db: sqlite3.Connection, day: date, week_from: date, now: datetime) -> State:
    """The state at the end of `day`; from today on, everything known at `now`."""
    return state_from(db, known_on(db, day, now), day, week_from)


def known_on(db: sqlite3.Connection, day: date, now: datetime) -> Undated:
    """The undated records and the marks at the end of `day`; from today on, as known at `now`."""
    if day >= now.date():
        return undated_now(db)
    from outreach.store.past import undated_on  # not for today's list

    return undated_on(db, day, now.tzinfo)


def states_on(db: sqlite3.Connection, days: Iterable[date], now: datetime) -> Iterator[State]:
    """The states at the end of days that are over, as `state_on` gives them, the journal read once."""
    from outreach.store.past import Past

    past = Past.read(db, now.tzinfo)
    return (state_from(db, past.on(day), day, week_of(day)[0]) for day in days)


def state_from(
    db: sqlite3.Connection, known: Undated, day: date, week_from: date, found: Mapping[str, Tail] | None = None
) -> State:
    """What undated records and everything that happened by the end of `day` come to. `found`: the tails, if they were read."""
    leads = roots(known.merged)
    words = tuple(_referral(r, leads) for r in _happened(db, "referral", day))
    opinions = tuple(_opinion(o, leads) for o in _happened(db, "opinion", day))
    tags = tuple(_tag(t, leads) for t in known.tags if t.get("done_at", "~")[:10] > day.isoformat())
    trails = trails_on(db, day, week_from, leads, words) if found is None else trails_from(found, week_from, words)
    along = _along(db, day, leads)
    named = {*trails, *(w.merchant for w in words), *(o.merchant for o in opinions), *(t.merchant for t in tags)}
    overrides = tuple(_override(o, leads) for o in known.overrides if day_of(o["at"], "override") <= day)
    named |= {o.merchant for o in overrides}
    merchants = _merchants(known, leads, named)
    communities = _communities(known, merchants)
    return State(
        day,
        week_from,
        merchants=merchants,
        communities=communities,
        parents=_parents(known, words, {*along, *(o.parent for o in opinions)}, _tasks(words, along, day)),
        trails={i: found for i, found in trails.items() if i in merchants},
        referrals=tuple(w for w in words if w.merchant in merchants or (w.merchant is None and w.to_parent)),
        opinions=tuple(o for o in opinions if o.merchant in merchants),
        tags=tuple(t for t in tags if t.merchant in merchants),
        roots=leads,
        overrides=tuple(o for o in overrides if o.merchant in merchants or o.community in known.records["community"]),
        profiles={i: _profile(known.records["community"][i]) for i in communities},
    )


def _happened(db: sqlite3.Connection, kind: str, day: date) -> list[Fields]:
    return [record for record in all_records(db, kind) if day_of(record["at"], kind) <= day]


def _referral(record: Fields, leads: Mapping[str, str]) -> Referral:
    to = record.get("merchant")
    merchant = leads.get(to, to) if to else None
    return Referral(record["id"], record["parent"], record["kind"], record["at"], merchant, record.get("to_parent"))


def _opinion(record: Fields, leads: Mapping[str, str]) -> Opinion:
    merchant, parent = leads.get(record["merchant"], record["merchant"]), record.get("parent")
    count = 1 if parent else record.get("count", 1)
    return Opinion(record["id"], merchant, record["view"], record["at"], parent, count)


def opinions_about(db: sqlite3.Connection, merchant: str) -> list[Opinion]:
    """What parents said of a merchant until now, the earliest first."""
    records = records_about(db, "opinion", members(db, merchant))
    return sorted((_opinion(record, {}) for record in records), key=lambda opinion: (opinion.at, opinion.id))


def _tag(record: Fields, leads: Mapping[str, str]) -> Tag:
    merchant = leads.get(record["merchant"], record["merchant"])
    due = day_of(record["due"], "tag") if "due" in record else None
    return Tag(record["id"], merchant, record["label"], record.get("at"), due, record.get("by"))


def _override(record: Fields, leads: Mapping[str, str]) -> Override:
    to = record.get("merchant")
    until = day_of(record["until"], "override") if "until" in record else None
    merchant, community = leads.get(to, to) if to else None, None if to else record.get("community")
    return Override(
        record["id"], record["ruling"], record["note"], record["at"], merchant, community, until, record.get("by")
    )  # fmt: skip


def _merchants(known: Undated, leads: Mapping[str, str], named: Collection[str | None]) -> dict[str, Merchant]:
    """Those that are on the lists, merged ones aside; one recorded only later if something of the day is about it."""
    late = known.late
    return {
        i: merchant
        for i, merchant in known.merchants.items()
        if (i not in leads or leads[i] == i) and (i not in late or i in named)
    }


def _communities(known: Undated, merchants: Mapping[str, Merchant]) -> dict[str, str]:
    needed = {m.community for m in merchants.values()}
    names = told_apart(known.records["community"].values())
    return {i: name for i, name in names.items() if i not in known.late or i in needed}


def _profile(record: Fields) -> Profile:
    return Profile(record.get("families"), record.get("migrants"), record.get("population"), record.get("supermarket_metres"))


def _parents(
    known: Undated, words: Sequence[Referral], named: Collection[str | None], tasks: Mapping[str, Sequence[Task]]
) -> dict[str, Parent]:
    needed = {*named, *(w.parent for w in words), *(w.to_parent for w in words)}
    live = known.records["parent"].items()
    return {i: _parent(record, tuple(tasks.get(i, ()))) for i, record in live if i not in known.late or i in needed}


def _parent(record: Fields, tasks: tuple[Task, ...]) -> Parent:
    trained, agreed = (day_of(record[name], "parent") if name in record else None for name in ("trained_on", "consent_on"))
    return Parent(record["id"], record["alias"], record.get("community"), trained, agreed, record.get("active", True), tasks)


def _tasks(words: Sequence[Referral], along: Mapping[str, Sequence[Task]], day: date) -> dict[str, list[Task]]:
    """When each parent spoke, and when she was asked to go along; one that is written down in both ways is one."""
    found: dict[str, list[Task]] = defaultdict(list, {parent: list(tasks) for parent, tasks in along.items()})
    for w in words:
        task = Task(w.day, w.merchant, w.kind == ReferralKind.ACCOMPANIED)
        if w.day > day - timedelta(RECENT) and not (task.asked and task in found[w.parent]):
            found[w.parent].append(task)
    return found


def _along(db: sqlite3.Connection, day: date, leads: Mapping[str, str]) -> dict[str, list[Task]]:
    """When each parent went along on a visit."""
    sql = (
        'SELECT "with", visited_at, merchant FROM visit NOT INDEXED '
        'WHERE live = 1 AND "with" IS NOT NULL AND visited_at >= ? AND visited_at < ?'
    )
    days = (day - timedelta(RECENT - 1), day + timedelta(1))
    found: dict[str, list[Task]] = defaultdict(list)
    for parents, at, merchant in db.execute(sql, [d.isoformat() for d in days]):
        for parent in words_in(parents):
            found[parent].append(Task(day_of(at, "visit"), leads.get(merchant, merchant), asked=True))
    return found
