"""Records of one kind as CSV for spreadsheets: UTF-8 with its mark, everything quoted, nothing that could be a formula."""

import csv
import io
import sqlite3
from itertools import count
from operator import itemgetter
from typing import IO

from outreach.domain.guarding import guarded
from outreach.exchange.out_wording import Order, Wording
from outreach.store.rows import rows_of


def write_csv(db: sqlite3.Connection, file: IO[bytes], order: Order, wording: Wording) -> dict[str, int]:
    """Write the first kind of the order, row by row, and say how many there are. Raises OSError."""
    (kind, *_others), numbers = order.kinds, count()
    columns = order.columns(kind)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(wording.heads[kind.name, column] for column in columns)
        rows = rows_of(db, kind, columns, order.wanted, wording.words, guarded)
        writer.writerows(map(itemgetter(0), zip(rows, numbers, strict=False)))
        text.flush()
    finally:
        text.detach()
    return {kind.plural: next(numbers)}
