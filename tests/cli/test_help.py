"""The help of every command, in both languages: complete, aligned, within 80 columns; and what Typer itself says."""

import re

import pytest

from outreach.cli.app import ENTRIES
from outreach.cli.screen import width
from tests.conftest import Laptop

REGISTERS = {
    "merchant": ("add", "edit", "remove", "restore"),
    "parent": ("add", "edit", "remove", "restore", "list", "show"),
    "community": ("add", "edit", "remove", "restore", "list", "show"),
}
COMMANDS = [
    (),
    *((entry.name,) for entry in ENTRIES),
    *((kind,) for kind in REGISTERS),
    *((kind, action) for kind, actions in REGISTERS.items() for action in actions),
]
LANGUAGES = {"zh": ("用法：", "选项："), "en": ("Usage: ", "Options:")}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_is_neither_cut_nor_misaligned_at_80_columns(laptop: Laptop, words: tuple[str, ...], lang: str) -> None:
    laptop.lang = lang
    lines = laptop.run(*words, "--help", COLUMNS="80").out.splitlines()
    usage, options = LANGUAGES[lang]
    assert lines[0].startswith(f"{usage}outreach{''.join(' ' + w for w in words)}")
    assert max(map(width, lines)) <= 80
    assert not any("…" in line or line.endswith("...") for line in lines[1:] if "COMMAND" not in line)
    assert len({_help_column(line) for line in _rows(lines[lines.index(options) :])}) == 1
    if lang == "zh":
        assert all(re.search("[\u4e00-\u9fff]", line) for line in _rows(lines)), "left in English"


def _rows(lines: list[str]) -> list[str]:
    """The lines that name an option or a command and say something of it."""
    return [line for line in lines if re.match(r"  (--)?[a-z][\w-]*( \S+)?\s{2,}\S", line)]


def _help_column(line: str) -> int:
    """The column in which a row's help begins."""
    found = re.match(r"  \S+( \S+)?\s{2,}", line)
    assert found, line
    return width(found[0])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["visti"], "没有“visti”这个命令。是不是 visit"),
        (["qqqq"], "没有“qqqq”这个命令。"),
        (["merchant", "bogus"], "没有“bogus”这个命令。outreach merchant --help 列出全部命令。"),
        (["merchant", "list"], "这里没有“list”命令，请用 outreach list。"),
        (["merchant", "show", "老王"], "这里没有“show”命令，请用 outreach show。"),
        (["merchant", "add"], "缺少“名称”。例如：outreach merchant add 小芳水果 --community 皮村 --category 水果店"),
        (["parent", "remove"], "缺少“名称”。例如：outreach parent remove 刘姐"),
        (["merchant", "ad"], "没有“ad”这个命令。是不是 add"),
        (["list", "--bogus"], "没有 --bogus 这个选项。"),
        (["--bogus"], "没有 --bogus 这个选项。"),
        (["list", "--limit"], "--limit 后面要写内容。"),
        (["list", "--json=1"], "--json 后面不用写内容。"),
        (["tag"], "缺少“商户”"),
        (["tag", "x"], "缺少“标记”"),
        (["due", "多余的"], "多写了“多余的”。"),
        (["--lang", "fr", "list"], "--lang 只能写 zh 或 en。"),
    ],
)
def test_typer_s_complaints_are_in_chinese_with_exit_2(laptop: Laptop, words: list[str], said: str) -> None:
    laptop.lang = "zh"
    ran = laptop.run(*words, code=2)
    assert ran.err.startswith(said)
    assert not re.search(r"[A-Z][a-z]+ [a-z]+", ran.err)
    assert ran.out == ""


def test_lang_may_stand_anywhere(laptop: Laptop) -> None:
    laptop.lang = "en"
    assert "没有到期的跟进" in laptop.run("due", "--lang", "zh").out
    assert "没有到期的跟进" in laptop.run("--lang=zh", "due").out


@pytest.mark.parametrize("words", [(), ("visit",), ("merchant",), ("merchant", "add")], ids=" ".join)
def test_h_is_help_too(laptop: Laptop, words: tuple[str, ...]) -> None:
    assert laptop.run(*words, "-h").out == laptop.run(*words, "--help").out


def test_version(laptop: Laptop) -> None:
    assert re.fullmatch(r"outreach \d+\.\d+\.\d+\n", laptop.run("--version").out)
