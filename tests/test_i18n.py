"""Both languages, whole: no sentence without its Chinese, none left over, and the same blanks to fill in both."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach import i18n
from outreach.domain.records import KINDS, Approach, Reason, ReferralKind, Sort
from outreach.domain.resources import Layer
from outreach.report.labels import FIELD_LABELS, KIND_LABELS, LABELS

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "scripts" / "build"))
from catalogues import catalogues, read, sentences  # noqa: E402 - a script's module

BLANK = re.compile(r"{\w*}")
HAN = re.compile(r"[\u4e00-\u9fff]")
SAME = {"outreach {version}"}  # the same in both languages


def said_in(source: Path) -> Iterator[str]:
    """Every sentence that a module marks, found by Python's own parser."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "N_", "ngettext"):
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value:
                yield first.value


def key(message: object) -> str:
    return str(message[0] if isinstance(message, tuple) else message)


CHINESE = {key(m.id): m for path in catalogues() for m in read(path) if m.id}


def test_every_sentence_in_the_code_is_in_the_catalogue() -> None:
    said = {text for source in (ROOT / "src").rglob("*.py") for text in said_in(source)}
    assert said - CHINESE.keys() == set(), "run scripts/build/catalogues.py update, and put them into Chinese"
    assert CHINESE.keys() - said == set(), "no longer said: run scripts/build/catalogues.py update"
    assert {key(m.id) for m in sentences() if m.id} == said, "gettext's tools do not see a sentence within an f-string"


@pytest.mark.parametrize("message", CHINESE.values(), ids=CHINESE.keys())
def test_every_sentence_has_its_chinese_with_the_same_blanks(message: object) -> None:
    english = key(message.id)  # type: ignore[attr-defined]
    string = message.string  # type: ignore[attr-defined]
    chinese = string[0] if isinstance(string, tuple) else string
    assert chinese, "not put into Chinese"
    assert set(BLANK.findall(chinese)) == set(BLANK.findall(english))
    assert "fuzzy" not in message.flags  # type: ignore[attr-defined]
    if re.search(r"[a-z]{3} [a-z]{2}", english) and english not in SAME:
        assert HAN.search(chinese), "left in English"


@pytest.mark.parametrize("message", CHINESE.values(), ids=CHINESE.keys())
def test_chinese_has_chinese_stops_and_no_space_after_a_day(message: object) -> None:
    string = message.string  # type: ignore[attr-defined]
    chinese = string[0] if isinstance(string, tuple) else string
    assert not re.search(r"[\u4e00-\u9fff}”）][;,?!]|[;,:?!][\u4e00-\u9fff“]|[。；，] ?[。；，]", chinese)
    assert not re.search(r"{since} [\u4e00-\u9fff]|在 {day} ", chinese)


def test_every_closed_word_kind_and_field_has_its_label() -> None:
    words = {
        (field.words, word.value) for kind in KINDS.values() for field in kind.fields if field.words for word in field.words
    }
    assert words | {(some, word.value) for some in (Reason, Sort, Layer) for word in some} == LABELS.keys()
    assert LABELS[Approach, "accompanied"] != LABELS[ReferralKind, "accompanied"]
    assert KINDS.keys() == KIND_LABELS.keys()
    fields = {field.name for kind in KINDS.values() for field in kind.fields}
    assert fields == {name for _kind, name in FIELD_LABELS}


@pytest.mark.parametrize(
    ("argv", "environ", "expected"),
    [
        (["--lang", "en"], {"OUTREACH_LANG": "zh"}, "en"),
        (["visit", "--lang=zh"], {"LANG": "en_GB.UTF-8"}, "zh"),
        ([], {"OUTREACH_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ([], {"LC_ALL": "C.UTF-8", "LANG": "zh_TW.UTF-8"}, "zh"),
        ([], {"LANG": "fr_FR.UTF-8"}, "en"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        ([], {}, "zh"),
        (["--", "--lang", "en"], {}, "zh"),
    ],
)
def test_the_language_is_what_was_said_first_and_chinese_where_nothing_was(
    argv: list[str], environ: dict[str, str], expected: str
) -> None:
    assert i18n.choose(argv, environ) == expected
