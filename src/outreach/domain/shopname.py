"""A shop's name taken apart: what is its own, its trade, its branch mark; and how two own names differ. Pure.

The words are those of small shops in China; a trade that is not among them is taken for a part of the own name.
"""

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import islice, product
from typing import NamedTuple

from outreach.domain.naming import folded, pinyin_key

Sound = tuple[str, ...]  # a name's syllables, each in one reading

_BRANCH = re.compile(r"(?<=.)[(\[【]([^)\]】]*)[)\]】]?")
_SUFFIX = re.compile(
    "(?:24小时|平价|生活|食品|综合|连锁|便民)*"
    "(?:便利商店|便利超市|便利店|便民店|超市|商店|商行|小卖部|小店|士多店?|百货店?|杂货[店铺]?|门市部|分店|店)+$"
)
_GENERAL = "超市"  # the trade of all that sell a bit of everything
_TRADES = {
    "水果": "水果 鲜果 果品 果园", "蔬菜": "蔬菜 鲜蔬 果蔬 菜店", "粮油": "粮油 米面粮油", "烟酒": "烟酒",
    "茶叶": "茶叶 茶庄 茶行", "五金": "五金 建材 五金机电", "文具": "文具 文体", "玩具": "玩具",
    "服装": "服装 服饰 衣橱", "鞋": "鞋店 鞋城", "药": "大药房 药房 药店 药堂", "理发": "理发 美发 发廊 美容美发",
    "早餐": "早餐 早点", "面": "面馆 面店 牛肉面 拉面 冷面", "饺子": "饺子 水饺", "包子": "包子", "烧饼": "烧饼",
    "麻辣烫": "麻辣烫", "火锅": "火锅", "烧烤": "烧烤", "小吃": "小吃 快餐 小炒 小馆", "饭": "饭店 餐厅 饭馆 食堂 菜馆",
    "粥": "粥铺 粥店", "米粉": "米粉 肠粉", "奶茶": "奶茶", "蛋糕": "蛋糕 烘焙 面包", "豆腐": "豆腐坊 豆腐",
    "肉": "鲜肉 肉铺 熟食", "快递": "快递 驿站", "水站": "水站 送水", "网吧": "网吧 网咖", "旅馆": "旅馆 宾馆 招待所",
    "修车": "修车 车行 汽修", "眼镜": "眼镜", "手机": "手机 通讯", "家电": "家电 电器", "洗衣": "洗衣 干洗",
    "彩票": "彩票", "花": "花店 鲜花", "宠物": "宠物", "母婴": "母婴", "诊所": "诊所 牙科", "海鲜": "海鲜 水产",
    "打印": "打印 图文",
}  # fmt: skip
_TRADE_OF = {word: trade for trade, words in _TRADES.items() for word in words.split()}
_LONGEST = max(map(len, _TRADE_OF))
_AFTER_TRADE = re.compile("(?:用品|[店铺行馆坊屋城])*")
_TELLS_APART = frozenset("0123456789abcdefghijklmnopqrstuvwxyz一二三四五六七八九十东西南北中前后上下左右总分新老大小哥嫂")
_LOOKALIKES = (  # each after the one it is taken for
    "己已巳 未末 土士 千干 日曰 天夭 大太犬 人入 王玉 乐东 友发 鸟乌 免兔 治冶 晴睛 拔拨 享亨 洒酒 坚竖 折拆 "
    "贫贪 今令 午牛 贝见 问间 代伐 家冢 师帅 体休 处外 厂广 右石 吉古 开井 儿几 九丸 又叉 毛手 内肉 无元 "
    "两雨 果呆 西酉 里星 多名 性姓 陷馅"
)
_LOOKS = str.maketrans({other: group[0] for group in _LOOKALIKES.split() for other in group[1:]})
_ALIKE = {group[0]: group for group in _LOOKALIKES.split()}
_WAYS = 16  # of reading a name
_SLIPS = 3  # characters: in shorter own names a slip is another name
_TELLING = 12  # characters of a name that narrow a search; more would find no fewer


