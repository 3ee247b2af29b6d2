"""What a map shows: a pin for each merchant or place, and its symbol. Knows no layout and no store."""

from typing import NamedTuple

from outreach.domain.proximity import Spot
from outreach.report.labels import status_text
from outreach.report.page import escape
from outreach.report.places import Located

DOT = 5.0  # radius of a merchant's dot
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


def symbol(look: str, sign: str, x: float, y: float, about: str = "") -> str:
    """A dot, or a square with a character in it, as SVG around a point."""
    title = f"<title>{escape(about)}</title>" if about else ""
    if not sign:
        return f'<circle class="dot {escape(look)}" cx="{round(x, 1):g}" cy="{round(y, 1):g}" r="{DOT:g}">{title}</circle>'
    return (
        f'<rect class="dot {escape(look)}" x="{x - HALF:.1f}" y="{y - HALF:.1f}" width="{2 * HALF:g}" height="{2 * HALF:g}" '
        f'rx="2">{title}</rect><text class="sign" x="{x:.1f}" y="{y + 3.6:.1f}" text-anchor="middle">{escape(sign)}</text>'
    )


def icon(look: str, sign: str, about: str = "") -> str:
    """The symbol by itself, for a legend or a list."""
    return f'<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">{symbol(look, sign, 8, 8, about)}</svg>'
