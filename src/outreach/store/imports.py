"""What an import must know of what is here: who is called so, what a record holds, what an import wrote, what was called."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from outreach.domain.change import Fields
from outreach.domain.records import KINDS, REMOVED
from outreach.store.pieces import chunks, marks
from outreach.store.tables import from_row, loads

LABEL = "import"  # of the acts
_NOT_UNDONE = "act.id NOT IN (SELECT undoes FROM act WHERE undoes IS NOT NULL)"


class Namesake(NamedTuple):
    """A live record with a name that was looked for. Of a merged merchant `id` is that of the whole, and `part` its own."""

    id: str
    name: str
    community: str | None = None
    address: str | None = None
    phone: str | None = None
    part: str | None = None


_NAMESAKES: Mapping[str, str] = {
    "merchant": "SELECT l.folded, coalesce(s.root, m.id), m.name, m.community, m.address, m.phone, "
    "CASE WHEN s.root <> m.id THEN m.id END FROM lookup l JOIN merchant m ON m.id = l.id "
    "LEFT JOIN standing s ON s.merchant = m.id WHERE l.kind = 'merchant'",
    "parent": "SELECT l.folded, p.id, p.alias, p.community, NULL, p.phone FROM lookup l JOIN parent p ON p.id = l.id "
    "WHERE l.kind = 'parent'",
    "community": "SELECT l.folded, l.id, l.name, NULL, NULL, NULL FROM lookup l WHERE l.kind = 'community'",
}


def namesakes(db: sqlite3.Connection, kind: str, names: Iterable[str]) -> dict[str, list[Namesake]]:
    """The live records of a kind that have these names (folded, see `domain.naming`), by name."""
    found: dict[str, list[Namesake]] = defaultdict(list)
    for part in chunks(sorted(set(names))):
        sql = f"{_NAMESAKES[kind]} AND l.folded IN ({marks(part)}) ORDER BY l.id"
        for name, *rest in db.execute(sql, part):
            found[name].append(Namesake(*rest))
    return dict(found)


def removed_ones(db: sqlite3.Connection, kind: str) -> Iterator[Namesake]:
    """The merchants or parents that were removed, but those whose import this laptop took back."""
    address = "address" if kind == "merchant" else "NULL"
    undone = (  # the newest removal, if an undo was that
        "SELECT act.undoes FROM journal j LEFT JOIN act ON act.id = j.act WHERE j.kind = ? AND j.id = r.id "
        "AND json_extract(j.fields, ?) = 1 ORDER BY j.stamp DESC LIMIT 1"
    )
    sql = f"SELECT id, {KINDS[kind].named}, community, {address}, phone FROM {kind} r WHERE removed = 1 AND ({undone}) IS NULL"  # noqa: S608
    for id_, name, *rest in db.execute(sql, (kind, f"$.{REMOVED}")):
        if name is not None:
            yield Namesake(id_, name, *rest)


def records_by_id(db: sqlite3.Connection, kind: str, ids: Iterable[str]) -> dict[str, Fields]:
    """The records with these ids, removed and incomplete ones too."""
    found: dict[str, Fields] = {}
    for part in chunks(sorted(set(ids))):
        sql = f"SELECT * FROM {kind} WHERE id IN ({marks(part)})"  # noqa: S608 - our own names
        found |= {row["id"]: from_row(KINDS[kind], row) for row in db.execute(sql, part)}
    return found


def spoken_of(db: sqlite3.Connection, kind: str, ids: Iterable[str]) -> dict[str, set[str]]:
    """The fields of these records whose newest change is not an import's of this laptop; what was taken back is no change.

    Nor is one of another laptop that says what the import here had said: both imported one list, for nobody edits to the same.
    """
    found: dict[str, set[str]] = defaultdict(set)
    wrote: dict[str, Fields] = defaultdict(dict)  # what imports of this laptop did
    for part in chunks(sorted(set(ids))):
        sql = (
            "SELECT j.id, j.fields, act.label IS ?, act.id IS NULL FROM journal j "  # noqa: S608 - marks and our own names
            "LEFT JOIN act ON act.id = j.act WHERE j.kind = ? "
            f"AND j.id IN ({marks(part)}) AND (act.id IS NULL OR act.undoes IS NULL AND {_NOT_UNDONE}) "
            "ORDER BY j.stamp, j.device"
        )
        for record, text, by_import, elsewhere in db.execute(sql, (LABEL, kind, *part)):
            fields = loads(text, "journal")
            if by_import:
                found[record].difference_update(fields)
                wrote[record] |= fields
            else:
                same = wrote[record].items() if elsewhere else ()
                found[record].update(name for name, value in fields.items() if (name, value) not in same)
    return dict(found)


def taken_back(db: sqlite3.Connection, kind: str, ids: Iterable[str]) -> set[str]:
    """Those of these records that are removed only because this laptop took back what had made them."""
    last: dict[str, bool] = {}
    for part in chunks(sorted(set(ids))):
        sql = (
            "SELECT j.id, act.undoes FROM journal j LEFT JOIN act ON act.id = j.act "  # noqa: S608 - marks only
            f"WHERE j.kind = ? AND j.id IN ({marks(part)}) AND json_extract(j.fields, '$.{REMOVED}') = 1 ORDER BY j.stamp"
        )
        last |= {record: undoes is not None for record, undoes in db.execute(sql, (kind, *part))}
    return {record for record, by_undo in last.items() if by_undo}


class Stands(NamedTuple):
    """What a shop is called, and where it stands: its status, or None before the first visit."""

    name: str
    status: str | None


def standings_of(db: sqlite3.Connection, shops: Iterable[str]) -> dict[str, Stands]:
    """By id, of those that are here; of one that was merged into another, that one's."""
    found: dict[str, Stands] = {}
    for part in chunks(sorted(set(shops))):
        sql = (
            "SELECT s.merchant, m.name, root.status FROM standing s JOIN standing root ON root.merchant = s.root "  # noqa: S608
            f"JOIN merchant m ON m.id = s.root AND m.live = 1 WHERE s.merchant IN ({marks(part)})"
        )
        found |= {shop: Stands(name, status) for shop, name, status in db.execute(sql, part)}
    return found


class Visited(NamedTuple):
    """A visit as an import meets it. `root`: the shop that it counts for, which `merchant` may be merged into."""

    id: str
    root: str
    merchant: str
    visited_at: str
    by: str | None
    outcome: str
    note: str | None

    @property
    def by_hand(self) -> bool:
        """Whether somebody recorded it; what an import makes has a natural id."""
        return not self.id.startswith("z")


def visits_at(db: sqlite3.Connection, shops: Iterable[str]) -> Iterator[Visited]:
    """The live visits at these shops, those at shops merged into them included."""
    for part in chunks(sorted(set(shops))):
        sql = (
            "SELECT v.id, s.root, v.merchant, v.visited_at, v.by, v.outcome, v.note FROM standing s "  # noqa: S608
            f"JOIN visit v ON v.merchant = s.merchant WHERE v.live = 1 AND s.root IN ({marks(part)}) ORDER BY v.id"
        )
        yield from map(Visited._make, db.execute(sql, part))
