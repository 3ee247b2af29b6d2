"""Makes src/outreach/characters.dat: the readings and the simplified form of every Chinese character, one character at a time.

python scripts/build/characters.py            make it, if it is missing or out of date

From pypinyin (without its phrases: they only hide readings) and OpenCC. `outreach/characters.py` says how it is laid out.
"""

import os
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = Path("src") / "outreach" / "characters.dat"
_FIRST = 0x2E80  # where Chinese characters begin
_LAST = 0x3FFFF  # where the planes for them end


def make(root: Path = ROOT) -> None:
    """Write the table, unless one made with these versions is there."""
    made_with = f"pypinyin {version('pypinyin')}, OpenCC {version('opencc')}".encode("ascii")
    target = root / TARGET
    script = Path(__file__)
    if target.exists() and target.stat().st_mtime >= script.stat().st_mtime and target.read_bytes().endswith(made_with):
        return
    beside = target.with_suffix(".tmp")
    beside.write_bytes(laid_out(entries()) + made_with)
    beside.replace(target)


def entries() -> dict[int, str]:
    """By code point: simplified form and readings (a/b), each empty where it is the character itself."""
    os.environ["PYPINYIN_NO_PHRASES"] = "true"
    from opencc import OpenCC
    from pypinyin.constants import PINYIN_DICT

    convert = OpenCC("t2s").convert
    found = {}
    for code in sorted({*PINYIN_DICT, *range(_FIRST, _LAST + 1)} - {*range(0xD800, 0xE000)}):
        character = chr(code)
        simple = convert(character) if code >= _FIRST else character
        said = readings(character) if code in PINYIN_DICT else character
        if (simple, said) != (character, character):
            found[code] = f"{'' if simple == character else simple}\t{'' if said == character else said}"
    return found


def readings(character: str) -> str:
    """All readings, in ASCII letters, by `/`; the character itself where it has none."""
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False)
    return "/".join(r for r in found[0] if r.isascii()) if found else character


def laid_out(known: dict[int, str]) -> bytes:
    """Count, code points, places of their texts, texts; what several share is there once."""
    texts = sorted(set(known.values()))
    places, blob = {}, b""
    for text in texts:
        places[text] = len(blob)
        blob += text.encode("utf-8") + b"\n"
    numbers = [len(known), *known, *(places[text] for text in known.values())]
    return b"".join(number.to_bytes(4, "little") for number in numbers) + blob


if __name__ == "__main__":
    make()
