"""The score, the advice and the standing in words: each term and each advice is one whole sentence in the user's language."""

from collections.abc import Mapping
from datetime import date

from outreach.domain.advice import Advice, AdviceCode
from outreach.domain.company import Closeness
from outreach.domain.coverage import ESTIMATED, Proof
from outreach.domain.records import Approach, Outcome, ReferralKind
from outreach.domain.term import Term, TermCode
from outreach.domain.text import covered, shorten
from outreach.domain.village import CommunityAdvice, VillageCode
from outreach.i18n import N_, _, joined, ngettext
from outreach.report.labels import day_text, label

_REASON = 60  # characters of a person's reason within a sentence
_STATUS: Mapping[str, str] = {
    "never_visited": N_("Nobody has been there yet."),
    Outcome.PENDING: N_("Pending: the owner is thinking it over."),
    Outcome.NOT_MET: N_("The owner has not been met yet."),
    Outcome.REFUSED: N_("Refused, but not for good."),
    "refused_firm": N_("Refused firmly."),
}
_SPOKE: Mapping[str, str] = {
    ReferralKind.ASKED: N_("{parent} asked the owner to join ({day})."),
    ReferralKind.INTRODUCED: N_("{parent} introduced the project to the owner ({day})."),
    ReferralKind.ACCOMPANIED: N_("{parent} went along to the owner ({day})."),
    ReferralKind.VOUCHED: N_("{parent} vouched for the project ({day})."),
}
_PLAIN: Mapping[TermCode, str] = {
    TermCode.ALLY: N_("Marked “{name}”: may become a partner."),
    TermCode.NO_POINT: N_("The community has no redemption point yet."),
    TermCode.FAR_POINT: N_("The nearest redemption point, {name}, is {n} m away."),
    TermCode.SUPERMARKET: N_("The large supermarket is {n} m away."),
}
_SCAM: Mapping[str, str] = {
    "scam_introduced": N_("The owner suspects a scam, and {name} can speak for the project."),
    "scam_with_introducer": N_("The owner suspects a scam: it takes {name} to speak for the project first."),
}
_GOODS: Mapping[str, str] = {
    "goods_healthy": N_("Sells healthy food ({name})."),
    "goods_food": N_("Sells food ({name})."),
    "goods_other": N_("Sells no food ({name})."),
}
_JOINED: Mapping[str, str] = {
    Proof.COMMUNITY: N_("{name} in the same community joined on {day}; the owner can ask there."),
    Proof.NEAR: N_("{name}, {n} m away, joined on {day}; the owner can ask there."),
    Proof.ASKED_COMMUNITY: N_("The owner asked who has joined: {name} in the same community did on {day}."),
    Proof.ASKED_NEAR: N_("The owner asked who has joined: {name}, {n} m away, did on {day}."),
}

