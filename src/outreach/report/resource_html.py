"""The resource map as one page: filters, the map with its legend, and what is known of each place. Nothing is fetched."""

import re
from collections.abc import Iterator, Sequence

from outreach.domain.records import Outcome
from outreach.domain.resources import Layer, PlaceKind, Relation
from outreach.i18n import _, joined, language
from outreach.report import people
from outreach.report.labels import FIELD_LABELS, label, status_text
from outreach.report.map import drawing, legend, note
from outreach.report.page import escape, page
from outreach.report.pins import Pin, standing
from outreach.report.resource_words import about, lead, relation_text, sign, source_text, title, what, where
from outreach.report.resources import Resource, ResourceMap

_STYLES = ("page.css", "map.css", "resources.css")
_LISTED = (
    ("", "name"), ("place", "kind"), ("", "community"), ("", "address"), ("place", "hours"), ("", "offers"),
    ("", "relation"), ("", "source"),
)  # fmt: skip
_WHERE = ("", "community")  # not said of each thing where the page is about one
_SHORT = 11  # letters, as 08:00-17:30
Choice = tuple[str, str]  # a code, and what it is called


def resource_html(found: ResourceMap) -> bytes:
    """The whole file."""
    return page(title(found), "\n".join(_body(found)), styles=_STYLES, script="map.js")


def _body(found: ResourceMap) -> Iterator[str]:
    categories = {name: f"shop-{n}" for n, name in enumerate(sorted({one.category or "" for one in _shops(found)}))}
    pins = [_pin(one, categories) for one in found.found]
    yield f"<header><h1>{escape(title(found))}</h1>"
    yield from (f'<p class="lead">{escape(text)}</p>' for text in lead(found))
    if found.names_people:
        yield f'<p class="note">{escape(people.for_the_team())}</p>'
    yield "</header><main>"
    if pins:
        yield _filters(found, categories)
        yield f'<figure class="mapped">{drawing(pins)}<figcaption>{legend(_legend(found))}'
        yield f'<p class="note">{escape(joined(_notes(found)))}</p></figcaption></figure>'
        yield from _table(found, pins)
        yield from _people(found)
    else:
        nothing = _("Nothing is recorded yet. Shops come in with visits; the rest with: outreach place add")
        yield f"<p>{escape(nothing)}</p>"
    yield "</main>"


def _shops(found: ResourceMap) -> list[Resource]:
    return [one for one in found.found if one.kind is None]


def _look(one: Resource) -> str:
    return one.layer.value if one.kind else one.status or "not_visited"


def _pin(one: Resource, categories: dict[str, str]) -> Pin:
    more = (f"kind-{one.kind}",) if one.kind else (f"status-{_look(one)}", categories[one.category or ""])
    mark = sign(one.kind, language()) if one.kind else ""
    name = one.name if one.metres is None else f"{one.name} → {one.metres / 1000:.1f} km"
    codes = (f"layer-{one.layer}", f"relation-{one.relation or ''}", *more)
    return Pin(name, about(one), _look(one), one.community, one.spot, mark, codes, one.address)


def _legend(found: ResourceMap) -> Iterator[tuple[str, str, str]]:
    shops, kinds = {_look(one) for one in _shops(found)}, {one.kind: one.layer for one in found.places}
    yield from ((status, "", standing(status, _shops(found))) for status in Outcome if status in shops)
    if "not_visited" in shops:
        yield "not_visited", "", status_text(None)
    yield from ((kinds[kind].value, sign(kind, language()), label(PlaceKind, kind)) for kind in PlaceKind if kind in kinds)


def _notes(found: ResourceMap) -> Iterator[str]:
    yield note()
    if any(one.spot for one in found.places):
        yield _("A place far outside stands at the edge, with an arrow and how far it is.")


