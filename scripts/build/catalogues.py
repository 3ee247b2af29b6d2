"""Compiles every `outreach.po` beside which the `outreach.mo` is missing or older."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_all(root: Path) -> None:
    """`root` is the checkout."""
    for source in sorted(root.glob("src/outreach/locales/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            with source.open("rb") as file:
                catalogue = read_po(file)
            beside = target.with_suffix(".tmp")
            with beside.open("wb") as file:
                write_mo(file, catalogue)
            beside.replace(target)


if __name__ == "__main__":
    compile_all(Path(__file__).resolve().parents[2])
