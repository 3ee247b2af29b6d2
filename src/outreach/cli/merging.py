"""`outreach merchant merge` and `unmerge`: one shop that was recorded twice. A person decides; nothing is lost."""

from __future__ import annotations

import unicodedata
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
from outreach.errors.registers import MergeDisagrees, MergedWithWhich, NoFieldToKeep, NotMerged, SameShop, WhichToKeep
from outreach.i18n import N_, _
from outreach.report.labels import FIELD_LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.cli.session import Session
    from outreach.domain.change import Fields


class Side(StrEnum):
    """Whose values count where two records disagree."""

    FIRST = "A"
    SECOND = "B"


EXAMPLES = {
    "merge_merchant": "outreach merchant merge 老王超市 老汪超市 --keep A --keep phone=B",
    "unmerge_merchant": "outreach merchant unmerge 老汪超市",
}


def merge_merchant(
    ctx: typer.Context,
    first: Annotated[str, typer.Argument(metavar="A", help=N_("The shop that stays, with its name"))],
    second: Annotated[str, typer.Argument(metavar="B", help=N_("What becomes part of it; its name goes on finding it"))],
    *,
    keep: Annotated[
        list[str] | None,
        typer.Option(metavar=N_("A|B|FIELD=A|B"), help=N_("Whose values stay where the two differ, of all fields or of one")),
    ] = None,
) -> None:
    session = session_of(ctx)
    sides = [_side(text) for text in keep or ()]
    kept, merged = (choosing.merchant(session, name).id for name in (first, second))
    merge_two(session, kept, merged, dict(sides))


def merge_two(session: Session, first: str, second: str, sides: Mapping[str, Side]) -> None:
    """The second becomes part of the first. `sides`: whose value stays, by field; under "" for all others.

    Where nothing is said of a field in which they differ, somebody is asked. Raises SameShop and MergeDisagrees.
    """
    kept, merged = _record(session, first), _record(session, second)
    if first == second:
        raise SameShop(name=kept["name"])
    chosen = _chosen(session, kept, merged, sides)
    session.record(merging.merge(kept, merged, chosen), "merchant merge")
    line = _("{merged} is part of {kept} now; both names find it").format(merged=merged["name"], kept=kept["name"])
    say(_("Recorded: {line}").format(line=line))


def unmerge_merchant(ctx: typer.Context, known_as: Name) -> None:
    from outreach.store.merges import given_back

    session = session_of(ctx)
    found = choosing.merchant(session, known_as)
    parts = _parts(session, found.id, known_as)
    if not parts:
        raise NotMerged(name=found.name)
    cut = merging.cut(_record(session, found.id), parts[0])
    session.record(merging.unmerge(cut, given_back(session.db, cut)), "merchant unmerge")
    line = _("{parts} and {name} are shops of their own again").format(parts=_names(parts), name=found.name)
    say(_("Recorded: {line}").format(line=line))


def _side(text: str) -> tuple[str, Side]:
    """B is ("", B); phone=B, or the field's name in either language, is ("phone", B)."""
    name, _equals, side = unicodedata.normalize("NFKC", text).rpartition("=")
    try:
        return _field(name.strip().casefold()) if name else "", Side(side.strip().upper())
    except ValueError:
        raise WhichToKeep from None


def _field(typed: str) -> str:
    for field in merging.JOINED:
        if typed in (field, *(word.casefold() for word in FIELD_LABELS["", field])):
            return merging.PLACE[0] if field in merging.PLACE else field
    raise NoFieldToKeep(text=typed, fields=_(", ").join(merging.TO_CHOOSE))


def _record(session: Session, merchant: str) -> Fields:
    from outreach.store.records import get_record

    return get_record(session.db, "merchant", merchant) or {"id": merchant}


def _chosen(session: Session, kept: Fields, merged: Fields, sides: Mapping[str, Side]) -> dict[str, Any]:
    """A value for each field in which they disagree: as said, as answered, or refused (MergeDisagrees).

    Where they say the same in two ways of typing it, that of the one that stays is as good.
    """
    chosen: dict[str, Any] = {}
    open_ = []
    for field in merging.disagreeing(kept, merged):
        side = sides.get(field, sides.get(""))
        if side is not None:
            chosen |= merging.taken(field, kept if side is Side.FIRST else merged)
        elif not merging.agree(field, kept, merged):
            open_.append(field)
    if open_ and not session.interactive:
        raise MergeDisagrees(listed=[_beside(session, f, kept, merged) for f in open_])
    for field in open_:
        chosen |= merging.taken(field, _ask(session, field, kept, merged))
    return chosen


def _values(session: Session, field: str, *records: Fields) -> list[str]:
    names = Names(session.db)
    told = merging.PLACE if field in merging.PLACE else (field,)
    return [" ".join(field_text(MERCHANT.field(f), record[f], names) for f in told if f in record) for record in records]


def _title(field: str) -> str:
    told = merging.PLACE[:2] if field in merging.PLACE else (field,)
    return _(", ").join(field_name("merchant", f) for f in told)


def _beside(session: Session, field: str, kept: Fields, merged: Fields) -> str:
    left, right = _values(session, field, kept, merged)
    return _("{field}: A {left} | B {right}").format(field=_title(field), left=left, right=right)


def _ask(session: Session, field: str, kept: Fields, merged: Fields) -> Fields:
    from outreach.cli.prompts import pick

    titles = [
        f"{clean(text)} · {clean(record['name'])}"
        for text, record in zip(_values(session, field, kept, merged), (kept, merged), strict=True)
    ]
    question = _("{field}: which is right?").format(field=_title(field))
    return pick(question, [(titles[0], kept), (titles[1], merged)])


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
