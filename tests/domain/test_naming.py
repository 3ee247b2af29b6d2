"""How names are found: width, case, spaces and traditional forms aside; by pinyin in all readings, initials, or a mixture."""

import sqlite3

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from outreach.domain.naming import could_be_pinyin, digits, folded, pinyin_key, pinyin_pattern, subsequence

HAN = "老王超市重庆小面曾记长沙臭豆腐行知书店单乐家大都没了女绿色朴查解仇麵館陽嗯"
names = st.text(st.sampled_from(HAN + "7aK"), min_size=1, max_size=8)
queries = st.text(st.sampled_from("abcdeghijlnoqrsuwxyz7"), min_size=1, max_size=8)


def finds(query: str, name: str) -> bool:
    """Whether a typed query names this name by its sound."""
    return could_be_pinyin(folded(query)) and pinyin_pattern(folded(query)).search(pinyin_key(name)) is not None


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("laowangchaoshi", "老王超市"),
        ("lwcs", "老王超市"),
        ("laowcs", "老王超市"),
        ("lwchaos", "老王超市"),
        ("laow", "老王超市"),
        ("wcs", "老王超市"),
        ("chaoshi", "老王超市"),
        ("LWCS", "老王超市"),
        ("ｌｗｃｓ", "老王超市"),
        ("lao wang", "老王超市"),
        ("cengji", "曾记"),
        ("zengji", "曾记"),
        ("cj", "曾记"),
        ("zj", "曾记"),
        ("cqxm", "重庆小面"),
        ("zqxm", "重庆小面"),
        ("chongqingxiaomian", "重庆小面"),
        ("chongqxm", "重庆小面"),
        ("cscdf", "长沙臭豆腐"),
        ("hangzhishudian", "行知书店"),
        ("xingzsd", "行知书店"),
        ("shanji", "单记"),
        ("xiej", "解记"),
        ("qiujia", "仇家"),
        ("piaoji", "朴记"),
        ("zhaji", "查记"),
        ("lvse", "绿色"),
        ("nrj", "女人街"),
        ("mg", "麵館"),
        ("cy", "朝陽"),
        ("711bld", "7-11便利店"),
        ("abccs", "ABC超市"),
        ("abccs", "ＡＢＣ超市"),
        ("kfc", "KFC"),
        ("xianfan", "西安饭馆"),
        ("xafg", "西安饭馆"),
    ],
)
def test_found_by_sound(query: str, name: str) -> None:
    assert finds(query, name)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("lcs", "老王超市"),  # 王 is left out
        ("aowang", "老王超市"),  # begins within a syllable
        ("lwcsx", "老王超市"),
        ("wangl", "老王超市"),
        ("wj", "曾记"),
        ("cengzeng", "曾记"),  # one character is not two
        ("lwcs", "老张超市"),
        ("老", "老王超市"),  # not pinyin at all
        ("123", "123超市"),  # a phone number, rather
        ("", "老王超市"),
    ],
)
def test_not_found_by_sound(query: str, name: str) -> None:
    assert not finds(query, name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("老王超市", "老王 超市"),
        ("ABC超市", "abc超市"),
        ("ＡＢＣ超市", "abc超市"),
        ("老王（總店）", "老王(总店)"),
        ("麵館", "面馆"),
        ("蘭州牛肉麵", "兰州牛肉面"),
        ("理髮店", "理发店"),
        ("發發超市", "发发超市"),
        ("老王\u3000超市", "老王超市"),
        ("ﾗｰﾒﾝ", "ラーメン"),
        ("１３８００", "13800"),
    ],
)
def test_written_otherwise_but_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)
    assert pinyin_key(one) == pinyin_key(other)


def test_different_names_stay_different() -> None:
    assert len({folded(name) for name in ("老王超市", "老汪超市", "老王", "王老超市", "老王超市2")}) == 5


def test_all_readings_are_in_the_key() -> None:
    wanted = {"曾": "ceng zeng", "重": "chong zhong", "乐": "le yue", "长": "chang zhang", "行": "xing hang"}
    for character, readings in wanted.items():
        assert set(readings.split()) <= set(pinyin_key(character).strip().split("/"))


@given(names, st.data())
def test_a_name_is_found_by_every_reading_in_full_and_by_any_beginnings(name: str, data: st.DataObject) -> None:
    syllables = [data.draw(st.sampled_from(syllable.split("/"))) for syllable in pinyin_key(name).split()]
    typed = "".join(syllable[: data.draw(st.integers(1, len(syllable)))] for syllable in syllables)
    if could_be_pinyin(typed):
        assert finds("".join(syllables), name)
        assert finds(typed, name)


@given(names, st.text(st.sampled_from("aceghijlnouwxyz7"), min_size=1, max_size=30), st.data())
def test_short_and_long_queries_are_read_alike(name: str, noise: str, data: st.DataObject) -> None:
    """However it is done, it finds what reading the name syllable by syllable finds, and nothing else."""
    syllables = [syllable.split("/") for syllable in pinyin_key(name).split()]
    spelled = "".join(data.draw(st.sampled_from(readings)) for readings in syllables)
    query = data.draw(st.sampled_from([noise, spelled, spelled + noise, spelled[1:], spelled[: len(noise)]]))
    if could_be_pinyin(query):
        assert finds(query, name) == any(reads(query, syllables[i:]) for i in range(len(syllables)))


def reads(query: str, syllables: list[list[str]]) -> bool:
    """Whether a query is made of beginnings of these syllables, none left out, as many as it takes."""
    if not query or not syllables:
        return not query
    beginnings = {reading[:n] for reading in syllables[0] for n in range(1, len(reading) + 1)}
    return any(query.startswith(b) and reads(query[len(b) :], syllables[1:]) for b in beginnings)


@given(names, queries)
@example("老王超市", "lwcs")
@example("曾记", "zj")
def test_what_the_pattern_finds_sqlite_s_first_sieve_lets_through(name: str, query: str) -> None:
    """`find` reads only rows that pass LIKE; a row it drops is never looked at again."""
    if pinyin_pattern(query).search(pinyin_key(name)):
        with sqlite3.connect(":memory:") as db:
            assert db.execute("SELECT ? LIKE ?", (pinyin_key(name), subsequence(query))).fetchone() == (1,)


@given(names, st.data())
def test_a_part_of_a_name_folds_as_it_does_within_the_name(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name)))
    end = data.draw(st.integers(start, len(name)))
    assert folded(name[start:end]) in folded(name)


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_any_text_folds_without_spaces(text: str) -> None:
    assert not any(c.isspace() for c in folded(text))
    assert pinyin_key(text).count("  ") == 0


@pytest.mark.timeout(10)
def test_a_name_that_nearly_fits_in_many_ways_is_still_given_up_at_once() -> None:
    """嗯 is n and ng: forty of them have 2^40 ways to be read. One laptop's odd name must not freeze another's search."""
    assert not finds("n" * 40 + "q", "嗯" * 50 + "家")


@pytest.mark.parametrize(
    ("text", "wanted"), [("138-0013 8000", "13800138000"), ("１３８", "138"), ("+86 10", "8610"), ("老王", ""), ("", "")]
)
def test_a_phone_number_is_its_digits(text: str, wanted: str) -> None:
    assert digits(text) == wanted
