"""What a map shows: a pin for each merchant or place, and its symbol. Knows no layout and no store."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from outreach.domain.proximity import Spot
from outreach.domain.records import Outcome
from outreach.i18n import _
from outreach.report.labels import status_text
from outreach.report.page import escape
from outreach.report.places import Located

DOT = 5.0  # radius of a merchant's dot
_SHAPES = {  # so that standings differ without their colours: a diamond, a cross, a triangle; else a dot
    "pending": (0, -6, "l6 6-6 6-6-6z"),
    "refused": (0, -2, "l3-3 2 2-3 3 3 3-2 2-3-3-3 3-2-2 3-3-3-3 2-2z"),
    "not_met": (0, -5.5, "l5.5 10h-11z"),
}
HALF = 7.0  # of the side of a place's square


class Pin(NamedTuple):
    """Something on a map. `look`: the class that colours it. `sign`: the character in its square; without one it is a dot.

    `about`: what is said when it is pointed at. `codes`: what filters go by. `address`: where it is drawn without coordinates.
    """

    name: str
    about: str
    look: str
    community: str | None
    spot: Spot | None
    sign: str = ""
    codes: tuple[str, ...] = ()
    address: str | None = None


def merchant_pin(found: Located) -> Pin:
    """A merchant of the weekly report."""
    about = " · ".join(filter(None, (found.merchant.name, found.community, status_text(found.status, firm=found.firm))))
    return Pin(found.merchant.name, about, found.status or "not_visited", found.community, found.spot)


class Standing(Protocol):
    """Something that stands somewhere."""

    @property
    def status(self) -> str | None: ...
    @property
    def firm(self) -> bool: ...


def standing(status: Outcome, found: Iterable[Standing]) -> str:
    """What one symbol stands for on a map of these: with those that refused firmly, if there are any, as tables call them."""
    firm = {one.firm for one in found if one.status == status} or {False}
    return _(", ").join(status_text(status, firm=one) for one in sorted(firm))


def symbol(look: str, sign: str, x: float, y: float, about: str = "") -> str:
    """A standing's shape, or a square with a character in it, as SVG around a point."""
    title = f"<title>{escape(about)}</title>" if about else ""
    if not sign and look in _SHAPES:
        right, down, drawn = _SHAPES[look]
        return f'<path class="dot {escape(look)}" d="M{x + right:.1f} {y + down:.1f}{drawn}">{title}</path>'
    if not sign:
        return f'<circle class="dot {escape(look)}" cx="{round(x, 1):g}" cy="{round(y, 1):g}" r="{DOT:g}">{title}</circle>'
    return (
        f'<rect class="dot {escape(look)}" x="{x - HALF:.1f}" y="{y - HALF:.1f}" width="{2 * HALF:g}" height="{2 * HALF:g}" '
        f'rx="2">{title}</rect><text class="sign" x="{x:.1f}" y="{y + 3.6:.1f}" text-anchor="middle">{escape(sign)}</text>'
    )


def icon(look: str, sign: str, about: str = "") -> str:
    """The symbol by itself, for a legend or a list."""
    return f'<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">{symbol(look, sign, 8, 8, about)}</svg>'
