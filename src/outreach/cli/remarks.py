"""Why a row of a file is doubtful or refused, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from outreach.cli.beside import merging, reasons
from outreach.cli.changes import COVERED, Names, field_text
from outreach.cli.choosing import quoted
from outreach.cli.fields import field_label
from outreach.domain.form import Form
from outreach.domain.records import KINDS, Outcome, Reason
from outreach.domain.text import shorten
from outreach.exchange.fates import Fate
from outreach.i18n import N_, _
from outreach.report.labels import KIND_LABELS, label, status_text

if TYPE_CHECKING:
    from outreach.exchange.fates import Finding, Remark

_SENTENCES: Mapping[str, str] = {
    "missing": N_("{field} is missing"),
    "too_many_cells": N_(
        "it has {cells} cells, but there are {columns} columns; a comma may be in a cell without quotation marks"
    ),
    "bad_value": N_("{field} cannot be “{text}”"),
    "unread": N_("{field} cannot be “{text}”, so the row was taken in without it"),
    "turned": N_("latitude and longitude stood the other way round; they were turned"),
    "another_table": N_("another table begins here or above, with a header of its own; put it into a sheet or file of its own"),
    "half_a_place": N_("of latitude and longitude only one can be read; a place needs both"),
    "sum": N_("{name} is a sum of rows, not one of them"),
    "far": N_("{field} {text} was taken for {after}, which is more than six months ahead; write the year if it is another one"),
    "formula_failed": N_("{field} holds a formula that failed: {text}; write the value there"),
    "several": N_("several are called {name} here; an address, a phone or a community would tell which one it is"),
    "several_merchants": N_("several shops are called {name}; say the community, or the address"),
    "several_parents": N_("several parents are called {name}"),
    "several_communities": N_("several communities are called {name}; write which one: {others}"),
    "communities_alike": N_("several communities are called {name}; give one another name or a city: outreach community edit"),
    "no_merchant": N_("no shop is called {name}; say its community too, or let names alone make shops with --new-shops"),
    "no_parent": N_("no parent is called {name}; import the parents first, or: outreach parent add {name}"),
    "near_community": N_(
        "the community {name} looks like {others}; write that, or if it is another one: outreach community add {name}"
    ),
    "twice": N_("an earlier row is the same one; this row was not taken in"),
    "another": N_("another visit of that day is here; both count now"),
    "moved": N_(
        "an earlier import has this visit on {before}, of which no row of this file speaks; both count now. "
        "If only its day was wrong: outreach undo, put {id} into a column “id” of this row, and import the file again"
    ),
    "recorded": N_(
        "with this outcome a visit of that day is recorded here ({before}); this row was not taken in. "
        "If it is another visit, write its hour into the day"
    ),
    "differs": N_("an earlier row says {before} as {field}, this one {after}; the earlier one counts"),
    "kept": N_("{field}: kept {before}, which no import on this laptop wrote; the file says {after} (--overwrite takes that)"),
    "removed": N_("it was removed here and stays so (--overwrite brings it back)"),
    "no_date": N_("the outcome has no date, so no visit was recorded; the shop was taken in"),
    "future": N_("{field} {text} lies in the future"),
    "digits_lost": N_("the phone {text} has lost digits in a spreadsheet; look it up"),
    "zero_lost": N_("the phone {text} may have lost a 0 in front, or a digit"),
    "phone_in_note": N_("a phone number is in {field}; it belongs into its own column"),
    "paper_in_note": N_("a long number is in {field}, perhaps of an identity card or a bank card; please take it out"),
    "status": N_(
        "the file says the status “{status}”, the records say “{stands}”; it comes from the visits and was not changed. "
        "If there was a visit: {command}"
    ),
    "alike": N_("it may be {name}, which is here already ({why}); if so: {command}"),
}


_DAYS = ("2026-03-07", "2026年3月7日", "7 Mar 2026", "3/7")
_SHOWN = 60  # letters of what the file says
_OF_PHONES = ("digits_lost", "zero_lost")


def reason(finding: Finding, names: Names) -> str:
    """All that is to be said of a row, in one line."""
    remarks = list(finding.remarks)
    if finding.fate is Fate.REFUSED:  # nothing of the row was taken in
        remarks = [remark._replace(code="bad_value") if remark.code == "unread" else remark for remark in remarks]
    return _("; ").join(sentence(remark, finding.kind, names) for remark in remarks)


def sentence(remark: Remark, kind: str, names: Names) -> str:
    """One remark. Contacts are covered unless they were asked for."""
    facts = remark.facts
    kind = str(facts.get("kind") or kind)
    field = str(facts.get("field", ""))
    said: dict[str, Any] = facts | {"field": _field(kind, field)}
    said |= {name: shorten(str(facts[name]), _SHOWN) for name in ("name", "text") if name in facts}
    if "text" in facts and not names.contacts and (remark.code in _OF_PHONES or _is_contact(kind, field)):
        said["text"] = COVERED
    for name in ("before", "after"):
        if name in facts:
            said[name] = value_text(kind, field, facts[name], names)
    if "others" in facts:
        said["others"] = _(", ").join(facts["others"])
    if "stands" in facts:
        said |= _standing(facts)
    if "why" in facts:
        both = str(facts["name"]), str(facts["own"])
        said |= {"why": reasons(facts["why"], *both), "command": merging(*both)}
    text = _(_SENTENCES[remark.code]).format(**said)
    words = _words(kind, field, names) if remark.code in ("bad_value", "unread") else []
    return _("; ").join([text, _("it may be {words}").format(words=_(", ").join(words))]) if words else text


def _standing(facts: Mapping[str, Any]) -> dict[str, str]:
    """Where a shop stands, by the file and by the records, and how to record the visit that would make it so."""
    status, words = str(facts["status"]), ["outreach visit", quoted(str(facts["name"]))]
    known = status in set(Outcome)
    return {
        "status": label(Outcome, status) if known else shorten(status, _SHOWN),
        "stands": status_text(facts["stands"]),
        "command": " ".join([*words, status.replace("_", "-")] if known else words),
    }


def _words(kind: str, field: str, names: Names) -> list[str]:
    """What may stand in a field of few words, or how a day is written."""
    form = KINDS[kind].field(field)
    if form is not None and form.form in (Form.DAY, Form.MOMENT):
        return list(_DAYS)
    words = Reason if form is not None and form.form is Form.WORDS else form.words if form is not None else None
    few: list[str] = [*(words or ()), *(names.reasons or () if words is Reason else ())]
    return [field_text(form, word, names) for word in few]


def value_text(kind: str, field: str, value: object, names: Names) -> str:
    """A field's value for people; a contact is covered unless it was asked for."""
    if value is not None and not names.contacts and _is_contact(kind, field):
        return COVERED
    return field_text(KINDS[kind].field(field), value, names)


def _is_contact(kind: str, field: str) -> bool:
    """Whether it is one, of the row's own record or of the shop that the row is about."""
    some = (KINDS[one].field(field) for one in (kind, "merchant"))
    return any(form is not None and form.contact for form in some)


def _field(kind: str, field: str) -> str:
    return str(KIND_LABELS[field]) if field in KIND_LABELS and KINDS[kind].field(field) is None else field_label(kind, field)
