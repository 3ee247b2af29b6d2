"""A merchant with its score, and the communities' advice, laid out as text for a terminal, a pipe or a printer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from outreach.cli.screen import columns, hanging
from outreach.i18n import _
from outreach.report.labels import status_text
from outreach.report.wording import advice_text, community_text, term_text

if TYPE_CHECKING:
    from datetime import date

    from outreach.domain.priority import Ranked
    from outreach.domain.village import CommunityAdvice
    from outreach.report.explaining import Explanation

Extra = Mapping[str, Mapping[str, str]]
_WIDEST = 100
_COMMUNITIES = 12  # shown below the list


def explained(found: Ranked) -> str:
    """A merchant with its advice and every term of its score."""
    case = found.case
    standing = status_text(case.trail.status, firm=case.trail.firm)
    score = [_("score {n}").format(n=found.score)] if found.rank else []
    about = " · ".join((case.merchant.name, case.community or _("no community"), standing, *score))
    head = lines_of(f"{found.rank}. {about}" if found.rank else about, "", 4)
    advice = lines_of(advice_text(found.advice, case.day), "    → ", 6)
    if found.advice.otherwise:
        otherwise = _("Without this decision: {advice}").format(advice=advice_text(found.advice.otherwise, case.day))
        advice += lines_of(otherwise, " " * 6, 6)
    return "\n".join((*head, *advice, *_terms(found, 4)))


def why_text(explanation: Explanation, extra: Extra) -> str:
    """One merchant: a paragraph to read aloud, every term of its score, and what would change it."""
    from outreach.report.explaining import story, turns_of  # asks what would be if, as the list does not

    found = explanation.found
    lines = lines_of(story(explanation, extra))
    if found.terms:
        lines += ["", _("How the score of {n} comes about").format(n=found.score), *_terms(found, 2)]
    if explanation.turns:
        lines += ["", _("What would change it")]
        lines += [line for text in turns_of(explanation) for line in lines_of(text, "  · ", 4)]
    return "\n".join(lines)


def _terms(found: Ranked, indent: int) -> list[str]:
    """A line for each term, its points before it."""
    lines = []
    for term in found.terms:
        points = f"{term.points:+d}" if term.points else "0"
        lines += lines_of(term_text(term, found.case.day), f"{' ' * indent}{points:>4}  ", indent + 6)
    return lines


def communities(advice: Iterable[CommunityAdvice], day: date) -> str:
    """A line for each of the first communities: go, or wait."""
    lines, told = [_("The communities")], list(advice)
    for place in told[:_COMMUNITIES]:
        lines += lines_of(
            _("{name}: {text}").format(name=place.name or _("no community"), text=community_text(place, day)), "  ", 4
        )
    more = len(told) - _COMMUNITIES
    if more > 0:
        text = _("and {n} more; for one of them: outreach priority --community NAME")
        lines += lines_of(text.format(n=more), "  ", 4)
    return "\n".join(lines)


def lines_of(text: str, first: str = "", indent: int = 0) -> list[str]:
    """A sentence in lines, in a pipe too: a page is printed or mailed."""
    return hanging(text, first, indent, fit=min(columns(), _WIDEST))
