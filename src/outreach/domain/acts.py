"""What each thing people do comes to as drafts for the journal. Pure: time and randomness come in with the Maker."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from outreach.domain.change import Draft, Fields
from outreach.domain.ids import natural_id, new_id
from outreach.domain.records import FOLLOW_UP_LABEL, REMOVED
from outreach.domain.text import natural_key


class Maker(NamedTuple):
    """Makes ids at `now` (ms since 1970) from `entropy`, a source of that many random bytes."""

    now: int
    entropy: Callable[[int], bytes]

    def new(self) -> str:
        """A fresh id."""
        return new_id(self.now, self.entropy(10))


class Mark(NamedTuple):
    """A tag to put on a merchant; with `due` it is a follow-up."""

    label: str
    due: date | None = None
    note: str | None = None


def stamp_text(moment: date | datetime) -> str:
    """A day as 2026-11-24, an instant as 2026-11-24T15:30:00+08:00."""
    return moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else moment.isoformat()


def new_record(kind: str, record_id: str, fields: Mapping[str, object]) -> Draft:
    """A record that is not there yet; fields without a value are left out."""
    return Draft(kind, record_id, {k: v for k, v in fields.items() if v is not None and v not in ("", [])})


def community_id(name: str) -> str:
    """The id of the community that is first called so, on every laptop."""
    return natural_id("community", natural_key(name))


def community(maker: Maker, name: str, before: Fields | None, fields: Mapping[str, object] | None = None) -> Draft:
    """A new community, under its natural id, so that two laptops that add it make one.

    `before`: what that id has already; a removed community comes back, one that was renamed keeps the id.
    """
    return _under_its_name(maker, new_record("community", community_id(name), {"name": name, **(fields or {})}), before)


def place_id(fields: Fields) -> str:
    """The id of the place that is first called so: one name and one kind in one community is one place, on every laptop."""
    said = natural_key(fields["name"]), fields.get("kind") or "", fields.get("community") or ""
    return natural_id("place", *said)


def place(maker: Maker, fields: Fields, before: Fields | None) -> Draft:
    """A new place, under its natural id, as a community is."""
    return _under_its_name(maker, new_record("place", place_id(fields), fields), before)


def _under_its_name(maker: Maker, draft: Draft, before: Fields | None) -> Draft:
    """The draft; of a removed record, what brings it back; with an id of its own where another has that one."""
    if before is None:
        return draft
    if before.get(REMOVED):
        return draft._replace(fields={**draft.fields, REMOVED: None})
    return draft._replace(id=maker.new())


def mark_id(merchant: str, label: str) -> str:
    """The id of a merchant's mark: the same label on the same merchant is one mark, on every laptop."""
    return natural_id("tag", merchant, natural_key(label))


def marks(
    merchant: str, wanted: Iterable[Mark], known: Mapping[str, Fields], *, at: date | datetime, by: str | None
) -> list[Draft]:
    """Drafts that put marks on a merchant. `known`: the marks that were ever on it, by id.

    An open mark keeps the due date and the note that are not given anew; a closed or removed one begins afresh.
    """
    drafts = []
    for mark in wanted:
        record_id = mark_id(merchant, mark.label)
        before = known.get(record_id, {})
        over = [name for name in ("done_at", REMOVED) if before.get(name)]
        given = {"due": mark.due.isoformat() if mark.due else None, "note": mark.note, "by": by}
        fields: Fields = {"merchant": merchant, "label": mark.label, "at": stamp_text(at)}
        fields |= {k: v for k, v in given.items() if v is not None or (over and before.get(k) is not None)}
        drafts.append(Draft("tag", record_id, fields | dict.fromkeys(over)))
    return drafts


class Decision(NamedTuple):
    """A person's word about a merchant or a community: `kind` and `id` of it, what is decided, until when, and why."""

    kind: str
    id: str
    ruling: str
    note: str
    until: date | None = None


def override_id(about: str) -> str:
    """The id of what people decided about a merchant or a community: one decision stands at a time, on every laptop."""
    return natural_id("override", about)


def override(decision: Decision, before: Fields | None, *, at: date | datetime, by: str | None) -> Draft:
    """A decision. Every field is set, so that of two decisions one stands as a whole. `before`: what that id has already."""
    fields: Fields = {
        decision.kind: decision.id,
        "ruling": decision.ruling,
        "until": decision.until.isoformat() if decision.until else None,
        "note": decision.note,
        "by": by,
        "at": stamp_text(at),
    }
    return Draft("override", override_id(decision.id), fields if before is None else fields | {REMOVED: None})


def release(about: str, at: date | datetime) -> Draft:
    """A decision no longer holds, from that moment on."""
    return Draft("override", override_id(about), {REMOVED: True, "at": stamp_text(at)})


def separation(one: str, other: str, *, at: date | datetime, by: str | None, before: Fields | None = None) -> Draft:
    """Two merchants that look like one are two; said once of a pair, on every laptop. `before`: what that id has already."""
    first, second = sorted((one, other))
    fields = {"merchant": first, "other": second, "at": stamp_text(at), "by": by}
    draft = new_record("separation", separation_id(one, other), fields)
    return draft._replace(fields={**draft.fields, REMOVED: None}) if before is not None and before.get(REMOVED) else draft


def separation_id(one: str, other: str) -> str:
    """The id of what was said of a pair, whichever of the two is named first."""
    return natural_id("separation", *sorted((one, other)))


def one_each(wanted: Iterable[Mark]) -> list[Mark]:
    """One mark per label; of several, what the last says of its due date and note."""
    found: dict[str, Mark] = {}
    for mark in wanted:
        before = found.get(natural_key(mark.label), mark)
        found[natural_key(mark.label)] = Mark(before.label, mark.due or before.due, mark.note or before.note)
    return list(found.values())


def follow_up(due: date, note: str | None = None) -> Mark:
    """The mark that reminds of a merchant on a day."""
    return Mark(FOLLOW_UP_LABEL, due, note)


def close(tag: Fields, at: date | datetime) -> Draft:
    """A follow-up is done."""
    return Draft("tag", tag["id"], {"done_at": stamp_text(at)})


def remove(kind: str, record_id: str) -> Draft:
    """A record is no longer shown; nothing of it is lost."""
    return Draft(kind, record_id, {REMOVED: True})


def restore(kind: str, record_id: str) -> Draft:
    """A removed record is shown again."""
    return Draft(kind, record_id, {REMOVED: None})


def edit(kind: str, record_id: str, before: Fields, wanted: Mapping[str, object]) -> list[Draft]:
    """Only what differs from `before`; an empty value clears its field."""
    fields = {k: (None if v == "" else v) for k, v in wanted.items()}
    changed = {k: v for k, v in fields.items() if before.get(k) != v}
    return [Draft(kind, record_id, changed)] if changed else []
