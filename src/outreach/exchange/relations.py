"""What rows point to: shops, parents and communities, by name or id, as ids. A row that would hang in the air is refused."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from outreach.domain.change import Fields
from outreach.domain.form import Field, Form, Kind
from outreach.domain.records import KINDS
from outreach.exchange.communities import Communities
from outreach.exchange.entry import Entry
from outreach.exchange.registers import Register

_SHOP = "merchant"
_REGISTERS = ("community", "merchant", "parent")  # which look after that themselves


class Relations:
    """`new_shops`: a shop that is not known may be made from its name alone; else it needs a community too."""

    def __init__(self, registers: Mapping[str, Register], communities: Communities, *, new_shops: bool) -> None:
        self._registers, self._communities, self._new_shops = registers, communities, new_shops

    def resolve(self, kind: Kind, entries: Sequence[Entry]) -> None:
        """Put ids where names are; `shop` of each entry too, and `name` of all. Refuses what is not clear or not there."""
        pointing = [field for field in kind.fields if field.to in self._registers and field.name != "merged_into"]
        self._communities.prepare(entries)
        for entry in entries:
            entry.name = _name(kind, entry)
            if not entry.refused:
                self._communities.place(entry, entry.fields)
                _check(kind, entry)
        if pointing:
            self._prepare(pointing, entries)
            for entry, field in product(entries, pointing):
                if not entry.refused:
                    self._point(entry, field)
        for entry in entries if kind.name == "visit" else ():  # when the shops are known that the others brought
            if entry.refused:
                self._see(entry)

    def _prepare(self, fields: Iterable[Field], entries: Sequence[Entry]) -> None:
        for kind, register in self._registers.items():
            own = [field for field in fields if field.to == kind]
            if own:
                named = str(KINDS[kind].named)
                said = [about for entry in entries for about in _said(entry, own, named)]
                register.prepare(
                    [{named: about.get(named) or about.get("id")} for about in said], [about.get("id") for about in said]
                )

    def _point(self, entry: Entry, field: Field) -> None:
        register = self._registers[str(field.to)]
        if field.form is Form.REFERENCES:
            found = [register.about(entry, {"id": name}, new=False) for name in entry.fields.get(field.name, ())]
            if found:
                entry.fields[field.name] = found
            return
        if field.name == _SHOP and (field.name in entry.fields or _SHOP in entry.about):
            self._point_to_shop(entry, register, needed=field.required)
        elif field.name in entry.fields:
            about = entry.about.get(field.name, {}) | {"id": entry.fields[field.name]}
            entry.fields[field.name] = register.about(entry, about, new=False)

    def _see(self, entry: Entry) -> None:
        """Of a row that is kept out: put the id of its shop where that and the day are known, nothing else."""
        said = dict.fromkeys(("id", "name"), entry.fields.get(_SHOP)) | entry.about.get(_SHOP, {})
        seen = Entry(entry.row, {})
        self._communities.place(seen, said)
        if "visited_at" in entry.fields and not seen.refused:
            shop = self._registers[_SHOP].about(seen, said, new=False)
            entry.fields, entry.seen = entry.fields | {_SHOP: shop}, shop is not None

    def _point_to_shop(self, entry: Entry, register: Register, *, needed: bool) -> None:
        about = entry.about.setdefault(_SHOP, {})
        self._communities.place(entry, about)
        if entry.refused or not (needed or about or _SHOP in entry.fields):
            return
        named = about.get("name") or entry.fields.get(_SHOP)
        said = dict.fromkeys(("id", "name"), entry.fields.get(_SHOP)) | about
        new = bool(named) and (self._new_shops or bool(about.get("community")))
        shop = register.about(entry, said, new=new)
        if shop is None:
            return
        entry.fields[_SHOP] = shop
        for told in {"id", "name"} | (about.keys() - said.keys()):  # by which it was found, and what a merge settled
            about.pop(told, None)
        if register.is_new(shop):
            about["name"] = named
        entry.shop = shop if about else None


def _name(kind: Kind, entry: Entry) -> str:
    """What people know the row by: its own name, else that of the shop it is about."""
    about = entry.about.get(_SHOP, {})
    return str((entry.fields.get(kind.named) if kind.named else about.get("name") or entry.fields.get(_SHOP)) or "")


def _said(entry: Entry, fields: Iterable[Field], named: str) -> Iterable[Fields]:
    """What is said of each record that the row points to: what stands in the field may be its id or its name."""
    for field in fields:
        value = entry.fields.get(field.name)
        if field.form is Form.REFERENCES:
            yield from ({"id": name} for name in value or ())
        else:
            yield {"id": value, named: value} | entry.about.get(field.name, {})


def _check(kind: Kind, entry: Entry) -> None:
    """Refuse a row that lacks what its kind needs, but for what it points to, which is looked at later."""
    if kind.name == "visit" and "visited_at" not in entry.fields and entry.about.get(_SHOP):
        entry.bare = True
        if "outcome" in entry.fields:
            entry.doubt("no_date")
        entry.fields = {name: value for name, value in entry.fields.items() if name == _SHOP}
    if kind.name in _REGISTERS or entry.bare:
        return
    if kind.name == "referral" and not ({_SHOP, "to_parent"} & entry.fields.keys() or entry.about.get(_SHOP)):
        entry.refuse("missing", field=_SHOP)
    for name in kind.required:
        if name not in entry.fields and not (name == _SHOP and entry.about.get(_SHOP)):
            entry.refuse("missing", field=name)
