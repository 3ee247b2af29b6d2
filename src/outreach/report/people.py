"""The people of a resource map: parent volunteers by alias, and what they have done. No contacts, no families, no place.

Only those are named that agreed to take part; the most active come first.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date

from outreach.i18n import _
from outreach.store.parents import Volunteer, volunteers_of

_MOST = 30


def people(db: sqlite3.Connection, names: Mapping[str, str], day: date, community: str | None) -> tuple[Volunteer, ...]:
    """Those of a community (its id), or of all, with its name; of many, the most active. `names`: of the communities."""
    found = [one._replace(community=names.get(one.community or "")) for one in volunteers_of(db, day, community)]
    return tuple(sorted(found, key=lambda one: (-one.shops - one.along - one.parents, -one.joined, one.alias))[:_MOST])


def heads(*, community: bool) -> list[str]:
    """What `row` tells; of people of one community not where they live."""
    home = [_("Community")] if community else []
    return [_("Parent"), *home, _("Trained"), _("Shops spoken to"), _("Joined"), _("Along"), _("Parents spoken to"), _("Last")]


def row(one: Volunteer, *, community: bool) -> list[str]:
    """A person in a table."""
    home = [one.community or ""] if community else []
    counts = (str(n or "") for n in (one.shops, one.joined, one.along, one.parents))
    return [one.alias, *home, one.trained_on or "", *counts, one.last or ""]


def notes(named: int, volunteers: int) -> Iterator[str]:
    """How the table is to be read, and that it is for the team."""
    yield _(
        "By alias, those who agreed to take part. Of the shops that she spoke to, so many have joined, whatever moved them."
    )
    if volunteers > named:
        yield _("Counted and not named: {n}.").format(n=volunteers - named)
    yield for_the_team()


def for_the_team() -> str:
    """What is said where anybody is named."""
    return _("It names people: for the team, not to be handed out.")
