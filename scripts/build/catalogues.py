"""The message catalogues: gathers the sentences in the code into the .po files, and compiles these to .mo.

python scripts/build/catalogues.py            compile what is out of date
python scripts/build/catalogues.py update     after a sentence in the code was added or changed
"""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
SOURCE = Path("src") / "outreach"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


def sentences(root: Path = ROOT) -> Catalog:
    """Every sentence in the code, with the files that use it."""
    template = Catalog(project="outreach", charset="utf-8")
    found = extract_from_dir(str(root / SOURCE), method_map=[("**.py", "python")], keywords=KEYWORDS, strip_comment_tags=True)
    for filename, _line, message, _comments, _context in sorted(found, key=lambda f: (f[0], f[1])):
        template.add(message, locations=[(Path(filename).as_posix(), 1)])
    return template


def read(path: Path) -> Catalog:
    """A catalogue from its .po file."""
    with path.open("rb") as file:
        return read_po(file)


def catalogues(root: Path = ROOT) -> list[Path]:
    """The .po files."""
    return sorted((root / SOURCE).glob("locales/*/LC_MESSAGES/outreach.po"))


def update(root: Path = ROOT) -> None:
    """Bring the .po files up to the code: new sentences empty, those gone left out; nothing is guessed."""
    for path in catalogues(root):
        catalogue = read(path)
        catalogue.update(sentences(root), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalogue, width=128, omit_header=False, include_lineno=False, ignore_obsolete=True)


def compile_all(root: Path = ROOT) -> None:
    """Make each .mo that is missing or older than its .po."""
    for source in catalogues(root):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            beside = target.with_suffix(".tmp")
            with beside.open("wb") as file:
                write_mo(file, read(source))
            beside.replace(target)


if __name__ == "__main__":
    if "update" in sys.argv[1:]:
        update()
    compile_all()
