"""What else there is to know of an import, once: what came along, how names and answers were taken, what was left out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from outreach.cli.changes import field_name
from outreach.cli.remarks import value_text
from outreach.cli.sheets import some
from outreach.domain.records import Outcome as Ended
from outreach.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.cli.changes import Names
    from outreach.exchange.fates import Outcome, TakenAs


_SHOWN = 12  # lines of one sort


def notes(outcomes: Sequence[Outcome], names: Names) -> Iterator[str]:
    """A line for each."""
    if communities := [name for outcome in outcomes for name in outcome.communities.values()]:
        yield _("New communities: {names}").format(names=some(communities))
    taken_as = sum((outcome.taken_as for outcome in outcomes), Counter())
    yield from (_taken_as(one, rows, names) for one, rows in taken_as.most_common(_SHOWN))
    if len(taken_as) > _SHOWN:
        yield _("And {n} more that were taken as others; --json tells them.").format(n=len(taken_as) - _SHOWN)
    yield from _remarks(outcomes)


def _taken_as(one: TakenAs, rows: int, names: Names) -> str:
    name = ngettext("{field} {text}: taken as {value} ({n} row)", "{field} {text}: taken as {value} ({n} rows)", rows)
    answer = ngettext(
        "{field}: {text} was taken as “{value}”, not as a refusal ({n} row)",
        "{field}: {text} was taken as “{value}”, not as a refusal ({n} rows)",
        rows,
    )
    value = value_text(one.kind, one.field, one.value, names)
    text = answer if one.value == Ended.PENDING else name
    return text.format(field=field_name(one.kind, one.field), text=one.text, value=value, n=rows)


def _remarks(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """What is to be said of all sheets, added up."""
    if along := [outcome for outcome in outcomes if outcome.also["merchant"]]:
        number = sum(outcome.also["merchant"] for outcome in along)
        sheets = some([outcome.sheet for outcome in along])
        yield _("New shops that came along with {sheet}: {n}").format(sheet=sheets, n=number)
    if uncompared := sum(outcome.uncompared for outcome in outcomes):
        text = _("New shops that were not compared with all others: {n}. To see which may be one: {command}")
        yield text.format(n=uncompared, command="outreach merchant duplicates")
    if unstated := sum(outcome.unstated for outcome in outcomes):
        yield _("Rows whose status was not compared with the records, for there are too many: {n}").format(n=unstated)
    if unvisited := sum(outcome.unvisited for outcome in outcomes):
        text = _(
            "New shops that have a status in the file and no visit: {n}. It comes from visits: import those, or record them."
        )
        yield text.format(n=unvisited)
    if not_kept := sum(outcome.not_kept for outcome in outcomes):
        yield _("Rows to look at beyond those that are listed: {n}").format(n=not_kept)
    if left_out := list(dict.fromkeys(name for outcome in outcomes for name in outcome.left_out)):
        text = _("Left out, not known to me: {names}. To take a column in: --map COLUMN=FIELD")
        yield text.format(names=some(left_out))
    if private := list(dict.fromkeys(name for outcome in outcomes for name in outcome.private)):
        text = _("Left out, for they may hold what nobody needs here about children or papers: {names}")
        yield text.format(names=some(private))
