"""What an import came to, or would come to: on the screen, as JSON, and as the workbook of rows to look at."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from outreach.cli.changes import COVERED, Names, steps
from outreach.cli.remarks import reason, sentence
from outreach.cli.screen import fit_of, table
from outreach.domain.records import KINDS
from outreach.exchange.fates import Fate, Finding, Outcome
from outreach.i18n import N_, _
from outreach.report.labels import KIND_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from outreach.cli.session import Session
    from outreach.exchange.table import Cell

_FATES: Mapping[Fate, str] = {
    Fate.NEW: N_("new"),
    Fate.CHANGED: N_("changed"),
    Fate.SAME: N_("the same"),
    Fate.DOUBTFUL: N_("doubtful"),
    Fate.REFUSED: N_("refused"),
}
_NAMES_SHOWN = 12  # of columns or communities in one line


class Wording:
    """The words for one import."""

    def __init__(self, session: Session, outcomes: Sequence[Outcome], *, rehearsed: bool) -> None:
        self._outcomes, self._rehearsed = outcomes, rehearsed
        self._names = Names(session.db, session.settings.reasons)

    def text(self) -> str:
        """How many rows of which sheet came to what, and the first of each."""
        fit = fit_of(sys.stdout)
        counted = table([_("Sheet"), _("Kind"), *(_(text) for text in _FATES.values())], map(_counts, self._outcomes), fit=fit)
        firsts = [row for outcome in self._outcomes for row in self._firsts(outcome)]
        if not firsts:
            return counted
        heads = ["", _("Row"), _("Name"), _("What of it")]
        return "\n\n".join([counted, _("The first of each:") + "\n" + table(heads, firsts, fit=fit)])

    def remarks(self) -> Iterator[str]:
        """What else there is to know: what came along, which columns were left out."""
        for outcome in self._outcomes:
            if outcome.also["merchant"]:
                yield _("New shops that came along with {sheet}: {n}").format(sheet=_sheet(outcome), n=outcome.also["merchant"])
            if outcome.communities:
                yield _("New communities: {names}").format(names=_some(outcome.communities))
            if outcome.left_out:
                text = _("Left out, not known to me: {names}. To take a column in: --map COLUMN=FIELD")
                yield text.format(names=_some(outcome.left_out))
            if outcome.private:
                text = _("Left out, for they may hold what nobody needs here about children or papers: {names}")
                yield text.format(names=_some(outcome.private))

    def document(self, *, contacts: bool) -> dict[str, Any]:
        """As JSON. Contacts are covered unless they are asked for."""
        return {"sheets": [self._sheet_json(outcome, contacts=contacts) for outcome in self._outcomes]}

    def problems(self) -> list[tuple[str, Sequence[str], list[tuple[int, str, Sequence[Cell]]]]]:
        """Of each sheet with rows to look at: its name, its header, and of each row its number, the reason and its cells."""
        return [
            (o.sheet, o.header, [(f.number, reason(f, self._names), f.cells) for f in o.problems])
            for o in self._outcomes
            if o.problems
        ]  # fmt: skip

    def _firsts(self, outcome: Outcome) -> Iterator[Sequence[object]]:
        for fate, text in _FATES.items():
            if finding := outcome.first(fate):
                yield _(text), finding.number, finding.name, self._what(finding)

    def _what(self, finding: Finding) -> str:
        if finding.remarks:
            return reason(finding, self._names)
        parts = []
        for prefix, kind in (("", finding.kind), ("merchant.", "merchant")):
            own = {
                n.removeprefix(prefix): s for n, s in finding.steps.items() if n.startswith(prefix) and (prefix or "." not in n)
            }
            if own:
                before, after = ({n: getattr(s, when) for n, s in own.items()} for when in ("before", "after"))
                parts.append(steps(kind, before, after, self._names))
        return _("; ").join(parts)

    def _sheet_json(self, outcome: Outcome, *, contacts: bool) -> dict[str, Any]:
        return {
            "sheet": outcome.sheet,
            "kind": outcome.kind,
            "counts": {fate.value: outcome.counts[fate] for fate in Fate},
            "came_along": dict(outcome.also),
            "new_communities": outcome.communities,
            "left_out": list(outcome.left_out),
            "private": list(outcome.private),
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
            "name": finding.name,
            "changes": {
                name: {"before": shown(name, step.before), "after": shown(name, step.after)}
                for name, step in finding.steps.items()
            },
            "reasons": [{"code": r.code, "text": sentence(r, finding.kind, self._names)} for r in finding.remarks],
        }


def _counts(outcome: Outcome) -> Sequence[object]:
    return _sheet(outcome), KIND_LABELS[outcome.kind], *(outcome.counts[fate] for fate in _FATES)


def _sheet(outcome: Outcome) -> str:
    return outcome.sheet


def _some(names: Sequence[str]) -> str:
    more = len(names) - _NAMES_SHOWN
    listed = _(", ").join(names[:_NAMES_SHOWN])
    return _("{names} and {n} more").format(names=listed, n=more) if more > 0 else listed
