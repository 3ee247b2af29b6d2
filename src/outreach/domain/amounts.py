"""How many there are, as people say it: 4100, 13,000, 1.3万, 约4100户, about 4,100. Knows no field and no wording."""

import re
from decimal import Decimal

from outreach.domain.text import natural_key

_TIMES = {"": 1, "千": 1_000, "万": 10_000}
_AMOUNT = re.compile(
    r"(?:大约|约|大概|差不多|about|~|≈)?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?([千万]?)(?:多|余|来)?(.*?)(?:左右|上下)?"
)


def amount(text: str, units: str = "") -> int | None:
    """The whole number that was meant; None where there is none. `units`: characters that may come after it."""
    found = _AMOUNT.fullmatch(natural_key(text))
    if found is None or not set(found[4]) <= set(units):
        return None
    value = Decimal(found[1].replace(",", "") + (found[2] or "")) * _TIMES[found[3]]
    return int(value) if value == value.to_integral_value() else None
