"""Two records of shops that may be one, side by side, and why they may be. Contacts are not shown unless asked for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from outreach.cli import words as shown
from outreach.cli.changes import Names, field_name, field_text
from outreach.cli.choosing import quoted
from outreach.cli.screen import fit_of, table
from outreach.domain.likeness import Why
from outreach.domain.naming import folded
from outreach.domain.records import MERCHANT
from outreach.i18n import N_, _
from outreach.report.labels import status_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from outreach.cli.session import Session
    from outreach.domain.change import Fields

WHY: Mapping[Why, str] = {
    Why.PHONE: N_("same phone"),
    Why.NAME: N_("same name but for its ending"),
    Why.SOUND: N_("sounds the same"),
    Why.NEARLY: N_("one character differs"),
    Why.PLACE: N_("next door"),
}
_SHOWN = ("name", "community", "address", "landmark", "category")


def reasons(why: Iterable[Why], *names: str) -> str:
    """Why two may be one, in a few words. `names`: of the two, where both are known."""
    same = len(names) > 1 and _are_alike(names)
    return shown.joined(_("same name") if one is Why.NAME and same else _(WHY[one]) for one in why)


def merging(one: str, other: str) -> str:
    """The command by which two become one. Of two called alike no name says which is meant, so it is the one that asks."""
    if _are_alike((one, other)):
        return "outreach merchant duplicates"
    return f"outreach merchant merge {quoted(one)} {quoted(other)}"


def _are_alike(names: Sequence[str]) -> bool:
    return len(set(map(folded, names))) == 1


def beside(session: Session, heads: Sequence[str], records: Sequence[Fields], also: Sequence[str] = ()) -> str:
    """A column for each record. One without an `id` is new; where it stands is not known. `also`: fields beyond the usual."""
    names = Names(session.db)
    rows = [[field_name("merchant", f), *(_text(f, record, names) for record in records)] for f in (*_SHOWN, *also)]
    standing = [_standing(session, record) for record in records]
    rows += [[_("Status"), *(status for status, _last in standing)], [_("Last visit"), *(last for _status, last in standing)]]
    kept = [row for row in rows if any(row[1:])]
    return table(["", *heads], kept, fit=fit_of(sys.stdout))


def _text(field: str, record: Fields, names: Names) -> str:
    return field_text(MERCHANT.field(field), record[field], names) if record.get(field) else ""


def _standing(session: Session, record: Fields) -> tuple[str, str]:
    from outreach.store.merchants import get_merchant

    known = get_merchant(session.db, record["id"]) if "id" in record else None
    if known is None:
        return "", ""
    last = shown.day(known.last_visit, session.today()) if known.last_visit else ""
    return status_text(known.status, firm=bool(known.firm)), last
