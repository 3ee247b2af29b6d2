"""An old workbook (.xls), opened in a process of its own, with little memory.

Calamine believes what an .xls says of its sizes; one damaged byte, and it asks for more memory than there is, which ends the
process. So that is a process that may end. What it read comes back as rows.
"""

import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook, PasswordError

from outreach.errors.importing import NotAWorkbook, TooBig, WithPassword
from outreach.exchange.packed import CELLS, MOST

_MEMORY = 2 << 30  # bytes, where the system can set that
_LOCKED, _BIG = 3, 4  # how the process says it
_Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class OldSheet:
    """What is asked of a sheet, as calamine's sheets have it."""

    name: str
    start: tuple[int, int] | None
    total_height: int
    merged_cell_ranges: Sequence[_Range]
    rows: Sequence[Sequence[Any]]

    def iter_rows(self) -> Iterator[Sequence[Any]]:
        """The rows, from the first of the sheet on."""
        return iter(self.rows)


def sheets_of(path: Path) -> Sequence[OldSheet]:
    """The sheets. Raises NotAWorkbook, WithPassword, TooBig."""
    if path.stat().st_size > MOST:
        raise TooBig(path=path, most=MOST >> 20, cells=CELLS)
    ran = subprocess.run([sys.executable, "-m", __name__, str(path)], capture_output=True, check=False)
    if ran.returncode == _LOCKED:
        raise WithPassword(path=path)
    if ran.returncode == _BIG:
        raise TooBig(path=path, most=MOST >> 20, cells=CELLS)
    if ran.returncode:
        raise NotAWorkbook(path=path)
    found: Sequence[OldSheet] = pickle.loads(ran.stdout)
    return found


def read(path: str) -> int:
    """Write what is in the file to the output; the exit code says why not."""
    _bound()
    try:
        if path.casefold().endswith(".xls"):
            book = CalamineWorkbook.from_path(path)  # only so it tells a password
        else:
            with Path(path).open("rb") as file:
                book = CalamineWorkbook.from_filelike(file)
        some = [book.get_sheet_by_name(name) for name in book.sheet_names]
    except PasswordError:
        return _LOCKED
    if sum(sheet.total_height * sheet.total_width for sheet in some) > CELLS:
        return _BIG
    sheets = [
        OldSheet(one.name, one.start, one.total_height, one.merged_cell_ranges or (), list(one.iter_rows())) for one in some
    ]
    sys.stdout.buffer.write(pickle.dumps(sheets))
    return 0


def _bound() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    from outreach.exchange import old_workbook  # what is run is called __main__, and so would be its classes

    sys.exit(old_workbook.read(sys.argv[1]))
