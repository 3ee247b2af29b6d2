"""Where merchants stand, summed up from their visits, those of merchants merged into them included. Derived, row by row."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence

from outreach.domain.standing import Call, roots, standing
from outreach.store.pieces import chunks, marks


def follow_merges(db: sqlite3.Connection, touched: set[str]) -> None:
    """Give every merchant its root; those whose root changed are touched, and so are their old and new roots."""
    for ids in chunks(sorted(touched)):
        rows = f"SELECT id, id, 0, 0 FROM merchant WHERE id IN ({marks(ids)})"  # noqa: S608 - marks only
        db.execute(f"INSERT OR IGNORE INTO standing (merchant, root, visits, firm) {rows}", ids)
    links = links_of(db)
    moved = db.execute("SELECT merchant, root FROM standing WHERE root <> merchant").fetchall()
    wanted = {row["merchant"]: row["merchant"] for row in moved} | roots(links)
    current = {merchant: merchant for merchant in wanted} | {row["merchant"]: row["root"] for row in moved}
    for merchant, root in wanted.items():
        if root != current[merchant]:
            db.execute("UPDATE standing SET root = ? WHERE merchant = ?", (root, merchant))
            touched |= {merchant, root, current[merchant]}


def links_of(db: sqlite3.Connection) -> dict[str, str]:
    """What each merchant was merged into. Links from or to one that is not shown count for nothing: no shop is lost with it."""
    return {row["id"]: row["merged_into"] for row in db.execute(_LINKS)}


def stand(db: sqlite3.Connection, touched: set[str], calls: Mapping[str, int]) -> None:
    """Sum up the visits of each touched merchant's root, those of the merchants merged into it included.

    What `outreach.domain.standing` says of all the visits of a merchant, read from the index: the latest, the latest at which
    someone was met, and their number. Of very many visits the number is not counted anew for some `calls` more or less. Merged
    merchants, which are few, go the long way.
    """
    for ids in chunks(sorted({*touched, *calls})):
        sql = f"SELECT DISTINCT root FROM standing WHERE merchant IN ({marks(ids)})"  # noqa: S608 - marks only
        wanted = sorted({*ids, *(row["root"] for row in db.execute(sql, ids))})
        sql = f"SELECT merchant, root FROM standing WHERE root <> merchant AND root IN ({marks(wanted)})"  # noqa: S608
        merged = {i for row in db.execute(sql, wanted) for i in row} | _merged_into_others(db, wanted)
        alone = [i for i in wanted if i not in merged]
        more = [(calls[i], i) for i in alone if i not in touched]
        db.executemany(_MORE, more)
        counted = [i for i in alone if i in touched]
        db.execute(f"{_COUNT} ({marks(counted)})", counted)
        for sql in (_STAND, _SAID, _NONE):
            db.execute(f"{sql} ({marks(alone)})", alone)
        _sum_up(db, sorted(merged))


def _sum_up(db: sqlite3.Connection, merchants: Sequence[str]) -> None:
    calls = calls_of(db, merchants)
    rows = [(*standing(calls[m]), m) for m in merchants]
    sql = "UPDATE standing SET status = ?, firm = ?, visits = ?, last_visit = ?, last_by = ? WHERE merchant = ?"
    db.executemany(sql, rows)


def _merged_into_others(db: sqlite3.Connection, ids: Sequence[str]) -> set[str]:
    sql = f"SELECT merchant FROM standing WHERE root <> merchant AND merchant IN ({marks(ids)})"  # noqa: S608 - marks only
    return {row[0] for row in db.execute(sql, ids)}


_LINKS = (
    "SELECT m.id, m.merged_into FROM merchant m JOIN merchant other ON other.id = m.merged_into AND other.live = 1 "
    "WHERE m.merged_into IS NOT NULL AND m.live = 1"
)
_FIRM = "coalesce(v.firm, 0) AND v.outcome = 'refused'"
_OF_IT = "v.merchant = standing.merchant AND v.live = 1"
_LAST = "ORDER BY v.visited_at DESC, v.id DESC LIMIT 1"
_MANY = 1000  # visits at one merchant, from which on their number is kept up instead of counted
_NUMBER = "(SELECT count(*) FROM visit v WHERE v.merchant = standing.merchant AND v.live = 1)"
_MORE = f"UPDATE standing SET visits = iif(visits >= {_MANY}, visits + ?, {_NUMBER}) WHERE merchant = ?"  # noqa: S608 - our own
_COUNT = f"UPDATE standing SET visits = {_NUMBER} WHERE merchant IN"  # noqa: S608 - our own words
_STAND = (
    "UPDATE standing SET (last_visit, last_by, status, firm) = "  # noqa: S608 - our own words
    f"(SELECT v.visited_at, v.by, v.outcome, {_FIRM} FROM visit v WHERE {_OF_IT} {_LAST}) WHERE visits > 0 AND merchant IN"
)
_NONE = (
    "UPDATE standing SET last_visit = NULL, last_by = NULL, status = NULL, firm = 0 "
    "WHERE visits = 0 AND status IS NOT NULL AND merchant IN"
)
_MET = f"visit v WHERE {_OF_IT} AND v.outcome <> 'not_met'"
_SAID = (  # where nobody was met the last time: what was said the time before
    f"UPDATE standing SET (status, firm) = (SELECT v.outcome, {_FIRM} FROM {_MET} {_LAST}) "  # noqa: S608 - our own words
    f"WHERE status = 'not_met' AND EXISTS (SELECT 1 FROM {_MET}) AND merchant IN"
)
_CALLS = (
    "SELECT s.root, v.visited_at, v.outcome, v.firm, v.by FROM standing s JOIN visit v ON v.merchant = s.merchant "
    "WHERE v.live = 1 AND s.root IN ({}) ORDER BY v.visited_at, v.id"
)


def calls_of(db: sqlite3.Connection, root_ids: Sequence[str]) -> dict[str, list[Call]]:
    """The visits at these merchants, merged ones included, oldest first."""
    found: dict[str, list[Call]] = defaultdict(list)
    for root, visited_at, outcome, firm, by in db.execute(_CALLS.format(marks(root_ids)), root_ids):
        found[root].append(Call(visited_at, outcome, bool(firm), by))
    return found
