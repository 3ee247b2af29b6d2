"""Pins on a map, as inline SVG: a sheet for each neighbourhood, and in words under their community those without coordinates.

Communities that touch share a sheet, to scale, with north above; those that lie apart do not, or all would be dots. Colours
come from the page's stylesheet; map.js lets it be moved and enlarged. Nothing is fetched: there are no tiles.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import cos, radians
from typing import NamedTuple

from outreach.domain.proximity import Spot, metres
from outreach.i18n import _, joined
from outreach.report.labels import Label
from outreach.report.map_names import Box, Lettering, letter, width_of
from outreach.report.page import escape
from outreach.report.pins import Pin, icon, symbol

_APART = 1_500  # metres between pins of two communities, beyond which each has a sheet of its own
_HALF, _WHOLE = 500.0, 1000.0  # how wide a sheet is: half the paper, or all of it
_TALLEST = {_HALF: 620.0, _WHOLE: 1150.0}  # what fits a page of A4
_MANY = 40  # pins from which on a sheet takes the whole width
_EDGE, _HEAD, _FOOT = 48.0, 34.0, 40.0
_METRE = 0.111195  # metres in a micro-degree of latitude
_LENGTHS = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 1_000_000)  # metres that a scale may show
_NORTH = 44.0  # units in the corner where the arrow stands
_NORTHWARD = Label("N", "北")


class Sheet(NamedTuple):
    """Pins and where they are on a sheet of that size; `scale`: its units in a micro-degree of latitude."""

    pins: Sequence[Pin]
    at: Sequence[tuple[float, float]]
    width: float
    height: float
    scale: float


def drawing(pins: Sequence[Pin]) -> str:
    """The whole map; nothing where there is nothing to show. Those at the front of a community get their names first."""
    others = dict(_by_community(p for p in pins if not p.spot))
    regions = _regions([p for p in pins if p.spot])
    drawn, first = [], 1
    for some in regions:
        sheet = _sheet(some, whole=len(regions) == 1 or len(some) > _MANY)
        lettering = letter([p.name for p in some], sheet.at, (sheet.width, sheet.height), _kept_free(sheet), first)
        first += len(lettering.numbered)
        missing = [pin for name in dict.fromkeys(p.community for p in some) for pin in others.pop(name, [])]
        wide = " wide" if sheet.width == _WHOLE else ""
        inside = _svg(sheet, lettering) + _index(sheet, lettering) + (_list(_("no coordinates"), missing) if missing else "")
        drawn.append(f'<div class="frame{wide}">{inside}</div>')
    for name, some in others.items():
        title = _("{community}, no coordinates").format(community=name or _("no community"))
        drawn.append(f'<div class="frame wide">{_list(title, some)}</div>')
    return f'<div class="maps">{"".join(drawn)}</div>' if drawn else ""


def _by_community(pins: Iterable[Pin]) -> Mapping[str | None, list[Pin]]:
    found: dict[str | None, list[Pin]] = defaultdict(list)
    for pin in pins:
        found[pin.community].append(pin)
    return found


def _regions(located: Sequence[Pin]) -> list[list[Pin]]:
    """Communities near each other together: whoever is near any of a group belongs to it."""
    groups: list[list[Pin]] = []
    for some in _by_community(located).values():
        near = [group for group in groups if _touch(group, some)]
        groups = [group for group in groups if group not in near]
        groups.append([pin for group in near for pin in group] + some)
    return groups


def _touch(some: Sequence[Pin], others: Sequence[Pin]) -> bool:
    """Whether their middles are near each other, or any pin of one is near the other's middle."""
    one, other = _middle(some), _middle(others)
    return any(metres(_spot(p), other) < _APART for p in some) or any(metres(_spot(p), one) < _APART for p in others)


