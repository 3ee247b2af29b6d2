"""A stop of the walking list in words: where it is, whom to speak to, how the last talk went, what to say. No layout.

A parent is named by alias only. Phones and owners' names are told only where that was asked for; a number in a note that
looks like a phone is covered.
"""

from collections.abc import Mapping
from datetime import date

from outreach.domain.advice import AdviceCode
from outreach.domain.records import Approach, Met, Outcome, Reason
from outreach.domain.text import covered, shorten
from outreach.i18n import N_, _, joined
from outreach.report.labels import KEYS, day_text, label, status_text, weekday
from outreach.report.plan import Page, Plan, Stop
from outreach.report.wording import community_text

Extra = Mapping[str, Mapping[str, str]]
_TOLD = 5  # communities, where there is no shop to go to
_NOTE = 40  # characters of the last talk's note
_CONTACTS = ("owner", "phone", "wechat")


def title(plan: Plan, page: Page) -> str:
    """What a page is headed with: where it leads, too."""
    here = dict.fromkeys(stop.ranked.case.community for stop in page.stops)
    where = plan.community or _(", ").join(filter(None, here)) or _("all communities")
    facts = {"day": f"{plan.day} {weekday(plan.day)}", "where": where, "worker": page.worker}
    return (_("Walking list {day}, {where}: {worker}") if page.worker else _("Walking list {day}, {where}")).format(**facts)


def where_text(stop: Stop) -> str:
    """The address and the landmark, and how far it is from the stop before."""
    parts = [stop.record.get("address"), stop.record.get("landmark"), _far(stop.metres)]
    return " · ".join(str(part) for part in parts if part)


def _far(metres: int | None) -> str:
    return "" if metres is None else _("{n} m on").format(n=metres)


def about_text(stop: Stop) -> str:
    """Its community, its kind and where it stands."""
    case = stop.ranked.case
    status = status_text(case.trail.status, firm=case.trail.firm)
    return " · ".join(filter(None, (case.community or _("no community"), case.merchant.category, status)))


_WHO: Mapping[str | None, str] = {
    Met.OWNER: N_("the owner, who was met last time"),
    Met.STAFF: N_("the owner; last time only staff was there"),
    Met.FAMILY: N_("the owner; last time the family was there"),
    None: N_("the owner"),
}


def who_text(stop: Stop, *, contacts: bool) -> str:
    """Whom to speak to; with contacts, by which name and number."""
    last = stop.last or {}
    who = (
        _("the owner and who decides in the family") if _decides_with_family(stop) else _(_WHO.get(last.get("met"), _WHO[None]))
    )
    told = [str(stop.record[name]) for name in _CONTACTS if stop.record.get(name)] if contacts else []
    return _("{who} ({contacts})").format(who=who, contacts=", ".join(told)) if told else who


def _decides_with_family(stop: Stop) -> bool:
    return Reason.MUST_ASK_FAMILY in stop.ranked.case.trail.reasons


def last_text(stop: Stop, extra: Extra, today: date, *, contacts: bool) -> str:
    """The last talk in one line."""
    if stop.last is None:
        return _("nobody has been there yet")
    v = stop.last
    reasons = _(", ").join(label(Reason, reason, extra) for reason in v.get("reasons", ()))
    day = day_text(date.fromisoformat(v["visited_at"][:10]), today)
    note = shorten(v.get("note", ""), _NOTE)
    note = note if contacts else covered(note)
    return " · ".join(filter(None, (day, v.get("by"), label(Outcome, v["outcome"]), reasons, note)))


_SAY: Mapping[str, str] = {
    Reason.NO_NEIGHBOUR_HAS_JOINED: N_("Say honestly that it would be the first here, and what that brings."),
    Reason.MUST_ASK_FAMILY: N_("Ask when the family can be there, and explain it to them too."),
    Reason.OWNER_AWAY: N_("Ask when the owner is in, and note it down."),
    Reason.TOO_MUCH_TROUBLE: N_("Show step by step how one voucher is redeemed."),
    Reason.PAYMENT_WORRY: N_("Say when and how the money comes, and show it in writing."),
    Reason.HAS_OTHER_SCHEME: N_("Ask how the other scheme works, and whether both go side by side."),
    Reason.OTHER: N_("Ask what holds the owner back, and listen."),
}
_ELSE: Mapping[str | None, str] = {
    None: N_("Introduce yourself and the vouchers; listen more than you talk."),
    Outcome.NOT_MET: N_("Introduce yourself and the vouchers; listen more than you talk."),
    Outcome.PENDING: N_("Ask what the owner thinks of it by now, and listen."),
    Outcome.REFUSED: N_("Greet, and show that no was all right; do not press."),
}


def say_texts(stop: Stop) -> list[str]:
    """What to say: the parent's own words first where she goes along, then by what held the owner back."""
    case = stop.ranked.case
    found = [_first_word(stop), *(_answer(stop, reason) for reason in case.trail.reasons)]
    return [text for text in found if text] or [_(_ELSE.get(case.trail.status, _ELSE[None]))]


def _first_word(stop: Stop) -> str:
    advice = stop.ranked.advice
    if advice.code is AdviceCode.SPARED and advice.passed:
        return _("Give the greetings of {parent}, who spoke to the owner.").format(parent=advice.passed[0].alias)
    if not advice.parents:
        return ""
    led = advice.approach is Approach.PARENT_LED or stop.ranked.case.suspects_scam
    text = _("{parent} speaks first, in her own words.") if led else _("Bring {parent} in, who knows the shop.")
    return text.format(parent=advice.parents[0].alias)


def _answer(stop: Stop, reason: str) -> str:
    case = stop.ranked.case
    if reason == Reason.SUSPECTS_SCAM:
        if stop.ranked.advice.parents:
            return _("Do not explain again that it is genuine.")
        return _("Do not explain again that it is genuine; ask which parent the owner knows.")
    if reason == Reason.NO_NEIGHBOUR_HAS_JOINED and case.neighbour:
        return _("Name {shop}, which has joined: the owner can ask there.").format(shop=case.neighbour.name)
    return _(_SAY.get(reason, _SAY[Reason.OTHER]))


def reasons_key(extra: Extra) -> list[str]:
    """The numbers that stand for worries, as street mode has them."""
    return [f"{key} {label(Reason, code, extra)}" for key, code in zip(KEYS, [*Reason, *extra], strict=False)]


def empty_texts(plan: Plan) -> list[str]:
    """Why there is no shop on a sheet: how to go to each community, or that none is left to win."""
    text = _("{name}: {text}")
    told = [text.format(name=a.name or _("no community"), text=community_text(a, plan.day)) for a in plan.advised[:_TOLD]]
    return [_("No shop is to be visited."), *told]


def summary(plan: Plan) -> str:
    """What the list is taken from."""
    text = _("May be visited that day: {ready}; on this list: {n}; better wait: {held}.")
    n = sum(len(page.stops) for page in plan.pages)
    warning = _("With names and phones of owners: keep it with you, and destroy it after use.") if plan.contacts else ""
    return joined((text.format(ready=plan.ready, n=n, held=plan.held), warning))
