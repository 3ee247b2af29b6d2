"""An old workbook (.xls), opened in a process of its own, with little memory.

Calamine believes what an .xls says of its sizes; one damaged byte, and it asks for more memory than there is, which ends the
process. So that is a process that may end. What it read comes back as rows.
"""

import pickle
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from outreach.errors.importing import NotAWorkbook, TooBig, WithPassword
from outreach.exchange.old_records import Told, look_through
from outreach.exchange.packed import CELLS, MOST, Failures

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
    failed: Failures
    hidden: bool

    def iter_rows(self) -> Iterator[Sequence[Any]]:
        """The rows, from the first of the sheet on."""
        return iter(self.rows)


def sheets_of(path: Path) -> Sequence[OldSheet]:
    """The sheets. Raises NotAWorkbook, WithPassword, TooBig."""
    # -P: what lies in the folder one is in, a stick perhaps, is nothing to be run
    ran = subprocess.run([sys.executable, "-P", "-m", __name__, str(path)], capture_output=True, check=False)
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
    data = Path(path).read_bytes()
    told = _told(data)
    if told.locked:
        return _LOCKED
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    some = [book.get_sheet_by_name(name) for name in book.sheet_names]
    hidden = [one.visible != SheetVisibleEnum.Visible for one in book.sheets_metadata]
    if sum(sheet.total_height * sheet.total_width for sheet in some) > CELLS:
        return _BIG
    failed = dict(enumerate(told.failed))
    sheets = [
        OldSheet(
            one.name,
            one.start,
            one.total_height,
            one.merged_cell_ranges or (),
            list(one.iter_rows()),
            failed.get(i, {}),
            hidden[i],
        )
        for i, one in enumerate(some)
    ]
    sys.stdout.buffer.write(pickle.dumps(sheets))
    return 0


def _told(data: bytes) -> Told:
    """Where its records make no sense, it is for calamine to say so."""
    try:
        return look_through(data)
    except (struct.error, LookupError, ValueError):
        return Told(locked=False, failed=())


def _bound() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    from outreach.exchange import old_workbook  # what is run is called __main__, and so would be its classes

    sys.exit(old_workbook.read(sys.argv[1]))
