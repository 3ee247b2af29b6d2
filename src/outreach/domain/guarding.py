"""Texts for cells of a CSV file that a spreadsheet will open: what it would take for a formula, a number or a date gets a mark.

A workbook needs none, but somebody may save the CSV file as one; so of its cells marks are taken away, too.

The mark is an apostrophe before the text, as people set it by hand. It can be taken away again without guessing: a text that
begins like a marked one is marked too (docs/decisions/0016-files-out.md). Pure.
"""

import re

MARK = "'"
SPACES = "".join(c for c in map(chr, range(0x3001)) if c.isspace())
_FORMULA = "=+\\-@＝＋－＠﹦﹢﹣﹫−"  # wide and small ones too: some programs in Asian languages take them for the others
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_PARTS = r"[\d ,.:/\-]*\Z"
_IS_RISKY = re.compile(
    rf"[{MARK}{SPACES}]*(?:[{_FORMULA}]"
    r"|(?=[\d.,/:eE+\- %]*\Z)(?!(?:0|[1-9]\d{0,10})\Z)\d"  # digits and marks only, but no whole number that fits a cell
    r"|(?=[\d年月日时分秒 :./\-]*\Z)\d[^年月日时分秒]*[年月日时分秒]"  # 5月1日
    rf"|{_MONTH}[ ,.\-/]*\d{_PARTS}|\d{{1,2}}[ .\-/]*{_MONTH}{_PARTS}"  # Jan-5, 5 March
    r"|(?:true|false)\Z"
    r"|[\t\r\n])",
    re.ASCII | re.IGNORECASE,
)
# what a risky text begins with: a quick look before the slow one
FIRST = f"{MARK}{SPACES}=+@＝＋－＠﹦﹢﹣﹫−0123456789adfjmnostADFJMNOST-"


def guarded(text: str) -> str:
    """The text as it may be written: marked where a spreadsheet would not take it for a text."""
    return MARK + text if _IS_RISKY.match(text) else text


def kept(text: str) -> str:
    """The text as it may be written to a workbook: marked where `bare` would take something of it away."""
    return text if bare(text) == text else MARK + text


def bare(cell: str) -> str:
    """The text that was written as this cell."""
    return cell[1:] if cell[:1] == MARK and _IS_RISKY.match(cell[1:]) else cell
