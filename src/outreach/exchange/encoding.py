"""In which characters a text file is written, told by what is in it. Knows nothing of tables."""

import codecs
import re

from outreach.exchange.source import Source

START = 1 << 12  # bytes by which a text is told from something else
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_WIDE = ("utf-16-le", "utf-16-be")
_BETWEEN = ",;\t\n"  # what stands between cells and rows
_is_no_text = re.compile("[\0-\x08\x0e-\x1f]").search
_LONGEST = 1 << 20  # bytes of a line that are looked at at once


def encoding_of(source: Source) -> str:
    """By its mark; else UTF-16 where it has the zeros of that; else UTF-8, a few wrong bytes aside; else GB18030."""
    with source.bytes() as file:
        start = file.read(START)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    return unmarked_wide(start) or ("utf-8" if _is_utf8(source) else "gb18030")


def is_wide(start: bytes) -> bool:
    """Whether a file that begins so is UTF-16, of which every other byte may be zero."""
    return any(start.startswith(mark) for mark, encoding in _MARKS if encoding == "utf-16") or unmarked_wide(start) is not None


def unmarked_wide(start: bytes) -> str | None:
    """The order of the bytes, where a text begins so that is UTF-16 without a mark.

    By what stands between cells and rows: most of those bytes have a zero on one side. Whole letters may have one too (一).
    """
    between = {order: _between(start, order) for order in _WIDE}
    order = max(between, key=lambda order: between[order])
    return order if 2 * between[order] > sum(map(start.count, _BETWEEN.encode())) else None


def _between(start: bytes, order: str) -> int:
    """How much stands between cells and rows, if it is a text of that order; else 0."""
    try:
        text = codecs.getincrementaldecoder(order)().decode(start)
    except UnicodeDecodeError:
        return 0
    return 0 if _is_no_text(text) else sum(map(text.count, _BETWEEN))


def _is_utf8(source: Source) -> bool:
    """Whether there are more lines of UTF-8 beyond ASCII than lines that are not UTF-8, or none that is not.

    Where the first of them, most often the header, is UTF-8, half as many will do: two lists of two encodings in one.
    """
    good = wrong = 0
    first: bool | None = None
    decoder = codecs.getincrementaldecoder("utf-8")()
    with source.bytes() as file:
        while line := file.readline(_LONGEST):
            try:
                good += not decoder.decode(line).isascii()
            except UnicodeDecodeError:
                wrong += 1
                decoder.reset()
            if first is None and good + wrong:
                first = bool(good)
    return not wrong or good > wrong or (first is True and 2 * good > wrong)
