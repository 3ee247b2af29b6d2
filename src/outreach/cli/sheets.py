"""From a file to sheets of entries: what is in it, what its columns are, asked where nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from outreach.cli.session import Session
    from outreach.exchange.run import Sheet


def sheets_of(session: Session, path: Path, maps: Sequence[str], *, kind: str | None, sheet: str | None) -> list[Sheet]:
    """The sheets of a file that are to be imported."""
    from outreach.exchange import shared

    if path.suffix.casefold() == ".json":
        return shared.sheets_of(path)
    raise NotImplementedError
