"""The walking list that was made last on this laptop, for keying in what was written on it.

It is remembered in the data folder, not made anew: what is keyed in changes the ranking, and the paper keeps its order. Only
ids are kept, by worker. On another laptop `outreach plan` with the same day and community makes the same list, as long as both
hold the same records.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from outreach.errors.supervising import NoPlan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILE = "plan.json"


@dataclass(frozen=True)
class Planned:
    """The day of the walk, and for each worker the ids of the shops in their order."""

    day: date
    pages: Sequence[tuple[str | None, Sequence[str]]]


def remember(home: Path, planned: Planned) -> None:
    """Keep it in place of the one before. Raises OutputRefused."""
    from outreach.cli.output import save

    pages = [{"worker": worker, "stops": list(stops)} for worker, stops in planned.pages]
    document = {"format": "outreach/planned/1", "day": planned.day.isoformat(), "pages": pages}
    save(home / FILE, json.dumps(document, ensure_ascii=False).encode())


def remembered(home: Path) -> Planned:
    """The last one. Raises NoPlan where there is none, or it cannot be read."""
    try:
        found = json.loads((home / FILE).read_text(encoding="utf-8"))
        pages = [(page["worker"], [str(stop) for stop in page["stops"]]) for page in found["pages"]]
        return Planned(date.fromisoformat(found["day"]), pages)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoPlan from error
