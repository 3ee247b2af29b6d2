"""What the visits at each merchant come to, by the end of a day."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from operator import itemgetter

from outreach.domain.facts import Referral, Tail, Trail
from outreach.domain.trail import trail, trail_of
from outreach.store.tables import day_of
from outreach.store.tails import are_few, tails, words_in

_CALLS = (
    "SELECT merchant, visited_at, outcome, firm, reasons FROM visit NOT INDEXED WHERE live = 1 AND visited_at < ? "
    "ORDER BY merchant, visited_at, id"
)


def trails(
    db: sqlite3.Connection, day: date, week_from: date, leads: Mapping[str, str], words: Sequence[Referral]
) -> dict[str, Trail]:
    """The trail of every merchant that was visited by the end of `day`. Raises DamagedRecord.

    `week_from`: the day the week began; the day after `day` where no week is looked at, which is quicker.
    `leads`: where merged merchants lead. `words`: what parents said to the merchants by then.
    """
    if week_from > day and not leads and are_few(db):
        spoken = _latest(words)
        found = {m: trail_of(calls, spoken.get(m)) for m, calls in _calls(db, (day + timedelta(1)).isoformat())}
        return {m: _sound(one) for m, one in found.items()}
    return trails_from(tails(db, day, week_from, leads), week_from, words)


def trails_from(found: Mapping[str, Tail], week_from: date, words: Sequence[Referral]) -> dict[str, Trail]:
    """The same from the latest visits at each merchant, where they were read."""
    spoken, monday = _latest(words), week_from.isoformat()
    return {m: _sound(trail(tail.visits, monday, spoken.get(m), earlier=tail.earlier)) for m, tail in found.items()}


def _calls(db: sqlite3.Connection, end: str) -> Iterator[tuple[str, list[tuple[str, str, bool | None, tuple[str, ...]]]]]:
    cursor = db.cursor()
    cursor.row_factory = None
    for merchant, rows in groupby(cursor.execute(_CALLS, (end,)), key=itemgetter(0)):
        yield merchant, [(at, outcome, firm, words_in(why) if why else ()) for _m, at, outcome, firm, why in rows]


def _latest(words: Sequence[Referral]) -> dict[str | None, Referral]:
    return {word.merchant: word for word in sorted(words, key=lambda word: (word.at, word.id))}


def _sound(found: Trail) -> Trail:
    """The moments it names are days of the calendar."""
    for moment in (found.last_visit, found.met_at, found.since):
        if moment is not None:
            _is_a_day(moment[:10])
    return found


@cache
def _is_a_day(text: str) -> None:
    day_of(text, "visit")
