"""Which modules commands load. What is slow to import stays off the street path (DESIGN.md, section 7); no stopwatch here."""

import json
import subprocess
import sys
from itertools import count

import pytest

from tests.conftest import Laptop, Ran

HEAVY = ("pydantic", "rich", "sqlite_utils", "questionary", "prompt_toolkit", "pypinyin", "rapidfuzz", "opencc", "tomlkit")
NUMBERS = count()
SLOW = (*HEAVY, "babel", "asyncio", "http", "unittest", "pydoc", "xml")  # and of Python's own

BLOCKED = """
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in sys.argv[1].split():
            raise ImportError(name + " must not be imported here")

sys.meta_path.insert(0, Refuse())
from outreach.cli.main import main
sys.exit(main(sys.argv[2:]))
"""
WATCHED = """
import json, sys
from outreach.cli.main import main
status = main(sys.argv[2:])
loaded = {name.partition(".")[0] for name in sys.modules} & set(sys.argv[1].split())
sys.stderr.write(json.dumps(sorted(loaded)))
sys.exit(status)
"""


def python(program: str, laptop: Laptop, modules: tuple[str, ...], *words: str) -> Ran:
    """Run a little program that calls `main` with these words; {n} in them is a number that was never there before."""
    fresh = str(next(NUMBERS))
    command = [sys.executable, "-c", program, " ".join(modules), *(word.replace("{n}", fresh) for word in words)]
    done = subprocess.run(
        command, env=laptop.env(OUTREACH_WORKER="林晓"), capture_output=True, text=True, encoding="utf-8", check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    """A laptop that knows a shop with a follow-up: its database is made, its names are in pinyin already."""
    laptop = Laptop(tmp_path_factory.mktemp("known") / "home")
    laptop.shop("老王超市", "pending", "--follow-up", "3d")
    return laptop


STREET = [
    pytest.param(("visit", "老王超市", "pending"), "Recorded: 老王超市", id="visit"),
    pytest.param(("visit", "老王超市", "refused", "--firm", "--why", "其他", "--note", "不", "--tag", "冷柜", "--minutes", "5"),
                 "Recorded: 老王超市", id="visit-with-everything"),
    pytest.param(("visit", "曾記粥舖{n}", "pending", "--new", "--community", "皮村", "--phone", "1200001{n}5678"),
                 "Recorded: 曾記粥舖", id="visit-new"),
    pytest.param(("--help",), "Usage: outreach", id="help"),
    pytest.param(("visit", "--help"), "Usage: outreach visit", id="visit-help"),
    pytest.param(("--lang", "zh", "--help"), "用法", id="help-zh"),
    pytest.param(("--version",), "outreach", id="version"),
]  # fmt: skip
LOOKING = [
    pytest.param(("list",), "老王超市", id="list"),
    pytest.param(("list", "--tag", "跟进", "--sort", "name"), "老王超市", id="list-filtered"),
    pytest.param(("list", "--json"), "老王超市", id="list-json"),
    pytest.param(("due", "--days", "7"), "老王超市", id="due"),
    pytest.param(("find", "lwcs"), "老王超市", id="find-initials"),
    pytest.param(("find", "wangchaoshi"), "老王超市", id="find-pinyin"),
    pytest.param(("find", "老王"), "老王超市", id="find-part"),
    pytest.param(("find", "老王超市"), "老王超市", id="find-name"),
    pytest.param(("find", "皮村", "老王"), "老王超市", id="find-in-a-village"),
]


@pytest.mark.parametrize(("words", "said"), STREET)
def test_the_street_path_runs_without_any_heavy_library(known: Laptop, words: tuple[str, ...], said: str) -> None:
    """In the street a command must be there at once: any one of these costs as much as the whole visit."""
    ran = python(BLOCKED, known, HEAVY, *words)
    assert (ran.code, ran.err) == (0, "")
    assert said in ran.out


@pytest.mark.parametrize(("words", "said"), LOOKING)
def test_lists_run_in_a_pipe_without_any_heavy_library(known: Laptop, words: tuple[str, ...], said: str) -> None:
    """Ten thousand merchants in 2.2 times `import typer`: tables are ours, rich and rapidfuzz are for terminals and misses."""
    ran = python(BLOCKED, known, HEAVY, *words)
    assert (ran.code, ran.err) == (0, "")
    assert said in ran.out


@pytest.mark.parametrize(("words", "said"), [*STREET, *LOOKING])
def test_nothing_slow_is_loaded_although_it_could_be(known: Laptop, words: tuple[str, ...], said: str) -> None:
    """The blocker above cannot see an import that is tried and done without; here everything is there for the taking."""
    ran = python(WATCHED, known, SLOW, *words)
    assert ran.code == 0
    assert said in ran.out
    assert json.loads(ran.err.splitlines()[-1]) == []


def test_one_command_does_not_load_another(known: Laptop) -> None:
    """Command modules are imported on dispatch: `visit` must not grow with every command that is added."""
    others = ("report", "sync", "demo", "replay", "listing", "history", "show", "due", "today", "street", "prompts", "priority")
    program = WATCHED.replace('name.partition(".")[0]', 'name.removeprefix("outreach.cli.")')
    ran = python(program, known, others, "visit", "老王超市", "pending")
    assert json.loads(ran.err.splitlines()[-1]) == []
