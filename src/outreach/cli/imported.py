"""What an import came to, or would come to: on the screen, as JSON, and as the workbook of rows to look at."""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from outreach.cli.changes import COVERED, Names, field_name
from outreach.cli.import_notes import notes
from outreach.cli.remarks import reason, sentence, value_text
from outreach.cli.screen import fit_of, table
from outreach.cli.tally import FATES, tally
from outreach.domain.records import KINDS, REMOVED
from outreach.exchange.fates import Fate, Finding, Outcome, Step
from outreach.exchange.mended import HEADS, ahead
from outreach.exchange.set_aside import cells_of, heads_of
from outreach.i18n import _, language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.cli.session import Session
    from outreach.exchange.problems import Page
    from outreach.exchange.table import Cell


_TO_LOOK_AT = (Fate.DOUBTFUL, Fate.REFUSED)
_TRIED = 10  # rows to look at that a dry run shows, for it writes no workbook of them


class Wording:
    """The words for one import."""

    def __init__(self, session: Session, outcomes: Sequence[Outcome], *, contacts: bool = False) -> None:
        self._outcomes = outcomes
        new = {i: name for outcome in outcomes for i, name in outcome.communities.items()}
        self._names = Names(session.db, session.settings.reasons, new, contacts=contacts)

    def text(self, *, tried: bool = False) -> str:
        """How many rows of which sheet came to what, and the first of each; if only `tried`, more to look at."""
        fit = fit_of(sys.stdout)
        counted = tally(self._outcomes, fit)
        rows = self._shown(_TRIED if tried else 1)
        if not rows:
            return counted
        heads = ["", *self._which(_("Sheet")), _("Row"), _("Name"), _("What of it")]
        title = _("The first of each, and up to {n} to look at:").format(n=_TRIED) if tried else _("The first of each:")
        return "\n\n".join([counted, title + "\n" + table(heads, rows, fit=fit)])

    def remarks(self) -> Iterator[str]:
        """What else there is to know, once: what came along, which columns were left out."""
        return notes(self._outcomes, self._names)

    def document(self, *, contacts: bool) -> dict[str, Any]:
        """As JSON. Contacts are covered unless they are asked for."""
        return {"sheets": [self._sheet_json(outcome, contacts=contacts) for outcome in self._outcomes]}

    @property
    def has_problems(self) -> bool:
        """Whether there are rows to look at."""
        return any(outcome.problems for outcome in self._outcomes)

    def problems(self) -> list[Page]:
        """Of each sheet with rows to look at: its name, its header, and of each row its number, the reason and its cells.

        What it was imported with comes first, for that is true of the mended rows, too.
        """
        return [self._page(outcome) for outcome in self._outcomes if outcome.problems]

    def _page(self, outcome: Outcome) -> Page:
        before = ahead(outcome.header)  # of rows that were mended once already
        said = [outcome.imported_with] if outcome.imported_with else []
        head = [HEADS[language() == "zh"]] if said else []
        rows = [
            (f.number, reason(f, self._names), (*said, *_readable(outcome, cells_of(outcome, f))[before:]))
            for f in outcome.problems
        ]
        return outcome.sheet, (*head, *heads_of(outcome)[before:]), rows

    def _shown(self, most: int) -> list[Sequence[object]]:
        """Of each kind of record the first row of each fate, and the first `most` that are to be looked at."""
        shown: dict[tuple[str, Fate], list[tuple[str, Finding]]] = defaultdict(list)
        for outcome in self._outcomes:
            for finding in outcome.findings:
                some = shown[outcome.kind, finding.fate]
                if not some or (finding.fate in _TO_LOOK_AT and len(some) < most):
                    some.append((outcome.sheet, finding))
        order = list(FATES)
        return [
            (_(FATES[fate]), *self._which(sheet), finding.number, self._names.of(finding.name), self._what(finding))
            for (_kind, fate), some in sorted(shown.items(), key=lambda one: order.index(one[0][1]))
            for sheet, finding in some
        ]

    def _which(self, sheet: str) -> Sequence[str]:
        """Where there are rows of several sheets, it is said of which."""
        return (sheet,) if sum(bool(outcome.counts) for outcome in self._outcomes) > 1 else ()

    def _what(self, finding: Finding) -> str:
        if finding.remarks:
            return reason(finding, self._names)
        return _("; ").join(text for name, step in finding.steps.items() if (text := self._step(finding, name, step)))

    def _step(self, finding: Finding, name: str, step: Step) -> str:
        """A field that is new, or from what to what. Who is meant is said by the row's name."""
        about, _dot, own = name.rpartition(".")
        kind = about or finding.kind
        if step.after == finding.name or own in (REMOVED, "merchant"):
            return ""
        before, after = (value_text(kind, own, value, self._names) for value in step)
        return f"{field_name(kind, own)} {after if finding.fate is Fate.NEW else f'{before} → {after}'}"

    def _sheet_json(self, outcome: Outcome, *, contacts: bool) -> dict[str, Any]:
        return {
            "sheet": outcome.sheet,
            "kind": outcome.kind,
            "counts": {fate.value: outcome.counts[fate] for fate in Fate},
            "doubtful_came_to": {fate.value: n for fate, n in outcome.doubted.items()},
            "came_along": dict(outcome.also),
            "new_communities": list(outcome.communities.values()),
            "taken_as": [
                {"field": one.field, "text": one.text, "value": self._names.of(one.value), "rows": rows}
                for one, rows in outcome.taken_as.items()
            ],
            "left_out": list(outcome.left_out),
            "private": list(outcome.private),
            "not_listed": outcome.not_kept,
            "uncompared": outcome.uncompared,
            "unstated": outcome.unstated,
            "unvisited": outcome.unvisited,
            "rows": [self._row_json(finding, contacts=contacts) for finding in outcome.findings],
        }

    def _row_json(self, finding: Finding, *, contacts: bool) -> dict[str, Any]:
        def shown(name: str, value: object) -> object:
            kind, field = ("merchant", name.removeprefix("merchant.")) if name.startswith("merchant.") else (finding.kind, name)
            form = KINDS[kind].field(field)
            return COVERED if form is not None and form.contact and value is not None and not contacts else value

        return {
            "row": finding.number,
            "fate": finding.fate,
            "kind": finding.kind,
            "id": finding.id,
            "name": self._names.of(finding.name),
            "changes": {
                name: {"before": shown(name, step.before), "after": shown(name, step.after)}
                for name, step in finding.steps.items()
            },
            "reasons": [{"code": r.code, "text": sentence(r, finding.kind, self._names)} for r in finding.remarks],
        }


def _readable(outcome: Outcome, cells: Sequence[Cell]) -> Sequence[Cell]:
    """A row without what nobody may read. Where it has more cells than there are columns, each of them may have moved right."""
    more = max(0, len(cells) - len(outcome.header))
    places = [i for i, name in enumerate(outcome.header) if name in outcome.private]
    covered = {i + moved for i in places for moved in range(more + 1)}
    return [None if i in covered else cell for i, cell in enumerate(cells)]
