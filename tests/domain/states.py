"""Small states for tests: a few communities, merchants, parents and what happened, built as the store builds them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from outreach.domain.dates import week_of
from outreach.domain.facts import Merchant, Opinion, Override, Parent, Profile, Referral, State, Tag, Task, Visit
from outreach.domain.proximity import Spot
from outreach.domain.records import Outcome, Reason, ReferralKind, Ruling, View
from outreach.domain.trail import trail

TODAY = date(2026, 11, 24)


def ago(days: int) -> date:
    """A day before TODAY."""
    return TODAY - timedelta(days)


def visit(merchant: str, days: int, outcome: str, *reasons: str, firm: bool = False, i: str = "v") -> Visit:
    """A visit so many days before TODAY."""
    return Visit(merchant, ago(days).isoformat(), i, outcome, firm, "林晓", reasons)


def parent(
    alias: str = "刘姐",
    *,
    trained: bool = True,
    agreed: bool = True,
    active: bool = True,
    place: str = "皮村",
    tasks: Iterable[Task] = (),
) -> Parent:
    """A parent volunteer; her id is her alias."""
    long_ago = ago(60)
    return Parent(alias, alias, place, long_ago if trained else None, long_ago if agreed else None, active, tuple(tasks))


def word(by: str, merchant: str, days: int, kind: str = ReferralKind.INTRODUCED) -> Referral:
    """A parent's word to a merchant, so many days before TODAY."""
    return Referral(f"{by}{merchant}{days}{kind}", by, kind, ago(days).isoformat(), merchant)


def opinion(merchant: str, view: str, *, by: str | None = None, count: int = 1, days: int = 1) -> Opinion:
    """What a parent, or so many, said."""
    return Opinion(f"{merchant}{view}{by}{days}", merchant, view, ago(days).isoformat(), by, count)


def follow_up(merchant: str, due_in: int, *, set_on: int = 10) -> Tag:
    """A follow-up due in so many days (negative: overdue), put on so many days ago."""
    return Tag(f"{merchant}{due_in}", merchant, "跟进", ago(set_on).isoformat(), TODAY + timedelta(due_in))


def decided(
    ruling: str, merchant: str | None = None, *, place: str | None = None, days: int = 0, until: int | None = None
) -> Override:
    """What a person decided so many days before TODAY, until so many days after it."""
    last = None if until is None else TODAY + timedelta(until)
    return Override(f"{merchant}{place}{days}", ruling, "房东愿意作保", ago(days).isoformat(), merchant, place, last, "陈督导")


def state(  # noqa: PLR0913 - each by its name
    visits: Iterable[Visit] = (),
    *,
    merchants: Iterable[Merchant] = (),
    parents: Iterable[Parent] = (),
    words: Iterable[Referral] = (),
    opinions: Iterable[Opinion] = (),
    tags: Iterable[Tag] = (),
    overrides: Iterable[Override] = (),
) -> State:
    """The state at the end of TODAY. A merchant that is only visited is in 皮村, and its id is its name."""
    words = tuple(words)
    by_merchant: dict[str, list[Visit]] = defaultdict(list)
    for one in sorted(visits, key=lambda v: (v.visited_at, v.id)):
        by_merchant[one.merchant].append(one)
    known = {m.id: m for m in merchants}
    named = [*by_merchant, *(w.merchant for w in words if w.merchant), *(t.merchant for t in tags)]
    known |= {m: Merchant(m, m, "皮村") for m in named if m not in known}
    monday = week_of(TODAY)[0]
    latest = {w.merchant: w for w in sorted(words, key=lambda w: (w.at, w.id))}
    trails = {m: trail(some, monday.isoformat(), latest.get(m)) for m, some in by_merchant.items()}
    communities = {m.community: m.community for m in known.values() if m.community}
    return State(
        TODAY, monday, known, communities, {p.id: p for p in parents}, trails, words, tuple(opinions), tuple(tags),
        overrides=tuple(overrides),
    )  # fmt: skip


def profiled(known: State, profiles: Mapping[str, Profile]) -> State:
    """The same, with what is known of its communities."""
    return replace(known, profiles=profiles)


_SPOTS = [Spot(39_990_000, 116_600_000), Spot(39_991_000, 116_600_000), None, Spot(22_250_000, 113_530_000), None, None]
_SHOPS = [
    Merchant(f"m{i}", f"店{i % 4}", place, category, at)
    for i, (place, category, at) in enumerate(
        zip(
            ("皮村", "皮村", "皮村", "上冲", "上冲", None),
            ("菜摊", "五金店", None, "超市", "花店", "面馆"),
            _SPOTS,
            strict=True,
        )
    )
]
_counts = st.none() | st.integers(0, 30_000)
_days = st.integers(0, 50)
_shops = st.sampled_from([m.id for m in _SHOPS])
_aliases = st.sampled_from(["刘姐", "燕子", "阿芳"])
_whys = st.sampled_from([Reason.SUSPECTS_SCAM, Reason.NO_NEIGHBOUR_HAS_JOINED, Reason.OTHER])
_visits = st.builds(
    visit, _shops, _days, st.sampled_from(list(Outcome)), _whys,
    firm=st.booleans(), i=st.text("abcdef", min_size=4, max_size=4),
)  # fmt: skip
_places = st.sampled_from(["皮村", "上冲"])
_tasks = st.builds(Task, st.builds(ago, _days), st.none() | _shops, st.booleans())
_parents = st.builds(
    parent, _aliases, trained=st.booleans(), agreed=st.booleans(), active=st.booleans(), place=_places,
    tasks=st.lists(_tasks, max_size=4),
)  # fmt: skip
_words = st.builds(word, _aliases, _shops, _days, st.sampled_from(list(ReferralKind)))
_opinions = st.builds(
    opinion, _shops, st.sampled_from(list(View)), by=st.none() | _aliases, count=st.integers(1, 9), days=_days
)
_untils = st.none() | st.integers(-1, 9)
_rulings = st.sampled_from(list(Ruling))
_overrides = st.builds(decided, _rulings, _shops, days=st.integers(-1, 9), until=_untils) | st.builds(
    decided, _rulings, place=_places, days=st.integers(-1, 9), until=_untils
)
_tags = st.builds(follow_up, _shops, st.integers(-20, 20), set_on=_days)


_states = st.builds(
    state,
    st.lists(_visits, max_size=20, unique_by=lambda v: v.id),
    merchants=st.just(_SHOPS),
    parents=st.lists(_parents, max_size=3, unique_by=lambda p: p.id),
    words=st.lists(_words, max_size=8, unique_by=lambda w: w.id),
    opinions=st.lists(_opinions, max_size=6, unique_by=lambda o: o.id),
    tags=st.lists(_tags, max_size=4, unique_by=lambda t: t.id),
    overrides=st.lists(_overrides, max_size=3, unique_by=lambda o: o.id),
)
states = st.builds(
    profiled,
    _states,
    st.dictionaries(_places, st.builds(Profile, _counts, _counts, _counts, _counts)),
)
