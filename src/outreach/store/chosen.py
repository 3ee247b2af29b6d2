"""Which records go into a file: the shops that a filter lists, and what hangs on them. Of a whole that holds together.

Within `choosing`, a temporary table for each kind that others point to (`chosen_merchant`, …) has the ids that go in, and what
stands for each in a cell of a table. Nothing is pointed to that is not in the file: a reference to what was removed is left
out, and so is a record that is nothing without it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from outreach.domain.form import Field, Form, Kind
from outreach.domain.records import KINDS
from outreach.store.export import Condition
from outreach.store.merchants import Filter, passing

_MERGED = "merged_into"
_SPEAKERS = (
    "SELECT parent FROM referral WHERE live = 1 AND merchant IN (SELECT id FROM chosen_merchant) "
    "UNION SELECT parent FROM opinion WHERE live = 1 AND merchant IN (SELECT id FROM chosen_merchant) "
    'UNION SELECT j.value FROM visit v, json_each(v."with") j WHERE v."with" IS NOT NULL AND v.live = 1 '
    "AND v.merchant IN (SELECT id FROM chosen_merchant)"
)
_PLACES = (
    "SELECT community FROM merchant WHERE id IN (SELECT id FROM chosen_merchant) "
    "UNION SELECT community FROM parent WHERE id IN (SELECT id FROM chosen_parent)"
)

_PLACED = (
    "UPDATE chosen_merchant SET community = (SELECT c.shown FROM chosen_community c WHERE c.id = chosen_merchant.community)"
)


@contextmanager
def choosing(db: sqlite3.Connection, wanted: Filter) -> Iterator[None]:
    """What is read within is of one moment, and of the shops that pass the filter; those merged into one of them too."""
    db.execute("BEGIN")
    try:
        shops, values = passing(wanted)
        _choose(db, "merchant", f"t.id IN (SELECT merchant FROM standing WHERE root IN ({shops}))", values)  # noqa: S608
        if wanted._replace(sort="", limit=None) == Filter(sort=""):
            _choose(db, "parent", "1", ())
            _choose(db, "community", "1", ())
            _choose(db, "place", "1", ())
        else:
            _choose(db, "parent", f"(t.community = ? OR t.id IN ({_SPEAKERS}))", (wanted.community,))
            _choose(db, "community", f"(t.id = ? OR t.id IN ({_PLACES}))", (wanted.community,))
            _choose(db, "place", "t.community IN (SELECT id FROM chosen_community)", ())
        db.execute(_PLACED)
        yield
    finally:
        db.execute("ROLLBACK")  # the temporary tables go, too


def merged_away(db: sqlite3.Connection) -> int:
    """How many of the chosen shops were merged into another, of which `list` does not speak."""
    sql = "SELECT count(*) FROM chosen_merchant c JOIN standing s ON s.merchant = c.id WHERE s.root <> c.id"
    found: int = db.execute(sql).fetchone()[0]
    return found


def _choose(db: sqlite3.Connection, kind: str, condition: str, values: list[object] | tuple[object, ...]) -> None:
    """`shown`: the name, or the id where a name is another's as well, or could be taken for several.

    `community`, of a shop: what stands for its community.
    """
    db.execute(f"CREATE TEMP TABLE chosen_{kind} (id TEXT PRIMARY KEY, name TEXT, shown TEXT, community TEXT) WITHOUT ROWID")
    name = f"t.{KINDS[kind].named}"
    place = "NULL" if kind == "community" else "t.community"
    unclear = f"count(*) OVER (PARTITION BY l.folded) > 1 OR {name} GLOB '*[],，、;；/|[' || char(10) || ']*'"
    db.execute(
        f"INSERT INTO chosen_{kind} SELECT t.id, {name}, iif({unclear}, t.id, {name}), {place} "  # noqa: S608 - our own names
        f"FROM {kind} t LEFT JOIN lookup l ON l.id = t.id WHERE t.live = 1 AND {condition}",
        values,
    )


def condition_of(kind: Kind, wanted: Filter) -> Condition:
    """Which records of a kind go in. The filter's worker and days choose among visits, too."""
    parts, values = ["t.live = 1"], []
    if kind.named:
        parts.append(f"t.id IN (SELECT id FROM chosen_{kind.name})")  # noqa: S608 - our own names
    for field in kind.fields:
        if field.form is Form.REFERENCE and field.name != _MERGED and not kind.named:
            parts.append(_holds(field))
    if kind.name == "referral":
        parts.append("(t.merchant IS NOT NULL OR t.to_parent IN (SELECT id FROM chosen_parent))")
    if kind.name == "visit":
        for sql, value in (
            ("t.by = ?", wanted.worker),
            ("t.visited_at >= ?", wanted.since and str(wanted.since)),
            ("t.visited_at <= ?", wanted.until and f"{wanted.until}~"),
        ):
            if value:
                parts.append(sql)
                values.append(value)
    return Condition(" AND ".join(parts), tuple(values))


def _holds(field: Field) -> str:
    """Whether what a field points to goes in, or it points to nothing."""
    inside = f't."{field.name}" IN (SELECT id FROM chosen_{field.to})'  # noqa: S608 - our own names
    optional = not field.required and field.to != "parent"
    return f'(t."{field.name}" IS NULL OR {inside})' if optional else inside if field.required else "1"


def as_far_as_chosen(field: Field) -> str:
    """The expression for a field's value; of what it points to, as far as that goes in."""
    if field.to is None:
        return f't."{field.name}"'
    inside = f"(SELECT id FROM chosen_{field.to})"  # noqa: S608 - our own names
    if field.form is Form.REFERENCE:
        return f'iif(t."{field.name}" IN {inside}, t."{field.name}", NULL)'
    among = f'SELECT json_group_array(value) FROM json_each(t."{field.name}") WHERE value IN {inside}'  # noqa: S608
    return f"""iif(t."{field.name}" IS NULL, NULL, nullif(({among}), '[]'))"""
