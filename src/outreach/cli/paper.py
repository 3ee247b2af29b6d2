"""Keying in what was written on a walking list: street mode in the list's order. Knows no layout of the paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from outreach.cli import prompts
from outreach.cli import words as shown
from outreach.cli.screen import clean
from outreach.cli.session import say, tell
from outreach.cli.street import ask_rest, take_back
from outreach.domain.records import Outcome
from outreach.domain.text import natural_key
from outreach.errors import OutreachError
from outreach.errors.supervising import PlanOfOthers
from outreach.i18n import N_, _, ngettext
from outreach.report.labels import KEYS, label
from outreach.store.merchants import get_merchant
from outreach.store.records import members, records_about

if TYPE_CHECKING:
    from outreach.cli.planned import Planned
    from outreach.cli.session import Session

_NEXT, _UNDO, _QUIT = "s", "u", "q"
_BANNER = N_(
    "The walking list of {day}, shops: {n}, keyed in already: {done}. Enter: that shop was not visited. Ctrl-C drops a visit."
)


def key_in(session: Session, planned: Planned, by: str | None) -> None:
    """The shops of one worker's sheet that were not keyed in yet, one after another; what is confirmed is kept."""
    worker, stops = _sheet(planned, by or session.worker, named=by is not None)
    shops = _shops(session, stops)
    left = [shop for shop in shops if not _is_in(session, shop[0], planned.day)]
    facts = {"day": shown.day(planned.day, session.today()), "n": len(shops), "done": len(shops) - len(left)}
    tell(_(_BANNER).format(**facts))
    count = _walk(session, left, _moment(session, planned.day), by or worker or session.worker)
    say(ngettext("{n} visit recorded.", "{n} visits recorded.", count).format(n=count))


def _sheet(planned: Planned, worker: str | None, *, named: bool) -> tuple[str | None, Sequence[str]]:
    """The sheet of a worker; the only one there is, unless another was `named` (PlanOfOthers)."""
    wanted = natural_key(worker or "")
    found = [page for page in planned.pages if natural_key(page[0] or "") == wanted]
    if not found and len(planned.pages) == 1 and not (named and planned.pages[0][0]):
        return planned.pages[0]
    if not found:
        raise PlanOfOthers(names=" / ".join(page[0] or "" for page in planned.pages))
    return found[0]


def _shops(session: Session, stops: Sequence[str]) -> list[tuple[str, str]]:
    """Id and name of those that are still on the lists."""
    found = (get_merchant(session.db, stop) for stop in stops)
    return [(merchant.id, merchant.name) for merchant in found if merchant]


def _is_in(session: Session, shop: str, day: date) -> bool:
    visits = records_about(session.db, "visit", members(session.db, shop))
    return any(v["visited_at"][:10] >= day.isoformat() for v in visits)


def _moment(session: Session, day: date) -> date | datetime:
    """When the visits were: on the day of the walk, or, on that day itself or before it, now."""
    return day if day < session.today() else session.now()


def _walk(session: Session, shops: Sequence[tuple[str, str]], at: date | datetime, by: str | None) -> int:
    place, count = 0, 0
    while place < len(shops):
        try:
            key = _asked(shops[place][1], place, len(shops))
        except KeyboardInterrupt:
            break
        if key == _QUIT:
            break
        if key == _UNDO:
            back = take_back(session) if count else _nothing()
            count, place = count + back, max(0, place + back)
        elif key in (None, _NEXT):
            place += 1
        elif _kept(session, shops[place], key or "", at, by):
            count, place = count + 1, place + 1
    return count


def _nothing() -> int:
    tell(_("Nothing of this list was keyed in just now."))
    return 0


def _asked(name: str, place: int, many: int) -> str | None:
    """How it went, by one key."""
    question = _("{place}/{many} {shop}: how did it go?").format(place=place + 1, many=many, shop=clean(name))
    outcomes = [(key, label(Outcome, outcome.value), outcome.value) for key, outcome in zip(KEYS, Outcome, strict=False)]
    more = [(_NEXT, _("not visited"), _NEXT), (_UNDO, _("take the last one back"), _UNDO), (_QUIT, _("end"), _QUIT)]
    return prompts.pick_key(question, [*outcomes, *more], _("(press a key; Enter: not visited)"))


def _kept(session: Session, shop: tuple[str, str], outcome: str, at: date | datetime, by: str | None) -> bool:
    try:
        ask_rest(session, shop, outcome, at=at, by=by)
    except OutreachError as error:
        tell(*error.sentence(clean).split("\n"))
    except KeyboardInterrupt:
        pass
    else:
        return True
    tell(_("This visit was not kept."))
    return False
