"""The registers' commands, made once for all kinds: add, edit, remove, restore, list, show. Options come from the fields."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach.cli import choosing, parsing
from outreach.cli.about import About
from outreach.cli.changes import Names, field_name, field_text, steps
from outreach.cli.placing import placed
from outreach.cli.screen import fit_of, table
from outreach.cli.session import Session, say, session_of, show, show_json, tell
from outreach.cli.show import card
from outreach.cli.visiting import announce, new_or_known_community
from outreach.cli.words import joined
from outreach.domain import acts
from outreach.domain.form import Field, Form, Kind
from outreach.domain.records import REMOVED
from outreach.domain.text import clean_name, has_phone
from outreach.errors.typed import NothingToChange
from outreach.i18n import N_, _, ngettext
from outreach.report.labels import KIND_LABELS

if TYPE_CHECKING:
    from outreach.domain.change import Draft, Fields

Hangs = Callable[[Session, str], About]
Options = dict[str, str | None]
_HINTS: Mapping[Form, str] = {
    Form.NUMBER: N_("N"),
    Form.DEGREES: N_("DEGREES"),
    Form.FLAG: N_("yes|no"),
    Form.DAY: N_("WHEN"),
    Form.REFERENCE: N_("NAME"),
    Form.WORD: N_("WHICH"),
}
_TO_TYPE = {("place", "source"): N_("source: who said so, or where it is from; a role, no person's name or phone")}
_OFTEN = {"community": "--families", "place": "--hours"}  # a field that is often changed; else the phone
_NOT_TYPED = (REMOVED, "merged_into")
Name = Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("Name, part, pinyin or initials"))]
NewName = Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("What it is called"))]
Json = Annotated[bool, typer.Option("--json", help=N_("As JSON"))]
WithContacts = Annotated[bool, typer.Option("--with-contacts", help=N_("Phones too; mind who is looking"))]


def typed_fields(kind: Kind) -> list[Field]:
    """What a person fills in."""
    return [f for f in kind.fields if f.name not in _NOT_TYPED]


def with_fields(kind: Kind, *, name: bool) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives a command one option per field of the kind, passed as `options`; with `name`, to a known record, its name too."""
    fields = [f for f in typed_fields(kind) if name or f.name != kind.named]

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        def command(ctx: typer.Context, known_as: str, **options: Any) -> None:
            function(session_of(ctx), known_as, options)

        hints = {"ctx": typer.Context, "known_as": Name if name else NewName} | {f.name: _option(kind, f) for f in fields}
        kinds = [inspect.Parameter.POSITIONAL_OR_KEYWORD] * 2 + [inspect.Parameter.KEYWORD_ONLY] * len(fields)
        defaults = [inspect.Parameter.empty] * 2 + [None] * len(fields)
        command.__annotations__ = hints
        command.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [
                inspect.Parameter(n, k, default=d, annotation=h)
                for (n, h), k, d in zip(hints.items(), kinds, defaults, strict=True)
            ]
        )
        return command

    return decorate


def _option(kind: Kind, field: Field) -> Any:
    hint = _TO_TYPE.get((kind.name, field.name))
    text = _(hint) if hint else field_name(kind.name, field.name)
    if field.words is not None:
        text = _("{what}: {words}").format(what=text, words=joined(word.value.replace("_", "-") for word in field.words))
    what = _HINTS.get(field.form, N_("TEXT"))
    return Annotated[str | None, typer.Option("--" + field.name.replace("_", "-"), metavar=what, help=text)]


def fields_from(session: Session, kind: Kind, options: Options, before: Fields | None = None) -> tuple[Fields, list[Draft]]:
    """The given fields as values, and the draft of a community that had to be made for them. `before`: what is known."""
    fields: Fields = {}
    drafts: list[Draft] = []
    for field in typed_fields(kind):
        text = options.get(field.name)
        if text is None:
            continue
        if field.to == "community" and text.strip():
            fields[field.name], drafts = new_or_known_community(session, text)
        elif field.name == kind.named:
            fields[field.name] = clean_name(text)
        else:
            fields[field.name] = parsing.field_value(field, text, session)
    if has_phone(str(fields.get("source", ""))):
        tell(_("A phone number is in the source, which maps and reports show. A role says enough: 村委会, a parent."))
    return placed(fields, before or {}) if kind.field("datum") else fields, drafts


def add(session: Session, kind: Kind, name: str, options: Options) -> None:
    """A new record, unless one of that name is there (AlreadyThere)."""
    alias = clean_name(name)
    with session.writing():
        fields, drafts = fields_from(session, kind, options)
        choosing.refuse_same(session, kind.name, alias, fields.get("community"), sort=fields.get("kind"))
        session.record([*drafts, _new(session, kind, alias, fields)], f"{kind.name} add")
    announce(drafts)
    confirm(kind, alias, _("added"))


