"""How many rows of which sheet came to what, as a table: of 200 sheets those to look at, and the others added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from outreach.cli.fields import kinds_text
from outreach.cli.screen import hanging, table
from outreach.cli.sheets import some
from outreach.exchange.fates import Fate
from outreach.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.exchange.fates import Outcome

FATES: Mapping[Fate, str] = {
    Fate.NEW: N_("new"),
    Fate.CHANGED: N_("changed"),
    Fate.SAME: N_("the same"),
    Fate.DOUBTFUL: N_("doubtful"),
    Fate.REFUSED: N_("refused"),
}
_MOST = 20  # sheets with a line of their own


def tally(outcomes: Sequence[Outcome], fit: int | None) -> str:
    """The table, and in a line each what else there is to know of its numbers. `fit`: as wide as the screen."""
    full = [outcome for outcome in outcomes if outcome.counts.total()]
    own = _own_lines(full)
    rows = [(full[i].sheet, kinds_text(full[i].kind), *_numbers(full[i].counts)) for i in own]
    if more := [outcome.counts for i, outcome in enumerate(full) if i not in own]:
        text = ngettext("{n} more sheet", "{n} more sheets", len(more)).format(n=len(more))
        rows.append((text, "", *_numbers(sum(more, Counter()))))
    lines = [table([_("Sheet"), _("Kind"), *(_(text) for text in FATES.values())], rows, fit=fit)]
    if doubted := sum((outcome.doubted for outcome in full), Counter()):
        parts = _(", ").join(f"{_(text)} {doubted[fate]}" for fate, text in FATES.items() if doubted[fate])
        told = _("Doubtful rows are taken in, too. Of these {n}: {parts}").format(n=doubted.total(), parts=parts)
        lines += hanging(told, fit=fit)
    if empty := [outcome.sheet for outcome in outcomes if not outcome.counts.total()]:
        lines += hanging(_("Without a row: {names}").format(names=some(empty)), fit=fit)
    return "\n".join(lines)


def _own_lines(full: Sequence[Outcome]) -> Sequence[int]:
    """Which of the sheets have one, in their order: where there are too many, first those with rows to look at."""
    looked_at = sorted(range(len(full)), key=lambda i: not any(full[i].counts[fate] for fate in (Fate.DOUBTFUL, Fate.REFUSED)))
    return sorted(looked_at[:_MOST] if len(full) > _MOST + 1 else looked_at)


def _numbers(counts: Counter[Fate]) -> Sequence[int]:
    return [counts[fate] for fate in FATES]
