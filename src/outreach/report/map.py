"""The merchants on a map, as inline SVG: a panel for each neighbourhood, and a block of those without coordinates.

Communities that touch share a panel, to scale, with north above; those that lie apart do not, or all would be dots. Colours
come from the page's stylesheet; report.js lets it be moved and enlarged. Nothing is fetched: there are no tiles.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil, cos, radians, sqrt
from typing import NamedTuple

from outreach.domain.proximity import Spot, metres
from outreach.i18n import _
from outreach.report.labels import status_text
from outreach.report.page import escape
from outreach.report.places import Place

MOST = 2_000  # dots that move smoothly
_APART = 1_500  # metres between shops of two communities, beyond which each has a panel of its own
_WIDTH, _GAP, _HEAD, _EDGE = 1000.0, 24.0, 30.0, 36.0
_PANEL = 317.0  # the side of a panel; three stand side by side
_DOT, _STEP = 5.0, 17.0
_NARROWEST = 140.0  # of a block
_PER_ROW = 16  # dots
_METRE = 0.111195  # metres in a micro-degree of latitude
_LENGTHS = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)  # metres that a scale may show


class Panel(NamedTuple):
    """A drawing in a box of its own, to be put somewhere."""

    width: float
    height: float
    drawn: str


def drawing(places: Sequence[Place]) -> str:
    """The whole map; nothing where there are no merchants."""
    if not places:
        return ""
    kept = places[:MOST]
    others = dict(_by_community(p for p in kept if not p.spot))
    panels = [_region(some, _taken(others, some)) for some in _regions([p for p in kept if p.spot])]
    panels += [_block(name, some) for name, some in others.items()]
    placed, height = _flow(panels)
    label = escape(_("Map of the merchants; arrow keys move it, + and - change its size, n and p go from shop to shop"))
    return (
        f'<svg class="map" viewBox="0 0 {_WIDTH:g} {height:g}" role="application" aria-label="{label}" tabindex="0">'
        f'<g class="stage">{placed}</g></svg>'
    )


def _taken(others: dict[str | None, list[Place]], some: Sequence[Place]) -> list[Place]:
    """Those without coordinates that belong to the communities of `some`; they are taken out of `others`."""
    return [place for name in dict.fromkeys(p.community for p in some) for place in others.pop(name, [])]


def left_out(places: Sequence[Place]) -> int:
    """How many merchants the map does not show."""
    return max(0, len(places) - MOST)


def _by_community(places: Iterable[Place]) -> Mapping[str | None, list[Place]]:
    found: dict[str | None, list[Place]] = defaultdict(list)
    for place in places:
        found[place.community].append(place)
    return found


def _regions(located: Sequence[Place]) -> list[list[Place]]:
    """Communities near each other together: whoever is near any of a group belongs to it."""
    groups: list[list[Place]] = []
    for some in _by_community(located).values():
        near = [group for group in groups if _touch(group, some)]
        groups = [group for group in groups if group not in near]
        groups.append([place for group in near for place in group] + some)
    return groups


def _touch(some: Sequence[Place], others: Sequence[Place]) -> bool:
    """Whether their middles are near each other, or any shop of one is near the other's middle."""
    one, other = _middle(some), _middle(others)
    return any(metres(_spot(p), other) < _APART for p in some) or any(metres(_spot(p), one) < _APART for p in others)


