"""The records that are kept and synced: their kinds, their fields, and the closed sets of words (DESIGN.md, section 2).

This table is the one place that knows them; tables, options, checks and the JSON Schema are made from it.
No field for a child's name, school or class, an identity number or a bank account, and none may be added.
"""

from collections.abc import Mapping
from enum import StrEnum, auto

from outreach.domain.datum import Datum
from outreach.domain.form import Field, Form, Kind
from outreach.domain.resources import PlaceKind, Relation


class Outcome(StrEnum):
    """How one call at a merchant's door ended."""

    SIGNED_UP = auto()
    PENDING = auto()
    REFUSED = auto()
    NOT_MET = auto()


class Approach(StrEnum):
    """Who goes to the merchant, and whether anyone should."""

    ALONE = auto()
    ACCOMPANIED = auto()
    PARENT_LED = auto()
    WAIT = auto()


class Met(StrEnum):
    """Who was spoken to at the door."""

    OWNER = auto()
    STAFF = auto()
    FAMILY = auto()


class Reason(StrEnum):
    """Why a merchant is pending or refused. Settings may add to these."""

    SUSPECTS_SCAM = auto()
    NO_NEIGHBOUR_HAS_JOINED = auto()
    MUST_ASK_FAMILY = auto()
    OWNER_AWAY = auto()
    TOO_MUCH_TROUBLE = auto()
    PAYMENT_WORRY = auto()
    HAS_OTHER_SCHEME = auto()
    OTHER = auto()


class ReferralKind(StrEnum):
    """What a parent did: asked the merchant to join, introduced, went along, or vouched."""

    ASKED = auto()
    INTRODUCED = auto()
    ACCOMPANIED = auto()
    VOUCHED = auto()


class View(StrEnum):
    """The parents' say about a merchant."""

    FIRST = auto()
    WAIT = auto()
    RELIABLE = auto()
    DOUBTFUL = auto()


class Ruling(StrEnum):
    """What a person decided about a merchant or a community, whatever the score says: visit first, or not before a day."""

    PIN = auto()
    HOLD = auto()


class Sort(StrEnum):
    """What a list of merchants is ordered by."""

    COMMUNITY = auto()
    NAME = auto()
    STATUS = auto()
    VISITS = auto()
    LAST_VISIT = auto()


REMOVED = "removed"
FOLLOW_UP_LABEL = "跟进"
_REMOVED = Field(REMOVED, Form.FLAG)