_NOW: Mapping[AdviceCode, str] = {
    AdviceCode.DOUBTED: N_("Wait: parents have doubts about this shop. The supervisor decides."),
    AdviceCode.LED: N_("Let {parent} speak, and go along: she opened the door on {since}."),
    AdviceCode.ACCOMPANIED: N_("Go together with {parent}, who spoke to the owner on {since}."),
    AdviceCode.INTRODUCED: N_("Go alone, and soon: a parent spoke to the owner on {since}."),
    AdviceCode.AGREED: N_("Go alone, as agreed for {since}."),
    AdviceCode.AGREED_WITH: N_("Go together with {parent}, as agreed for {since}: the owner suspects a scam."),
    AdviceCode.AGREED_SCAM: N_("Go as agreed for {since}, better with a parent: the owner suspects a scam."),
    AdviceCode.FIRM: N_("Wait for an invitation, such as a parent's introduction: the refusal was firm."),
    AdviceCode.GUIDE: N_("Go together with {parent}: the owner suspects a scam, and a parent's word helps."),
    AdviceCode.GUIDE_RESTS: N_("Go together with {parent}: the owner suspects a scam, and a parent's word helps."),
    AdviceCode.SPARED: N_("Go alone, with a greeting from {spared}, who spoke to the owner on {since}: let her rest."),
    AdviceCode.REHEARSE: N_("Wait, and rehearse with {parent} first: the owner suspects a scam, and a parent's word helps."),
    AdviceCode.FIND_PARENT: N_("Wait, and find a parent first: the owner suspects a scam, and a parent's word helps."),
    AdviceCode.FIRST: N_("Go alone: nobody has been there yet."),
    AdviceCode.AGAIN: N_("Go alone: the last visit was on {since}."),
    AdviceCode.JOINED: N_("Has signed up: keep in touch."),
}
_FIRST: Mapping[str, str] = {
    Approach.ALONE: N_("Go first, alone: {who} decided so on {since} ({why})."),
    Approach.ACCOMPANIED: N_("Go first, together with {parent}: {who} decided so on {since} ({why})."),
    Approach.PARENT_LED: N_("Go first, and let {parent} speak: {who} decided so on {since} ({why})."),
}
_HELD = N_("Wait until {day}: {who} decided so on {since} ({why}).")
_HELD_OPEN = N_("Wait: {who} decided so on {since} ({why}).")
_LATER: Mapping[AdviceCode, str] = {
    AdviceCode.LED: N_("From {day}, let {parent} speak, and go along: she opened the door on {since}."),
    AdviceCode.ACCOMPANIED: N_("From {day}, go together with {parent}, who spoke to the owner on {since}."),
    AdviceCode.INTRODUCED: N_("From {day}, go alone: a parent spoke to the owner on {since}."),
    AdviceCode.AGREED: N_("Wait until {day}, as agreed."),
    AdviceCode.AGREED_WITH: N_("Wait until {day}, as agreed, and go together with {parent}: the owner suspects a scam."),
    AdviceCode.AGREED_SCAM: N_("Wait until {day}, as agreed, and find a parent by then: the owner suspects a scam."),
    AdviceCode.SPARED: N_("From {day}, go alone, with a greeting from {spared}, who spoke to the owner on {since}."),
    AdviceCode.GUIDE_RESTS: N_("Let {parent} rest until {day}, then go together with her: the owner suspects a scam."),
    AdviceCode.GUIDE: N_("Wait until {day}, then go together with {parent}: the owner suspects a scam."),
}
_PASSED: Mapping[AdviceCode, str] = {
    AdviceCode.AGREED: N_("Go alone: agreed for {since}, which has passed."),
    AdviceCode.AGREED_WITH: N_("Go together with {parent}: agreed for {since}, which has passed; the owner suspects a scam."),
    AdviceCode.AGREED_SCAM: N_("Go, better with a parent: agreed for {since}, which has passed; the owner suspects a scam."),
}
_REST: Mapping[str, str] = {
    Outcome.PENDING: N_("Wait until {day}: the owner needs time to think."),
    Outcome.REFUSED: N_("Wait until {day}: let the refusal rest."),
    Outcome.NOT_MET: N_("Wait until {day}: nobody was met on {since}."),
}


def term_text(term: Term, today: date | None = None) -> str:
    """A term's sentence, seen from the day it counts for."""
    if term.code in _COUNTED:
        return _counted(term, today)
    if term.code is TermCode.STATUS:
        return _(_STATUS[term.word])
    day = day_text(term.day, today) if term.day else ""
    if term.code is TermCode.INTRODUCED:
        return _(_SPOKE[term.word]).format(parent=term.name or _("A parent"), day=day)
    return _(_template(term)).format(name=term.name, day=day, n=term.count)


def _template(term: Term) -> str:
    if term.code is TermCode.NEIGHBOUR:
        return _JOINED[term.word]
    if term.code is TermCode.SCAM_WITH_INTRODUCER:
        return _SCAM[term.word]
    return _GOODS[term.word] if term.code is TermCode.GOODS else _PLAIN[term.code]


_COUNTED = (
    TermCode.ASKED, TermCode.OPINIONS, TermCode.OPINIONS_WAIT, TermCode.FAMILIES, TermCode.ATTEMPTS, TermCode.FOLLOW_UP,
)  # fmt: skip


def _counted(term: Term, today: date | None) -> str:
    n = term.count
    if term.code is TermCode.ASKED:
        text = ngettext("{n} more parent asked the owner to join.", "{n} more parents asked the owner to join.", n)
    elif term.code is TermCode.OPINIONS:
        text = ngettext("{n} parent says first, or reliable.", "{n} parents say first, or reliable.", n)
    elif term.code is TermCode.OPINIONS_WAIT:
        text = ngettext("{n} parent says wait.", "{n} parents say wait.", n)
    elif term.code is TermCode.FAMILIES:
        text = _families(n, estimated=term.word == ESTIMATED)
    elif term.code is TermCode.ATTEMPTS:
        text = ngettext("{n} visit in a row changed nothing.", "{n} visits in a row changed nothing.", n)
    elif n == 0:
        text = _("A follow-up is agreed for {day}.")
    else:
        text = ngettext("A follow-up of {day} is {n} day overdue.", "A follow-up of {day} is {n} days overdue.", n)
    return text.format(n=n, day=day_text(term.day, today) if term.day else "")


