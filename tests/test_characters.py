"""The table of characters says of each one exactly what pypinyin and OpenCC say, from which it is made."""

import os
import unicodedata

os.environ["PYPINYIN_NO_PHRASES"] = "true"  # before pypinyin is loaded: phrases hide readings

import pytest
from opencc import OpenCC
from pypinyin import Style, pinyin
from pypinyin.constants import PINYIN_DICT

from outreach.characters import readings, simplified
from outreach.domain.naming import folded, pinyin_key

CONVERTER = OpenCC("t2s")
NAMES = [
    "老王超市", "曾记粥铺", "曾記粥舖", "重庆小面", "重慶小麵", "區家", "区家饭店", "单记拉面", "單記", "仇家菜店", "查记",
    "解家", "朴记冷面", "朝阳", "朝陽", "长沙臭豆腐", "银行", "行知书店", "乐家", "樂家", "大都会", "女人街", "绿色", "嗯",
    "龍鬚麵", "亀井", "髮廊", "理髮店", "乾洗店", "干洗店", "後街", "皇后", "阿娣菜档", "蘭州牛肉麵", "叶氏", "葉氏", "薛记",
    "尉迟", "万俟", "呣", "呒", "7-11便利店", "ＡＢＣ超市", "ラーメン", "한식당", "Café老王", "𠮷野家", "〇号店", "⼤食代",
    "㐀㐁", "👨\u200d👩\u200d👧全家", "ŃǸŇ", "ﬁsh", "①號",
]  # fmt: skip


def said_by_pypinyin(character: str) -> str:
    """All readings of one character, as they were looked up before there was a table."""
    if character.isascii():
        return character
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False)
    return "/".join(r for r in found[0] if r.isascii()) if found else character


def said_by_opencc(character: str) -> str:
    return CONVERTER.convert(character) if ord(character) >= 0x2E80 else character


def test_every_character_has_the_readings_that_pypinyin_gives_it() -> None:
    known = map(chr, PINYIN_DICT)
    assert [c for c in known if readings(c) != said_by_pypinyin(c)] == []


@pytest.mark.parametrize("plane", [0, 1, 2, 3])
def test_every_character_has_the_simplified_form_that_opencc_gives_it(plane: int) -> None:
    codes = range(plane << 16, (plane + 1) << 16)
    characters = [chr(code) for code in codes if not 0xD800 <= code < 0xE000]
    assert [c for c in characters if simplified(c) != said_by_opencc(c)] == []


@pytest.mark.parametrize("name", NAMES)
def test_names_have_the_keys_they_always_had(name: str) -> None:
    plain = "".join(unicodedata.normalize("NFKC", name).casefold().split())
    text = "".join(map(said_by_opencc, plain))
    assert folded(name) == text
    assert pinyin_key(name) == "".join(f" {said_by_pypinyin(c)}" for c in text if c.isalnum())