class ShopName(NamedTuple("_Parts", [("own", str), ("trade", str), ("branch", str), ("general", bool)])):
    """`own` and `trade` as they are written, folded; `general`: it sells a bit of everything, as its ending says."""

    @property
    def whole(self) -> str:
        """The name without its ending and its mark."""
        return self.own + self.trade

    @property
    def sells(self) -> str | None:
        """The kind of trade; None where the name does not say."""
        return _TRADE_OF.get(self.trade) or (_GENERAL if self.general else None)

    @cached_property
    def seen(self) -> str:
        """The whole as it looks at a glance."""
        return self.whole.translate(_LOOKS)

    @cached_property
    def sounds(self) -> tuple[Sound, ...]:
        """The own name in its readings."""
        return _sounds(self.own)

    @cached_property
    def whole_sounds(self) -> tuple[Sound, ...]:
        """The whole in its readings."""
        return _sounds(self.whole)


@lru_cache(maxsize=1 << 15)
def parted(name: str, village: str | None = None) -> ShopName:
    """A name taken apart: 皮村小芳水果(东街店) in 皮村 is 小芳, 水果 and 东街."""
    text = folded(name)
    mark = _BRANCH.search(text)
    bare = _without(_BRANCH.sub("", text), folded(village or ""))
    short = _SUFFIX.sub("", bare) or bare
    found = None if short in _TRADE_OF else _trade(short)
    own, trade = (short[: found[0]], found[1]) if found else (short, "")
    own = _letters(own) or own or text
    return ShopName(own, trade, mark[1].removesuffix("店") if mark else "", short != bare and not found)


def _trade(name: str) -> tuple[int, str] | None:
    """Where the trade begins that a name ends with, and its word. (One expression of all words takes 1 ms to compile.)"""
    for start in range(len(name)):
        for end in range(min(start + _LONGEST, len(name)), start, -1):
            if name[start:end] in _TRADE_OF and _AFTER_TRADE.fullmatch(name, end):
                return start, name[start:end]
    return None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _without(name: str, village: str) -> str:
    """The name without its village before it, or as its branch."""
    if len(village) > 1:
        name = (name.removesuffix(f"{village}店") if name != f"{village}店" else name).removeprefix(village) or name
    return name


def _sounds(text: str) -> tuple[Sound, ...]:
    heard = pinyin_key(text).split()
    return tuple(islice(product(*(syllable.split("/") for syllable in heard)), _WAYS)) if heard else ()


def syllables(name: ShopName) -> tuple[Sequence[frozenset[str]], int]:
    """The readings of the own name's characters, and of how many of them any name that may be taken for it holds one.

    A slip leaves all but one, and in a short name nothing is a slip; a character may be one that looks like it.
    """
    looks = (c + _ALIKE.get(c.translate(_LOOKS), "") for c in name.own)
    heard = (frozenset(pinyin_key(some).replace("/", " ").split()) for some in looks)
    telling = tuple(islice(filter(None, heard), _TELLING))
    return telling, len(telling) - (len(name.own) >= _SLIPS)


class Slip(NamedTuple):
    """One place where two names differ. `own`: how long the own name is, in syllables, if the place lies in it.

    `sure`: two characters that look alike, or one typed twice in two forms of one sound.
    """

    own: int | None
    sure: bool = False


def slip(one: ShopName, other: ShopName) -> Slip | None:
    """The one slip of the pen that lies between them: a character for another, one too many, two exchanged."""
    if one.seen == other.seen:
        return Slip(None, sure=True)
    short, long = sorted((one.whole, other.whole), key=len)
    if len(long) > len(short) + 1:
        return None
    own = min(len(one.own), len(other.own))
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(long) > len(short):
        return _too_many(long, short, at, own)
    rest = at + 2 if short[at : at + 2] == long[at : at + 2][::-1] else at + 1
    if not same_sound(short[rest:], long[rest:]) or {short[at], long[at]} & _TELLS_APART:
        return None
    return Slip(own if at < own else None)


def _too_many(long: str, short: str, at: int, own: int) -> Slip | None:
    if long[at + 1 :] != short[at:] or long[at] in _TELLS_APART:
        return None
    beside = long[max(at - 1, 0) : at] + long[at + 1 : at + 2]
    return Slip(own if at <= own else None, sure=any(same_sound(long[at], c) and long[at] != c for c in beside))


def same_sound(one: str, other: str) -> bool:
    """Whether two texts may be read alike."""
    return one == other or (len(one) == len(other) and bool(set(_sounds(one)) & set(_sounds(other))))