COMMUNITY = Kind(
    "community",
    "communities",
    (
        Field("name", required=True),
        Field("city"),
        Field("district"),
        Field("population", Form.NUMBER),
        Field("migrants", Form.NUMBER),
        Field("families", Form.NUMBER),
        Field("school"),
        Field("clinic"),
        Field("market"),
        Field("supermarket"),
        Field("supermarket_metres", Form.NUMBER),
        Field("history", Form.NOTE),
        Field("surroundings", Form.NOTE),
        Field("livelihoods", Form.NOTE),
        Field("organisations", Form.NOTE),
        Field("networks", Form.NOTE),
        Field("problems", Form.NOTE),
        Field("needs", Form.NOTE),
        Field("strengths", Form.NOTE),
        Field("plans", Form.NOTE),
        Field("notes", Form.NOTE),
        _REMOVED,
    ),
    named="name",
)
MERCHANT = Kind(
    "merchant",
    "merchants",
    (
        Field("name", required=True),
        Field("community", Form.REFERENCE, to="community"),
        Field("category"),
        Field("address"),
        Field("landmark"),
        Field("owner", contact=True),
        Field("phone", contact=True),
        Field("wechat", contact=True),
        Field("lat", Form.DEGREES),
        Field("lon", Form.DEGREES),
        Field("datum", Form.WORD, words=Datum),  # what a person gave the place in; it is kept as WGS-84
        Field("hours"),
        Field("merged_into", Form.REFERENCE, to="merchant"),
        _REMOVED,
    ),
    named="name",
)
VISIT = Kind(
    "visit",
    "visits",
    (
        Field("merchant", Form.REFERENCE, required=True, to="merchant"),
        Field("visited_at", Form.MOMENT, required=True),
        Field("outcome", Form.WORD, required=True, words=Outcome),
        Field("firm", Form.FLAG),
        Field("by"),
        Field("approach", Form.WORD, words=Approach),
        Field("with", Form.REFERENCES, to="parent"),
        Field("met", Form.WORD, words=Met),
        Field("minutes", Form.NUMBER),
        Field("reasons", Form.WORDS),
        Field("note", Form.NOTE),
        _REMOVED,
    ),
    dated="visited_at",
)
PARENT = Kind(
    "parent",
    "parents",
    (
        Field("alias", required=True),
        Field("phone", contact=True),
        Field("community", Form.REFERENCE, to="community"),
        Field("trained_on", Form.DAY),
        Field("consent_on", Form.DAY),
        Field("consent_how"),
        Field("active", Form.FLAG),
        _REMOVED,
    ),
    named="alias",
)
REFERRAL = Kind(
    "referral",
    "referrals",
    (
        Field("parent", Form.REFERENCE, required=True, to="parent"),
        Field("merchant", Form.REFERENCE, to="merchant"),
        Field("to_parent", Form.REFERENCE, to="parent"),
        Field("kind", Form.WORD, required=True, words=ReferralKind),
        Field("at", Form.MOMENT, required=True),
        Field("note", Form.NOTE),
        _REMOVED,
    ),
    dated="at",
)
TAG = Kind(
    "tag",
    "tags",
    (
        Field("merchant", Form.REFERENCE, required=True, to="merchant"),
        Field("label", required=True),
        Field("at", Form.MOMENT),
        Field("by"),
        Field("due", Form.DAY),
        Field("note", Form.NOTE),
        Field("done_at", Form.MOMENT),
        _REMOVED,
    ),
    dated="at",
)
OPINION = Kind(
    "opinion",
    "opinions",
    (
        Field("merchant", Form.REFERENCE, required=True, to="merchant"),
        Field("parent", Form.REFERENCE, to="parent"),
        Field("count", Form.NUMBER),
        Field("view", Form.WORD, required=True, words=View),
        Field("at", Form.MOMENT, required=True),
        Field("note", Form.NOTE),
        _REMOVED,
    ),
    dated="at",
)
OVERRIDE = Kind(
    "override",
    "overrides",
    (
        Field("merchant", Form.REFERENCE, to="merchant"),
        Field("community", Form.REFERENCE, to="community"),
        Field("ruling", Form.WORD, required=True, words=Ruling),
        Field("until", Form.DAY),
        Field("note", Form.NOTE, required=True),
        Field("by"),
        Field("at", Form.MOMENT, required=True),
        _REMOVED,
    ),
    dated="at",
)
# Two merchants that may look like one shop and are two, as somebody said.
# (Its plural must not come between "covers" and "format": older versions read those two from one line of the export.)
SEPARATION = Kind(
    "separation",
    "separations",
    (
        Field("merchant", Form.REFERENCE, required=True, to="merchant"),
        Field("other", Form.REFERENCE, required=True, to="merchant"),
        Field("at", Form.MOMENT),
        Field("by"),
        _REMOVED,
    ),
    dated="at",
)
# What a community has besides shops: a school, a clinic, a market, a room to meet in.
PLACE = Kind(
    "place",
    "places",
    (
        Field("name", required=True),
        Field("kind", Form.WORD, words=PlaceKind),
        Field("community", Form.REFERENCE, to="community"),
        Field("address"),
        Field("lat", Form.DEGREES),
        Field("lon", Form.DEGREES),
        Field("datum", Form.WORD, words=Datum),
        Field("offers"),
        Field("hours"),
        Field("relation", Form.WORD, words=Relation),
        Field("source"),  # who said so or where it is from: a role or an office, no private person
        Field("last_checked", Form.DAY),
        Field("notes", Form.NOTE),
        _REMOVED,
    ),
    named="name",
)

_KINDS = (COMMUNITY, MERCHANT, VISIT, PARENT, REFERRAL, TAG, OPINION, OVERRIDE, SEPARATION, PLACE)
KINDS: Mapping[str, Kind] = {k.name: k for k in _KINDS}
