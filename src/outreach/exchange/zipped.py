"""The tables in a zip of text files, as KoboToolbox and ODK give a form and its repeats."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

from outreach.errors.importing import FileUnreadable, NoTableInZip, ZipLocked, ZipTooBig, ZipTorn
from outreach.exchange.source import TORN, Source
from outreach.faults import why

MOST = 1 << 30  # bytes, unpacked; of a member no more is read than the zip says
_ENDINGS = (".csv", ".tsv")
_HAS_UTF8_NAME, _LOCKED = 0x800, 0x1
_WORKBOOK = "xl/workbook.xml"


def texts_in(path: Path) -> Sequence[Source]:
    """The text files in a zip; nothing where it is a workbook, or whatever else is packed so.

    Raises FileUnreadable, NoTableInZip, ZipLocked, ZipTooBig, ZipTorn.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            members = packed.infolist()
    except OSError as error:
        raise FileUnreadable(path=path, why=why(error)) from error
    except TORN as error:
        if path.suffix.casefold() == ".zip":
            raise ZipTorn(path=path) from error
        return ()
    found = [(member, name) for member in members if _is_table(name := _name(member))]
    if any(member.filename == _WORKBOOK for member in members):
        return ()
    if not found and path.suffix.casefold() == ".zip":
        raise NoTableInZip(path=path)
    if any(member.flag_bits & _LOCKED for member, _name in found):
        raise ZipLocked(path=path)
    if sum(member.file_size for member, _name in found) > MOST:
        raise ZipTooBig(path=path, most=MOST >> 20)
    return [Source(path, member.filename, name) for member, name in found]


def _name(member: zipfile.ZipInfo) -> str:
    """As whoever packed it wrote it: an old Chinese Windows does not say that its names are GBK."""
    if member.flag_bits & _HAS_UTF8_NAME:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _is_table(name: str) -> bool:
    """Whether it is somebody's table, and not what a Mac notes of each file."""
    return name.casefold().endswith(_ENDINGS) and not any(part.startswith((".", "__MACOSX")) for part in name.split("/"))
