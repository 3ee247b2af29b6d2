"""What a person said of the columns of a file, kept for the next file with the same columns. Columns, never rows."""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from outreach.domain.text import natural_key
from outreach.exchange.mended import ahead

FILE = "mappings.json"
KIND = ""  # the empty header, which no column with a field has


def shape(header: Sequence[str]) -> str:
    """What files with the same columns have in common, in whatever order; rows to look at have what their file has."""
    own = header[ahead(header) :]
    return hashlib.sha256("\0".join(sorted(map(natural_key, own))).encode()).hexdigest()[:16]


def remembered(home: Path, header: Sequence[str]) -> dict[str, str]:
    """Field by header, as it was said last time, and what the rows are under `KIND`; nothing where nothing is kept."""
    found = _load(home).get(shape(header), {})
    return {name: field for name, field in found.items() if isinstance(field, str)} if isinstance(found, dict) else {}


def remember(home: Path, header: Sequence[str], said: Mapping[str, str]) -> None:
    """Keep what was said of these columns; readable by its owner only. Where that cannot be, it is asked again next time."""
    known = _load(home)
    known[shape(header)] = dict(said)
    beside = ""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, beside = tempfile.mkstemp(prefix=f"{FILE}.", dir=home)  # its own, for another import may write now
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(known, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, home / FILE)
    except OSError:
        with suppress(OSError):
            os.unlink(beside)


def _load(home: Path) -> dict[str, object]:
    try:
        found = json.loads((home / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
