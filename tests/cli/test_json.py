"""`--json`: nothing in it commands a terminal, and nothing is asked."""

import json
import re
import sys

import pytest

from tests.conftest import Laptop

HARMFUL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("name", ["小\x9b31m店", "左\u202e右店", "\u2066中\u2069间店", "上\u2028下店", "删\x7f除店"])
def test_what_would_command_a_terminal_is_escaped_and_comes_out_as_it_went_in(laptop: Laptop, name: str) -> None:
    laptop.shop(name)
    for words in (("list",), ("find", "店"), ("history",), ("show", name)):
        text = laptop.run(*words, "--json").out
        assert HARMFUL.search(text) is None
        assert name in json.dumps(json.loads(text), ensure_ascii=False)


def test_nothing_is_asked_where_json_is_wanted(laptop: Laptop) -> None:
    pexpect = pytest.importorskip("pexpect")
    laptop.shop("老王超市")
    laptop.shop("老王面馆")
    command = ["-m", "outreach", "show", "老王", "--json"]
    child = pexpect.spawn(sys.executable, command, env=laptop.env(TERM="xterm"), encoding="utf-8", timeout=15)
    child.expect_exact("“老王” fits 2 entries.")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 1
