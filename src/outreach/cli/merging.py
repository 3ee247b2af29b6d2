"""`outreach merchant merge` and `unmerge`: one shop that was recorded twice. A person decides; nothing is lost."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach.cli import choosing
from outreach.cli.changes import Names, field_name, field_text
from outreach.cli.registers import Name
from outreach.cli.screen import clean
from outreach.cli.session import say, session_of
from outreach.domain import merging
from outreach.domain.records import MERCHANT
from outreach.domain.text import natural_key
from outreach.errors import MergeDisagrees, MergedWithWhich, NotMerged, SameShop, WhichToKeep
from outreach.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.cli.session import Session
    from outreach.domain.change import Fields


class Side(StrEnum):
    """Whose values count where two records disagree."""

    FIRST = "A"
    SECOND = "B"


EXAMPLES = {
    "merge_merchant": "outreach merchant merge 老王超市 老汪超市 --keep A",
    "unmerge_merchant": "outreach merchant unmerge 老汪超市",
}


def merge_merchant(
    ctx: typer.Context,
    first: Annotated[str, typer.Argument(metavar="A", help=N_("The shop that stays, with its name"))],
    second: Annotated[str, typer.Argument(metavar="B", help=N_("What becomes part of it; its name goes on finding it"))],
    *,
    keep: Annotated[str | None, typer.Option(metavar="A|B", help=N_("Whose values stay where the two differ"))] = None,
) -> None:
    session = session_of(ctx)
    side = None if keep is None else _side(keep)
    kept, merged = (_record(session, choosing.merchant(session, name).id) for name in (first, second))
    if kept["id"] == merged["id"]:
        raise SameShop(name=kept["name"])
    chosen = _chosen(session, kept, merged, side)
    session.record(merging.merge(kept, merged, chosen), "merchant merge")
    line = _("{merged} is part of {kept} now; both names find it").format(merged=merged["name"], kept=kept["name"])
    say(_("Recorded: {line}").format(line=line))


def unmerge_merchant(ctx: typer.Context, known_as: Name) -> None:
    from outreach.store.merges import before_merge

    session = session_of(ctx)
    found = choosing.merchant(session, known_as)
    parts = _parts(session, found.id, known_as)
    if not parts:
        raise NotMerged(name=found.name)
    back = before_merge(session.db, found.id, parts[0]["id"])
    session.record(merging.unmerge(_record(session, found.id), parts, back), "merchant unmerge")
    line = _("{parts} and {name} are shops of their own again").format(parts=_names(parts), name=found.name)
    say(_("Recorded: {line}").format(line=line))


def _side(text: str) -> Side:
    try:
        return Side(text.strip().upper())
    except ValueError:
        raise WhichToKeep from None


def _record(session: Session, merchant: str) -> Fields:
    from outreach.store.records import get_record

    return get_record(session.db, "merchant", merchant) or {"id": merchant}


def _chosen(session: Session, kept: Fields, merged: Fields, side: Side | None) -> dict[str, Any]:
    """A value for each field in which they disagree: as said, as answered, or refused (MergeDisagrees)."""
    fields = merging.disagreeing(kept, merged)
    if side is not None:
        return {f: (kept if side is Side.FIRST else merged)[f] for f in fields}
    if fields and not session.interactive:
        raise MergeDisagrees(listed=[_beside(session, f, kept, merged) for f in fields])
    return {f: _ask(session, f, kept, merged) for f in fields}


def _values(session: Session, field: str, *records: Fields) -> list[str]:
    names = Names(session.db)
    return [field_text(MERCHANT.field(field), record[field], names) for record in records]


def _beside(session: Session, field: str, kept: Fields, merged: Fields) -> str:
    left, right = _values(session, field, kept, merged)
    return f"{field_name('merchant', field)}: A {left} | B {right}"


def _ask(session: Session, field: str, kept: Fields, merged: Fields) -> Any:
    from outreach.cli.prompts import pick

    titles = [
        f"{clean(text)} · {clean(record['name'])}"
        for text, record in zip(_values(session, field, kept, merged), (kept, merged), strict=True)
    ]
    question = _("{field}: which is right?").format(field=field_name("merchant", field))
    return pick(question, [(titles[0], kept[field]), (titles[1], merged[field])])


def _parts(session: Session, root: str, words: str) -> list[Fields]:
    """What was merged into it: the one of that very name, or the only one. Raises MergedWithWhich."""
    from outreach.store.records import members

    parts = [_record(session, merchant) for merchant in members(session.db, root) if merchant != root]
    named = [part for part in parts if natural_key(part.get("name", "")) == natural_key(words)]
    if len(named or parts) > 1:
        raise MergedWithWhich(name=words, names=_names(parts))
    return named or parts


def _names(parts: Sequence[Fields]) -> str:
    return _(", ").join(str(part.get("name", part["id"])) for part in parts)
