"""`outreach place`: the register of what a community has besides shops: schools, clinics, markets, rooms to meet in."""

from __future__ import annotations

import typer

from outreach.cli import registers
from outreach.cli.about import of_place
from outreach.cli.registers import Json, Name, Options, with_fields
from outreach.cli.session import Session, session_of
from outreach.domain.records import PLACE

EXAMPLES = {
    "add_place": "outreach place add 皮村卫生站 --kind clinic --community 皮村 --relation known --source 村委会介绍",
    "edit_place": "outreach place edit 皮村卫生站 --hours 08:00-17:00 --last-checked today",
    "remove_place": "outreach place remove 皮村卫生站",
    "restore_place": "outreach place restore 皮村卫生站",
    "show_place": "outreach place show 皮村卫生站",
}
_COLUMNS = ("name", "kind", "community", "offers", "relation", "last_checked")


@with_fields(PLACE, name=False)
def add_place(session: Session, name: str, options: Options) -> None:
    """A new one."""
    registers.add(session, PLACE, name, options)


@with_fields(PLACE, name=True)
def edit_place(session: Session, name: str, options: Options) -> None:
    """Change fields."""
    registers.edit(session, PLACE, name, options)


def remove_place(ctx: typer.Context, known_as: Name) -> None:
    """Take one off the lists."""
    registers.remove(session_of(ctx), PLACE, known_as)


def restore_place(ctx: typer.Context, known_as: Name) -> None:
    """Bring one back."""
    registers.restore(session_of(ctx), PLACE, known_as)


def list_place(ctx: typer.Context, *, as_json: Json = False) -> None:
    """All of them."""
    registers.list_all(session_of(ctx), PLACE, _COLUMNS, as_json=as_json)


def show_place(ctx: typer.Context, known_as: Name, *, as_json: Json = False) -> None:
    """Everything about one."""
    registers.show_one(session_of(ctx), PLACE, known_as, of_place, contacts=True, as_json=as_json)
