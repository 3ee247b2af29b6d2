"""`outreach show`: everything about one merchant. Parents are named by alias; no contact of theirs is shown."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach.cli import choosing
from outreach.cli import words as shown
from outreach.cli.changes import Names, field_name, field_text
from outreach.cli.listing import merchant_json
from outreach.cli.screen import fit_of, hanging, pad, table, width
from outreach.cli.session import say, session_of, show_json
from outreach.cli.session import show as show_text
from outreach.domain.form import Kind
from outreach.domain.records import KINDS, MERCHANT, Outcome, Reason, ReferralKind, Ruling, View
from outreach.i18n import N_, _
from outreach.report.labels import label, mark_label, status_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.domain.change import Fields

EXAMPLES = {"show": "outreach show lwcs"}
_OWN = ("name", "community", "merged_into", "removed")


def show(
    ctx: typer.Context,
    merchant: Annotated[str, typer.Argument(metavar=N_("MERCHANT"), help=N_("Name, part, pinyin or initials"))],
    *,
    as_json: Annotated[bool, typer.Option("--json", help=N_("As JSON"))] = False,
) -> None:
    from outreach.store import merchants, records
    from outreach.store.followups import marks_on

    session = session_of(ctx)
    found = choosing.merchant(session, merchant)
    listed = merchants.get_merchant(session.db, found.id)
    record = records.get_record(session.db, "merchant", found.id) or {}
    ids = records.members(session.db, found.id)
    about = {kind: records.records_about(session.db, kind, ids) for kind in ("visit", "referral", "opinion")}
    about["tag"] = marks_on(session.db, found.id)
    about["override"] = records.decisions_about(session.db, ids, record.get("community"))
    names = Names(session.db, session.settings.reasons)
    assert listed is not None
    if as_json:
        own = {k: v for k, v in record.items() if k not in ("merged_into", "removed")}
        lists = {KINDS[kind].plural: [_named(record, names) for record in found_here] for kind, found_here in about.items()}
        merged = [{"id": i, "name": names.of(i)} for i in ids if i != found.id]
        show_json({"format": "outreach/show/1", "merchant": own | merchant_json(listed), "merged": merged, **lists})
        return
    community = listed.community or _("no community")
    say(f"{listed.name} · {community} · {status_text(listed.status, firm=bool(listed.firm))}")
    if len(ids) > 1:
        say(_("Also recorded as: {names}").format(names=shown.joined(names.of(i) for i in ids if i != found.id)))
    if fields := card(MERCHANT, record, names, skip=_OWN):
        show_text(fields)
    _sections(about, names)


def card(kind: Kind, record: Fields, names: Names, *, skip: Sequence[str] = ()) -> str:
    """A record's fields, one under the other; what is long goes on under its beginning."""
    fields = [f for f in kind.fields if f.name in record and f.name not in skip]
    heads = [field_name(kind.name, f.name) for f in fields]
    left = max(map(width, heads), default=0)
    fit = fit_of(sys.stdout)
    lines = []
    for head, f in zip(heads, fields, strict=True):
        lines += hanging(field_text(f, record[f.name], names), f"  {pad(head, left)}  ", left + 4, fit=fit)
    return "\n".join(lines)


def _sections(about: Mapping[str, Sequence[Fields]], names: Names) -> None:
    when, note, worker = _("When"), _("Note"), _("Worker")
    visits = [_visit(v, names) for v in about["visit"]]
    _section(_("Visits"), [when, _("Outcome"), _("Why"), worker, _("How it went")], visits)
    referrals = [_referral(r, names) for r in about["referral"]]
    _section(_("Parents spoke"), [when, _("Parent"), _("What"), note], referrals)
    _section(_("Marks"), [_("Mark"), _("Due"), _("Done"), worker, note], [_tag(t) for t in about["tag"]])
    opinions = [(shown.day(o["at"]), _voice(o, names), label(View, o["view"]), o.get("note")) for o in about["opinion"]]
    _section(_("Parents' say"), [when, _("Who"), _("View"), note], opinions)
    decided = [_decided(o, names) for o in about["override"]]
    heads = [when, _("About"), *(field_name("override", name).capitalize() for name in ("ruling", "until", "note", "by"))]
    _section(_("Decisions"), heads, decided)


def _section(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table under a title; columns in which nothing stands are left out."""
    if rows:
        columns = [column for column in zip(heads, *rows, strict=True) if any(column[1:])]
        say("", title)
        show_text(table([c[0] for c in columns], list(zip(*(c[1:] for c in columns), strict=True)), fit=fit_of(sys.stdout)))


def _visit(v: Fields, names: Names) -> tuple[object, ...]:
    why = shown.joined(label(Reason, r, names.reasons) for r in v.get("reasons", ()))
    outcome = label(Outcome, v["outcome"]) + (_(" (firm)") if v.get("firm") else "")
    along = shown.along(v.get("approach"), map(names.of, v.get("with", ())))
    went = " · ".join(filter(None, (along, shown.talk(v.get("met"), v.get("minutes")), v.get("note"))))
    return shown.moment(v["visited_at"]), outcome, why, v.get("by"), went


def _referral(r: Fields, names: Names) -> tuple[object, ...]:
    return shown.day(r["at"]), names.of(r["parent"]), label(ReferralKind, r["kind"]), r.get("note")


def _tag(t: Fields) -> tuple[object, ...]:
    return mark_label(t["label"]), t.get("due"), (t.get("done_at") or "")[:10], t.get("by"), t.get("note")


def _decided(o: Fields, names: Names) -> tuple[object, ...]:
    whom = names.of(o.get("merchant") or o.get("community"))
    return shown.day(o["at"]), whom, label(Ruling, o["ruling"]), o.get("until"), o["note"], o.get("by")


def _voice(opinion: Fields, names: Names) -> str:
    return names.of(opinion["parent"]) if "parent" in opinion else shown.parents(opinion.get("count", 0))


def _named(record: Fields, names: Names) -> dict[str, Any]:
    """A record for JSON, with the aliases of the parents in it beside their ids."""
    extra: dict[str, Any] = {f"{key}_alias": names.of(record[key]) for key in ("parent", "to_parent") if key in record}
    if "with" in record:
        extra["with_alias"] = [names.of(parent) for parent in record["with"]]
    return {**record, **extra}
