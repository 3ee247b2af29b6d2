"""`outreach merchant`: the register of shops."""

from __future__ import annotations

import typer

from outreach.cli import registers
from outreach.cli.registers import Name, Options, with_fields
from outreach.cli.session import Session, session_of
from outreach.domain.records import MERCHANT

EXAMPLES = {
    "add_merchant": "outreach merchant add 小芳水果 --community 皮村 --category 水果店",
    "edit_merchant": "outreach merchant edit lwcs --phone 12000012345\noutreach merchant edit lwcs --hours ''",
    "remove_merchant": "outreach merchant remove lwcs",
    "restore_merchant": "outreach merchant restore lwcs",
}


@with_fields(MERCHANT, name=False)
def add_merchant(session: Session, name: str, options: Options) -> None:
    """A shop that was not visited yet."""
    registers.add(session, MERCHANT, name, options)


@with_fields(MERCHANT, name=True)
def edit_merchant(session: Session, name: str, options: Options) -> None:
    """Correct a shop's fields."""
    registers.edit(session, MERCHANT, name, options)


def remove_merchant(ctx: typer.Context, known_as: Name) -> None:
    """Take a shop off the lists."""
    registers.remove(session_of(ctx), MERCHANT, known_as)


def restore_merchant(ctx: typer.Context, known_as: Name) -> None:
    """Bring a shop back."""
    registers.restore(session_of(ctx), MERCHANT, known_as)
