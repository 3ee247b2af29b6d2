"""`outreach merchant`: the register of shops."""

from __future__ import annotations

import typer

from outreach.cli import registers
from outreach.cli.registers import Name, Options, with_fields
from outreach.cli.session import Session, say, session_of, tell
from outreach.cli.visiting import NewMerchant, announce, new_merchant
from outreach.domain.records import MERCHANT
from outreach.domain.text import clean_name
from outreach.i18n import _

EXAMPLES = {
    "add_merchant": "outreach merchant add 小芳水果 --community 皮村 --category 水果店",
    "edit_merchant": "outreach merchant edit lwcs --phone 12000012345\noutreach merchant edit lwcs --hours ''",
    "remove_merchant": "outreach merchant remove lwcs",
    "restore_merchant": "outreach merchant restore lwcs",
}


@with_fields(MERCHANT, name=False)
def add_merchant(session: Session, name: str, options: Options) -> None:
    """A shop that was not visited yet."""
    from outreach.cli.offering import offered

    given, _none = registers.fields_from(session, MERCHANT, {**options, "community": None})
    shop = offered(session, NewMerchant(clean_name(name), options.get("community") or None, fields=given))
    if isinstance(shop, NewMerchant):
        _add(session, shop)
    else:
        say(_("Nothing was recorded: {name} is known already.").format(name=shop[1]))


def _add(session: Session, shop: NewMerchant) -> None:
    with session.writing():
        _merchant, drafts = new_merchant(session, shop)
        session.record(drafts, "merchant add")
    announce(drafts)
    registers.confirm(MERCHANT, shop.name, _("added"))
    if shop.remark:
        tell(shop.remark)


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
