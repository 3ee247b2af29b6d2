"""The resource map as a value: everything that a community has, by layer. From the store; no wording, no format.

What a community's record names (its school, its market …) is there too, unless a place of that name is recorded. No contacts.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from outreach.domain.change import Fields
from outreach.domain.namesakes import told_apart
from outreach.domain.proximity import Spot, spot
from outreach.domain.records import Outcome
from outreach.domain.resources import TOLD_OF, Layer, PlaceKind, Relation, kind_of, layer_of, relation_to
from outreach.domain.text import natural_key
from outreach.report.people import people
from outreach.report.places import far_off
from outreach.store.parents import Volunteer
from outreach.store.profile import Said, day_said
from outreach.store.records import all_records
from outreach.store.resources import Shop, latest_words, places_in, shops_of, volunteers

_ORDER = (*Outcome, None)  # of merchants, by where they stand


class Noted(NamedTuple):
    """When a merchant was last visited or a place last recorded, and by which worker; None where nobody is to be named."""

    day: str
    by: str | None


@dataclass(frozen=True)
class Resource:
    """A merchant (`kind` None) or a place. `id`: None where only the community's record names it. `community`: its name.

    `relation`: of a merchant, as its visits and parents tell: `talks`, `introduced` (by how many parents).
    `metres`: how far a supermarket without coordinates is, as the community's record says.
    """

    id: str | None
    name: str
    layer: Layer
    kind: PlaceKind | None
    community: str | None
    spot: Spot | None = None
    category: str | None = None
    status: str | None = None
    firm: bool = False
    address: str | None = None
    landmark: str | None = None
    offers: str | None = None
    hours: str | None = None
    datum: str | None = None
    relation: Relation | None = None
    talks: int = 0
    introduced: int = 0
    source: str | None = None
    last_checked: str | None = None
    noted: Noted | None = None
    metres: int | None = None


@dataclass(frozen=True)
class ResourceMap:
    """`community`: the name of the one it is about, or None for all. `found`: places by layer and kind, then merchants.

    `volunteers`: how many; `people`: those of them that are named.
    """

    day: date
    community: str | None
    found: tuple[Resource, ...]
    volunteers: int
    people: tuple[Volunteer, ...] = ()

    @property
    def names_people(self) -> bool:
        """Whether a parent or a worker is named."""
        return bool(self.people) or any(one.noted and one.noted.by for one in self.found)

    @property
    def places(self) -> list[Resource]:
        """What is no merchant."""
        return [one for one in self.found if one.kind is not None]


def resource_map(
    db: sqlite3.Connection, now: datetime, community: str | None = None, *, with_people: bool = False
) -> ResourceMap:
    """What is recorded now. `community`: the id of the only one it is about. `with_people`: parents and workers are named."""
    communities = {c["id"]: c for c in all_records(db, "community") if community in (None, c["id"])}
    names = told_apart(communities.values())
    shops, places = shops_of(db, community), places_in(db, community)
    wrong = _misplaced(shops, places)
    words = latest_words(db)
    located = [_place(place, names, wrong, _noted(words[place["id"]], now)) for place in places]
    found = [*located, *_told(communities.values(), names, located), *(_shop(shop, names, wrong) for shop in shops)]
    away = {names[i]: c.get("supermarket_metres") for i, c in communities.items()}
    found = [_far(one if with_people else _nameless(one), away) for one in found]
    about = names.get(community) if community else None
    named = people(db, names, now.date(), community) if with_people else ()
    return ResourceMap(now.date(), about, tuple(sorted(found, key=_rank)), volunteers(db, community), named)


def _noted(said: Said, now: datetime) -> Noted | None:
    day = day_said(said, now)
    return Noted(day, said.worker) if day else None


def _nameless(one: Resource) -> Resource:
    return replace(one, noted=one.noted._replace(by=None)) if one.noted else one


def _far(one: Resource, away: Mapping[str, int | None]) -> Resource:
    """Its distance with it, where it is a supermarket that lies nowhere yet."""
    if one.kind is not PlaceKind.SUPERMARKET or one.spot or one.community is None:
        return one
    return replace(one, metres=away[one.community])


def _rank(one: Resource) -> tuple[object, ...]:
    """Communities in turn; in each the places by kind, then the merchants, those that joined first."""
    kinds = list(PlaceKind)
    order = kinds.index(one.kind) if one.kind else len(kinds) + _ORDER.index(Outcome(one.status) if one.status else None)
    return one.community is None, one.community, order, one.name, one.id or ""


def _misplaced(shops: Sequence[Shop], places: Sequence[Fields]) -> set[str]:
    """The ids of what lies far from everything else in its community: a slip in its coordinates."""
    by_community: dict[str | None, list[tuple[str, Spot]]] = defaultdict(list)
    for shop in shops:
        if at := spot(shop.lat, shop.lon):
            by_community[shop.community].append((shop.id, at))
    for place in places:
        if at := spot(place.get("lat"), place.get("lon")):
            by_community[place.get("community")].append((place["id"], at))
    return far_off(by_community)


def _shop(shop: Shop, names: Mapping[str, str], wrong: set[str]) -> Resource:
    return Resource(
        shop.id,
        shop.name,
        Layer.TRADE,
        None,
        names.get(shop.community or ""),
        None if shop.id in wrong else spot(shop.lat, shop.lon),
        shop.category,
        shop.status,
        bool(shop.firm),
        shop.address,
        shop.landmark,
        hours=shop.hours,
        datum=shop.datum,
        relation=relation_to(shop.status, talks=shop.talks, introduced=shop.introduced),
        talks=shop.talks,
        introduced=shop.introduced,
        noted=Noted(shop.last_visit[:10], shop.last_by) if shop.last_visit else None,
    )


def _place(place: Fields, names: Mapping[str, str], wrong: set[str], noted: Noted | None) -> Resource:
    kind = kind_of(place.get("kind"))
    return Resource(
        place["id"],
        place["name"],
        layer_of(kind),
        kind,
        names.get(place.get("community", "")),
        None if place["id"] in wrong else spot(place.get("lat"), place.get("lon")),
        address=place.get("address"),
        offers=place.get("offers"),
        hours=place.get("hours"),
        datum=place.get("datum"),
        relation=Relation(said) if (said := place.get("relation")) else None,
        source=place.get("source"),
        last_checked=place.get("last_checked"),
        noted=noted,
    )


def _told(communities: Iterable[Fields], names: Mapping[str, str], known: Sequence[Resource]) -> Iterator[Resource]:
    """What the communities' records name, and no place that is recorded: "the school by the bridge, ten minutes" names one."""
    for community in communities:
        here = [one for one in known if one.community == names[community["id"]]]
        for field, kind in TOLD_OF.items():
            name = community.get(field)
            if name and not any(_names(name, kind, one) for one in here):
                yield Resource(None, name, layer_of(kind), kind, names[community["id"]])


def _names(text: str, kind: PlaceKind, place: Resource) -> bool:
    """Whether a community's word on its school, say, names that place: it is called so, or is one and is in what is said."""
    said, called = natural_key(text), natural_key(place.name)
    return said == called or (place.kind is kind and called in said)
