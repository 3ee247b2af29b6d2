"""A term of the score as a value: a code, whole points, and what its sentence names. No rule and no wording."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto


class TermCode(StrEnum):
    """The terms, in the order in which they are shown."""

    STATUS = auto()
    INTRODUCED = auto()
    ASKED = auto()
    SCAM_WITH_INTRODUCER = auto()
    OPINIONS = auto()
    OPINIONS_WAIT = auto()
    ALLY = auto()
    NEIGHBOUR = auto()
    NO_POINT = auto()
    FAR_POINT = auto()
    FAMILIES = auto()
    SUPERMARKET = auto()
    GOODS = auto()
    ATTEMPTS = auto()
    FOLLOW_UP = auto()


@dataclass  # not frozen: that would make each of some thousand three times as slow to make
class Term:
    """A part of the score. `word`: the code it is about; `name`: a parent, a merchant, a mark or a category; `day`.

    `count`: how many parents, visits, days, families or metres.
    """

    code: TermCode
    points: int
    word: str = ""
    name: str = ""
    count: int = 0
    day: date | None = None
