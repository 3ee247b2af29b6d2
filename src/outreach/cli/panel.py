"""`outreach panel`: a meeting in which parents go through the pending shops of a community, a key for each opinion.

How many parents agree, or their aliases: never more about a family. Each answer is kept at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import choosing, parsing
from outreach.cli import words as shown
from outreach.cli.screen import clean, columns, hanging
from outreach.cli.session import say, session_of, tell
from outreach.domain import acts
from outreach.domain.case import said
from outreach.domain.records import Outcome, Reason, View
from outreach.domain.text import natural_key
from outreach.errors import OutreachError
from outreach.errors.supervising import PanelNeedsTerminal
from outreach.i18n import N_, _, ngettext
from outreach.report.labels import label, status_text
from outreach.store.records import get_record

if TYPE_CHECKING:
    from outreach.cli.session import Session
    from outreach.domain.priority import Ranked

EXAMPLES = {"panel": "outreach panel --community 皮村\noutreach opinion 老王超市 first --count 5"}
_BANNER = N_(
    "The parents' panel of {community}, shops: {n}. Each answer is kept at once; a shop may get several. Enter: the next shop."
)
_BACK, _UNDO, _QUIT = "b", "u", "q"
_MANY = 10_000


def panel(
    ctx: typer.Context,
    *,
    community: Annotated[str | None, typer.Option(metavar=N_("NAME"), help=N_("The parents' community"))] = None,
    everything: Annotated[
        bool, typer.Option("--all", help=N_("All shops that have not joined, not only pending ones"))
    ] = False,
) -> None:
    session = session_of(ctx)
    if not session.interactive:
        raise PanelNeedsTerminal
    shops = _shops(session, everything=everything)
    place = choosing.community(session, community).id if community else _asked(shops)
    mine = [r for r in shops if r.case.merchant.community == place]
    if mine:
        Meeting(session, mine).walk()
    else:
        say(_("No shop is pending there.") if place else _("No shop is pending."))


def _shops(session: Session, *, everything: bool) -> list[Ranked]:
    """Those that have not joined, in the order of the list; without `everything` only those whose owners think it over."""
    from outreach.report.ranking import ranked

    found = ranked(session.db, session.settings, session.today(), session.now())
    return [r for r in found if everything or r.case.trail.status == Outcome.PENDING]


def _asked(shops: Sequence[Ranked]) -> str | None:
    """The community of the meeting, its id: the only one there is, or which."""
    from outreach.cli.prompts import pick

    places = {r.case.community: r.case.merchant.community for r in shops if r.case.community}
    if len(places) < 2:  # noqa: PLR2004 - one is no choice
        return next(iter(places.values()), None)
    return pick(_("Which community?"), sorted(places.items()))


Given = dict[tuple[str, str], tuple[str, ...]]  # by shop and view: the ids of what was recorded in this meeting


@dataclass
class Meeting:
    """The shops, where one is, and what was recorded so far; `before`: the same before each answer, to go back to."""

    session: Session
    shops: Sequence[Ranked]
    given: Given = field(default_factory=dict)
    before: list[Given] = field(default_factory=list)

    def walk(self) -> None:
        """Shop by shop, until the last or until someone quits; Ctrl-C is as quitting."""
        banner = _(_BANNER).format(community=self.shops[0].case.community, n=len(self.shops))
        tell(banner)
        place = 0
        try:
            while place < len(self.shops):
                step = self._one(place)
                if step is None:
                    break
                place = max(0, place + step)
        except KeyboardInterrupt:
            pass
        kept = {shop for shop, _view in self.given}
        text = ngettext("Opinions about {n} shop recorded.", "Opinions about {n} shops recorded.", len(kept))
        say(text.format(n=len(kept)))

    def _one(self, place: int) -> int | None:
        """One shop; how many shops to go on, None to end."""
        shop = self.shops[place]
        self._show(shop, place)
        while True:
            key = self._key(shop)
            if key in (None, _BACK):
                return 1 if key is None else -1
            if key == _QUIT:
                return None
            if key == _UNDO:
                self._take_back()
            else:
                self._keep(shop, key)

    def _show(self, shop: Ranked, place: int) -> None:
        case, extra = shop.case, self.session.settings.reasons
        reasons = shown.joined(label(Reason, reason, extra) for reason in case.trail.reasons)
        status = status_text(case.trail.status, firm=case.trail.firm)
        facts = filter(None, (case.merchant.name, case.merchant.category, status, reasons))
        tell("", *hanging(f"{place + 1}/{len(self.shops)}  " + " · ".join(facts), "", 4, fit=columns()))

    def _key(self, shop: Ranked) -> str | None:
        from outreach.cli.prompts import pick_key

        question = _("What do the parents say?")
        if told := self._told(shop):
            question += " " + _("(so far: {told})").format(told=told)
        views = [(str(i), label(View, view.value), view.value) for i, view in enumerate(View, 1)]
        more = [(_BACK, _("the shop before"), _BACK), (_UNDO, _("take the last answer back"), _UNDO), (_QUIT, _("end"), _QUIT)]
        return pick_key(question, [*views, *more], _("(press a key; Enter: the next shop)"))

    def _told(self, shop: Ranked) -> str:
        """What parents said of it until now, in this meeting and before."""
        from outreach.store.asof import opinions_about

        opinions = opinions_about(self.session.db, shop.case.merchant.id)
        counts = ((view, said(opinions, view)) for view in View)
        return shown.joined(f"{label(View, view)} {n}" for view, n in counts if n)

    def _keep(self, shop: Ranked, view: str) -> None:
        """Ask how many, and record; the same view of the same shop given again in a meeting replaces the first."""
        from outreach.cli.prompts import line

        voices = line(_("How many parents?"), self._voices, hint=_("(5, or names: 刘姐 燕子; Enter: 1)"))
        if not all(self._is_of_here(shop, str(voice["parent"])) for voice in voices if "parent" in voice):
            tell(_("Nothing was recorded."))
            return
        about, key = shop.case.merchant.id, (shop.case.merchant.id, view)
        fields = {"merchant": about, "view": view, "at": acts.stamp_text(self.session.now())}
        drafts = [acts.new_record("opinion", self.session.maker.new(), fields | voice) for voice in voices]
        old = [acts.remove("opinion", i) for i in self.given.get(key, ())]
        self.session.record([*old, *drafts], "opinion")
        self.before.append(dict(self.given))
        self.given[key] = tuple(draft.id for draft in drafts)
        many = sum(int(str(voice.get("count", 1))) for voice in voices)
        kept = f"{shop.case.merchant.name} · {label(View, view)} · {shown.parents(many)}"
        say(_("Recorded: {line}").format(line=kept))

    def _voices(self, text: str) -> list[dict[str, object]]:
        """A number, or parents by name (BadNumber, NotFound, Ambiguous)."""
        typed = natural_key(text)
        if not typed or typed.removeprefix("-").isdecimal():
            return [{"count": parsing.number(typed, _("the number of parents"), least=1, most=_MANY) if typed else 1}]
        names = filter(None, re.split(r"[\s,，、;；]+", text))
        found = [choosing.choose(self.session, name, choosing.PARENT, hint=choosing.ADD_PARENT) for name in names]
        return [{"parent": i} for i in dict.fromkeys(match.id for match in found)]

    def _is_of_here(self, shop: Ranked, parent: str) -> bool:
        """Whether she lives in the shop's community, or somebody says that she is meant all the same."""
        from outreach.cli.prompts import pick

        record = get_record(self.session.db, "parent", parent) or {}
        lives = record.get("community")
        if lives in (None, shop.case.merchant.community):
            return True
        place = (get_record(self.session.db, "community", lives) or {}).get("name", "")
        question = _("{parent} is of {community}. Is it she?").format(parent=record["alias"], community=place)
        return pick(clean(question), [(_("it is she"), True), (_("it is not"), False)])

    def _take_back(self) -> None:
        """The last answer of this meeting; what was recorded before it stays."""
        from outreach.cli.undo import take_back_last

        if not self.before:
            tell(_("Nothing was recorded in this meeting yet."))
            return
        try:
            take_back_last(self.session)
        except OutreachError as error:
            tell(*error.sentence(clean).split("\n"))
        else:
            self.given = self.before.pop()
