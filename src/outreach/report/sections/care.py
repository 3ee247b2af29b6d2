"""What is not shared yet, what to check in the data; and contacts, where they were asked for."""

from collections.abc import Iterator, Mapping

from outreach.domain.change import Fields
from outreach.i18n import _, ngettext
from outreach.report.document import Cell, Column, Kind, Section, first_of
from outreach.report.doubts import Doubt, ToCheck
from outreach.report.weekly import Report


def waiting(report: Report) -> Section | None:
    """What waits on this laptop today; nothing is known of a day that is over."""
    if report.waiting is None:
        return None
    words = (
        (_("Changes recorded here that are not shared yet"), report.waiting.changes),
        (_("Files that wait for the shared folder"), report.waiting.files),
        (_("Files of others with lines that this version cannot read"), report.waiting.unread),
    )
    columns = (Column("what", _("What waits"), Kind.LONG), Column("count", _("Number"), Kind.COUNT))
    note = (_("To share: outreach sync"),) if any(n for _text, n in words) else ()
    return Section("waiting", _("On this laptop today"), columns, words, notes=note)


def to_check(report: Report) -> Section:
    """What is probably a slip."""
    columns = (
        Column("merchant", _("Merchant")),
        Column("community", _("Community")),
        Column("what", _("What to look at"), Kind.LONG),
    )
    rows, more = first_of([(c.merchant.name, c.community, _doubt(c)) for c in report.to_check], 50)
    return Section("check", _("Data to check"), columns, rows, empty=_("Nothing stands out."), more=more)


def _doubt(found: ToCheck) -> str:
    if found.doubt is Doubt.TWICE:
        return _("It may be one shop with {name}. To look at both: outreach merchant duplicates").format(name=found.other)
    if found.doubt is Doubt.MISPLACED:
        return _("Its coordinates cannot be right. Look at latitude and longitude.")
    text = ngettext("It is in no community, with {n} visit.", "It is in no community, with {n} visits.", found.count)
    return text.format(n=found.count)


def contacts(report: Report) -> Section:
    """Of the merchants on the lists of what to do, and of the parents who did something."""
    columns = (
        Column("who", _("Merchant or parent")),
        Column("community", _("Community")),
        Column("owner", _("Owner")),
        Column("phone", _("Phone")),
        Column("wechat", _("WeChat")),
    )
    rows, more = first_of(list(_contacts(report)))
    return Section("contacts", _("Contacts"), columns, rows, empty=_("No contact is recorded."), more=more)


def _contacts(report: Report) -> Iterator[tuple[Cell, ...]]:
    named = {found.merchant.id: (found.merchant.name, found.community) for found in (*report.overdue, *report.due)}
    named = {r.case.merchant.id: (r.case.merchant.name, r.case.community) for r in report.next} | named
    for i, (name, community) in named.items():
        yield from _contact(name, community, report.sources.contacts.get(i, {}))
    for voice in report.voices:
        if voice.parent:
            yield from _contact(voice.parent.alias, voice.community, report.sources.contacts.get(voice.parent.id, {}))


def _contact(name: str, community: str | None, record: Fields | Mapping[str, object]) -> Iterator[tuple[Cell, ...]]:
    found = [record.get(field) for field in ("owner", "phone", "wechat")]
    if any(found):
        yield (name, community, *(None if value is None else str(value) for value in found))
