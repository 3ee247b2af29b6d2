"""From a typed name to the one record it means. Nothing is guessed: several are listed or asked about, none suggests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from outreach.cli.screen import clean
from outreach.domain.text import clean_name
from outreach.errors.registers import AlreadyThere, Ambiguous, NearCommunity, NotFound, NotRemoved
from outreach.i18n import N_, _
from outreach.report.labels import KIND_LABELS

if TYPE_CHECKING:
    from outreach.cli.session import Session
    from outreach.store.finding import Match
    from outreach.store.removed import Removed

MERCHANT, PARENT, COMMUNITY = ("merchant",), ("parent",), ("community",)
NEW_MERCHANT = N_("If it is a new shop, add --new and --community.")
ADD_PARENT = N_("If she is new: outreach parent add NAME")
NEW_PARENT = N_("If she is new, add --new.")
_LISTED = 20
_TOLD = 3  # of what is elsewhere
_SHELL = "&|;<>()$`\\*?#~!{}[]'"


def choose(session: Session, words: str, kinds: Sequence[str], *, hint: str = "") -> Match:
    """The one record of these kinds that `words` mean. Raises NotFound and Ambiguous; asks on a terminal."""
    typed = clean_name(words)
    found = candidates(session, typed, kinds)
    if len(found) != 1:
        found = _one_of_a_name(session, typed, kinds) or found
    if not found:
        raise not_found(session, typed, kinds, hint=hint)
    if len(found) == 1:
        return found[0]
    if session.interactive:
        return _ask(session, typed, found)
    raise Ambiguous(words=typed, count=len(found), listed=described(session, found[:_LISTED]))


def not_found(session: Session, typed: str, kinds: Sequence[str], *, hint: str = "") -> NotFound:
    """Nothing of these kinds is called so: what was removed, is of another kind or looks alike."""
    from outreach.store.finding import NAMED, nearest
    from outreach.store.removed import removed

    gone = [_("{name} was removed. To bring it back: {command}").format(name=r.name, command=restoring(r))
            for r in removed(session.db, typed, kinds)[:_TOLD]]  # fmt: skip
    others = candidates(session, typed, [kind for kind in NAMED if kind not in kinds]) if len(kinds) == 1 else []
    found = [_("There is the {kind} {name}: {command}").format(kind=KIND_LABELS[m.kind], name=m.name, command=showing(m))
             for m in others[:_TOLD]]  # fmt: skip
    near = [] if gone else nearest(session.db, typed, kinds)
    return NotFound(words=typed, more=[*gone, *found], nearest=near, hint=hint)


def quoted(name: str) -> str:
    """A name as it is typed on a command line."""
    return f'"{name}"' if any(c.isspace() or c in _SHELL for c in name) else name


def restoring(gone: Removed | Match) -> str:
    """The command that brings it back."""
    return f"outreach {gone.kind} restore {quoted(gone.name)}"


def showing(match: Match) -> str:
    """The command that shows it."""
    command = "show" if match.kind == "merchant" else f"{match.kind} show"
    return f"outreach {command} {quoted(match.name)}"


def candidates(session: Session, typed: str, kinds: Sequence[str]) -> list[Match]:
    """What a name may mean: those of exactly that name if there are any, else all whose name or phone fit."""
    from outreach.store.finding import Tier, find, find_exact

    exact = find_exact(session.db, typed, kinds)
    if len(exact) == 1:
        return exact
    fitting = [m for m in find(session.db, typed, kinds) if m.tier < Tier.PLACE]
    same = [m for m in fitting if m.tier <= Tier.SAME]
    return same or fitting


def _one_of_a_name(session: Session, typed: str, kinds: Sequence[str]) -> list[Match]:
    """The one among several of exactly one name that the last word tells apart, if there is such a one."""
    from outreach.store.finding import Tier

    name, *last = typed.rsplit(None, 1)
    same = [m for m in candidates(session, name, kinds) if m.tier <= Tier.SAME] if last else []
    if len(same) < 2:  # noqa: PLR2004 - one has nobody to be told apart from
        return []
    from outreach.cli.apart import meant_by

    meant = meant_by(session, same, last[0])
    return meant if len(meant) == 1 else []


def described(session: Session, matches: Sequence[Match]) -> list[str]:
    """A line for each, no two alike."""
    lines = [" · ".join(part for part in (m.name, m.community, m.place) if part) for m in matches]
    if len(set(lines)) < len(lines):
        from outreach.cli.apart import told_apart

        lines = told_apart(session, matches, lines)
    return list(map(clean, lines))


def removed_one(session: Session, words: str, kind: str) -> Removed:
    """The one removed record that `words` mean. Raises NotRemoved, NotFound and Ambiguous; asks on a terminal."""
    from outreach.store.removed import removed

    typed = clean_name(words)
    gone = removed(session.db, typed, (kind,))
    if not gone:
        raise NotRemoved(name=choose(session, typed, (kind,)).name)
    if len(gone) == 1 or gone[0].name == gone[1].name:  # of the same name, the latest
        return gone[0]
    if not session.interactive:
        raise Ambiguous(words=typed, count=len(gone), listed=[r.name for r in gone[:_LISTED]])
    from outreach.cli.prompts import pick

    return pick(_("Which one is “{words}”?").format(words=clean(typed)), [(r.name, r) for r in gone])


def _ask(session: Session, typed: str, found: Sequence[Match]) -> Match:
    from outreach.cli.prompts import pick

    lines = described(session, found)
    return pick(_("Which one is “{words}”?").format(words=clean(typed)), list(zip(lines, found, strict=True)))


def refuse_same(
    session: Session, kind: str, name: str, community: object, *, sort: object = None, but: str = ""
) -> None:  # fmt: skip
    """Refuse a name that another record of its community has, or one of no known community (AlreadyThere).

    `sort`: of places, which kind it is; a school and a clinic may be called alike.
    """
    from outreach.store.finding import same_name
    from outreach.store.records import get_record

    for match in same_name(session.db, name, kind):
        known = get_record(session.db, kind, match.id) or {}
        if match.id != but and known.get("kind") == sort and (community is None or known.get("community") in (None, community)):
            raise AlreadyThere(name=match.name)


def merchant(session: Session, words: str) -> Match:
    """The merchant that `words` mean."""
    return choose(session, words, MERCHANT)


def parent(session: Session, words: str) -> Match:
    """The parent that `words` mean."""
    return choose(session, words, PARENT)


def community(session: Session, words: str) -> Match:
    """The community that `words` mean."""
    return choose(session, words, COMMUNITY)


def community_for_new(session: Session, words: str, *, sure: bool = False) -> Match | None:
    """The community a new record goes to, or None where that community is new too.

    A near miss is refused (NearCommunity), unless someone is `sure` that it is a new one.
    """
    typed = clean_name(words)
    if candidates(session, typed, COMMUNITY):
        return choose(session, typed, COMMUNITY)
    if not sure and (near := near_communities(session, typed)):
        if candidates(session, typed, COMMUNITY):  # another process has made it just now
            return choose(session, typed, COMMUNITY)
        raise NearCommunity(words=typed, nearest=_(", ").join(match.name for match in near), named=quoted(typed))
    return None


def near_communities(session: Session, typed: str) -> list[Match]:
    """The known communities that a name, known to none, may be a slip for."""
    from outreach.store.finding import near_communities as near

    return near(session.db, typed)