def _filters(found: ResourceMap, categories: dict[str, str]) -> str:
    """A box to tick for each layer, standing, kind of shop and kind of place that there is; on the screen only."""
    shops = {_look(one) for one in _shops(found)}
    layers, kinds = {one.layer for one in found.found}, {one.kind for one in found.places}
    layers |= {Layer.PEOPLE} if found.people else set()
    close = {one.relation for one in found.found}
    sets: list[tuple[str, list[Choice]]] = [
        (_("Layers"), [(f"layer-{layer}", label(Layer, layer)) for layer in Layer if layer in layers]),
        (_("Where merchants stand"), [(f"status-{code}", text) for code, text in _standings(_shops(found)) if code in shops]),
        (_("Kinds of shop"), [(code, name or _("(not recorded)")) for name, code in categories.items()]),
        (_("Kinds of place"), [(f"kind-{kind}", label(PlaceKind, kind)) for kind in PlaceKind if kind in kinds]),
        (_("Relation"), [(f"relation-{one or ''}", _close(one)) for one in (*Relation, None) if one in close]),
    ]
    said = escape(_("Shown: {n} of {all}"))
    inside = "".join(_fieldset(name, choices) for name, choices in sets if choices)
    return f'<form class="filters screen" hidden>{inside}<output data-said="{said}"></output></form>'


def _close(relation: Relation | None) -> str:
    return label(Relation, relation) or _("(not recorded)")


def _standings(shops: Sequence[Resource]) -> list[Choice]:
    return [*((status.value, standing(status, shops)) for status in Outcome), ("not_visited", status_text(None))]


def _fieldset(name: str, choices: Sequence[Choice]) -> str:
    boxes = "".join(
        f'<label><input type="checkbox" value="{escape(code)}" checked> <bdi>{escape(text)}</bdi></label>'
        for code, text in choices
    )
    both = ((1, _("all")), (0, _("none")))
    buttons = "".join(f'<button type="button" data-all="{on}">{escape(text)}</button>' for on, text in both)
    return f"<fieldset><legend>{escape(name)}</legend>{boxes}{buttons if len(choices) > 1 else ''}</fieldset>"


def _table(found: ResourceMap, pins: Sequence[Pin]) -> Iterator[str]:
    """What is known of each place, and of each redemption point."""
    listed = [(one, pin) for one, pin in zip(found.found, pins, strict=True) if one.kind or one.status == Outcome.SIGNED_UP]
    if not listed:
        return
    columns = [column for column in _LISTED if not (found.community and column == _WHERE)]
    heads = (str(FIELD_LABELS[column]).capitalize() for column in columns)
    heading = escape(_("Places and redemption points"))
    yield f'<section id="list"><h2>{heading}</h2><div class="scroll"><table><thead><tr>'
    yield "".join(f'<th scope="col">{escape(head)}</th>' for head in heads) + "</tr></thead><tbody>"
    for one, pin in listed:
        row = "".join(_cell(_said(one, field)) for _of, field in columns)
        yield f'<tr data-f="{escape(" ".join(pin.codes))}">{row}</tr>'
    yield "</tbody></table></div></section>"


def _said(one: Resource, field: str) -> str:
    """What is known of a thing; of a redemption point, what it is and what it deals in."""
    if field == "kind":
        return what(one) if one.kind else " · ".join(filter(None, (_("redemption point"), one.category)))
    made = {"relation": relation_text, "source": source_text, "address": where}.get(field)
    return made(one) if made else getattr(one, field) or ""


def _people(found: ResourceMap) -> Iterator[str]:
    """Those who are to be named, and what they have done."""
    if not found.people:
        return
    yield f'<section id="people" data-f="layer-{Layer.PEOPLE}"><h2>{escape(label(Layer, Layer.PEOPLE))}</h2>'
    yield from (f'<p class="note">{escape(text)}</p>' for text in people.notes(len(found.people), found.volunteers))
    yield '<div class="scroll"><table><thead><tr>'
    yield (
        "".join(f'<th scope="col">{escape(head)}</th>' for head in people.heads(community=not found.community))
        + "</tr></thead><tbody>"
    )
    for one in found.people:
        row = "".join(map(_cell, people.row(one, community=not found.community)))
        yield f'<tr class="thing" data-f="layer-{Layer.PEOPLE}">{row}</tr>'
    yield "</tbody></table></div></section>"


def _cell(text: str) -> str:
    """A cell; what is short, as a day or opening hours, stays on one line, and so does a day within what is long."""
    kept = re.sub(r"\d{4}-\d\d-\d\d", r'<span class="d">\g<0></span>', escape(text))
    return f'<td class="d"><bdi>{escape(text)}</bdi></td>' if len(text) <= _SHORT else f'<td class="w"><bdi>{kept}</bdi></td>'
