"""What the writers of files need to be told: which records, and what their words are in the user's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from outreach.domain.form import Kind
from outreach.store.merchants import Filter
from outreach.store.rows import Words, columns_of


@dataclass(frozen=True)
class Order:
    """What goes into a file: the kinds, the shops that pass `wanted`, contacts or none. `now`: in the laptop's zone."""

    kinds: tuple[Kind, ...]
    wanted: Filter
    now: datetime
    contacts: bool = False

    def columns(self, kind: Kind) -> list[str]:
        """The columns of a kind's table."""
        return columns_of(kind, contacts=self.contacts)


@dataclass(frozen=True)
class Wording:
    """`heads`: of columns, by kind and name; `sheets`: names of sheets, by kind; `words`: of closed sets."""

    heads: Mapping[tuple[str, str], str]
    sheets: Mapping[str, str]
    words: Words
