"""Text on a terminal: how wide it is, how it wraps, tables, and how data is made harmless. Knows no records."""

import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TextIO

from outreach.domain.text import harmless

HARMFUL = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")  # of these, what JSON leaves as it is
_CLOSING = set("，。、；：？！）》」』”’…%,.;:?!)]}")
_OPENING = set("（《「『“‘([{")
_PLAIN = "[ -~\u3000-\u303e\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff60]*"  # takes 1 ms to compile: only where there is a table
_MARGIN = 2
_NARROWEST = 8  # columns in which a text is still wrapped


def clean(text: object) -> str:
    """Data as it may go to a terminal: escape sequences and turning marks are shown as �, a new line as ⏎."""
    return harmless(str(text))


def width(text: str) -> int:
    """How many columns a text takes: Chinese two, joiners and accents none."""
    return len(text) if text.isascii() else sum(map(_CELLS.__getitem__, text))


class _Cells(dict[str, int]):
    """How many columns each character takes, looked up once."""

    def __missing__(self, character: str) -> int:
        hidden = unicodedata.category(character) in ("Mn", "Me", "Cf")
        cells = 0 if hidden else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        self[character] = cells
        return cells


_CELLS = _Cells()


def pad(text: str, columns: int) -> str:
    """The text, filled up with spaces to so many columns."""
    return text + " " * max(0, columns - width(text))


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines of at most so many columns: broken at spaces, or between Chinese characters."""
    lines = [""]
    for piece in _pieces(text):
        room = columns - width(lines[-1])
        if width(piece.rstrip()) > room and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
            piece = piece.lstrip()
        while width(piece) > columns and width(piece.rstrip()) > columns:
            head = _fitting(piece, columns)
            lines[-1] += head
            lines.append("")
            piece = piece[len(head) :]
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def hanging(text: str, first: str = "", indent: int = 0, *, fit: int | None) -> list[str]:
    """A text in lines, cleaned: the first begins with `first`, the others are indented. Without `fit` it stays one line."""
    lines = [clean(text)] if fit is None else wrap(clean(text), max(fit - max(indent, width(first)), _NARROWEST))
    return [(" " * indent if i else first) + line for i, line in enumerate(lines)]


def _fitting(text: str, columns: int) -> str:
    end = 1
    while end < len(text) and width(text[: end + 1]) <= columns:
        end += 1
    return text[:end]


def _pieces(text: str) -> Iterable[str]:
    """Where a line may be broken: after spaces and between wide characters, not before 。 nor after （."""
    piece = ""
    for before, character in zip("\0" + text, text, strict=False):
        wide = _CELLS[character] == 2 or _CELLS[before] == 2  # noqa: PLR2004 - a wide cell
        breakable = before == " " or (wide and character not in _CLOSING and before not in _OPENING and character != " ")
        if piece and breakable:
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def columns() -> int:
    """How wide the terminal is; 80 where there is none."""
    return shutil.get_terminal_size((80, 24)).columns


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], *, fit: int | None = None) -> str:
    """A table with aligned columns; cells are data and are cleaned. `fit`: fold cells so that lines are so wide at most."""
    return table_of(heads, list(zip(*rows, strict=True)) or [()] * len(heads), fit=fit)


def table_of(heads: Sequence[str], cells: Sequence[Sequence[object]], *, fit: int | None = None) -> str:
    """The same, from its columns. It works on what differs in each: ten thousand rows name few communities."""
    columns = [(head, *column) for head, column in zip(heads, cells, strict=True)]
    texts, taken = zip(*map(_measured, columns), strict=True)
    widths = [max(own.values()) for own in taken]
    if fit is not None:
        widths = _shrunk(widths, fit - _MARGIN * (len(heads) - 1), [width(h) for h in heads])
    if all(max(own.values()) <= w for own, w in zip(taken, widths, strict=True)):
        lines = _aligned(columns, texts, taken, widths)
    else:
        shown = [map(own.__getitem__, column) for own, column in zip(texts, columns, strict=True)]
        lines = [line for row in zip(*shown, strict=True) for line in _folded(row, widths)]
    return "\n".join([_bold(lines[0]), *lines[1:]])


def _measured(column: Sequence[object]) -> tuple[dict[object, str], dict[str, int]]:
    """The text of each cell, cleaned, and how wide each text is.

    Where all is ASCII or plain Chinese, nothing needs cleaning, and a character's bytes (1 or 3) tell its columns (1 or 2).
    """
    texts = {cell: "" if cell is None else str(cell) for cell in set(column)}
    if re.fullmatch(_PLAIN, "".join(texts.values())):
        return texts, {t: (len(t) + len(t.encode())) // 2 for t in texts.values()}
    harmless = {cell: clean(text) for cell, text in texts.items()}
    return harmless, {text: width(text) for text in harmless.values()}


def _aligned(
    columns: Sequence[Sequence[object]],
    texts: Sequence[dict[object, str]],
    taken: Sequence[dict[str, int]],
    widths: Sequence[int],
) -> list[str]:
    """The lines of a table in which every cell fits its column."""
    padded = []
    for column, own, cells, most in zip(columns, texts, taken, widths, strict=True):
        filled = {cell: text + " " * (most - cells[text]) for cell, text in own.items()}
        padded.append(map(filled.__getitem__, column))
    return [line.rstrip() for line in map((" " * _MARGIN).join, zip(*padded, strict=True))]


def _shrunk(widths: list[int], room: int, least: Sequence[int]) -> list[int]:
    """Take from the widest column, one cell at a time, until all fit or no column can give."""
    widths = list(widths)
    while sum(widths) > room:
        widest = max(range(len(widths)), key=lambda i: widths[i] - least[i])
        if widths[widest] <= max(least[widest], 6):
            break
        widths[widest] -= 1
    return widths


def _folded(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """A row whose cells may take several lines each."""
    parts = [wrap(cell, w) for cell, w in zip(cells, widths, strict=True)]
    height = max(map(len, parts))
    lines = [[part[i] if i < len(part) else "" for part in parts] for i in range(height)]
    return [(" " * _MARGIN).join(map(pad, line, widths)).rstrip() for line in lines]


def _bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m" if coloured(sys.stdout) else text


def coloured(stream: TextIO) -> bool:
    """Whether a stream may have colour: a terminal that is not dumb, and NO_COLOR unset (no-color.org)."""
    if not stream.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    from outreach.cli.console import takes_sequences

    return takes_sequences(stream)


def fit_of(stream: TextIO) -> int | None:
    """The width that a table must keep on this stream: the terminal's, or none in a pipe."""
    return columns() if stream.isatty() else None
