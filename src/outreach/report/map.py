"""Pins on a map, as inline SVG: a sheet for each neighbourhood, and under their community those without coordinates, by street.

Communities that touch share a sheet, to scale, with north above; those that lie apart do not, or all would be dots. Colours
come from the page's stylesheet; map.js lets it be moved and enlarged. Nothing is fetched: there are no tiles.
"""

from collections.abc import Iterable, Sequence

from outreach.i18n import _, joined
from outreach.report.labels import Label
from outreach.report.map_names import Lettering, letter
from outreach.report.page import escape
from outreach.report.pins import Pin, icon, symbol
from outreach.report.sheets import MANY, WHOLE, Sheet, by_community, kept_free, regions_of, sheet_of, titles_of
from outreach.report.streets import Street, schematic

_METRE = 0.111195  # metres in a micro-degree of latitude
_LENGTHS = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 1_000_000)  # metres that a scale may show
_NORTHWARD = Label("N", "北")


def drawing(pins: Sequence[Pin]) -> str:
    """The whole map; nothing where there is nothing to show. Those at the front of a community get their names first."""
    others = dict(by_community(p for p in pins if not p.spot))
    regions = regions_of([p for p in pins if p.spot])
    drawn, first = [], 1
    for some in regions:
        sheet = sheet_of(some, whole=len(regions) == 1 or len(some) > MANY)
        lettering = letter([p.name for p in sheet.pins], sheet.at, (sheet.width, sheet.height), kept_free(sheet), first)
        first += len(lettering.numbered)
        missing = [pin for name in dict.fromkeys(p.community for p in some) for pin in others.pop(name, [])]
        wide = " wide" if sheet.width == WHOLE else ""
        inside = (
            _svg(sheet, lettering) + _index(sheet, lettering) + (_placeless(_("no coordinates"), missing) if missing else "")
        )
        drawn.append(f'<div class="frame{wide}">{inside}</div>')
    for name, some in others.items():
        title = _("{community}, no coordinates").format(community=name or _("no community"))
        drawn.append(f'<div class="frame wide">{_placeless(title, some)}</div>')
    return f'<div class="maps">{"".join(drawn)}</div>' if drawn else ""


def _svg(sheet: Sheet, lettering: Lettering) -> str:
    size = f'viewBox="0 0 {sheet.width:g} {sheet.height:g}"'
    label = escape(_("Map; arrow keys move it, + and - change its size, n and p go from one thing to the next"))
    titles = "".join(
        f'<text class="place" x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{escape(name)}</text>'
        for name, x, y in titles_of(sheet)
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


def _placeless(title: str, pins: Sequence[Pin]) -> str:
    """Their streets with the house numbers, and names with their symbols, in columns."""
    found = schematic(pins)
    left = "".join(_item(pin, "") for pin in found.left)
    names = f'<ul class="names">{left}</ul>' if left else ""
    return f"<h3>{escape(title)}</h3>{''.join(map(_street, found.streets))}{names}"


def _street(street: Street) -> str:
    odd, even = (
        "".join(_item(pin, "", f" <small>{number}</small>") for number, pin in side) for side in (street.odd, street.even)
    )
    return f'<div class="street"><ul>{odd}</ul><p><bdi>{escape(street.name)}</bdi></p><ul>{even}</ul></div>'


def _item(pin: Pin, before: str, after: str = "") -> str:
    """An entry of a list; one without a number has its symbol's words to be pointed at."""
    mark = icon(pin.look, pin.sign, "" if before else pin.about)
    shown = mark if not before else mark.replace('class="dot ', 'class="')
    kind = "" if before else ' class="thing"'
    return f"<li{kind}{_codes(pin)}>{shown}{before}<bdi>{escape(pin.name)}</bdi>{after}</li>"


def legend(entries: Iterable[tuple[str, str, str]]) -> str:
    """Symbols and what they mean: look, sign, text."""
    items = "".join(f"<li>{icon(look, sign)}{escape(text)}</li>" for look, sign, text in entries)
    return f'<ul class="legend">{items}</ul>'


def note() -> str:
    """How the map is to be read."""
    return joined(
        (
            _("To scale where coordinates are known, with no streets."),
            _("The others stand under their community: by house number along their street, odd above, even below; or listed."),
            _("Where a name finds no room, a number stands for it, explained under the map."),
        )
    )
