"""What a community has besides shops: the kinds of places, and the layers in which a resource map shows them. Pure.

The layers are those of a social worker's 社区资源图: the base (where things are), people, facilities, trade, organisations.
"""

from collections.abc import Mapping
from enum import StrEnum, auto


class PlaceKind(StrEnum):
    """What a place is."""

    SCHOOL = auto()
    CLINIC = auto()
    POLICE = auto()
    COMMITTEE = auto()
    MARKET = auto()
    SQUARE = auto()
    TRANSPORT = auto()
    COMMUNITY_CENTRE = auto()
    VENUE = auto()
    SUPERMARKET = auto()
    WELFARE_SERVICE = auto()
    PROPERTY = auto()
    PARTNER = auto()
    OTHER = auto()


class Relation(StrEnum):
    """How close the team is to a place or a merchant; each includes those before it."""

    STRANGER = auto()
    KNOWN = auto()
    COOPERATING = auto()
    TRUSTED = auto()


class Layer(StrEnum):
    """A layer of the resource map."""

    BASE = auto()
    PEOPLE = auto()  # parent volunteers: never placed, and named only if somebody asks for it
    FACILITIES = auto()
    TRADE = auto()
    ORGANISATIONS = auto()
    OTHER = auto()


_OF: Mapping[PlaceKind, Layer] = {
    PlaceKind.COMMUNITY_CENTRE: Layer.FACILITIES,
    PlaceKind.VENUE: Layer.FACILITIES,
    PlaceKind.SUPERMARKET: Layer.TRADE,
    PlaceKind.WELFARE_SERVICE: Layer.ORGANISATIONS,
    PlaceKind.PROPERTY: Layer.ORGANISATIONS,
    PlaceKind.PARTNER: Layer.ORGANISATIONS,
    PlaceKind.OTHER: Layer.OTHER,
}
TOLD_OF: Mapping[str, PlaceKind] = {
    "school": PlaceKind.SCHOOL,
    "clinic": PlaceKind.CLINIC,
    "market": PlaceKind.MARKET,
    "supermarket": PlaceKind.SUPERMARKET,
}
"""The fields of a community's record that name a place, and of which kind it is."""


def relation_to(status: str | None, *, talks: int, introduced: int) -> Relation:
    """How close the team is to a merchant, as far as visits and parents' words tell. Trust is for people to say."""
    if status == "signed_up":
        return Relation.COOPERATING
    return Relation.KNOWN if talks or introduced else Relation.STRANGER


def kind_of(word: str | None) -> PlaceKind:
    """The kind that a record says; `OTHER` where it says none."""
    return PlaceKind(word) if word else PlaceKind.OTHER


def layer_of(kind: PlaceKind) -> Layer:
    """The layer that a kind of place is shown in."""
    return _OF.get(kind, Layer.BASE)
