"""A community's basic-situation report as a document: ten headings, each with what is recorded and where that comes from.

Nothing is made up: what nobody recorded is a blank with a hint of what to ask. No contacts.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from outreach.domain.change import Fields
from outreach.domain.profile import FIELDS, Heading, unanswered
from outreach.domain.records import Outcome, Reason
from outreach.domain.resources import Layer, PlaceKind
from outreach.i18n import _, ngettext
from outreach.report.document import Column, Document, Kind, Section
from outreach.report.labels import FIELD_LABELS, label, status_text
from outreach.report.profile_words import HINTS, TITLES
from outreach.report.resource_words import relation_said, source_text, what
from outreach.report.resources import Resource, ResourceMap, resource_map
from outreach.store.profile import Said, day_said, introductions_in, said_of, trained_in, visits_in, worries_in
from outreach.store.records import get_record

Row = tuple[str, str, str]  # what, what is recorded of it, where that comes from
Extra = Mapping[str, Mapping[str, str]]
_MOST = 12  # names of redemption points: a report names the first and counts the rest


@dataclass(frozen=True)
class _Known:
    """What the report is made of."""

    db: sqlite3.Connection
    id: str
    record: Fields
    now: datetime
    extra: Extra
    found: ResourceMap
    visits: int

    @property
    def shops(self) -> list[Resource]:
        return [one for one in self.found.found if one.kind is None]

    @property
    def from_visits(self) -> str:
        text = ngettext("from {n} visit, as of {day}", "from {n} visits, as of {day}", self.visits)
        return text.format(n=self.visits, day=self.now.date())

    @property
    def as_of(self) -> str:
        return _("from the registers, as of {day}").format(day=self.now.date())


Make = Callable[[_Known], Iterator[Row]]


def profile(db: sqlite3.Connection, community: str, now: datetime, extra: Extra) -> Document:
    """The report on a community (its id), as known at `now`. `extra`: the reasons of one's own in the settings."""
    record = get_record(db, "community", community) or {}
    known = _Known(
        db, community, record, now, extra, resource_map(db, now, community, with_people=True), visits_in(db, community)
    )
    said = list(_said(known))
    sections = tuple(_section(known, heading, [row for of, row in said if of is heading]) for heading in Heading)
    title = _("Basic-situation report of {community}").format(community=record.get("name", ""))
    lead = _("As of {day}. Visits: {visits}; merchants: {shops}. What nobody recorded is left blank, with what to ask.")
    facts = {"day": now.date(), "visits": known.visits, "shops": len(known.shops)}
    return Document(title, now.date(), (lead.format(**facts),), sections)


def _section(known: _Known, heading: Heading, rows: list[Row]) -> Section:
    missing = [field for field in unanswered(known.record) if field in FIELDS[heading]]
    hints = tuple(_("To ask: {hint}").format(hint=_(HINTS[field])) for field in missing)
    columns = (Column("what", _("What")), Column("recorded", _("Recorded"), Kind.LONG), Column("from", _("From")))
    rows += [row for make in _COUNTED.get(heading, ()) for row in make(known)]
    empty = "" if hints else _("No place and no merchant is recorded yet: outreach place add")
    return Section(heading.value, _(TITLES[heading]), columns, tuple(rows), empty=empty, notes=hints)


def _said(known: _Known) -> Iterator[tuple[Heading, Row]]:
    """What the community's record says, field by field, with who said so and when."""
    said = said_of(known.db, "community", known.id)
    for heading, fields in FIELDS.items():
        for field in fields:
            if (value := known.record.get(field)) is not None:
                yield heading, (str(FIELD_LABELS["", field]), _text(value), _from(said[field], known.now))


def _text(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _from(said: Said, now: datetime) -> str:
    day = day_said(said, now) or "?"
    return _("{worker}, {day}").format(worker=said.worker, day=day) if said.worker else day


def _trade(known: _Known) -> Iterator[Row]:
    if known.shops:
        kinds = Counter(one.category or _("(not recorded)") for one in known.shops)
        yield _("Shops by kind"), _several(kinds.most_common(), len(known.shops)), known.from_visits


def _several(counts: Iterable[tuple[str, int]], total: int) -> str:
    return _("{n} in all: {named}").format(n=total, named=_counted(counts))


def _counted(counts: Iterable[tuple[str, int]]) -> str:
    """Shops, by what they are or say."""
    return _(", ").join(_("{named} {n}").format(named=name, n=n) for name, n in counts)


def _places(*layers: Layer, but: tuple[PlaceKind, ...] = (), also: tuple[PlaceKind, ...] = ()) -> Make:
    """The recorded places of these layers, without some kinds, and with others."""

    def make(known: _Known) -> Iterator[Row]:
        for one in known.found.places:
            if one.id and (one.kind in also or (one.layer in layers and one.kind not in but)):
                more = _(", ").join(filter(None, (one.name, one.address, one.hours, one.offers, relation_said(one))))
                yield _("{kind} (a place)").format(kind=what(one)), more, source_text(one, checked=_("never checked"))

    return make


def _people(known: _Known) -> Iterator[Row]:
    volunteers = known.found.volunteers
    if volunteers:
        text = _("{n}, {trained} of them trained").format(n=volunteers, trained=trained_in(known.db, known.id))
        yield _("parent volunteers").capitalize(), text, known.as_of
    words, parents = introductions_in(known.db, known.id)
    if words:
        text = ngettext("{n}, by {parents} parent", "{n}, by {parents} parents", parents).format(n=words, parents=parents)
        yield _("Parents' introductions"), text, known.as_of


def _points(known: _Known) -> Iterator[Row]:
    names = [one.name for one in known.shops if one.status == Outcome.SIGNED_UP]
    if known.shops:
        named, rest = _(", ").join(names[:_MOST]), len(names) - _MOST
        if rest > 0:
            named = _("{names} and {n} more").format(names=named, n=rest)
        text = _("{n} in all: {named}").format(n=len(names), named=named) if names else "0"
        yield _("Redemption points"), text, known.from_visits


def _standing(known: _Known) -> Iterator[Row]:
    if known.shops:
        counts = Counter(one.status for one in known.shops)
        ordered = [(status_text(status), counts[status]) for status in (*Outcome, None) if counts[status]]
        yield _("Where merchants stand"), _several(ordered, len(known.shops)), known.from_visits
    worries = worries_in(known.db, known.id)
    if worries:
        named = _counted((label(Reason, code, known.extra), n) for code, n in worries.most_common())
        text = _("{named} (of each shop what it said last)").format(named=named)
        yield _("What holds back those that have not joined"), text, known.from_visits


_CIVIC = (PlaceKind.COMMITTEE, PlaceKind.POLICE)
_COUNTED: Mapping[Heading, tuple[Make, ...]] = {
    Heading.SURROUNDINGS: (_trade, _places(Layer.BASE, but=_CIVIC), _places(also=(PlaceKind.SUPERMARKET,))),
    Heading.ORGANISATIONS: (_places(Layer.ORGANISATIONS, also=_CIVIC),),
    Heading.NETWORKS: (_people,),
    Heading.RESOURCES: (_points, _places(Layer.FACILITIES, Layer.OTHER)),
    Heading.STRENGTHS: (_standing,),
}
