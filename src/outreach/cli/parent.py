"""`outreach parent`: the register of parent volunteers. Their contacts are shown only if asked for."""

from __future__ import annotations

import typer

from outreach.cli import registers
from outreach.cli.about import of_parent
from outreach.cli.registers import Json, Name, Options, WithContacts, with_fields
from outreach.cli.session import Session, session_of
from outreach.domain.records import PARENT

EXAMPLES = {
    "add_parent": "outreach parent add 刘姐 --community 皮村 --consent-on today",
    "edit_parent": "outreach parent edit 刘姐 --trained-on 11-20",
    "remove_parent": "outreach parent remove 刘姐",
    "restore_parent": "outreach parent restore 刘姐",
    "show_parent": "outreach parent show 刘姐",
}
_COLUMNS = ("alias", "community", "trained_on", "consent_on", "active")


@with_fields(PARENT, name=False)
def add_parent(session: Session, name: str, options: Options) -> None:
    """A new one."""
    registers.add(session, PARENT, name, options)


@with_fields(PARENT, name=True)
def edit_parent(session: Session, name: str, options: Options) -> None:
    """Change fields."""
    registers.edit(session, PARENT, name, options)


def remove_parent(ctx: typer.Context, known_as: Name) -> None:
    """Take one off the lists."""
    registers.remove(session_of(ctx), PARENT, known_as)


def restore_parent(ctx: typer.Context, known_as: Name) -> None:
    """Bring one back."""
    registers.restore(session_of(ctx), PARENT, known_as)


def list_parent(ctx: typer.Context, *, as_json: Json = False) -> None:
    """All of them."""
    registers.list_all(session_of(ctx), PARENT, _COLUMNS, as_json=as_json)


def show_parent(ctx: typer.Context, known_as: Name, *, with_contacts: WithContacts = False, as_json: Json = False) -> None:
    """Everything about one."""
    registers.show_one(session_of(ctx), PARENT, known_as, of_parent, contacts=with_contacts, as_json=as_json)
