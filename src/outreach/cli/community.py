"""`outreach community`: the register of villages and neighbourhoods."""

from __future__ import annotations

import typer

from outreach.cli import registers
from outreach.cli.about import of_community
from outreach.cli.registers import Json, Name, Options, with_fields
from outreach.cli.session import Session, session_of
from outreach.domain.records import COMMUNITY

EXAMPLES = {
    "add_community": "outreach community add 皮村 --city 北京 --district 朝阳区",
    "edit_community": "outreach community edit 皮村 --families 4100 --supermarket-metres 1800",
    "remove_community": "outreach community remove 皮村",
    "restore_community": "outreach community restore 皮村",
    "show_community": "outreach community show 皮村",
}
_COLUMNS = ("name", "city", "district", "families", "supermarket_metres")


@with_fields(COMMUNITY, name=False)
def add_community(session: Session, name: str, options: Options) -> None:
    """A new one."""
    registers.add(session, COMMUNITY, name, options)


@with_fields(COMMUNITY, name=True)
def edit_community(session: Session, name: str, options: Options) -> None:
    """Change fields."""
    registers.edit(session, COMMUNITY, name, options)


def remove_community(ctx: typer.Context, known_as: Name) -> None:
    """Take one off the lists."""
    registers.remove(session_of(ctx), COMMUNITY, known_as)


def restore_community(ctx: typer.Context, known_as: Name) -> None:
    """Bring one back."""
    registers.restore(session_of(ctx), COMMUNITY, known_as)


def list_community(ctx: typer.Context, *, as_json: Json = False) -> None:
    """All of them."""
    registers.list_all(session_of(ctx), COMMUNITY, _COLUMNS, as_json=as_json)


def show_community(ctx: typer.Context, known_as: Name, *, as_json: Json = False) -> None:
    """Everything about one."""
    registers.show_one(session_of(ctx), COMMUNITY, known_as, of_community, contacts=True, as_json=as_json)
