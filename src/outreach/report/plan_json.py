"""The walking list as a JSON document. No contact is in it unless asked for; a parent is an alias."""

from typing import Any

from outreach.report.as_json import community_json, ranked_json
from outreach.report.plan import Plan, Stop
from outreach.report.plan_words import Extra, last_text, say_texts, where_text, who_text

Json = dict[str, Any]
_CONTACTS = ("owner", "phone", "wechat")


def plan_json(plan: Plan, extra: Extra) -> Json:
    """The whole list."""
    return {
        "format": "outreach/plan/1",
        "day": plan.day.isoformat(),
        "community": plan.community,
        "with_contacts": plan.contacts,
        "ready": plan.ready,
        "held": plan.held,
        "communities": [community_json(advice, plan.day) for advice in plan.advised],
        "pages": [
            {"worker": page.worker, "stops": [_stop(plan, stop, extra) for stop in page.stops]} for page in plan.pages
        ],
    }  # fmt: skip


def _stop(plan: Plan, stop: Stop, extra: Extra) -> Json:
    contacts = {name: stop.record.get(name) for name in _CONTACTS} if plan.contacts else {}
    return {
        "number": stop.number,
        **ranked_json(stop.ranked),
        "address": stop.record.get("address"),
        "landmark": stop.record.get("landmark"),
        "metres": stop.metres,
        "where": where_text(stop),
        "speak_to": who_text(stop, contacts=plan.contacts),
        "last_talk": last_text(stop, extra, plan.day, contacts=plan.contacts),
        "say": say_texts(stop),
        **contacts,
    }