def _families(n: int, *, estimated: bool) -> str:
    if estimated:
        return ngettext(
            "About {n} family lives there, going by its people.", "About {n} families live there, going by its people.", n
        )
    return ngettext("{n} family lives in the community.", "{n} families live in the community.", n)


def advice_text(advice: Advice, today: date) -> str:
    """The advice's sentence, seen from the day it was given for; and why just this parent."""
    if advice.code is AdviceCode.TRIED:
        return _tried(advice.count)
    return joined((_advised(advice, today), *_why_she(advice)))


def _why_she(advice: Advice) -> list[str]:
    """Why the parent who goes along was chosen, and who was passed over."""
    if not advice.parents:
        return []
    chosen = [_(_CHOSEN[advice.closeness])] if advice.closeness else []
    spared = _(", ").join(parent.alias for parent in advice.passed)
    return [*chosen, *([_("({names}: helped a lot of late.)").format(names=spared)] if spared else [])]


_CHOSEN: Mapping[Closeness, str] = {
    Closeness.SPOKE: N_("(She has spoken to the owner.)"),
    Closeness.SHOPS: N_("(She thinks well of this shop.)"),
    Closeness.LIVES: N_("(She lives in the community.)"),
}


def _advised(advice: Advice, today: date) -> str:
    return _(_sentence(advice, today)).format(
        parent=(advice.parents[0].alias or _("a parent")) if advice.parents else "",
        day=day_text(advice.not_before, today) if advice.not_before else "",
        since=day_text(advice.since, today) if advice.since else "",
        spared=advice.passed[0].alias if advice.passed else "",
        who=(advice.override and advice.override.by) or _("someone"),
        why=shorten(covered(advice.override.note), _REASON) if advice.override else "",
    )


def _sentence(advice: Advice, today: date) -> str:
    """Which sentence it is: of a decision, for a day to come, for an agreed day that has passed, or for now."""
    if advice.code is AdviceCode.PINNED:
        return _FIRST[advice.approach or Approach.ALONE]
    if advice.code is AdviceCode.HELD:
        return _HELD if advice.not_before else _HELD_OPEN
    if advice.not_before is not None and advice.not_before > today:
        return _REST[advice.status or Outcome.PENDING] if advice.code is AdviceCode.AGAIN else _LATER[advice.code]
    passed = advice.since is not None and advice.since < today
    return (passed and _PASSED.get(advice.code)) or _NOW[advice.code]


def _tried(n: int) -> str:
    return ngettext(
        "Wait until something changes, such as a parent's introduction: {n} visit in a row changed nothing.",
        "Wait until something changes, such as a parent's introduction: {n} visits in a row changed nothing.",
        n,
    ).format(n=n)


_VILLAGE: Mapping[VillageCode, str] = {
    VillageCode.HELD: N_("Wait until {day}: before that, better leave them in peace (on hold: {held})."),
    VillageCode.STUCK: N_("Wait for something to change, such as a parent's introduction (on hold: {held})."),
    VillageCode.DECIDED: N_("Wait until {day}: {who} decided so on {since} ({why}; on hold: {held})."),
}


def community_text(advice: CommunityAdvice, today: date) -> str:
    """The advice for a community in a sentence, seen from the day it was given for."""
    if advice.code is VillageCode.VISIT:
        return _village_now(advice)
    decided = advice.override
    return _(_VILLAGE[advice.code]).format(
        day=day_text(advice.not_before, today) if advice.not_before else "",
        held=advice.held,
        who=(decided and decided.by) or _("someone"),
        since=day_text(decided.day, today) if decided else "",
        why=shorten(covered(decided.note), _REASON) if decided else "",
    )


def _village_now(advice: CommunityAdvice) -> str:
    ways = _(", ").join(_("{way} {n}").format(way=label(Approach, way), n=n) for way, n in advice.ways)
    text = {
        Approach.ALONE: N_("May be visited now: {ready} ({ways}); better wait: {held}."),
        Approach.ACCOMPANIED: N_("Go together with {parent}. May be visited now: {ready} ({ways}); better wait: {held}."),
        Approach.PARENT_LED: N_("Let {parent} lead. May be visited now: {ready} ({ways}); better wait: {held}."),
    }[advice.approach]
    parent = advice.parent.alias if advice.parent else _("a parent")
    return _(text).format(ready=advice.ready, held=advice.held, ways=ways, parent=parent)