def _middle(pins: Sequence[Pin]) -> Spot:
    spots = [_spot(pin) for pin in pins]
    return Spot(sum(lat for lat, _lon in spots) // len(spots), sum(lon for _lat, lon in spots) // len(spots))


def _spot(pin: Pin) -> Spot:
    assert pin.spot is not None
    return pin.spot


def _sheet(pins: Sequence[Pin], *, whole: bool) -> Sheet:
    """Where each pin is, to scale, in the middle of a sheet that is as high as it must be."""
    width = _WHOLE if whole else _HALF
    spots = [_spot(pin) for pin in pins]
    south, west = min(lat for lat, _lon in spots), min(lon for _lat, lon in spots)
    north, east = max(lat for lat, _lon in spots), max(lon for _lat, lon in spots)
    shrink = max(0.01, cos(radians((south + north) / 2e6)))
    across, up = max(1.0, (east - west) * shrink), max(1.0, float(north - south))
    room = width - 2 * _EDGE, _TALLEST[width] - _HEAD - _EDGE - _FOOT
    scale = min(room[0] / across, room[1] / up, 0.5)  # at most about 20 cm a unit
    height = max(200.0, up * scale + _HEAD + _EDGE + _FOOT)
    left, top = (width - across * scale) / 2, (height - _HEAD - _FOOT - up * scale) / 2 + _HEAD
    at = [(left + (lon - west) * shrink * scale, top + (north - lat) * scale) for lat, lon in spots]
    return Sheet(pins, at, width, height, scale)


def _kept_free(sheet: Sheet) -> list[Box]:
    """Where the arrow, the scale and the names of communities stand."""
    corner = sheet.width - _NORTH, 0.0, sheet.width, _NORTH + 14
    names = [(x - width_of(name) * 0.55, y - 14, x + width_of(name) * 0.55, y + 4) for name, x, y in _titles(sheet)]
    return [corner, (0.0, sheet.height - 26, 190.0, sheet.height), *names]


def _svg(sheet: Sheet, lettering: Lettering) -> str:
    size = f'viewBox="0 0 {sheet.width:g} {sheet.height:g}"'
    label = escape(_("Map; arrow keys move it, + and - change its size, n and p go from one thing to the next"))
    titles = "".join(
        f'<text class="place" x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{escape(name)}</text>'
        for name, x, y in _titles(sheet)
    )
    return (
        f'{_tools()}<div class="scroll"><svg class="map" {size} role="application" aria-label="{label}" tabindex="0">'
        f'<g class="stage">{_pins(sheet, lettering)}{titles}{_scale(sheet)}</g>{_north(sheet)}</svg></div>'
    )


def _pins(sheet: Sheet, lettering: Lettering) -> str:
    """Every pin with its name, where it has one; then the numbers of the others."""
    named = {said.pins[0]: said for said in lettering.names}
    number = {pin: n for n, pin in enumerate(lettering.numbered, lettering.first)}
    drawn = []
    for i, (pin, (x, y)) in enumerate(zip(sheet.pins, sheet.at, strict=True)):
        text = f'<text class="name" x="{named[i].x:.1f}" y="{named[i].y:.1f}">{escape(pin.name)}</text>' if i in named else ""
        of = f' data-n="{number[i]}"' if i in number else ""
        drawn.append(f'<g class="pin thing"{_codes(pin)}{of}>{symbol(pin.look, pin.sign, x, y, pin.about)}{text}</g>')
    drawn += [
        f'<text class="number" data-of="{said.text}" x="{said.x:.1f}" y="{said.y:.1f}">{said.text}</text>'
        for said in lettering.numbers
    ]
    return "".join(drawn)


def _codes(pin: Pin) -> str:
    return f' data-f="{escape(" ".join(pin.codes))}"' if pin.codes else ""


def _titles(sheet: Sheet) -> Iterator[tuple[str, float, float]]:
    """Each community's name, and the middle of its foot: above its northernmost pin."""
    found: dict[str | None, list[tuple[float, float]]] = defaultdict(list)
    for pin, point in zip(sheet.pins, sheet.at, strict=True):
        found[pin.community].append(point)
    for name, points in found.items():
        x = sum(x for x, _y in points) / len(points)
        half = min(width_of(name or "") * 0.55 + 4, sheet.width / 2)
        yield name or _("no community"), min(max(x, half), sheet.width - half), max(16.0, min(y for _x, y in points) - 22)


def _scale(sheet: Sheet) -> str:
    """A line of a round length."""
    unit = sheet.scale / _METRE  # units of the drawing in a metre
    length = next((m for m in _LENGTHS if m * unit >= 60), _LENGTHS[-1])  # noqa: PLR2004 - long enough to be seen
    text = f"{length // 1000} km" if length >= 1_000 else f"{length} m"  # noqa: PLR2004
    y = sheet.height - 12
    return (
        f'<path class="range" d="M16 {y - 5:g}v5h{length * unit:.1f}v-5"/>'
        f'<text class="soft" x="{22 + length * unit:.1f}" y="{y + 3:g}">{text}</text>'
    )


def _north(sheet: Sheet) -> str:
    """An arrow that points to the north, in the corner."""
    x = sheet.width - 22
    return (
        f'<g class="north"><path d="M{x:g} 8l8 24l-8 -6l-8 6z"/>'
        f'<text x="{x:g}" y="47" text-anchor="middle">{_NORTHWARD}</text></g>'
    )


def _tools() -> str:
    words = (("in", "+", _("Larger")), ("out", "−", _("Smaller")), ("whole", "⤢", _("The whole map")))
    buttons = "".join(
        f'<button type="button" data-do="{do}" aria-label="{escape(text)}">{sign}</button>' for do, sign, text in words
    )
    return f'<p class="screen tools" hidden>{buttons}<output></output></p>'


def _index(sheet: Sheet, lettering: Lettering) -> str:
    """What the numbers on a sheet stand for."""
    if not lettering.numbered:
        return ""
    title = escape(_("Numbers on the map"))
    items = "".join(_item(sheet.pins[i], f"<b>{n}</b> ") for n, i in enumerate(lettering.numbered, lettering.first))
    return f'<p class="key">{title}</p><ul class="names">{items}</ul>'


def _list(title: str, pins: Sequence[Pin]) -> str:
    """Names with their symbols, in columns."""
    return f'<h3>{escape(title)}</h3><ul class="names">{"".join(_item(pin, "") for pin in pins)}</ul>'


def _item(pin: Pin, before: str) -> str:
    """An entry of a list; one without a number has its symbol's words to be pointed at."""
    mark = icon(pin.look, pin.sign, "" if before else pin.about)
    shown = mark if not before else mark.replace('class="dot ', 'class="')
    kind = "" if before else ' class="thing"'
    return f"<li{kind}{_codes(pin)}>{shown}{before}<bdi>{escape(pin.name)}</bdi></li>"


def legend(entries: Iterable[tuple[str, str, str]]) -> str:
    """Symbols and what they mean: look, sign, text."""
    items = "".join(f"<li>{icon(look, sign)}{escape(text)}</li>" for look, sign, text in entries)
    return f'<ul class="legend">{items}</ul>'


def note() -> str:
    """How the map is to be read."""
    return joined(
        (
            _("To scale where coordinates are known, with no streets; the others are listed under their community."),
            _("Where a name finds no room, a number stands for it, explained under the map."),
        )
    )