def _middle(places: Sequence[Place]) -> Spot:
    spots = [_spot(place) for place in places]
    return Spot(sum(lat for lat, _lon in spots) // len(spots), sum(lon for _lat, lon in spots) // len(spots))


def _spot(place: Place) -> Spot:
    assert place.spot is not None
    return place.spot


def _region(places: Sequence[Place], others: Sequence[Place]) -> Panel:
    """Merchants where they are; the names of their communities; a scale; under it those without coordinates."""
    spots = [_spot(place) for place in places]
    south, west = min(lat for lat, _lon in spots), min(lon for _lat, lon in spots)
    north, east = max(lat for lat, _lon in spots), max(lon for _lat, lon in spots)
    shrink = cos(radians((south + north) / 2e6))
    across, up = max(1.0, (east - west) * shrink), max(1.0, float(north - south))
    scale = min((_PANEL - 2 * _EDGE) / max(across, up), 0.5)  # at most about 20 cm a unit
    height = max(120.0, up * scale + 2 * _EDGE + _HEAD)
    left, top = (_PANEL - across * scale) / 2, _EDGE
    at = [(left + (lon - west) * shrink * scale, top + (north - lat) * scale) for lat, lon in spots]
    dots = "".join(_dot(place, x, y) for place, (x, y) in zip(places, at, strict=True))
    drawn = dots + _names(places, at) + _scale(scale, height)
    if others:
        title = escape(_("no coordinates"))
        drawn += f'<text class="soft" x="14" y="{height + 10:g}">{title}</text>' + _rows(others, _PER_ROW, height + 18)
        height += 28 + ceil(len(others) / _PER_ROW) * _STEP
    return Panel(_PANEL, height, _frame(_PANEL, height) + drawn)


def _names(places: Sequence[Place], at: Sequence[tuple[float, float]]) -> str:
    """Each community's name above its northernmost shop."""
    found: dict[str | None, list[tuple[float, float]]] = defaultdict(list)
    for place, point in zip(places, at, strict=True):
        found[place.community].append(point)
    names = ((name or _("no community"), points) for name, points in found.items())
    return "".join(
        f'<text class="place" x="{sum(x for x, _y in points) / len(points):.1f}" y="{min(y for _x, y in points) - 10:.1f}" '
        f'text-anchor="middle">{escape(name)}</text>'
        for name, points in names
    )


def _scale(scale: float, height: float) -> str:
    """A line of a round length."""
    unit = scale / _METRE  # units of the drawing in a metre
    length = next((m for m in _LENGTHS if m * unit >= 50), _LENGTHS[-1])  # noqa: PLR2004 - long enough to be seen
    text = f"{length // 1000} km" if length >= 1_000 else f"{length} m"  # noqa: PLR2004
    y = height - 14
    return (
        f'<path class="range" d="M16 {y - 4:g}v4h{length * unit:.1f}v-4"/>'
        f'<text class="soft" x="{22 + length * unit:.1f}" y="{y + 3:g}">{text}</text>'
    )


def _block(name: str | None, places: Sequence[Place]) -> Panel:
    """Merchants without coordinates in rows, under the name of their community."""
    columns = max(4, ceil(sqrt(len(places) * 2)))
    title = _("{community}, no coordinates").format(community=name or _("no community"))
    width = max(_NARROWEST, columns * _STEP + 2 * 14, 16.0 * len(title) + 28)
    height = _HEAD + ceil(len(places) / columns) * _STEP + 16
    heading = f'<text class="place" x="14" y="20">{escape(title)}</text>'
    return Panel(width, height, _frame(width, height) + heading + _rows(places, columns, _HEAD))


def _rows(places: Sequence[Place], columns: int, top: float) -> str:
    return "".join(
        _dot(place, 14 + _STEP / 2 + i % columns * _STEP, top + 8 + i // columns * _STEP) for i, place in enumerate(places)
    )


def _frame(width: float, height: float) -> str:
    return f'<rect class="frame" width="{width:g}" height="{height:g}" rx="6"/>'


def _dot(place: Place, x: float, y: float) -> str:
    status = place.status or "not_visited"
    about = " · ".join(filter(None, (place.merchant.name, place.community, status_text(place.status, firm=place.firm))))
    return (
        f'<circle class="dot {escape(status)}" cx="{x:.1f}" cy="{y:.1f}" r="{_DOT:g}"><title>{escape(about)}</title></circle>'
    )


def _flow(panels: Sequence[Panel]) -> tuple[str, float]:
    """The panels in rows, the way words stand in lines; and how high that is."""
    placed: list[str] = []
    x = y = tallest = 0.0
    for panel in panels:
        if x and x + panel.width > _WIDTH:
            x, y, tallest = 0.0, y + tallest + _GAP, 0.0
        placed.append(f'<g transform="translate({x:g} {y:g})">{panel.drawn}</g>')
        x, tallest = x + panel.width + _GAP, max(tallest, panel.height)
    return "".join(placed), y + tallest


def legend() -> Iterator[tuple[str, str]]:
    """The classes of dots and what they mean."""
    yield from ((status, status_text(status)) for status in ("signed_up", "pending", "refused", "not_met"))
    yield "not_visited", status_text(None)
