"""A row as values: of the record it is, and of the shop or parent it is about. References are as the file has them."""

from dataclasses import dataclass, field

from outreach.domain.change import Fields
from outreach.exchange.fates import Remark, TakenAs
from outreach.exchange.table import Row
from outreach.store.imports import Visited


@dataclass(slots=True)
class Entry:
    """`key`: what identifies the row in its source. `about`: fields of a record that it points to, by kind (`merchant`).

    `refused`: it is kept out; `held`: it is not taken in, though nothing is wrong with it; `bare`: it says nothing of its own,
    it only brings its shop; `mended`: it is in the workbook of rows that were set aside, and was not taken in; `again`: it is
    there because an earlier row is the same record, or said otherwise of its shop, and counts; `seen`: it is a
    visit that is kept out, of which the shop and the day are known. `shop`: the id of the shop that comes along; `name`: what
    people know the row by; `status`: where it says that the shop stands, as a code, or as typed where that is none;
    `other_days`: of a new visit, those of earlier imports that say the same of another day.
    """

    row: Row
    fields: Fields
    id: str | None = None
    key: str | None = None
    about: dict[str, Fields] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    refused: bool = False
    held: bool = False
    bare: bool = False
    mended: bool = False
    again: bool = False
    seen: bool = False
    shop: str | None = None
    name: str = ""
    status: str | None = None
    taken_as: tuple[TakenAs, ...] = ()
    other_days: tuple[Visited, ...] = ()

    def refuse(self, code: str, **facts: object) -> None:
        """Keep the row out, and why."""
        self.doubt(code, **facts)
        self.refused = True

    def hold(self, code: str, **facts: object) -> None:
        """Not take the row in, and why."""
        self.doubt(code, **facts)
        self.held = True

    def hear(self, one: Remark | TakenAs) -> None:
        """Something to say of the row, or once of all rows that say it."""
        if isinstance(one, Remark):
            self.remarks.append(one)
        elif one not in self.taken_as:
            self.taken_as = (*self.taken_as, one)

    def doubt(self, code: str, **facts: object) -> None:
        """Something for a person to look at."""
        self.remarks.append(Remark(code, facts))
