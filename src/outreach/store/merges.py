"""What a merge changed on the shop that stayed, read from the journal, so that it can be given back weeks later.

A merge is one act of two changes: the link, and right after it what the shop that stayed took over. They follow each other in
the journal of the laptop that merged, in the segment that it wrote, and so in the journal of every laptop.
"""

import sqlite3
from collections.abc import Iterator, Sequence

from outreach.domain.change import Change, Fields
from outreach.domain.fold import fold
from outreach.domain.merging import Link, of_one_act
from outreach.domain.records import MERCHANT
from outreach.store.records import get_record
from outreach.store.tables import change_of, changes_of


def given_back(db: sqlite3.Connection, links: Sequence[Link]) -> dict[str, Fields]:
    """By shop, the fields that these merges changed and nobody changed since, as they would be without the merges.

    What went on from there to the shop that it was merged into in turn is given back there, too.
    """
    back: dict[str, Fields] = {}
    for link in links:
        for whole, fields in _upwards(db, link):
            back[whole] = fields | back.get(whole, {})
    return back


def _upwards(db: sqlite3.Connection, link: Link) -> Iterator[tuple[str, Fields]]:
    """The shops up from a link, with the fields that are to be given back there."""
    taken: Fields | None = None
    instead: Fields = {}
    passed: set[str] = set()
    above: str | None = link.whole
    while above and above not in passed:
        passed.add(above)
        mine = [_only(change, taken) for change in _takings(db, link)]
        changes = changes_of(db, "merchant", [above])[above]
        with_, without = (fold(MERCHANT, some) for some in (changes, _left_out(changes, mine)))
        taken = {field: value for change in mine for field, value in change.fields.items()}
        instead = {f: without.get(f, instead.get(f)) for f in taken if with_.get(f) != without.get(f)}
        yield above, instead
        link = Link(above, (get_record(db, "merchant", above) or {}).get("merged_into") or "")
        above = link.whole if taken else None


def _only(change: Change, wanted: Fields | None) -> Change:
    """The change with only those fields that have these values; with all of them where none are given."""
    if wanted is None:
        return change
    return change._replace(fields={f: v for f, v in change.fields.items() if f in wanted and wanted[f] == v})


def _left_out(changes: Sequence[Change], mine: Sequence[Change]) -> Iterator[Change]:
    """The changes without the fields that these ones set."""
    gone = {(change.stamp, change.device): change.fields for change in mine}
    for change in changes:
        fields = gone.get((change.stamp, change.device), {})
        yield change._replace(fields={f: v for f, v in change.fields.items() if f not in fields})


def _takings(db: sqlite3.Connection, link: Link) -> Iterator[Change]:
    """What `link.whole` took over each time that the part was merged into it."""
    rows = db.execute("SELECT * FROM journal WHERE kind = 'merchant' AND id = ? ORDER BY seq", (link.part,)).fetchall()
    history = [change_of(row) for row in rows]
    for row, change in zip(rows, history, strict=True):
        if change.fields.get("merged_into") == link.whole:
            sql = "SELECT * FROM journal WHERE seq > ? AND device = ? ORDER BY seq LIMIT 1"
            following = db.execute(sql, (row["seq"], row["device"])).fetchone()
            seen = [earlier for earlier in history if change.saw(earlier)]
            if following and following["id"] == link.whole and _is_taking(change, change_of(following), seen):
                yield change_of(following)


def _is_taking(link: Change, following: Change, seen: Sequence[Change]) -> bool:
    """Whether all that `following` says is what the part was said to be. (Which of that the merger knew, nobody knows here.)"""
    had = (any(change.fields.get(name) == value for change in seen) for name, value in following.fields.items())
    return of_one_act(link, following) and all(had)
