"""Asking on a terminal: pick one, one key, a line of text. Built on questionary; imported only where someone is asked.

Ctrl-C or Ctrl-D at any of them raises KeyboardInterrupt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import questionary
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.keys import Keys
from questionary import Choice, Question, Style
from questionary.prompts.common import InquirerControl

from outreach.cli.screen import clean, columns, hanging, width, wrap
from outreach.errors import OutreachError
from outreach.i18n import _
from outreach.report.labels import KEYS

T = TypeVar("T")
_FULL_WIDTH = 0xFEE0  # from a character to its full-width form, as a Chinese input method types it
_NOWHERE = -1  # before an arrow was pressed, no choice is pointed at
_STYLE = Style([("qmark", "bold"), ("question", "bold"), ("answer", ""), ("pointer", "bold"), ("highlighted", "bold")])


def _answer_to(asked: Question) -> Any:
    """Ask. Ctrl-D is as Ctrl-C; what looks like a mouse's report, such as a typed ESC [31m, is nothing."""
    bindings = KeyBindings()
    bindings.add(Keys.Vt100MouseEvent, eager=True)(_stay)
    _bind(asked, bindings)
    try:
        return asked.unsafe_ask()
    except EOFError:
        raise KeyboardInterrupt from None


def _bind(asked: Question, bindings: KeyBindings) -> None:
    own = asked.application.key_bindings
    asked.application.key_bindings = merge_key_bindings([b for b in (own, bindings) if b is not None])


def pick(question: str, choices: Sequence[tuple[str, T]]) -> T:
    """One of several: by its key at once, or by arrows and Enter. Enter alone answers nothing."""
    chosen = _ask(question, choices, _("(press a number)"), skippable=False)
    assert chosen is not None
    return choices[chosen][1]


def pick_or_skip(question: str, choices: Sequence[tuple[str, T]]) -> T | None:
    """As `pick`; Enter alone skips the question."""
    chosen = _ask(question, choices, _("(press a number; Enter skips)"), skippable=True)
    return None if chosen is None else choices[chosen][1]


def pick_key(question: str, choices: Sequence[tuple[str, str, T]], hint: str, *, escapes: bool = False) -> T | None:
    """One of several, each by the key that comes before its title; Enter alone skips. `escapes`: Esc is as Ctrl-C."""
    keys = "".join(key for key, _title, _value in choices)
    chosen = _ask(
        question, [(title, value) for _key, title, value in choices], hint, skippable=True, keys=keys, escapes=escapes
    )
    return None if chosen is None else choices[chosen][2]


def _ask(
    question: str,
    choices: Sequence[tuple[str, object]],
    hint: str,
    *,
    skippable: bool,
    keys: str = KEYS,
    escapes: bool = False,
) -> int | None:
    options = [
        Choice(f"{key} {clean(title)}", value=i) for i, (key, (title, _v)) in enumerate(zip(keys, choices, strict=False))
    ]
    message, instruction = _laid_out(question, hint)
    asked = questionary.select(message, options, qmark="", instruction=instruction, style=_STYLE, pointer=">")
    control = next(c for c in asked.application.layout.find_all_controls() if isinstance(c, InquirerControl))
    control.pointed_at = _NOWHERE
    bindings = KeyBindings()
    for index, key in enumerate(keys[: len(options)]):
        for typed in (key, chr(ord(key) + _FULL_WIDTH)):
            bindings.add(typed, eager=True)(_answer(control, index))
    nowhere = Condition(lambda: control.pointed_at == _NOWHERE)
    bindings.add(Keys.ControlM, eager=True, filter=nowhere)(_skip(control) if skippable else _stay)
    if escapes:
        bindings.add(Keys.Escape, eager=True)(_escape)
    _bind(asked, bindings)
    chosen: int | None = _answer_to(asked)
    return chosen


def _laid_out(question: str, hint: str) -> tuple[str, str]:
    """A question and its hint in lines that end between words; each stands between spaces."""
    room = columns() - 2
    lines = wrap(question, room)
    beside = width(lines[-1]) + len("  ") + width(hint) <= room
    return "\n ".join(lines), f" {hint}" if beside else "\n " + "\n ".join(wrap(hint, room))


def _answer(control: InquirerControl, index: int) -> Callable[[KeyPressEvent], None]:
    def answer(event: KeyPressEvent) -> None:
        control.pointed_at = index
        control.is_answered = True
        event.app.exit(result=index)

    return answer


def _skip(control: InquirerControl) -> Callable[[KeyPressEvent], None]:
    def skip(event: KeyPressEvent) -> None:
        control.choices.append(Choice(_("(skipped)")))  # the last one is where nothing points, and is what is shown
        control.is_answered = True
        event.app.exit(result=None)

    return skip


def _escape(event: KeyPressEvent) -> None:
    event.app.exit(exception=KeyboardInterrupt)


def _stay(_event: KeyPressEvent) -> None:
    """Nothing was chosen yet."""


def line(question: str, read: Callable[[str], T], *, hint: str = "", escapes: bool = False) -> T:
    """A line of text, asked again with the reason while `read` refuses it. `escapes`: Esc is as Ctrl-C."""
    while True:
        asked = questionary.text(question, qmark="", instruction=f" {hint}" if hint else None, style=_STYLE)
        if escapes:
            bindings = KeyBindings()
            bindings.add(Keys.Escape, eager=True)(_escape)
            _bind(asked, bindings)
        try:
            return read(str(_answer_to(asked)))
        except OutreachError as error:
            for said in error.sentence(clean).split("\n"):
                questionary.print("\n".join(hanging(said, "  ", 2, fit=columns())))


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
