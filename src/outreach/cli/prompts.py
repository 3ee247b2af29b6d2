"""Asking on a terminal: pick one, one key, a line of text. Built on questionary; imported only where someone is asked.

Ctrl-C or Ctrl-D at any of them raises KeyboardInterrupt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import questionary
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.keys import Keys
from questionary import Choice, Question, Style
from questionary.prompts.common import InquirerControl

from outreach.cli.screen import clean
from outreach.errors import OutreachError

T = TypeVar("T")
KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
_STYLE = Style([("qmark", "bold"), ("question", "bold"), ("answer", ""), ("pointer", "bold"), ("highlighted", "bold")])


def pick(question: str, choices: Sequence[tuple[str, T]], *, default: int = 0) -> T:
    """One of several: its key at once, or arrows and Enter, beginning at `default`."""
    options = [
        Choice(f"{key} {clean(title)}", value=i) for i, (key, (title, _v)) in enumerate(zip(KEYS, choices, strict=False))
    ]
    start = options[default]
    asked = questionary.select(question, options, default=start, qmark="", instruction=" ", style=_STYLE, pointer=">")
    _answer_at_once(asked, KEYS[: len(options)])
    chosen: int = _answer_to(asked)
    return choices[chosen][1]


def _answer_to(asked: Question) -> Any:
    """Ask. Ctrl-D is as Ctrl-C; what looks like a mouse's report, such as a typed ESC [31m, is nothing."""
    bindings = KeyBindings()
    bindings.add(Keys.Vt100MouseEvent, eager=True)(lambda _event: None)
    _bind(asked, bindings)
    try:
        return asked.unsafe_ask()
    except EOFError:
        raise KeyboardInterrupt from None


def _bind(asked: Question, bindings: KeyBindings) -> None:
    own = asked.application.key_bindings
    asked.application.key_bindings = merge_key_bindings([b for b in (own, bindings) if b is not None])


def _answer_at_once(asked: Question, keys: str) -> None:
    """Let a key answer without Enter."""
    control = next(c for c in asked.application.layout.find_all_controls() if isinstance(c, InquirerControl))
    bindings = KeyBindings()
    for index, key in enumerate(keys):
        bindings.add(key, eager=True)(_answer(control, index))
    _bind(asked, bindings)


def _answer(control: InquirerControl, index: int) -> Callable[[KeyPressEvent], None]:
    def answer(event: KeyPressEvent) -> None:
        control.pointed_at = index
        control.is_answered = True
        event.app.exit(result=index)

    return answer


def line(question: str, read: Callable[[str], T], *, hint: str = "") -> T:
    """A line of text, asked again with the reason while `read` refuses it."""
    while True:
        asked = questionary.text(question, qmark="", instruction=f" {hint}" if hint else None, style=_STYLE)
        try:
            return read(str(_answer_to(asked)))
        except OutreachError as error:
            questionary.print("  " + clean(error))


class _Names(Completer):
    """Completes from a function: what is typed so far to (text, title) pairs."""

    def __init__(self, search: Callable[[str], Iterable[tuple[str, str]]]) -> None:
        self._search = search

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002
        typed = document.text_before_cursor
        for text, title in self._search(typed) if typed.strip() else ():
            yield Completion(text, start_position=-len(typed), display=clean(title))


def name(question: str, search: Callable[[str], Iterable[tuple[str, str]]], *, hint: str = "") -> str:
    """A name, with what it may mean shown while it is typed."""
    shown: dict[str, Any] = {"instruction": f" {hint}"} if hint else {}
    asked = questionary.text(question, qmark="", style=_STYLE, completer=_Names(search), complete_while_typing=True, **shown)
    return str(_answer_to(asked))
