"""The documents have the keys that CLI.md fixes, hold plain JSON, and say the same as the values they are made of."""

import json

from hypothesis import given

from outreach.domain.facts import State
from outreach.domain.priority import head
from outreach.domain.rules import Rules
from outreach.report.as_json import priority_json, report_json, why_json
from outreach.report.contents import document
from outreach.report.explaining import explanation
from outreach.report.weekly import weekly
from tests.domain.states import TODAY, state, states, visit


@given(states)
def test_the_documents_are_plain_json_with_the_fixed_keys(known: State) -> None:
    ranked = head(known, Rules(), len(known.merchants))
    found = priority_json(TODAY, ranked)
    assert json.loads(json.dumps(found)) == found
    assert found.keys() >= {"format", "as_of", "merchants", "communities"}
    assert sum(place["ready"] + place["held"] for place in found["communities"]) == ranked.ready + ranked.held
    for entry in found["merchants"]:
        assert entry.keys() >= {"rank", "id", "name", "community", "status", "score", "terms", "advice"}
        assert all(term.keys() >= {"code", "points", "text"} for term in entry["terms"])
        assert entry["advice"].keys() >= {"approach", "parents", "not_before", "text"}
        assert entry["score"] == min(100, max(0, sum(term["points"] for term in entry["terms"])))


@given(states)
def test_the_report_is_plain_json_with_the_fixed_keys(known: State) -> None:
    report = weekly(known, Rules())
    found = report_json(report, document(report, {}))
    assert json.loads(json.dumps(found)) == found
    assert found.keys() >= {"format", "week", "from", "to", "totals", "communities"}
    fixed = {"merchants_visited", "visits", "signed_up", "pending", "refused", "not_met", "new_signed_up", "referrals"}
    assert found["totals"].keys() == fixed | {"follow_ups_overdue"}
    assert all(line.keys() >= found["totals"].keys() for line in found["communities"])


def test_one_that_has_joined_has_neither_rank_nor_score() -> None:
    known = state([visit("老王超市", 3, "signed_up")])
    found = explanation(known, Rules(), "老王超市")
    assert found is not None
    explained = why_json(found, {})
    entry = explained["merchant"]
    assert explained["changes"] == []
    assert (entry["rank"], entry["score"], entry["terms"], entry["advice"]["approach"]) == (None, None, [], None)
