"""The resource map in words: what there is in each layer, and what is said of a thing when it is pointed at."""

from collections import Counter
from collections.abc import Iterator

from outreach.domain.records import Outcome
from outreach.domain.resources import Layer, PlaceKind
from outreach.i18n import _, joined, ngettext
from outreach.report.labels import label, status_text
from outreach.report.resources import Resource, ResourceMap

_NAMED = 3  # names that a line of the overview gives
SIGNS = dict(zip(PlaceKind, "校医警居市园站活场超社物伙他", strict=True))
_LETTERS = dict(zip(PlaceKind, "SCPRMQTHVLWEF*", strict=True))


def title(found: ResourceMap) -> str:
    """What the page is called."""
    if found.community is None:
        return _("Community resource map")
    return _("Resource map of {community}").format(community=found.community)


def lead(found: ResourceMap, *, drawn: bool = True) -> list[str]:
    """What there is, in a sentence or two. `drawn`: beside a map, which lists what has no place on it."""
    shops = [one for one in found.found if one.kind is None]
    joined_up = sum(one.status == Outcome.SIGNED_UP for one in shops)
    count = _(
        "As of {day}: merchants {shops}, of them redemption points {joined}; other places {places}; parent volunteers {n}."
    )
    text = count.format(day=found.day, shops=len(shops), joined=joined_up, places=len(found.places), n=found.volunteers)
    apart = sum(one.spot is None for one in found.found)
    listed = ngettext("{n} has no coordinates and is listed.", "{n} have no coordinates and are listed.", apart)
    counted = ngettext("{n} has no coordinates.", "{n} have no coordinates.", apart)
    return [joined((text, (listed if drawn else counted).format(n=apart) if apart else ""))]


def what(one: Resource) -> str:
    """What a thing is: a kind of place, or where a merchant stands."""
    return label(PlaceKind, one.kind) if one.kind else status_text(one.status, firm=one.firm)


def about(one: Resource) -> str:
    """A thing in a line, for whoever points at it."""
    checked = _("checked {day}").format(day=one.last_checked) if one.last_checked else ""
    parts = (one.name, one.community, what(one), one.category, one.address, one.hours, one.offers, checked)
    return " · ".join(filter(None, parts))


def sign(kind: PlaceKind, language: str) -> str:
    """The character that stands for a kind on the map."""
    return (SIGNS if language == "zh" else _LETTERS)[kind]


def overview(found: ResourceMap) -> Iterator[tuple[str, str, int, int, str]]:
    """For each layer what is in it: layer, kind or standing, how many, how many with coordinates, some names."""
    for layer in Layer:
        if layer is Layer.PEOPLE:
            yield label(Layer, layer), _("parent volunteers"), found.volunteers, 0, ""
        inside = [one for one in found.found if one.layer is layer]
        for name in Counter(map(what, sorted(inside, key=_order))):
            some = [one for one in inside if what(one) == name]
            names = _(", ").join(one.name for one in some[:_NAMED]) + ("…" if len(some) > _NAMED else "")
            yield label(Layer, layer), name, len(some), sum(one.spot is not None for one in some), names


def _order(one: Resource) -> int:
    """Merchants by where they stand, then places by kind."""
    known = [*Outcome, None]
    return known.index(Outcome(one.status) if one.status else None) if one.kind is None else 9 + list(PlaceKind).index(one.kind)