def _new(session: Session, kind: Kind, name: str, fields: Fields) -> Draft:
    from outreach.store.records import get_record

    if kind.name == "community":
        return acts.community(session.maker, name, get_record(session.db, "community", acts.community_id(name)), fields)
    if kind.name == "place":
        said = {"name": name, **fields}
        return acts.place(session.maker, said, get_record(session.db, "place", acts.place_id(said)))
    return acts.new_record(kind.name, session.maker.new(), {str(kind.named): name, **fields})


def edit(session: Session, kind: Kind, name: str, options: Options) -> None:
    """Change the given fields; an empty value clears one."""
    from outreach.store.records import get_record

    found = choosing.choose(session, name, (kind.name,))
    if all(value is None for value in options.values()):
        raise NothingToChange(option=_OFTEN.get(kind.name, "--phone"))
    before = get_record(session.db, kind.name, found.id) or {}
    fields, drafts = fields_from(session, kind, options, before)
    changes = acts.edit(kind.name, found.id, before, fields)
    if not changes:
        say(_("Nothing changed: {name} has these values already.").format(name=found.name))
        return
    if (named := changes[0].fields.get(str(kind.named))) is not None:
        after = before | changes[0].fields
        choosing.refuse_same(session, kind.name, named, after.get("community"), sort=after.get("kind"), but=found.id)
    session.record([*drafts, *changes], f"{kind.name} edit")
    announce(drafts)
    confirm(kind, found.name, steps(kind.name, before, changes[0].fields, Names(session.db)))


def remove(session: Session, kind: Kind, name: str) -> None:
    """Take a record off the lists, with what was merged into it; nothing of it is lost."""
    from outreach.store.records import members

    found = choosing.choose(session, name, (kind.name,))
    left = _left_without(session, found.id) if kind.name == "community" else ""
    parts = members(session.db, found.id) if kind.name == "merchant" else [found.id]
    session.record([acts.remove(kind.name, part) for part in sorted(parts)], f"{kind.name} remove")
    confirm(kind, found.name, _("removed; to bring it back: {command}").format(command=choosing.restoring(found)))
    if left:
        say(left)


def _left_without(session: Session, community: str) -> str:
    """How many shops, parents and places a community leaves behind."""
    from outreach.store.records import all_records

    shops, parents, places = (
        sum(record.get("community") == community and "merged_into" not in record for record in all_records(session.db, kind))
        for kind in ("merchant", "parent", "place")
    )
    text = _("Shops without a community now: {shops}; parents: {parents}; places: {places}. outreach undo takes it back.")
    return text.format(shops=shops, parents=parents, places=places) if shops or parents or places else ""


def restore(session: Session, kind: Kind, name: str) -> None:
    """Bring back what was removed, whole. Raises NotRemoved, NotFound and Ambiguous."""
    from outreach.store.removed import merged_with

    found = choosing.removed_one(session, name, kind.name)
    parts = merged_with(session.db, found.id) if kind.name == "merchant" else [found.id]
    session.record([acts.restore(kind.name, part) for part in parts], f"{kind.name} restore")
    confirm(kind, found.name, _("is back"))


def confirm(kind: Kind, name: str, what: str) -> None:
    """Say what was recorded."""
    say(_("Recorded: {line}").format(line=f"{KIND_LABELS[kind.name]} {name} · {what}"))


def list_all(session: Session, kind: Kind, columns: Sequence[str], *, as_json: bool) -> None:
    """Every record of a kind; contacts are not among the columns."""
    from outreach.store.records import all_records

    records = all_records(session.db, kind.name)
    if as_json:
        hidden = {f.name for f in kind.fields if f.contact}
        public = [{k: v for k, v in record.items() if k not in hidden} for record in records]
        show_json({"format": f"outreach/{kind.name}-list/1", kind.plural: public})
        return
    if records:
        names = Names(session.db)
        rows = [[field_text(kind.field(c), r[c], names) if c in r else "" for c in columns] for r in records]
        show(table([field_name(kind.name, c) for c in columns], rows, fit=fit_of(sys.stdout)))
    say(_counted(kind, len(records)))


def _counted(kind: Kind, n: int) -> str:
    if kind.name == "parent":
        return ngettext("{n} parent volunteer", "{n} parent volunteers", n).format(n=n)
    if kind.name == "place":
        return ngettext("{n} place", "{n} places", n).format(n=n)
    return ngettext("{n} community", "{n} communities", n).format(n=n)


def show_one(session: Session, kind: Kind, name: str, about: Hangs, *, contacts: bool, as_json: bool) -> None:
    """One record, contacts only if asked for, and what hangs on it."""
    from outreach.store.records import get_record

    found = choosing.choose(session, name, (kind.name,))
    record = get_record(session.db, kind.name, found.id) or {}
    hidden = set() if contacts else {f.name for f in kind.fields if f.contact}
    public = {k: v for k, v in record.items() if k not in hidden}
    if as_json:
        show_json({"format": f"outreach/{kind.name}-show/1", kind.name: public, **about(session, found.id).lists})
        return
    show("\n".join([card(kind, public, Names(session.db)), *about(session, found.id).lines]))
    if hidden & record.keys():
        say(_("Contacts are not shown; --with-contacts shows them."))
