"""The ranking, one merchant's score and the weekly report as JSON documents (CLI.md fixes the keys). No contact is in any."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from outreach.domain.advice import Advice
from outreach.domain.facts import Merchant, Override, Parent
from outreach.domain.priority import Head, Ranked
from outreach.domain.village import CommunityAdvice
from outreach.domain.whatif import WhatIf
from outreach.report.document import Cell, Document, Section
from outreach.report.explaining import Explanation, story, turn_text
from outreach.report.moves import Move
from outreach.report.weekly import FollowUp, Report
from outreach.report.wording import advice_text, community_text, term_text

Json = dict[str, Any]


def priority_json(day: date, found: Head) -> Json:
    """The head of the ranking, and how to go to each community of all of it."""
    return {
        "format": "outreach/priority/1",
        "as_of": day.isoformat(),
        "merchants": [ranked_json(r) for r in found.first],
        "communities": [community_json(advice, day) for advice in found.communities],
    }


def community_json(advice: CommunityAdvice, day: date) -> Json:
    """How to go to a community next. Without `id`: merchants of no community."""
    return {
        "id": advice.id,
        "name": advice.name,
        "ready": advice.ready,
        "held": advice.held,
        "approach": advice.approach.value,
        "code": advice.code.value,
        "ways": {way.value: n for way, n in advice.ways},
        "parents": [_parent(advice.parent)] if advice.parent else [],
        "not_before": advice.not_before.isoformat() if advice.not_before else None,
        "override": _override(advice.override),
        "text": community_text(advice, day),
    }


def why_json(explained: Explanation, extra: Mapping[str, Mapping[str, str]]) -> Json:
    """One merchant explained. One that has joined has neither rank nor score. `extra`: one's own reasons of the settings."""
    found = explained.found
    return {
        "format": "outreach/why/1",
        "as_of": found.case.day.isoformat(),
        "of": explained.of,
        "story": story(explained, extra),
        "merchant": ranked_json(found),
        "changes": [_turn(turn, found) for turn in explained.turns],
    }


def _turn(turn: WhatIf, found: Ranked) -> Json:
    return {
        "code": turn.turn.value,
        "day": turn.day.isoformat(),
        "parents": [_parent(turn.parent)] if turn.parent else [],
        "points": turn.points,
        "score": turn.found.score,
        "rank": turn.found.rank,
        "advice": _advice(turn.found.advice, turn.day),
        "text": turn_text(turn, found),
    }


def ranked_json(found: Ranked) -> Json:
    """A merchant in its place, with its terms and its advice."""
    case = found.case
    return {
        "rank": found.rank or None,
        **_merchant(case.merchant, case.community),
        "status": case.trail.status,
        "firm": case.trail.firm,
        "visits": case.trail.visits,
        "last_visit": case.trail.last_visit,
        "score": found.score if found.rank else None,
        "terms": [{"code": t.code.value, "points": t.points, "text": term_text(t, case.day)} for t in found.terms],
        "days_overdue": case.days_overdue,
        "advice": _advice(found.advice, case.day),
        "override": _override(found.advice.override),
    }


def _override(decided: Override | None) -> Json | None:
    """What a person decided, about the merchant or its community."""
    if decided is None:
        return None
    return {
        "of": "merchant" if decided.merchant else "community",
        "ruling": decided.ruling,
        "until": decided.until.isoformat() if decided.until else None,
        "note": decided.note,
        "by": decided.by,
        "at": decided.at,
    }


def _merchant(merchant: Merchant, community: str | None) -> Json:
    return {"id": merchant.id, "name": merchant.name, "community": community}


def _advice(advice: Advice, day: date) -> Json:
    return {
        "approach": advice.approach.value if advice.approach else None,
        "code": advice.code.value,
        "parents": [_parent(parent) for parent in advice.parents],
        "closeness": advice.closeness.value if advice.closeness else None,
        "passed_over": [_parent(parent) for parent in advice.passed],
        "not_before": advice.not_before.isoformat() if advice.not_before else None,
        "open": advice.is_open(day),
        "text": advice_text(advice, day),
        "otherwise": advice_text(advice.otherwise, day) if advice.otherwise else None,
    }


def _parent(parent: Parent) -> Json:
    return {"id": parent.id, "alias": parent.alias}


def report_json(report: Report, document: Document) -> Json:
    """The whole report: its facts in codes, and in `sections` what the other renderings show, cell for cell."""
    first = asdict(report.first_visits)
    return {
        "format": "outreach/report/1",
        "week": report.week,
        "from": report.monday.isoformat(),
        "to": report.sunday.isoformat(),
        "as_of": report.day.isoformat(),
        "totals": asdict(report.totals),
        "communities": [
            {"id": line.id, "name": line.name, "merchants": line.merchants, **asdict(line.numbers)}
            for line in report.communities
        ],
        "moved": [_move(move) for move in report.moved],
        "first_visits": {k: first[k] for k in ("merchants_visited", "signed_up", "pending", "refused", "not_met")},
        "reasons": [{"reason": reason, "merchants": count} for reason, count in report.reasons],
        "workers": [{"worker": w.worker, "visits": w.visits} for w in report.workers if w.visits],
        "follow_ups_overdue": [_overdue(late) for late in report.overdue],
        "ready": report.ready,
        "held": report.held,
        "next": [ranked_json(found) for found in report.next],
        "title": document.title,
        "lead": list(document.lead),
        "contacts": document.contacts or None,
        "sections": [_section(section) for section in document.sections],
    }


def _section(section: Section) -> Json:
    return {
        "code": section.code,
        "title": section.title,
        "columns": [{"code": c.code, "title": c.title, "type": c.kind.value} for c in section.columns],
        "rows": [[_cell(cell) for cell in row] for row in section.rows],
        "more": section.more,
        "empty": section.empty if not section.rows else None,
        "warning": section.warning or None,
        "notes": list(section.notes),
    }


def _cell(cell: Cell) -> Cell | list[Any]:
    if isinstance(cell, date):
        return cell.isoformat()
    return list(cell) if isinstance(cell, tuple) else cell


def _move(move: Move) -> Json:
    return {
        **_merchant(move.merchant, move.community),
        "from": move.before,
        "to": move.after,
        "day": move.day.isoformat(),
        "introduced_by": [_parent(parent) for parent in move.introduced_by],
    }


def _overdue(late: FollowUp) -> Json:
    """As in `outreach due`, but for the note, which may hold anything."""
    return {
        "merchant": late.merchant.name,
        "merchant_id": late.merchant.id,
        "community": late.community,
        "label": late.tag.label,
        "due": late.due.isoformat(),
        "days_overdue": late.days,
        "by": late.tag.by,
    }
