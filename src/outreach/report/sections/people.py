"""The parents' part, and the shops that may become a resource one day."""

from outreach.i18n import _, ngettext
from outreach.report.document import Cell, Column, Kind, Section, first_of
from outreach.report.labels import status_text
from outreach.report.voices import Voice
from outreach.report.weekly import Report
from outreach.report.worth import LONG, Why, Worth


def parents(report: Report) -> Section:
    """By alias: what each did in the week, whom she spoke to so far, and how many of those have joined."""
    columns = (
        Column("parent", _("Parent")),
        Column("community", _("Community")),
        Column("words", _("Spoke"), Kind.COUNT),
        Column("along", _("Along"), Kind.COUNT),
        Column("opinions", _("Opinions"), Kind.COUNT),
        Column("last_week", _("Last week"), Kind.COUNT),
        Column("words_so_far", _("So far"), Kind.COUNT),
        Column("shops", _("To shops"), Kind.COUNT),
        Column("joined", _("Joined"), Kind.COUNT),
    )
    rows, more = first_of([_voice(voice) for voice in report.voices])
    empty = _("No parent has spoken to anyone yet.")
    note = _(
        "Last week: the three together. So far: all introductions; to so many shops, of which so many have joined, whatever "
        "moved them."
    )
    return Section("parents", _("The parents' part"), columns, rows, empty=empty, more=more, notes=(note,) if rows else ())


def _voice(v: Voice) -> tuple[Cell, ...]:
    alias = v.parent.alias if v.parent else _("not named")
    return alias, v.community, v.words, v.along, v.opinions, v.before, v.so_far, v.shops, v.joined


def worth_a_mark(report: Report) -> Section:
    """Shops that nobody has marked, and the rule by which they are named."""
    columns = (
        Column("merchant", _("Merchant")),
        Column("community", _("Community")),
        Column("status", _("Status")),
        Column("why", _("Reasons"), Kind.LONG),
    )
    rows, more = first_of([_worth(found) for found in report.worth], 20)
    note = _(
        "Named are shops that have not joined and have no mark but follow-ups, where a parent has spoken since a firm refusal, "
        "parents speak well of one that refused, the last talk took {n} minutes or more, or the reason of a refusal may pass."
    ).format(n=LONG)
    return Section(
        "worth", _("Shops worth a mark"), columns, rows, empty=_("No shop stands out."), more=more, notes=(note,)
    )  # fmt: skip


def _worth(found: Worth) -> tuple[Cell, ...]:
    trail = found.trail
    return found.merchant.name, found.community, status_text(trail.status, firm=trail.firm), _why(found)


def _why(found: Worth) -> str:
    if found.why is Why.INVITED:
        return _("A parent has spoken to the owner since the firm refusal.")
    if found.why is Why.WELL_SPOKEN_OF:
        return _("Refused, but parents say first, or reliable.")
    if found.why is Why.LONG_TALK:
        n = found.minutes or 0
        return ngettext("The last talk took {n} minute.", "The last talk took {n} minutes.", n).format(n=n)
    return _("Refused for a reason that may pass.")
