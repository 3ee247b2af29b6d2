"""The resource map in words: what there is in each layer, and what is said of a thing when it is pointed at."""

from collections import Counter
from collections.abc import Iterator, Sequence

from outreach.domain.records import Outcome
from outreach.domain.resources import Layer, PlaceKind, Relation
from outreach.i18n import _, joined, ngettext
from outreach.report.labels import FIELD_LABELS, label, status_text
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
        "As of {day}: merchants {shops}, redemption points among them {joined}; other places {places}; parent volunteers {n}."
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
    parts = (one.name, one.community, what(one), one.category, where(one), one.hours, one.offers)
    return " · ".join(filter(None, (*parts, relation_said(one), source_text(one))))


def where(one: Resource) -> str:
    """Its address, and what is near."""
    return _(", ").join(filter(None, (one.address, one.landmark)))


def relation_text(one: Resource) -> str:
    """How close the team is to it; of a merchant, what that comes from."""
    talks = ngettext("{n} talk", "{n} talks", one.talks).format(n=one.talks) if one.talks else ""
    parents = ngettext("through {n} parent", "through {n} parents", one.introduced).format(n=one.introduced)
    return _(", ").join(filter(None, (label(Relation, one.relation), talks, parents if one.introduced else "")))


def relation_said(one: Resource) -> str:
    """The same where nothing says that it is a relation; nothing where none is recorded."""
    text = relation_text(one)
    return _("{what}: {words}").format(what=FIELD_LABELS["", "relation"], words=text) if text else ""


def source_text(one: Resource, checked: str = "") -> str:
    """Who said so, or who was there last; of a place when it was checked, else `checked`."""
    if one.last_checked:
        checked = _("checked {day}").format(day=one.last_checked)
    return _("; ").join(filter(None, (one.source or _from(one), checked if one.kind else "")))


def _from(one: Resource) -> str:
    """Of two days the one on which it was checked says more."""
    if one.noted is None:
        return "" if one.id else _("the community's record")
    if one.last_checked:
        return _("recorded by {worker}").format(worker=one.noted.by) if one.noted.by else ""
    if one.noted.by:
        text = _("visited {day} by {worker}") if one.kind is None else _("recorded {day} by {worker}")
    else:
        text = _("visited {day}") if one.kind is None else _("recorded {day}")
    return text.format(day=one.noted.day, worker=one.noted.by)


def sign(kind: PlaceKind, language: str) -> str:
    """The character that stands for a kind on the map."""
    return (SIGNS if language == "zh" else _LETTERS)[kind]


def overview(found: ResourceMap) -> Iterator[tuple[str, str, int, int, str]]:
    """For each layer what is in it: layer, kind or standing, how many, how many with coordinates, some names."""
    for layer in Layer:
        if layer is Layer.PEOPLE:
            yield label(Layer, layer), _("parent volunteers"), found.volunteers, 0, _some([one.alias for one in found.people])
        inside = [one for one in found.found if one.layer is layer]
        for name in Counter(map(what, sorted(inside, key=_order))):
            some = [one for one in inside if what(one) == name]
            named = _some([one.name for one in some])
            yield label(Layer, layer), name, len(some), sum(one.spot is not None for one in some), named


def _some(names: Sequence[str]) -> str:
    return _(", ").join(names[:_NAMED]) + ("…" if len(names) > _NAMED else "")


def _order(one: Resource) -> int:
    """Merchants by where they stand, then places by kind."""
    known = [*Outcome, None]
    return known.index(Outcome(one.status) if one.status else None) if one.kind is None else 9 + list(PlaceKind).index(one.kind)
