"""What Windows' console is asked for, with a stand-in for Windows; on a real one nobody has looked yet."""

import ctypes
import io
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from outreach.cli.screen import coloured


class Terminal(io.StringIO):
    """A terminal, as far as anybody asks."""

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 1


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "")
    return Terminal()


@pytest.mark.parametrize("able", [True, False])
def test_a_console_of_windows_gets_colour_if_it_says_that_it_takes_it(
    monkeypatch: pytest.MonkeyPatch, terminal: Terminal, *, able: bool
) -> None:
    asked: list[int] = []

    def set_mode(_console: Any, mode: int) -> int:
        asked.append(mode)
        return int(able)

    kernel = SimpleNamespace(GetConsoleMode=lambda _console, _mode: 1, SetConsoleMode=set_mode)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(get_osfhandle=lambda number: number))
    assert coloured(terminal) is able
    assert asked == [4]


def test_elsewhere_nothing_is_asked(monkeypatch: pytest.MonkeyPatch, terminal: Terminal) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert coloured(terminal)
